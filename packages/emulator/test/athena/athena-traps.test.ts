import { beforeAll, expect, test } from 'vitest';
import { type AthenaLake, athenaLake } from './athena-lake.js';

let lake: AthenaLake;
beforeAll(async () => {
  lake = await athenaLake([
    `'s1', 5, 1.50, 2.5, TIMESTAMP '2026-11-23 04:59:30', DATE '2026-11-23', true, ['a', 'b'], MAP {'x': 1}, {'city': 'Rome', 'latitude': 41.9}`,
    `'s2', NULL, 20.00, 1e10, TIMESTAMP '2026-11-23 06:00:00.123', DATE '2026-11-24', false, NULL, NULL, NULL`,
  ]);
});

/** Expressions that DuckDB alone would answer otherwise, and what Athena prints. */
const right: readonly (readonly [string, string | null])[] = [
  [String.raw`regexp_like('(?<a>', '\(\?<a>')`, 'true'],
  [String.raw`regexp_like('<a>', '\(?<a>')`, 'true'],
  [`regexp_extract('x7', '(?<d>[0-9])', 1)`, '7'],
  [`json_parse('{"9":2,"10":{"2":1,"1":2}}')`, '{"10":{"1":2,"2":1},"9":2}'],
  ['5 / 2', '2'],
  ['-5 / 2', '-2'],
  ['5e0 / 2', '2.5'],
  ['5.0 / 2', '2.5'],
  ['5e0 / 0', 'Infinity'],
  ['1e400', 'Infinity'],
  ['-1.5e309', '-Infinity'],
  ['0.1 + 0.2', '0.30000000000000004'],
  [`DECIMAL '0.1' + DECIMAL '0.2'`, '0.3'],
  [`CAST(DECIMAL '2.01' AS decimal(10,2)) / 2`, '1.01'],
  ['TRY(5 / 0)', null],
  ['CAST(2.5 AS integer)', '3'],
  ['CAST(2.5 AS varchar)', '2.5E0'],
  [`CAST('abc' AS varchar(1))`, 'a'],
  [`regexp_like('a', '(?i)A')`, 'true'],
  [`date_diff('month', DATE '2026-01-31', DATE '2026-02-28')`, '1'],
  [`date_trunc('month', DATE '2026-01-02')`, '2026-01-01'],
  [`TIMESTAMP '2026-01-01 12:00:00 UTC' AT TIME ZONE 'Europe/Rome'`, '2026-01-01 13:00:00.000 Europe/Rome'],
  ['7 % 3', '1'],
  [`concat('a', null)`, null],
  [`concat('a', 'b', 'c')`, 'abc'],
  [`'a' || null`, null],
  ['greatest(1, null)', null],
  ['greatest(1, 3, 2)', '3'],
  ['least(2, null, 1)', null],
  [`date_diff('hour', TIMESTAMP '2026-01-01 00:59:00', TIMESTAMP '2026-01-01 01:01:00')`, '0'],
  [`date_diff('day', TIMESTAMP '2026-01-01 23:00:00', TIMESTAMP '2026-01-03 22:00:00')`, '1'],
  [`date_diff('minute', TIMESTAMP '2026-01-01 01:01:00', TIMESTAMP '2026-01-01 00:59:30')`, '-1'],
  [`date_diff('day', DATE '2026-01-01', DATE '2026-01-03')`, '2'],
  [`split_part('a-b', '-', 3)`, null],
  [`split_part('a-b', '-', 2)`, 'b'],
  [`substr('abc', 0, 2)`, ''],
  [`substr('abc', -5)`, ''],
  [`substr('abc', 2)`, 'bc'],
  [`element_at(ARRAY['a'], 9)`, null],
  [`element_at(MAP(ARRAY['a'], ARRAY[1]), 'z')`, null],
  [`ARRAY['a', 'b'][2]`, 'b'],
  [`MAP(ARRAY['a'], ARRAY[1])['a']`, '1'],
  ['CAST(5 AS varchar)', '5'],
  [`CAST(TIMESTAMP '2026-11-23 04:05:06' AS varchar)`, '2026-11-23 04:05:06'],
  [`CAST(TIMESTAMP '2026-11-23 04:05:06.789' AS varchar)`, '2026-11-23 04:05:06.789'],
  [`CAST(DATE '2026-11-23' AS varchar)`, '2026-11-23'],
  ['CAST(true AS varchar)', 'true'],
  [`CAST('42' AS integer)`, '42'],
  [`TRY_CAST('4x' AS integer)`, null],
  [`TRY_CAST('1.5' AS integer)`, null],
  [`date_format(TIMESTAMP '2026-11-23 04:05:06', '%Y-%m-%d %H:%i:%s')`, '2026-11-23 04:05:06'],
  [`date_parse('2026-11-23 04', '%Y-%m-%d %H')`, '2026-11-23 04:00:00.000'],
  ['from_unixtime(1764000000)', '2025-11-24 16:00:00.000 UTC'],
  [`from_iso8601_timestamp('2026-11-23T04:05:06.789Z')`, '2026-11-23 04:05:06.789 UTC'],
  [`to_unixtime(TIMESTAMP '2026-11-23 00:00:00')`, '1.795392E9'],
  [`date_add('hour', 3, TIMESTAMP '2026-11-23 22:00:00')`, '2026-11-24 01:00:00'],
  [`date_trunc('hour', TIMESTAMP '2026-11-23 04:05:06')`, '2026-11-23 04:00:00'],
  [`day_of_week(DATE '2026-11-22')`, '7'],
  [`extract(dow FROM DATE '2026-11-22')`, '7'],
  [`year(DATE '2026-11-22')`, '2026'],
  ['IF(true, 1, 2)', '1'],
  ['COALESCE(null, 7)', '7'],
  ['1e7', '1.0E7'],
  ['1.5e0', '1.5'],
  ['100e0', '100.0'],
  ['CAST(1.5 AS decimal(10,2))', '1.50'],
  ['true', 'true'],
  ['null', null],
  [`ARRAY[1, null]`, '[1, null]'],
  [`json_extract_scalar('{"a":{"b":1}}', '$.a.b')`, '1'],
  [`json_extract_scalar('{"a":{"b":1}}', '$.a')`, null],
  [`regexp_like('STORE-001', '^[A-Z]+-[0-9]{3}$')`, 'true'],
  ['round(2.5e0)', '3.0'],
  [`cardinality(ARRAY[1, 2])`, '2'],
  [`contains(ARRAY[1, 2], 2)`, 'true'],
];

test('what DuckDB alone would answer otherwise is answered as Athena does', async () => {
  const answers: unknown[] = [];
  for (const [expression] of right) {
    const { rows, failure } = await lake.ask(`SELECT ${expression}`);
    answers.push([expression, failure ?? rows[0]?.[0]]);
  }
  expect(answers).toEqual(right);
});

/** Statements that could be answered, but not as Athena does: each fails, and says why. */
const refused: readonly (readonly [string, string])[] = [
  ['SELECT 5 / 0', 'DIVISION_BY_ZERO'],
  ['SELECT 5 % 0', 'DIVISION_BY_ZERO'],
  [`SELECT 1 = '1'`, 'TYPE_MISMATCH'],
  [`SELECT * FROM events WHERE stock = '5'`, 'TYPE_MISMATCH'],
  [`SELECT * FROM events WHERE store = 5`, 'TYPE_MISMATCH'],
  [`SELECT 1 FROM events WHERE '5' = stock`, 'TYPE_MISMATCH'],
  [`SELECT * FROM events WHERE ts > '2026-01-01'`, 'TYPE_MISMATCH'],
  [`SELECT * FROM events WHERE stock IN ('5')`, 'TYPE_MISMATCH'],
  [`SELECT * FROM events WHERE stock BETWEEN '1' AND '9'`, 'TYPE_MISMATCH'],
  [`SELECT ARRAY[1][9]`, 'INVALID_FUNCTION_ARGUMENT'],
  [`SELECT MAP(ARRAY['a'], ARRAY[1])['z']`, 'INVALID_FUNCTION_ARGUMENT'],
  ['SELECT tags[stock] FROM events', 'INVALID_FUNCTION_ARGUMENT: Array subscript'],
  [`SELECT DATE '2026-01-02' + 1`, 'TYPE_MISMATCH'],
  ['SELECT CAST(weight AS decimal(10,2)) FROM events', 'INVALID_CAST_ARGUMENT'],
  [`SELECT CAST('1.5' AS integer)`, 'INVALID_CAST_ARGUMENT'],
  [`SELECT TIMESTAMP '2026-01-01T00:00:00Z'`, 'INVALID_LITERAL'],
  [`SELECT 1 || 'a'`, 'TYPE_MISMATCH'],
  [`SELECT abs('5')`, 'SYNTAX_ERROR'],
  ['SELECT date_format(ts, store) FROM events', 'NOT_SUPPORTED: date_format'],
  ['SELECT stock::bigint FROM events', 'SYNTAX_ERROR'],
  ['SELECT * EXCLUDE (store) FROM events', 'SYNTAX_ERROR'],
  ['SELECT store FROM events QUALIFY row_number() OVER () = 1', 'SYNTAX_ERROR'],
  ['SELECT DISTINCT ON (store) * FROM events', 'SYNTAX_ERROR'],
  ['SELECT store, count(*) FROM events GROUP BY ALL', 'SYNTAX_ERROR'],
  ['SELECT list_sort(tags) FROM events', `FUNCTION_NOT_FOUND: Function 'list_sort' not registered`],
  [`SELECT * FROM '/etc/passwd'`, 'TABLE_NOT_FOUND'],
  [`SELECT * FROM read_csv('/etc/passwd')`, 'NOT_SUPPORTED: the table function read_csv'],
  ['SELECT * FROM nowhere', `TABLE_NOT_FOUND: Table 'awsdatacatalog.inventory.nowhere' does not exist`],
  ['SELECT nothing FROM events', `COLUMN_NOT_FOUND: Column 'nothing' cannot be resolved`],
  [`SELECT DATE '2026-01-01' + INTERVAL '1' HOUR`, 'INVALID_FUNCTION_ARGUMENT: Cannot add hour'],
  ['SELECT FROM WHERE', 'SYNTAX_ERROR'],
  ['FROM events', 'SYNTAX_ERROR'],
  ['SELECT 1; SELECT 2', 'SYNTAX_ERROR'],
  [`COPY events TO '/tmp/x'`, 'SYNTAX_ERROR'],
  [`INSTALL httpfs`, 'SYNTAX_ERROR'],
  [
    'SELECT sum(x) FROM (VALUES (9223372036854775807), (9223372036854775807)) AS t(x)',
    'NUMERIC_VALUE_OUT_OF_RANGE',
  ],
  ["SELECT split_to_map('a=b=c', ',', '=')", 'INVALID_FUNCTION_ARGUMENT'],
];

test('what could not be answered as Athena does is refused with a reason', async () => {
  const answers: unknown[] = [];
  for (const [sql, reason] of refused) {
    const { failure, rows } = await lake.ask(sql);
    const isSo = failure?.startsWith(reason) === true;
    answers.push([sql, isSo ? reason : (failure ?? rows)]);
  }
  expect(answers).toEqual(refused);
});
