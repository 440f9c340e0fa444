import { describe, expect, test } from 'vitest';
import { files, read } from './repository.js';

const page = 'SECURITY.md';

/** Rows of the page's table of bounds: the constant and the bound beside it. */
const rows = new Map(
  [...read(page).matchAll(/^\|[^|]*\| `(\w+\.\w+)` *\| *([^|]*?) *\|/gm)].map(([, name = '', bound = '']) => [
    name,
    bound,
  ]),
);

/** Numbers of each frozen object whose name the page has, from the sources. */
const constants = new Map(
  files('.ts')
    .filter((path) => /^(packages|apps)\/[\w-]+\/src\//.test(path))
    .map((path) => read(path).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''))
    .flatMap((code) => [
      ...code.matchAll(/^export const (\w+)(?:(?!^export )[\s\S])*?Object\.freeze\(\{([\s\S]*?)\}\);/gm),
    ])
    .flatMap(([, object = '', body = '']) =>
      [...body.matchAll(/(?:^|[\s{])(\w+):\s*([\d_\s*<MIB]+?)\s*(?:,|\}|$)/gm)].map(
        ([, name = '', value = '']): [string, number] => [`${object}.${name}`, numberOf(value)],
      ),
    ),
);

/** The number that an expression of the sources stands for: `16 * MIB`, `1 << 20`, `60_000`. */
function numberOf(expression: string): number {
  const [base = '', shift = '0'] = expression.replaceAll('_', '').replaceAll('MIB', '1048576').split('<<');
  return base.split('*').reduce((product, factor) => product * Number(factor), 1) * 2 ** Number(shift);
}

/** The bound as the page writes it, in the unit that the constant's name has. */
function shown(name: string, value: number): string {
  const of = (units: readonly (readonly [string, number])[]): string => {
    const [unit, size] = units.find(([, least]) => value >= least && value % least === 0) ?? ['', 1];
    return `${(value / size).toLocaleString('en-US')}${unit === '' ? '' : ` ${unit}`}`;
  };
  if (/bytes$/i.test(name)) {
    return of([
      ['GiB', 2 ** 30],
      ['MiB', 2 ** 20],
      ['KiB', 2 ** 10],
      ['bytes', 1],
    ]);
  }
  return name.endsWith('Ms')
    ? of([
        ['min', 120_000],
        ['s', 1_000],
        ['ms', 1],
      ]).replace(/^(\d+) min$/, (_all, pairs: string) => `${Number(pairs) * 2} min`)
    : value.toLocaleString('en-US');
}

describe('the bounds that SECURITY.md states', () => {
  test.each([...rows])('%s is %s in the code', (name, bound) => {
    const value = constants.get(name);
    expect(value, `${name} is in no source`).toBeDefined();
    expect(bound).toBe(shown(name, value ?? NaN));
  });

  test('are all bounds of the objects that it names', () => {
    const objects = new Set([...rows.keys()].map((name) => name.split('.', 1)[0] ?? ''));
    // Firehose's own quotas are no bounds of ours.
    objects.delete('firehoseLimits');
    const missing = [...constants.keys()].filter(
      (name) => objects.has(name.split('.', 1)[0] ?? '') && !rows.has(name),
    );
    expect(missing).toEqual([]);
    expect(rows.size).toBeGreaterThan(40);
  });
});

test('the first page leads to it', () => {
  expect(read('README.md')).toContain('(SECURITY.md)');
});
