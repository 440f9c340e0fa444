import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  type QueryExecution,
} from '@aws-sdk/client-athena';
import { expect, onTestFinished, test } from 'vitest';
import { queryDefaults } from '../../src/index.js';
import { startedEmulator, temporaryFolder } from '../clients.js';

const MIB = 1024 * 1024;
/** Never done on any machine. */
const endless =
  'select count(*) as n from range(100000000) a, range(100000000) b where a.range + b.range = -1';
const endlessInAthena =
  'select count(*) from unnest(sequence(1, 10000)) as a(x) cross join unnest(sequence(1, 10000)) as b(y) cross join unnest(sequence(1, 10000)) as c(z) where x + y + z = 0';

test('a query beyond a limit fails by the limit’s name, and the next one is answered', async () => {
  const quick = await startedEmulator({ queries: { timeoutMs: 1_000 } });
  const small = await startedEmulator({
    queries: { timeoutMs: 3_600_000, maxRows: 5_000, maxResultBytes: 2 * MIB },
  });
  const limited = async (sql: string, limit: RegExp, emulator = small): Promise<void> => {
    await expect(emulator.query(sql), sql).rejects.toMatchObject({
      code: 'QUERY_LIMIT',
      message: expect.stringMatching(limit) as unknown,
    });
    const next = async (): Promise<unknown> => emulator.query('select 40 + 2 as answer');
    // On a busy machine a process may take longer to start than the short limit leaves it.
    if (emulator === quick) await expect.poll(next).toEqual([{ answer: 42 }]);
    else expect(await next()).toEqual([{ answer: 42 }]);
  };
  await limited(endless, /`timeoutMs` is 1000/, quick);
  await limited('select list(r) from range(500000000) t(r)', /emoryBytes` is/);
  await limited('select r from range(500000) t(r)', /`maxRows` is 5000/);
  await limited(`select repeat('x', 1000000) as s, r from range(5) t(r)`, /`maxResultBytes` is 2097152/);
  await limited(`select lpad('x', 400000000, 'y') as s`, /(?:emoryBytes|rowBytes)` is/);
});

test('only the rows that are wanted are made', async () => {
  const emulator = await startedEmulator();
  const rows = await emulator.query('select r, r * 2 as s from range(5000000000) t(r)', { firstRows: 201 });
  expect(rows).toHaveLength(201);
  // Exactly as many as there are is not too many.
  const all = await emulator.query('select r from range(201) t(r)', { firstRows: 201 });
  expect(all).toHaveLength(201);
});

test('a query that is killed takes no other one with it', async () => {
  const emulator = await startedEmulator({ queries: { timeoutMs: 120_000 } });
  const stop = new AbortController();
  const running = emulator.query(endless, { signal: stop.signal });
  const failed = expect(running).rejects.toMatchObject({ code: 'QUERY_STOPPED' });
  const beside = emulator.query('select count(*) as n from range(100000)');
  const huge = emulator.query('select list(r) from range(500000000) t(r)');
  await expect(huge).rejects.toMatchObject({ code: 'QUERY_LIMIT' });
  expect(await beside).toEqual([{ n: 100_000 }]);
  stop.abort();
  await failed;
});

test('queries beyond the number of processes wait their turn', async () => {
  const emulator = await startedEmulator();
  const stop = new AbortController();
  const holding = Array.from({ length: 4 }, async () => emulator.query(endless, { signal: stop.signal }));
  const ended = Promise.allSettled(holding);
  const gaveUp = new AbortController();
  const leaving = emulator.query('select 1', { signal: gaveUp.signal });
  const left = expect(leaving).rejects.toMatchObject({ code: 'QUERY_STOPPED' });
  const waiting = emulator.query('select 7 as seven');
  gaveUp.abort();
  await left;
  stop.abort();
  expect((await ended).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  expect(await waiting).toEqual([{ seven: 7 }]);
});

test('statements only read, by the judgement of DuckDB’s own parser', async () => {
  const dataDir = await temporaryFolder();
  const emulator = await startedEmulator({ dataDir });
  const { lakeDir } = emulator;
  for (const sql of [
    'create or replace view main.x as select 1 as a',
    'create table t as select 1',
    `copy (select 'x') to '${lakeDir}/zz.csv'`,
    `explain analyze copy (select 'x') to '${lakeDir}/zz.csv'`,
    `/* select */ explain copy (select 'x') to '${lakeDir}/zz.csv'`,
    `set memory_limit = '10GB'`,
    `reset threads`,
    `pragma enable_profiling`,
    `pragma version`,
    `call enable_logging(storage = 'file', storage_path = '${lakeDir}')`,
    `select * from enable_logging(storage = 'file', storage_path = '${lakeDir}')`,
    `with a as (select * from read_text('/etc/passwd')) select * from a`,
    `select (select content from read_text('${dataDir}/state/x'))`,
    `select * from read_csv('${lakeDir}/x.csv')`,
    `select * from glob('/etc/*')`,
    `select * from '/etc/passwd.csv'`,
    `select * from "${lakeDir}/x.parquet"`,
    `describe '/etc/x.json'`,
    `select * from query('select 1')`,
    `select * from query_table(['x'])`,
    `select * from json_execute_serialized_sql(json_serialize_sql('select 1'))`,
    `select * from duckdb_settings()`,
    `select * from pragma_database_list()`,
    `select getenv('HOME')`,
    `select write_log('x')`,
    `attach '/tmp/outside.db'`,
    `install httpfs`,
    `load httpfs`,
    `import database '/tmp/x'`,
    `export database '${lakeDir}'`,
    `vacuum`,
    `checkpoint`,
    `begin`,
    `prepare p as select 1`,
    `insert into x values (1)`,
    `select 1; select 2`,
    `use memory`,
  ]) {
    await expect(emulator.query(sql), sql).rejects.toMatchObject({ code: 'QUERY_REFUSED' });
  }
  expect(await readdir(lakeDir)).toEqual([]);
  for (const sql of [
    'select 1 as a',
    '-- a comment\nselect 1 as a;',
    '/* one */ (select 1 as a)',
    'with a as (select 1 as a) from a',
    'values (1)',
    'explain select 1',
    'explain analyze select 1',
    'explain (format json) select 1',
    'describe select 1 as a',
    'show tables',
    'select * from range(2), generate_series(1, 2), unnest([1])',
    'select count(*) from information_schema.tables',
    `select "a.b/c" from (select 1 as "a.b/c")`,
  ]) {
    await expect(emulator.query(sql), sql).resolves.toBeDefined();
  }
});

test('nothing of one query reaches the next', async () => {
  const emulator = await startedEmulator();
  await expect(emulator.query('set integer_division = false')).rejects.toMatchObject({
    code: 'QUERY_REFUSED',
  });
  await expect(emulator.query('create temp view v as select 1')).rejects.toMatchObject({
    code: 'QUERY_REFUSED',
  });
  const views = [{ schema: 'shop', name: 'orders', select: 'select 7 as n' }];
  expect(await emulator.query('select n from shop.orders', { views })).toEqual([{ n: 7 }]);
  expect(await emulator.query('select n + 1 as n from orders', { views })).toEqual([{ n: 8 }]);
  await expect(emulator.query('select n from shop.orders')).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  // DuckDB's own division: Athena's is of the statements that Athena is asked.
  expect(await emulator.query('select 5 / 2 as half')).toEqual([{ half: 2.5 }]);
});

function athenaOf(endpoint: string): AthenaClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new AthenaClient({ endpoint, region: 'us-east-1', credentials });
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}

async function started(athena: AthenaClient, sql: string): Promise<string> {
  const { QueryExecutionId = '' } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      ResultConfiguration: { OutputLocation: 's3://results/' },
    }),
  );
  return QueryExecutionId;
}

async function ended(athena: AthenaClient, QueryExecutionId: string): Promise<QueryExecution> {
  for (;;) {
    const { QueryExecution: found } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const state = found?.Status?.State;
    if (found !== undefined && state !== 'QUEUED' && state !== 'RUNNING') return found;
    await setTimeout(10);
  }
}

test('Athena says that resources are exhausted, and which limit it was', async () => {
  const emulator = await startedEmulator();
  const quick = await startedEmulator({ queries: { timeoutMs: 1_000 } });
  const athena = athenaOf(emulator.endpoint);
  const reasonOf = async (sql: string, of = athena): Promise<string> => {
    const { Status } = await ended(of, await started(of, sql));
    expect(Status, sql).toMatchObject({ State: 'FAILED' });
    return Status?.StateChangeReason ?? '';
  };
  expect(await reasonOf('select array_agg(x) from unnest(sequence(1, 50000000)) a(x)')).toContain(
    'must not have more than 10000 entries',
  );
  expect(await reasonOf('select * from unnest(sequence(20000, 1)) a(x)')).toContain('10000 entries');
  expect(await reasonOf('select * from unnest(sequence(1, 2000000, 2)) a(x)')).toContain('10000 entries');
  expect(
    await reasonOf(
      'select array_agg(cast(a.x as varchar) || cast(b.y as varchar) || cast(c.z as varchar)) from unnest(sequence(1, 10000)) as a(x) cross join unnest(sequence(1, 10000)) as b(y) cross join unnest(sequence(1, 9)) as c(z)',
      athenaOf(quick.endpoint),
    ),
  ).toMatch(
    /^Query (?:exhausted resources at this scale factor|timeout).*`(?:\w+emoryBytes|memoryBytes|timeoutMs)` is/,
  );
  expect(await reasonOf(endlessInAthena, athenaOf(quick.endpoint))).toMatch(
    /^Query timeout.*`timeoutMs` is 1000/,
  );
  expect(await reasonOf("select * from read_text('/etc/passwd')")).toContain('NOT_SUPPORTED');
  await expect(started(athena, '/* '.repeat(80_000))).rejects.toMatchObject({
    AthenaErrorCode: 'MALFORMED_QUERY',
  });
  const outcomeOf = async (sql: string): Promise<string> =>
    started(athena, sql).then(
      async (id) => (await ended(athena, id)).Status?.StateChangeReason ?? '',
      (error: unknown) => String(error),
    );
  for (const sql of [
    `select ${'('.repeat(60_000)}1`,
    'select 1 '.concat('union all select 1 '.repeat(10_000)),
  ]) {
    expect(await outcomeOf(sql)).toMatch(/^(?!.*DuckDB)./);
  }
});

test('reading a statement counts as its query’s work: one that takes too long fails by the limit', async () => {
  const emulator = await startedEmulator({ queries: { timeoutMs: 1 } });
  const conditions = Array.from({ length: 20_000 }, (_, at) => `a=${at}`).join(' or ');
  const sql = `select count(*) from (select 1 as a) as t where ${conditions}`;
  const athena = athenaOf(emulator.endpoint);
  expect((await ended(athena, await started(athena, sql))).Status).toMatchObject({
    State: 'FAILED',
    StateChangeReason: expect.stringMatching(/^Query timeout\. .*`timeoutMs` is 1\./) as unknown,
  });
});

test('a query is stopped immediately, and puts and other queries continue meanwhile', async () => {
  const emulator = await startedEmulator();
  const athena = athenaOf(emulator.endpoint);
  const running = [await started(athena, endlessInAthena), await started(athena, endlessInAthena)];
  expect(await emulator.query('select 1 as one')).toEqual([{ one: 1 }]);
  for (const QueryExecutionId of running) {
    await athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
    const { Status } = await ended(athena, QueryExecutionId);
    expect(Status).toMatchObject({ State: 'CANCELLED' });
  }
  const { Status } = await ended(athena, await started(athena, 'select 1'));
  expect(Status).toMatchObject({ State: 'SUCCEEDED' });
});

test('closing ends running queries and waiting ones', async () => {
  const emulator = await startedEmulator();
  const queries = Promise.allSettled(Array.from({ length: 6 }, async () => emulator.query(endless)));
  await emulator.query('select 1', { signal: AbortSignal.abort() }).catch(() => undefined);
  await emulator.close();
  for (const result of await queries) expect(result).toMatchObject({ reason: { code: 'QUERY_STOPPED' } });
});

test('a large result is paged from disk, and gone with the endpoint', async () => {
  const dataDir = await temporaryFolder();
  const emulator = await startedEmulator({ dataDir });
  const athena = athenaOf(emulator.endpoint);
  const sql = `select x, y, 'a text of some length' as s from unnest(sequence(1, 100)) as a(x) cross join unnest(sequence(1, 55)) as b(y)`;
  const QueryExecutionId = await started(athena, sql);
  expect((await ended(athena, QueryExecutionId)).Status).toMatchObject({ State: 'SUCCEEDED' });
  expect(await readdir(join(dataDir, 'state', 'athena-results'))).toEqual([`${QueryExecutionId}.json`]);
  const seen = new Set<string>();
  let rows = 0;
  let NextToken: string | undefined;
  do {
    const page = await athena.send(
      new GetQueryResultsCommand({
        QueryExecutionId,
        MaxResults: 997,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    for (const { Data = [] } of page.ResultSet?.Rows ?? []) {
      rows += 1;
      seen.add(`${Data[0]?.VarCharValue ?? ''} ${Data[1]?.VarCharValue ?? ''}`);
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(rows).toBe(5_501);
  expect(seen.size).toBe(5_501);
  await emulator.close();
  await startedEmulator({ dataDir });
  expect(await readdir(join(dataDir, 'state', 'athena-results'))).toEqual([]);
});

test('a statement that fails behind its first rows fails, and is not taken for one that ends there', async () => {
  const emulator = await startedEmulator();
  const sql = `select cast(case when r = 290000 then 'x' else '1' end as int) as n from range(300000) t(r)`;
  let rows = 0;
  const sink = { columns: () => undefined, rows: (some: readonly unknown[]) => void (rows += some.length) };
  await expect(emulator.stream(sql, sink)).rejects.toMatchObject({
    code: 'QUERY_FAILED',
    message: expect.stringMatching(/^Conversion Error: Could not convert string 'x' to INT32$/) as unknown,
  });
  expect(rows).toBeGreaterThan(0);
  expect(await emulator.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('the defaults are stated', () => {
  expect(queryDefaults).toEqual({
    timeoutMs: 60_000,
    memoryBytes: 512 * MIB,
    maxRows: 1_000_000,
    maxResultBytes: 256 * MIB,
    maxSpillBytes: 1024 * MIB,
  });
});

test('a statement that does not parse says where, behind EXPLAIN too, and a stream has columns without rows', async () => {
  const emulator = await startedEmulator();
  const drawn = (label: string, line: string, at: number): string =>
    `\n\n${label}${line}\n${' '.repeat(label.length + at)}^`;
  await expect(emulator.query('-- a list\nselect 1,\n  from x x x')).rejects.toThrow(
    `syntax error at or near "x"${drawn('LINE 2: ', '  from x x x', 11)}`,
  );
  await expect(emulator.query('explain selec 1')).rejects.toThrow(drawn('LINE 1: ', 'explain selec 1', 8));
  const heard: unknown[] = [];
  await emulator.stream('select 1::bigint as one where false', {
    columns: (columns) => heard.push(columns),
    rows: (rows) => void heard.push(rows),
  });
  expect(heard).toEqual([[{ name: 'one', type: 'BIGINT' }]]);
});
