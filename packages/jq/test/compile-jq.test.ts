import { expect, test } from 'vitest';
import { compileJq, JqError } from '../src/index.js';

const run = (program: string, input: unknown): unknown => compileJq(program)(input);

test('the query of the event hour gives the hour, and refuses any other shape of time', () => {
  const query = `{datehour:(.event_time|if test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}") then .[0:10]+"-"+.[11:13] else error("event_time is not ISO 8601 in UTC") end)}`;
  expect(run(query, { event_time: '2026-11-23T04:05:06.789Z' })).toEqual([{ datehour: '2026-11-23-04' }]);
  expect(() => run(query, { event_time: '../../etc' })).toThrow('event_time is not ISO 8601 in UTC');
  expect(() => run(query, {})).toThrow('null (null) cannot be matched, as it is not a string');
});

test('the workshop query gives store, year, month, day and hour', () => {
  const query =
    '{store_id:.store_id,year:(.check_timestamp|strftime("%Y")),month:(.check_timestamp|strftime("%m")),day:(.check_timestamp|strftime("%d")),hour:(.check_timestamp|strftime("%H"))}';
  expect(run(query, { store_id: 'S1', check_timestamp: 1764000000 })).toEqual([
    { store_id: 'S1', year: '2025', month: '11', day: '24', hour: '16' },
  ]);
});

test('what jq has and the subset lacks is refused by name, before any record', () => {
  for (const [program, named] of [
    ['def f: 1; f', '"def"'],
    ['.a |= 1', '"|="'],
    ['input', 'input/0'],
    ['.a | test("(?=x)")', '(?='],
    ['foreach .[] as $x (0; 1)', '"foreach"'],
    ['.a | strftime("%N")', '%N'],
    ['$missing', '$missing'],
  ] as const) {
    const refusal = (): unknown => compileJq(program);
    expect(refusal).toThrow(JqError);
    expect(refusal).toThrow(named);
  }
});

test('what jq 1.6 does not parse is refused with its place', () => {
  expect(() => compileJq('if .a then 1 end')).toThrow(
    'jq expression does not parse: expected "else", got end at line 1, column 14 of if .a then 1 end',
  );
  for (const program of ['{a: 1 + 2}', '1 < 2 < 3', '.a.[0]', '(.a', '"\\q"', '1 / 0', '..a']) {
    expect(() => compileJq(program), program).toThrow('does not parse');
  }
});

test('keys that every JavaScript object inherits are absent unless the record has them', () => {
  expect(run('[.constructor, .toString, .__proto__, has("valueOf")]', {})).toEqual([
    [null, null, null, false],
  ]);
  expect(run('.__proto__', JSON.parse('{"__proto__":7}'))).toEqual([7]);
});

test('a binding takes the one term before it', () => {
  expect(run('1 + 2 as $x | $x * 10', null)).toEqual([21]);
});

test('a regular expression that the two engines could read differently is refused', () => {
  const refused = [
    '(?<=a)b',
    '(?!a)',
    '(?>a)',
    '(?m)a',
    'a(?i)b',
    'a++',
    '[[:alpha:]]',
    '\\\\1',
    '\\\\h',
    '\\\\p{L}',
  ];
  for (const pattern of [...refused, 'x{,2}', '[a&&b]', '(?:a{1000}){1000}', '(?i)é', '(?<x>a)\\\\k<x>']) {
    expect(() => compileJq(`test("${pattern}")`), pattern).toThrow('not supported');
  }
  for (const program of [
    '[match("(a|b)*")]',
    'sub("(a*)+"; "")',
    'capture(["(?<x>a|b)+", "g"])',
    'test("a"; "x")',
  ]) {
    expect(() => compileJq(program), program).toThrow('not supported');
  }
  // A record's own pattern is looked at when it comes.
  expect(() => run('. as $p | "a" | test($p)', '(?=a)')).toThrow('not supported');
  expect(() => run('test("s"; "i")', 'ß')).toThrow('ß');
  expect(run('test("k"; "i")', '\u212a')).toEqual([true]);
});

test('slices of one array that have one length are equal, as jq 1.6 takes them', () => {
  const array = [6, [1], [2]];
  expect(
    run('(.[1:] == .[:2]), (.[1:] != .[:2]), ([.[1:]] == [.[:2]]), (.[1:][1:] == .[:1])', array),
  ).toEqual([true, false, true, true]);
  expect(
    run('(.[1:] < .[:2]), (.[:2] < .[1:]), (.[1:] == .[:1]), ((.[1:] | map(.)) == .[:2])', array),
  ).toEqual([false, true, false, false]);
  expect(run('[.[1:], .[:2]] | unique | length', array)).toEqual([1]);
});

test('rindex of a member is the last of its slice, as jq 1.6 has it', () => {
  expect(run('rindex("a")', { a: [1, 2] })).toEqual([2]);
  expect(() => run('rindex("a")', { a: false })).toThrow('Cannot index boolean with object');
  expect(() => run('rindex("a")', { a: 'xyz' })).toThrow('Cannot index string with number');
});

test('the order of keys that JavaScript lost is refused, not guessed', () => {
  const record: unknown = JSON.parse('{"b":1,"7":2}');
  expect(() => run('tojson', record)).toThrow('order of an object');
  expect(() => run('(tojson)? // "x"', record)).toThrow('order of an object');
  expect(() => run('[..]', record)).toThrow('order of an object');
  expect(run('keys', record)).toEqual([['7', 'b']]);
});
