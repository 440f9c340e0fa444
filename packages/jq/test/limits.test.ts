import { expect, test } from 'vitest';
import { compileJq } from '../src/index.js';

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
  for (const program of ['tojson', '[..]|length', '. == .', 'flatten', 'tostring']) {
    const run = compileJq(program);
    expect(
      codeOf(() => run(deep)),
      program,
    ).toMatch(/^(?:fine|LIMIT|RUNTIME)$/);
  }
  for (const [open, close] of [
    ['(', ')'],
    ['[', ']'],
    ['-', ''],
    ['if 1 then ', ' else 1 end'],
  ]) {
    const program = `${open?.repeat(5000)}1${close?.repeat(5000)}`;
    expect(
      codeOf(() => compileJq(program)),
      open,
    ).toMatch(/^(?:fine|SYNTAX|LIMIT|UNSUPPORTED)$/);
  }
});

test.each(['(a+)+$', '(a*)*b', '([a-z]+)*=', '(?:a|a)*b', '(a|ab)+c', '(?:\\\\d+,?)+x', '(.*)*'])(
  'the expression %s, which a text can keep busy for ever, is refused by name',
  (pattern) => {
    expect(() => compileJq(`test("${pattern}")`)('a')).toThrow(/repetition of a repetition|not supported/);
  },
);

test.each(['^[a-z]+-[0-9]{3}$', '(?:ab)+c', '(?:a|b)+', '[0-9]+(?:\\\\.[0-9]+)?', '([0-9]{2}:){2}'])(
  'the expression %s stays as it was',
  (pattern) => {
    expect(() => compileJq(`test("${pattern}")`)('a')).not.toThrow();
  },
);
