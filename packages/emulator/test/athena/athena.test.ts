import { beforeAll, expect, test } from 'vitest';
import { type AthenaLake, athenaLake } from './athena-lake.js';

let lake: AthenaLake;
beforeAll(async () => {
  lake = await athenaLake([
    `'s1', 5, 1.50, 2.5, TIMESTAMP '2026-11-23 04:59:30', DATE '2026-11-23', true, ['a', 'b'], MAP {'x': 1}, {'city': 'Rome', 'latitude': 41.9}`,
    `'s1', 3, 1.50, 1e10, TIMESTAMP '2026-11-23 06:00:00.123', DATE '2026-11-24', false, NULL, NULL, NULL`,
    `'s2', NULL, NULL, NULL, NULL, NULL, NULL, [], MAP {}, {'city': NULL, 'latitude': 7}`,
  ]);
});

test('each type is printed as Athena prints it, and described as Athena does', async () => {
  const { names, types, rows } = await lake.ask('SELECT * FROM Events ORDER BY Stock DESC');
  expect(names).toEqual('store stock price weight ts day low tags codes place'.split(' '));
  expect(types).toEqual('varchar integer decimal double timestamp date boolean array map row'.split(' '));
  expect(rows).toEqual([
    [
      's1',
      '5',
      '1.50',
      '2.5',
      '2026-11-23 04:59:30.000',
      '2026-11-23',
      'true',
      '[a, b]',
      '{x=1}',
      '{city=Rome, latitude=41.9}',
    ],
    ['s1', '3', '1.50', '1.0E10', '2026-11-23 06:00:00.123', '2026-11-24', 'false', null, null, null],
    ['s2', null, null, null, null, null, null, '[]', '{}', '{city=null, latitude=7.0}'],
  ]);
});

test('the low-stock shapes of a planner run: windows, max_by over rows, filters, unions, unnest', async () => {
  for (const [sql, expected] of [
    [
      `WITH latest AS (
         SELECT store, max_by(stock, ROW(ts, 1)) AS stock, count_if(low) AS lows FROM inventory.events GROUP BY store
       ) SELECT l.store, l.stock, l.lows FROM latest AS l WHERE l.stock < 10 ORDER BY 1`,
      [['s1', '3', '1']],
    ],
    [
      `SELECT store, stock FROM (SELECT store, stock, row_number() OVER (PARTITION BY store ORDER BY ts DESC) AS n FROM events) WHERE n = 1 ORDER BY store`,
      [
        ['s1', '3'],
        ['s2', null],
      ],
    ],
    [
      `SELECT count(*) FILTER (WHERE low), sum(stock), avg(stock), approx_distinct(store) FROM "awsdatacatalog"."inventory"."events"`,
      [['1', '8', '4.0', '2']],
    ],
    ['SELECT tag FROM events CROSS JOIN UNNEST(tags) AS t(tag) ORDER BY tag', [['a'], ['b']]],
    [
      `SELECT store FROM events WHERE ts >= TIMESTAMP '2026-11-23 05:00:00' UNION ALL SELECT 'z' ORDER BY 1`,
      [['s1'], ['z']],
    ],
    [
      `SELECT place.city, count(*) AS n FROM events WHERE place IS NOT NULL GROUP BY place.city HAVING count(*) > 0 ORDER BY 1`,
      [
        ['Rome', '1'],
        [null, '1'],
      ],
    ],
    [
      `SELECT date_trunc('hour', ts) AS hour, min(stock), max(price) FROM events WHERE day BETWEEN DATE '2026-11-23' AND DATE '2026-11-23' GROUP BY 1`,
      [['2026-11-23 04:00:00.000', '5', '1.50']],
    ],
    [
      `SELECT store, lag(stock) OVER (PARTITION BY store ORDER BY ts) FROM events WHERE store LIKE 's1%' ORDER BY ts`,
      [
        ['s1', null],
        ['s1', '5'],
      ],
    ],
    [`SELECT a.store FROM events a JOIN events b ON a.store = b.store AND a.ts < b.ts`, [['s1']]],
    [
      `SELECT store FROM events WHERE stock = (SELECT max(stock) FROM events) AND EXISTS (SELECT 1 FROM events)`,
      [['s1']],
    ],
    [
      `SELECT store FROM events WHERE ts > TIMESTAMP '2026-11-23 05:59:00' - INTERVAL '2' HOUR LIMIT 1`,
      [['s1']],
    ],
    [
      "SELECT CASE WHEN stock < 4 THEN 'low' ELSE 'ok' END, -stock, NOT low FROM events WHERE stock IN (3)",
      [['low', '-3', 'true']],
    ],
    [
      `SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(n, s) ORDER BY n DESC -- the end;`,
      [
        ['2', 'b'],
        ['1', 'a'],
      ],
    ],
  ] as const) {
    const { rows, failure } = await lake.ask(sql);
    expect(failure ?? rows, sql).toEqual(expected);
  }
});

test('columns without a name are called by their place', async () => {
  const { names } = await lake.ask('SELECT count(*), store AS S, 1 + 1 FROM events GROUP BY store');
  expect(names).toEqual(['_col0', 's', '_col2']);
});

test('parameters are literals that take the place of question marks', async () => {
  const ask = async (ExecutionParameters: readonly string[]): Promise<unknown> => {
    const { rows, failure } = await lake.ask(`SELECT store, '?' FROM events WHERE store = ? AND stock < ?`, {
      ExecutionParameters,
    });
    return failure ?? rows;
  };
  expect(await ask([`'s1'`, '4'])).toEqual([['s1', '?']]);
  expect(await ask([`'it''s'`, '-4'])).toEqual([]);
  expect(await ask([`'s1'`])).toContain('Incorrect number of parameters: expected 2 but found 1');
  expect(await ask(['s1', '4'])).toContain('write text in single quotes');
  expect(await ask([`'s1' OR true`, '4'])).toContain('INVALID_PARAMETER_USAGE');
});

test('results come in pages that begin with the names of the columns', async () => {
  const { QueryExecutionId } = await lake.call('StartQueryExecution', {
    QueryString: 'SELECT x FROM UNNEST(sequence(1, 5)) AS t(x)',
  });
  const pages: unknown[] = [];
  let NextToken: unknown;
  await expect
    .poll(async () => {
      const { QueryExecution } = await lake.call('GetQueryExecution', { QueryExecutionId });
      return QueryExecution;
    })
    .toMatchObject({ Status: { State: 'SUCCEEDED' }, StatementType: 'DML', WorkGroup: 'primary' });
  do {
    const page = await lake.call('GetQueryResults', { QueryExecutionId, MaxResults: 4, NextToken });
    const { ResultSet } = page as { ResultSet: { Rows: { Data: { VarCharValue: string }[] }[] } };
    pages.push(ResultSet.Rows.map(({ Data }) => Data[0]?.VarCharValue));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(pages).toEqual([
    ['x', '1', '2', '3'],
    ['4', '5'],
  ]);
});

test('one client token starts one query', async () => {
  const ClientRequestToken = 'a'.repeat(32);
  const start = (QueryString: string): Promise<Readonly<Record<string, unknown>>> =>
    lake.call('StartQueryExecution', { QueryString, ClientRequestToken });
  expect(await start('SELECT 1')).toEqual(await start('SELECT 1'));
  await expect(start('SELECT 2')).rejects.toMatchObject({
    code: 'InvalidRequestException',
    message: 'Idempotent parameters do not match',
  });
});

test('a query is stopped while it runs, and has no results then', async () => {
  const { QueryExecutionId } = await lake.call('StartQueryExecution', {
    QueryString:
      'SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE a.x + b.y + c.z = 0',
  });
  await lake.call('StopQueryExecution', { QueryExecutionId });
  const { QueryExecution } = await lake.call('GetQueryExecution', { QueryExecutionId });
  expect(QueryExecution).toMatchObject({ Status: { State: 'CANCELLED' } });
  await expect(lake.call('GetQueryResults', { QueryExecutionId })).rejects.toMatchObject({
    message: 'Could not find results',
  });
  expect((await lake.ask('SELECT 1')).rows).toEqual([['1']]);
});

test('workgroups are made, listed, switched off and deleted', async () => {
  await lake.call('CreateWorkGroup', {
    Name: 'planner',
    Configuration: { EnforceWorkGroupConfiguration: true },
  });
  expect(await lake.call('GetWorkGroup', { WorkGroup: 'planner' })).toMatchObject({
    WorkGroup: { Name: 'planner', State: 'ENABLED', Configuration: { EnforceWorkGroupConfiguration: true } },
  });
  expect((await lake.ask('SELECT 1', { WorkGroup: 'planner' })).rows).toEqual([['1']]);
  await lake.call('UpdateWorkGroup', { WorkGroup: 'planner', State: 'DISABLED' });
  await expect(lake.ask('SELECT 1', { WorkGroup: 'planner' })).rejects.toThrow('disabled');
  await lake.call('DeleteWorkGroup', { WorkGroup: 'planner' });
  await expect(lake.ask('SELECT 1', { WorkGroup: 'planner' })).rejects.toThrow('not found');
});
