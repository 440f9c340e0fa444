import { expect, test } from 'vitest';
import { compileJq } from '../src/index.js';

/** Steps that a program takes on an input; all of them where it takes more than it may. */
function stepsOf(program: string, input: unknown): number {
  const budget = { steps: 1_000_000 };
  const run = compileJq(program, { budget });
  try {
    run(input);
  } catch (error) {
    expect(error).toMatchObject({ code: 'LIMIT' });
  }
  return 1_000_000 - budget.steps;
}

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

test.each([
  ['range without an end', '[range(1e12)]|length'],
  ['ranges in ranges', '[range(100000)|range(100000)]|length'],
  ['alternatives that double at each pipe', `[${Array(40).fill('(1,2)').join('|')}]|length`],
  ['every pair and triple of a list', '[.[] as $a|.[] as $b|.[] as $c|.[] as $d|1]|length'],
  ['every pair and triple of all values', '.. as $a|.. as $b|.. as $c|empty'],
  ['a limit that a try may not catch', 'try range(1e12) catch 1'],
])('%s ends with an error, and the next record is as good as ever', (_, program) => {
  const run = compileJq(program);
  const input = Array.from({ length: 1000 }, (_unused, at) => at);
  expect(() => run(input)).toThrow(expect.objectContaining({ code: 'LIMIT' }));
  expect(compileJq('[.[]|select(. > 997)]')(input)).toEqual([[998, 999]]);
});

test('a record or a program that is nested too deeply ends with an error', () => {
  const codeOf = (run: () => unknown): unknown => {
    try {
      run();
      return 'fine';
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error;
    }
  };
  const deep = nested(100_000);
  for (const program of [
    'tojson',
    '[..]|length',
    '. == .',
    'flatten',
    'tostring',
    'sort_by(.)',
    'tojson|length',
    'try error catch 1',
  ]) {
    const run = compileJq(program);
    expect(
      codeOf(() => run(deep)),
      program,
    ).toBe('fine');
  }
  for (const program of ['contains(.)', 'inside(.)', 'tojson|fromjson', '[.] | .[0].a']) {
    const run = compileJq(program);
    expect(
      codeOf(() => run(deep)),
      program,
    ).toMatch(/^(?:LIMIT|RUNTIME)$/);
  }
  const merging = compileJq('reduce range(1000) as $i ({}; {a: .}) | . * .');
  expect(codeOf(() => merging(null))).toBe('LIMIT');
  for (const [open = '', close = '', last = ''] of [
    ['(', ')'],
    ['[', ']'],
    ['-', ''],
    ['{a:', '}'],
    ['if 1 then ', ' else 1 end'],
    ['if 1 then 1 elif 1 then 1 else ', '', ' end'],
    ['try ', ''],
    ['1|', ''],
    ['1//', ''],
    ['1+', ''],
    ['1,', ''],
    ['true and ', ''],
    ['1 as $x|', ''],
    ['"\\(', ')"'],
    ['', '.a'],
    ['', '[0]'],
    ['', '?'],
  ]) {
    const program = `${open.repeat(5000)}.${close.repeat(5000)}${last}`;
    expect(
      codeOf(() => compileJq(program)),
      open,
    ).toMatch(/^(?:SYNTAX|LIMIT)$/);
  }
});

test.each([
  ['a list searched for in another', '[range(3000)] as $a | [[range(3000)]] | contains([$a])'],
  ['a list taken off another', '[range(3000)] - [range(3000;6000)]'],
  ['the places of a list in another', '[range(3000)|0] | indices([range(2000)|0])'],
  ['a sum of lists', '[range(20000)|[.]] | add'],
])('%s counts against the steps', (_, program) => {
  expect(() => compileJq(program)(null)).toThrow(expect.objectContaining({ code: 'LIMIT' }));
});

test('lists and objects of any depth have the order of jq', () => {
  const run = compileJq('sort');
  const values = [
    [[1, 2], 3],
    [[1, 2]],
    [[1]],
    { b: 1 },
    { a: 2 },
    { a: [1, { c: 1 }] },
    { a: [1, { b: 2 }] },
    [],
    {},
  ];
  expect(run(values)).toEqual([
    [[], [[1]], [[1, 2]], [[1, 2], 3], {}, { a: 2 }, { a: [1, { b: 2 }] }, { a: [1, { c: 1 }] }, { b: 1 }],
  ]);
});

test.each([
  '(a+)+$',
  '(a*)*b',
  '([a-z]+)*=',
  '(?:a|a)*b',
  '(a|ab)+c',
  '(?:\\\\d+,?)+x',
  '(.*)*!',
  'a*a*a*a*a*a*b',
  '(.*)(.*)(.*)(.*)x',
  `${'a?'.repeat(30)}${'a'.repeat(31)}`,
  '(?i:a+)+B',
  '(?i)(A+)+B',
])('a text cannot keep the expression %s busy', (pattern) => {
  for (const input of ['a'.repeat(27), 'a'.repeat(600), 'a'.repeat(3000), `${'1,'.repeat(300)}y`]) {
    // What the engine that is linear counts, for three instructions or more at each character; the one that may try every
    // way counts 313 at most, however long it takes. jq 1.6's own answers are compared in differential.ts.
    expect(stepsOf(`test("${pattern}")`, input), pattern).toBeGreaterThan(12 * input.length);
  }
});

test.each(['^[a-z]+-[0-9]{3}$', '(?:ab)+c', '(?:a|b)+', '[0-9]+(?:\\\\.[0-9]+)?', '([0-9]{2}:){2}'])(
  'the expression %s stays as it was',
  (pattern) => {
    expect(() => compileJq(`test("${pattern}")`)('a')).not.toThrow();
  },
);

const long = 'Kaffee & "Tee" <süß> '.repeat(5_000);
const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key-${at}`, at]));
const list = Array.from({ length: 10_000 }, (_, at) => at);

// At most 100 ns each: bench/steps.bench.ts measures what they cost.
test.each([
  ['@uri', long, 30_000],
  ['@html', long, 30_000],
  ['explode', long, 60_000],
  ['explode|implode', long, 180_000],
  ['ascii_upcase', long, 12_000],
  ['split("")', long, 60_000],
  ['. == (.[:-1] + " ")', long, 3_000],
  ['.[-1:]', long, 3_000],
  ['.[100000:100001]', long, 3_000],
  ['[capture("(?<word>[a-z]+)"; "g")]|length', long, 600_000],
  ['with_entries(.)', many, 320_000],
  ['keys', many, 80_000],
  ['map(todate)', list, 250_000],
  ['map(todate|fromdate)', list, 550_000],
  ['map(gmtime|mktime)', list, 100_000],
  ['.[1:-1]', list, 5_000],
  ['. as $key|{}|.[$key]', long, 3_000],
  ['{(.):1}|length', long, 3_000],
  ['[.] as $a|[.]|contains($a)', long, 20_000],
  ['[..]|length', many, 60_000],
  ['min_by(.)', list, 20_000],
  ['"aaaaaaaa" * 1000|indices("aaaaaaaa" * 100)', null, 300_000],
])('%s counts as many steps as it costs', (program, input, least) => {
  expect(stepsOf(program, input)).toBeGreaterThanOrEqual(least);
});

test('short texts, keys and dates count little, so that a record of many fields is read', () => {
  const record = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`field-${at}`, `value ${at}`]));
  const program = 'with_entries({key, value: (.value|ascii_upcase)})|keys';
  expect(stepsOf(program, record)).toBeLessThan(10_000);
  expect(stepsOf('{day: .[0:10], hour: .[11:13]}', '2026-11-23T09:12:00Z')).toBeLessThan(40);
});
