import type { Chance } from './chance.js';

/** SQL that must end: with rows, with an error, or stopped; nothing may change and nothing outside may be read. */
export function hostileQuery(chance: Chance, table: string): string {
  const make = chance.pick(makers);
  return make(chance, table);
}

const deep = (chance: Chance): number => 10 ** (1 + chance.below(4));

const makers: readonly ((chance: Chance, table: string) => string)[] = [
  (chance) => `SELECT ${'('.repeat(deep(chance))}1${')'.repeat(deep(chance))}`,
  (chance) => {
    const depth = deep(chance);
    return `SELECT ${'('.repeat(depth)}1${')'.repeat(depth)}`;
  },
  (chance) => `SELECT ${Array.from({ length: deep(chance) }, () => '1').join('+')}`,
  (chance, table) => `SELECT * FROM ${table} WHERE id IN (${'1,'.repeat(deep(chance))}1)`,
  (chance) =>
    `SELECT ${'CASE WHEN true THEN '.repeat(deep(chance) / 10)}1${' END'.repeat(deep(chance) / 10)}`,
  () => 'SELECT array_agg(x) FROM unnest(sequence(1, 50000000)) a(x)',
  () => 'SELECT sequence(1, 20000)',
  () => "SELECT lpad('x', 2000000000, 'y')",
  () => "SELECT repeat('x', 2000000000)",
  (_, table) => `SELECT count(*) FROM ${table} a, ${table} b, ${table} c, ${table} d, ${table} e, ${table} f`,
  (_, table) => `SELECT * FROM ${table} a CROSS JOIN ${table} b CROSS JOIN ${table} c`,
  () => "SELECT * FROM read_text('/etc/passwd')",
  () => "SELECT * FROM read_csv('/etc/passwd')",
  () => "SELECT * FROM '/etc/passwd'",
  () => "SELECT getenv('HOME')",
  () => "SELECT * FROM glob('/*')",
  () => "SELECT * FROM enable_logging(storage='file', storage_path='/tmp/poison')",
  () => "COPY (SELECT 1) TO '/tmp/poison.csv'",
  () => "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/poison.csv'",
  () => "ATTACH '/tmp/poison.db'",
  () => 'INSTALL httpfs',
  () => "SET memory_limit = '1KB'",
  () => 'PRAGMA enable_profiling',
  // A table that is dropped is dropped: this one is nobody's, and the next is two statements.
  (_, table) => `DROP TABLE ${table}_of_nobody`,
  (_, table) => `SELECT 1; DROP TABLE ${table}`,
  (_, table) => `CREATE OR REPLACE VIEW ${table} AS SELECT 1 AS id`,
  (_, table) => `DELETE FROM ${table}`,
  () => 'SELECT 1; SELECT 2',
  () => 'SELECT 1 --',
  () => '',
  () => ';',
  () => "SELECT '",
  () => 'SELECT "\u0000"',
  () => "SELECT '\ud83d'",
  () => `SELECT '${'x'.repeat(200_000)}'`,
  (_, table) => `SELECT * FROM ${table} WHERE regexp_like(s, '(a*)*b')`,
  (_, table) => `SELECT * FROM ${table} WHERE s LIKE '${'%a'.repeat(500)}'`,
  (chance) => `SELECT ${chance.bytes(60).toString('latin1')}`,
  (chance, table) =>
    `SELECT ${chance.pick(['id', '*', 'nope', '"', '[1]', 'id.x', 'id[9]'])} FROM ${table} ${chance.pick(['', 'WHERE', 'LIMIT -1', 'LIMIT 99999999999999999999', 'ORDER BY 99'])}`,
  () => 'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t',
];

const patterns = [
  'test("a*a*a*a*a*a*b")',
  'test("(.*)(.*)(.*)(.*)x")',
  'test("(a+)+$")',
  'test("(?i)^a")',
  'test("(?<x>a)\\\\k<x>")',
  'test("(?=a)b")',
  'test("[[:alpha:]]+\\\\h")',
  'test("a{1000}{1000}")',
  'test("(")',
  'sub("(?i)^a";"x")',
  'gsub("";"x")',
  'gsub("(a|a)*";"")',
  'split("(a|aa)+$";"g")|length',
  'test(.)',
  '[match("a";"g")]|length',
  '.*1000000000',
  '[range(1e12)]|length',
  '[limit(1e9;repeat(1))]|length',
  'def f: f; f',
  'def f: 1+f; f',
  '[recurse(.)]|length',
  '[paths]|length',
  'tojson',
  '@base64d',
  '@text',
  'ascii_downcase',
  'implode',
  'explode|implode',
  'until(false;.)',
  'input',
  '$__prog_args',
  'error',
  'halt',
  'ltrimstr("a")',
  'fromjson',
  'strptime("%Y")|mktime',
  'now|todate',
  'env',
  '$ENV',
  'getpath(["a","b"])',
  `${'('.repeat(3_000)}.${')'.repeat(3_000)}`,
  '.a'.repeat(5_000),
  `${'1+'.repeat(5_000)}1`,
];

/** A query of dynamic partitioning that is refused at creation, or works within its limits. */
export function hostilePartitionQuery(chance: Chance): string {
  return `{p:(.s|${chance.pick(patterns)}|tostring)}`;
}

/** A prefix of a stream, strange in one place. */
export function hostilePrefix(chance: Chance): string {
  return chance.pick([
    'q/p=!{partitionKeyFromQuery:p}/',
    'q/!{partitionKeyFromQuery:p}/!{partitionKeyFromQuery:p}/',
    '../!{partitionKeyFromQuery:p}/',
    '/!{partitionKeyFromQuery:p}',
    '!{partitionKeyFromQuery:p}',
    'q/!{timestamp:yyyy}/!{partitionKeyFromQuery:p}/',
    "q/!{timestamp:'x}/!{partitionKeyFromQuery:p}/",
    'q/!{partitionKeyFromQuery:nope}/',
    'q/!{firehose:random-string}/!{partitionKeyFromQuery:p}/',
    'q/!{',
    `${'q/'.repeat(500)}!{partitionKeyFromQuery:p}/`,
    'q/\u0000!{partitionKeyFromQuery:p}/',
    'q/😀!{partitionKeyFromQuery:p}/',
  ]);
}
