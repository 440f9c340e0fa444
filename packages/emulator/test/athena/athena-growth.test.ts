import { expect, test } from 'vitest';
import { queryLimits } from '../../src/query/query-limits.js';
import { athenaLake } from './athena-lake.js';

const nested = (times: number): string =>
  `SELECT x${'[1]'.repeat(times)} FROM (VALUES ARRAY[ARRAY[7]]) AS t(x)`;

test('what appears twice in a rewritten expression, one within another, is refused before it is written out', async () => {
  const lake = await athenaLake();
  expect((await lake.ask(nested(2))).rows).toEqual([['7']]);
  for (const times of [30, 64, 300]) {
    const { failure } = await lake.ask(nested(times));
    expect(failure).toContain('NOT_SUPPORTED: ');
    expect(failure).toContain('subquery');
  }
});

test('a list of many values is no such expression, and is compared as quickly as a short one', async () => {
  const lake = await athenaLake();
  const values = Array.from({ length: 5_000 }, (_, at) => at).join(', ');
  expect((await lake.ask(`SELECT 7 IN (${values})`)).rows).toEqual([['true']]);
  expect((await lake.ask(`SELECT 'x' IN (${values})`)).failure).toContain('TYPE_MISMATCH');
});

test('repeat and types within types have their bounds', async () => {
  const lake = await athenaLake();
  const { repeatEntries, typeDepth } = queryLimits;
  expect((await lake.ask(`SELECT cardinality(repeat(1, ${repeatEntries}))`)).rows).toEqual([
    [`${repeatEntries}`],
  ]);
  expect((await lake.ask(`SELECT repeat(1, ${repeatEntries + 1})`)).failure).toContain(
    'INVALID_FUNCTION_ARGUMENT',
  );
  const type = `${'array('.repeat(typeDepth + 1)}integer${')'.repeat(typeDepth + 1)}`;
  expect((await lake.ask(`SELECT CAST(NULL AS ${type})`)).failure).toContain(
    'types nested as deeply as these',
  );
});

test('statements behind one that still runs are forgotten once they take more than their bound', async () => {
  const lake = await athenaLake();
  const start = async (QueryString: string): Promise<unknown> =>
    (await lake.call('StartQueryExecution', { QueryString })).QueryExecutionId;
  const stateOf = async (QueryExecutionId: unknown): Promise<unknown> =>
    lake.call('GetQueryExecution', { QueryExecutionId });
  const numbers = 'UNNEST(sequence(1, 10000))';
  const slow = await start(
    `SELECT count(*) FROM ${numbers} a(x) CROSS JOIN ${numbers} b(y) CROSS JOIN ${numbers} c(z) WHERE (x + y) % 7 <> z % 5`,
  );
  const first = await start('SHOW DATABASES');
  // Without a catalog it fails immediately, and is remembered like any other.
  const long = `SHOW DATABASES /* ${'x'.repeat(250_000)} */`;
  for (let chars = 0; chars * 2 <= queryLimits.statementBytes; chars += long.length) {
    expect((await lake.ask(long)).failure).toContain('NOT_SUPPORTED');
  }
  expect(await stateOf(slow)).toMatchObject({ QueryExecution: { Status: { State: 'RUNNING' } } });
  await expect(stateOf(first)).rejects.toThrow('was not found');
  await lake.call('StopQueryExecution', { QueryExecutionId: slow });
});
