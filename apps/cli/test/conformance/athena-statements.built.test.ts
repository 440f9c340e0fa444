import { afterAll, beforeAll, expect, test } from 'vitest';
import { athenaClient, type AthenaOutcome } from './athena-client.js';
import { signedFor } from '../authorization.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';
import { statementCases } from './athena-statement-cases.js';

let served: ServedEndpoint;
let ask: (sql: string, more?: object) => Promise<AthenaOutcome>;
const outcomes: AthenaOutcome[] = [];

beforeAll(async () => {
  served = await serveEndpoint();
  ask = athenaClient(served);
  for (const { sql } of statementCases) outcomes.push(await ask(sql));
});

afterAll(() => served.stop());

test.each(statementCases.map((one, index) => ({ ...one, index })))(
  '$sql',
  ({ type, subtype, names, rows, failure, refusal, updateCount, index }) => {
    const outcome = outcomes[index];
    expect(outcome?.failure).toEqual(failure ?? undefined);
    expect(outcome?.refusal).toEqual(refusal);
    if (type !== undefined) expect(outcome?.execution.StatementType).toBe(type);
    if (subtype !== undefined) expect(outcome?.execution.SubstatementType).toBe(subtype);
    if (names !== undefined) expect(outcome?.names).toEqual(names);
    if (rows !== undefined) expect(outcome?.rows).toEqual(rows);
    if (updateCount !== undefined) expect(outcome?.updateCount).toBe(updateCount);
  },
);

async function objectAt(address: string | undefined): Promise<string> {
  const response = await fetch(`${served.endpoint}/${(address ?? '').replace('s3://', '')}`, {
    headers: signedFor('s3'),
  });
  return response.ok ? response.text() : `${response.status}`;
}

test('the result of a SELECT is a CSV object with metadata beside it', async () => {
  const sql = `SELECT * FROM (VALUES (1, 'a "b"'), (2, ''), (3, NULL), (4, 'x
y')) AS t(n, s) ORDER BY n`;
  const { id, execution } = await ask(sql);
  const address = execution.ResultConfiguration?.OutputLocation;
  expect(address).toBe(`s3://results/out/${id}.csv`);
  expect(await objectAt(address)).toBe('"n","s"\n"1","a ""b"""\n"2",""\n"3",\n"4","x\ny"\n');
  expect(await objectAt(`${address ?? ''}.metadata`)).toContain(id);
});

test('a result without rows is its header, one of a statement without rows is empty', async () => {
  const none = await ask(`SELECT 1 AS a, 'x' AS b WHERE false`);
  expect(await objectAt(none.execution.ResultConfiguration?.OutputLocation)).toBe('"a","b"\n');
  const ddl = await ask('CREATE DATABASE IF NOT EXISTS shop');
  expect(ddl.execution.ResultConfiguration?.OutputLocation).toBe(`s3://results/out/${ddl.id}.txt`);
  expect(await objectAt(ddl.execution.ResultConfiguration?.OutputLocation)).toBe('');
});

test('DDL that fails leaves its reason, a SELECT that fails leaves nothing', async () => {
  const ddl = await ask('DROP TABLE nothing_here');
  expect(await objectAt(ddl.execution.ResultConfiguration?.OutputLocation)).toBe(ddl.failure);
  const select = await ask('SELECT * FROM nothing_here');
  expect(await objectAt(select.execution.ResultConfiguration?.OutputLocation)).toBe('404');
});

test('what is written leaves a manifest of its objects', async () => {
  const made = await ask('CREATE TABLE manifested AS SELECT 1 AS a');
  const address = made.execution.ResultConfiguration?.OutputLocation;
  expect(address).toBe(`s3://results/out/tables/${made.id}`);
  const manifest = await objectAt(made.execution.Statistics?.DataManifestLocation);
  expect(manifest).toMatch(new RegExp(`^s3://results/out/tables/${made.id}/[^/]+\\.parquet\n$`));
});

test('without a place for results a query is refused, and a workgroup may name one', async () => {
  const none = await ask('SELECT 1', { ResultConfiguration: {} });
  expect([none.refusal, none.failure]).toEqual([
    'INVALID_INPUT',
    'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
  ]);
  await served.json('AmazonAthena.CreateWorkGroup', {
    Name: 'placed',
    Configuration: { ResultConfiguration: { OutputLocation: 's3://results/group' } },
  });
  const { id, execution } = await ask('SELECT 1', { ResultConfiguration: {}, WorkGroup: 'placed' });
  expect(execution.ResultConfiguration?.OutputLocation).toBe(`s3://results/group/${id}.csv`);
});

test('prepared statements take parameters in SQL and in the request', async () => {
  expect((await ask('PREPARE by_size FROM SELECT ? + ?')).failure).toBeUndefined();
  expect((await ask('EXECUTE by_size USING 1, 2')).rows.at(-1)).toEqual(['3']);
  expect((await ask('EXECUTE by_size', { ExecutionParameters: ['3', '4'] })).rows.at(-1)).toEqual(['7']);
  expect((await ask('DEALLOCATE PREPARE by_size')).failure).toBeUndefined();
  expect((await ask('EXECUTE by_size USING 1, 2')).failure).toContain('NOT_FOUND: Prepared statement');
});
