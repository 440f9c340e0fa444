import { expect, test } from 'vitest';
import { athenaLake } from './athena-lake.js';

/** Statements over `t(k, x, s)` = ('a', 1, 'A'), ('a', 2, 'a'), ('b', 4, 'a'): names of columns, and rows. */
const cases: readonly (readonly [
  sql: string,
  names: readonly string[],
  rows: readonly (readonly string[])[],
])[] = [
  ["sum(IF(s = 'A', 1, 0)), sum(IF(s = 'a', 1, 0)) FROM t", ['_col0', '_col1'], [['1', '2']]],
  ["count_if(s = 'A') AS u, COUNT_IF(S = 'a') AS l FROM t", ['u', 'l'], [['1', '2']]],
  ["sum(x) FILTER (WHERE s = 'A') AS u, sum(x) FILTER (WHERE s = 'a') AS l FROM t", ['u', 'l'], [['1', '6']]],
  [
    "k || 'A', k || 'a', sum(x) FROM t WHERE k = 'a' GROUP BY k || 'A', k || 'a'",
    ['_col0', '_col1', '_col2'],
    [['aA', 'aa', '3']],
  ],
  ['SUM(X) AS one, sum(x) AS two FROM t', ['one', 'two'], [['7', '7']]],
  ['count(*), sum(x), max(s) FROM t', ['_col0', '_col1', '_col2'], [['3', '7', 'a']]],
  ['* FROM (SELECT count(*), sum(x) FROM t)', ['_col0', '_col1'], [['3', '7']]],
  [
    '1, * FROM (SELECT k, sum(x) FROM t GROUP BY k) ORDER BY 2',
    ['_col0', 'k', '_col2'],
    [
      ['1', 'a', '3'],
      ['1', 'b', '4'],
    ],
  ],
  ['* FROM (SELECT 1 + 1 UNION ALL SELECT 3) ORDER BY 1', ['_col0'], [['2'], ['3']]],
  ['* FROM (VALUES (1, 2))', ['_col0', '_col1'], [['1', '2']]],
  [
    '*, sum(x) OVER () AS total FROM t ORDER BY x',
    ['k', 'x', 's', 'total'],
    [
      ['a', '1', 'A', '7'],
      ['a', '2', 'a', '7'],
      ['b', '4', 'a', '7'],
    ],
  ],
  [
    't.*, sum(x) OVER (PARTITION BY k) FROM t ORDER BY x DESC LIMIT 1',
    ['k', 'x', 's', '_col3'],
    [['b', '4', 'a', '4']],
  ],
  [
    "k, sum(x), (SELECT max(y) FROM (VALUES ('a', 10), ('b', 20)) AS u(k, y) WHERE u.k = t.k) FROM t GROUP BY k ORDER BY k",
    ['k', '_col1', '_col2'],
    [
      ['a', '3', '10'],
      ['b', '4', '20'],
    ],
  ],
  [
    "k, sum(x) FROM t GROUP BY k HAVING EXISTS (SELECT 1 FROM (VALUES 'b') AS u(k) WHERE u.k = t.k)",
    ['k', '_col1'],
    [['b', '4']],
  ],
];

test.each(cases)('SELECT %s', async (sql, names, rows) => {
  const lake = await athenaLake();
  const t = "t(k, x, s) AS (VALUES ('a', 1, 'A'), ('a', 2, 'a'), ('b', 4, 'a'))";
  expect(await lake.ask(`WITH ${t} SELECT ${sql}`)).toMatchObject({ names, rows, failure: undefined });
});

test('no name of ours is a column of a query within', async () => {
  const lake = await athenaLake();
  for (const name of ['_col0', 'trino_leaf_0', 'unnamed_column_0', 'count_star()']) {
    const { failure } = await lake.ask(`SELECT "${name}" FROM (SELECT count(*) FROM events)`);
    expect(failure, name).toContain('COLUMN_NOT_FOUND');
  }
});
