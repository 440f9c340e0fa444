import { beforeAll, expect, test } from 'vitest';
import { type AthenaLake, athenaLake } from './athena-lake.js';

let lake: AthenaLake;
beforeAll(async () => {
  lake = await athenaLake([
    `'s1', 5, 1.50, 2.5, TIMESTAMP '2026-11-23 04:59:30', DATE '2026-11-23', true, ['a', 'b'], MAP {'x': 1}, NULL`,
    `'s1', 3, 1.50, 1.0, TIMESTAMP '2026-11-23 06:00:00', DATE '2026-11-24', false, ['c'], NULL, NULL`,
    `'s2', 9, 2.50, 4.0, TIMESTAMP '2026-11-23 07:00:00', DATE '2026-11-24', false, NULL, NULL, NULL`,
  ]);
});

type Case = readonly [sql: string, answer: string | null];

/**
 * Examples and rules of Trino's documentation (trino.io/docs/current), on whose version Athena engine 3 stands, by
 * the page that gives the answer.
 */
const documented: Readonly<Record<string, readonly Case[]>> = {
  'functions/math.html': [
    ['7 / 2', '3'],
    ['-7 / 2', '-3'],
    ['-7 % 3', '-1'],
    ['mod(7, 3)', '1'],
    ['abs(-5)', '5'],
    ['ceiling(1.2e0)', '2.0'],
    ['floor(-1.2e0)', '-2.0'],
    ['power(2, 10)', '1024.0'],
    ['sqrt(16e0)', '4.0'],
    ['round(-2.5e0)', '-3.0'],
    ['sign(-7)', '-1'],
  ],
  'functions/datetime.html': [
    [`date_add('second', 86, TIMESTAMP '2020-03-01 00:00:00')`, '2020-03-01 00:01:26'],
    [`date_add('hour', 9, TIMESTAMP '2020-03-01 00:00:00')`, '2020-03-01 09:00:00'],
    [`date_add('day', -1, TIMESTAMP '2020-03-01 00:00:00')`, '2020-02-29 00:00:00'],
    [`date_diff('second', TIMESTAMP '2020-03-01 00:00:00', TIMESTAMP '2020-03-02 00:00:00')`, '86400'],
    [`date_diff('hour', TIMESTAMP '2020-03-01 00:00:00', TIMESTAMP '2020-03-02 00:00:00')`, '24'],
    [`date_diff('day', DATE '2020-03-01', DATE '2020-03-02')`, '1'],
    [`date_diff('day', DATE '2020-03-02', DATE '2020-03-01')`, '-1'],
    [`date_diff('hour', TIMESTAMP '2020-03-01 00:59:59', TIMESTAMP '2020-03-01 01:00:00')`, '0'],
    [`date_trunc('hour', TIMESTAMP '2001-08-22 03:04:05.321')`, '2001-08-22 03:00:00.000'],
    [`date_trunc('week', TIMESTAMP '2001-08-22 03:04:05.321')`, '2001-08-20 00:00:00.000'],
    [`date_trunc('quarter', TIMESTAMP '2001-08-22 03:04:05.321')`, '2001-07-01 00:00:00.000'],
    [`date_format(TIMESTAMP '2022-10-20 05:10:00', '%m-%d-%Y %H')`, '10-20-2022 05'],
    [`date_parse('2022/10/20/05', '%Y/%m/%d/%H')`, '2022-10-20 05:00:00.000'],
    [`DATE '2012-08-08' + INTERVAL '2' DAY`, '2012-08-10'],
    [`DATE '2012-08-08' - INTERVAL '1' MONTH`, '2012-07-08'],
    [`date_add('day', -1, DATE '2020-03-01')`, '2020-02-29'],
    [`TIMESTAMP '2012-08-08 01:00:00' - INTERVAL '2' DAY`, '2012-08-06 01:00:00.000'],
    [`TIMESTAMP '2012-10-31 01:00:00' + INTERVAL '1' MONTH`, '2012-11-30 01:00:00.000'],
    [`extract(YEAR FROM TIMESTAMP '2022-10-20 05:10:00')`, '2022'],
    [`day_of_week(DATE '2026-11-23')`, '1'],
    [`from_iso8601_timestamp('2020-05-11T11:15:05Z')`, '2020-05-11 11:15:05.000 UTC'],
  ],
  'functions/string.html': [
    [`concat('a', CAST(null AS varchar))`, null],
    [`'a' || 'b' || null`, null],
    [`length('Å')`, '1'],
    [`lpad('x', 3, '-')`, '--x'],
    [`split_part('a,b', ',', 2)`, 'b'],
    [`split_part('a,b', ',', 3)`, null],
    [`strpos('high', 'ig')`, '2'],
    [`substr('Quadratically', 5, 6)`, 'ratica'],
    [`substr('Quadratically', -4)`, 'ally'],
    [`replace('aXb', 'X')`, 'ab'],
    [`split('a,b,c', ',')`, '[a, b, c]'],
  ],
  'functions/conditional.html': [
    ['coalesce(null, 2)', '2'],
    ['nullif(3, 3)', null],
    [`CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END`, 'two'],
  ],
  'functions/comparison.html': [
    ['greatest(1, 2, null)', null],
    ['least(3, 1, 2)', '1'],
    ['NULL IS DISTINCT FROM NULL', 'false'],
    ['3 BETWEEN 2 AND 6', 'true'],
    ['NULL BETWEEN 2 AND 4', null],
  ],
  'functions/conversion.html': [
    [`try_cast('foo' AS integer)`, null],
    [`try_cast('12' AS bigint)`, '12'],
    [`cast('2026-11-23' AS date)`, '2026-11-23'],
    [`cast(1 AS boolean)`, 'true'],
  ],
  'functions/json.html': [
    [`json_extract_scalar('[1, 2, 3]', '$[2]')`, '3'],
    [`json_extract_scalar('{"store":{"name":"x"}}', '$.store.name')`, 'x'],
    [`json_extract_scalar('{"store":{"name":"x"}}', '$.store')`, null],
    [`json_extract_scalar('{"a":null}', '$.a')`, null],
    [`json_extract_scalar('no json', '$.a')`, null],
    [`json_extract_scalar('{"a":true}', '$.a')`, 'true'],
  ],
  'functions/array.html': [
    [`array_join(ARRAY['a', null, 'b'], '-')`, 'a-b'],
    [`slice(ARRAY[1, 2, 3, 4], 2, 2)`, '[2, 3]'],
    [`slice(ARRAY[1, 2, 3, 4], -2, 2)`, '[3, 4]'],
    [`array_max(ARRAY[1, null, 3])`, null],
    [`array_min(ARRAY[4, 2])`, '2'],
    [`element_at(ARRAY[1, 2, 3], 4)`, null],
    [`cardinality(ARRAY[1, 2, null])`, '3'],
    [`ARRAY[1] || ARRAY[2]`, '[1, 2]'],
  ],
  'functions/aggregate.html': [
    ['(SELECT count(*) FROM events)', '3'],
    ['(SELECT avg(stock) FROM events)', '5.666666666666667'],
    ['(SELECT approx_distinct(store) FROM events)', '2'],
    ['(SELECT approx_percentile(stock, 0.5e0) FROM events)', '5'],
    ['(SELECT max_by(store, stock) FROM events)', 's2'],
    ['(SELECT count_if(low) FROM events)', '1'],
    ['(SELECT bool_or(low) FROM events)', 'true'],
    [`(SELECT sum(stock) FROM events WHERE store = 'none')`, null],
    [`(SELECT array_agg(stock ORDER BY stock DESC) FROM events)`, '[9, 5, 3]'],
  ],
  'functions/window.html': [
    ['(SELECT max(n) FROM (SELECT row_number() OVER (ORDER BY stock) AS n FROM events) AS t)', '3'],
    ['(SELECT max(n) FROM (SELECT rank() OVER (ORDER BY store) AS n FROM events) AS t)', '3'],
    ['(SELECT max(n) FROM (SELECT dense_rank() OVER (ORDER BY store) AS n FROM events) AS t)', '2'],
    [
      '(SELECT array_agg(n ORDER BY stock) FROM (SELECT stock, sum(stock) OVER (ORDER BY stock ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM events) AS t)',
      '[3, 8, 14]',
    ],
  ],
  'sql/select.html': [
    ['(SELECT count(*) FROM events CROSS JOIN UNNEST(tags) AS t(tag))', '3'],
    ['(SELECT sum(x) FROM UNNEST(ARRAY[1, 2, 3]) AS t(x))', '6'],
    ['(SELECT count(*) FROM (SELECT store FROM events GROUP BY ROLLUP (store)) AS t)', '3'],
    ['(SELECT count(*) FROM (SELECT store FROM events INTERSECT SELECT store FROM events) AS t)', '2'],
  ],
};

test.each(Object.entries(documented))('answers are those of trino.io/docs/current/%s', async (_, cases) => {
  const answers: unknown[] = [];
  for (const [sql] of cases) {
    const { rows, failure } = await lake.ask(`SELECT ${sql}`);
    answers.push([sql, failure ?? rows[0]?.[0]]);
  }
  expect(answers).toEqual(cases);
});

/** Names of the SELECT list mean nothing in its own clauses; source: trino.io/docs/current/sql/select.html. */
const aliases: readonly (readonly [string, string])[] = [
  ['SELECT store AS s, count(*) FROM events GROUP BY s', `COLUMN_NOT_FOUND: Column 's' cannot be resolved`],
  [
    'SELECT stock + 1 AS more, more * 2 AS twice FROM events',
    `COLUMN_NOT_FOUND: Column 'more' cannot be resolved`,
  ],
  ['SELECT stock AS n FROM events WHERE n > 1', `COLUMN_NOT_FOUND: Column 'n' cannot be resolved`],
  [
    'SELECT store, count(*) AS n FROM events GROUP BY store HAVING n > 1',
    "EXPRESSION_NOT_AGGREGATE: 'n' must be an aggregate",
  ],
  ['SELECT 1 AS one, one + 1', `COLUMN_NOT_FOUND: Column 'one' cannot be resolved`],
  [
    'SELECT a.store AS shop FROM events a JOIN events b ON a.ts = b.ts GROUP BY shop',
    'NOT_SUPPORTED: "shop"',
  ],
];

test('an alias in GROUP BY, WHERE, HAVING or beside itself is refused, as Athena refuses it', async () => {
  const answers: unknown[] = [];
  for (const [sql, reason] of aliases) {
    const { failure, rows } = await lake.ask(sql);
    answers.push([sql, failure?.startsWith(reason) === true ? reason : (failure ?? rows)]);
  }
  expect(answers).toEqual(aliases);
});

test('an alias serves in ORDER BY, and one that is called as a column leaves the column alone', async () => {
  const { rows } = await lake.ask(
    'SELECT store, sum(stock) AS stock FROM events WHERE stock > 3 GROUP BY store HAVING max(stock) > 4 ORDER BY stock DESC',
  );
  expect(rows).toEqual([
    ['s2', '9'],
    ['s1', '5'],
  ]);
});
