/** Runs one benchmark of this checkout and of another by turns, and compares the figures of their tables. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runFile, type BenchFile } from './bench-files.js';

/** Figures of a Markdown table by their place: the row's first cell and the column's head. */
function figuresOf(output: string): ReadonlyMap<string, number> {
  const figures = new Map<string, number>();
  let heads: readonly string[] = [];
  for (const line of output.split('\n')) {
    const cells = line.trim().startsWith('|') ? line.split('|').slice(1, -1) : [];
    const [name = '', ...values] = cells.map((cell) => cell.trim());
    if (cells.length === 0) heads = [];
    else if (heads.length === 0) heads = values;
    else {
      for (const [index, value] of values.entries()) {
        const figure = Number.parseFloat(value.replaceAll(',', ''));
        if (Number.isFinite(figure)) figures.set(`${name}, ${heads[index] ?? ''}`, figure);
      }
    }
  }
  return figures;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The file of a benchmark in another checkout: of the same name, or of one that is in another package there. */
function fileIn(checkout: string, name: string): BenchFile {
  const [owner = '', own = ''] = name.split('/');
  const path = ['packages', 'apps']
    .map((group) => join(resolve(checkout), group, owner, 'bench', `${own}.bench.ts`))
    .find((file) => existsSync(file));
  if (path !== undefined) return { name, path };
  const there = existsSync(join(checkout, 'packages'))
    ? readdirSync(join(checkout, 'packages')).join(', ')
    : 'nothing';
  console.error(`${checkout} has no benchmark ${name}; give --as PACKAGE/NAME. Its packages: ${there}.`);
  process.exit(2);
}

/**
 * Runs both by turns, `rounds` times each with the order reversed each round, and prints for every figure both
 * medians and the new one as a share of the old one.
 */
export function compare(file: BenchFile, checkout: string, nameThere: string, rounds = 3): number {
  const other = fileIn(checkout, nameThere);
  const seen = { now: new Map<string, number[]>(), before: new Map<string, number[]>() };
  const runs = [
    ['now', file, undefined],
    ['before', other, resolve(checkout)],
  ] as const;
  for (let round = 0; round < rounds; round++) {
    for (const [side, bench, root] of round % 2 === 0 ? runs : runs.toReversed()) {
      const { output } = runFile(bench, [], true, root);
      for (const [place, figure] of figuresOf(output)) {
        seen[side].set(place, [...(seen[side].get(place) ?? []), figure]);
      }
    }
  }
  console.log('| figure | before | now | now / before |\n| --- | --: | --: | --: |');
  for (const [place, figures] of seen.now) {
    const before = median(seen.before.get(place) ?? []);
    const now = median(figures);
    if (!Number.isNaN(before))
      console.log(`| ${place} | ${before} | ${now} | ${(now / before).toFixed(3)} |`);
  }
  return seen.now.size > 0 ? 0 : 1;
}
