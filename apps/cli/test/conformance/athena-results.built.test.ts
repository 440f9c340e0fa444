import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedFor } from '../authorization.js';
import { athenaClient, type AthenaOutcome } from './athena-client.js';
import { metadataFields } from './metadata-fields.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

/** Source of what is expected here: Athena's API reference (2026-11), and what the project athena-local measured (2026-09). */
let served: ServedEndpoint;
let ask: (sql: string, more?: object) => Promise<AthenaOutcome>;

type Answer = Readonly<Record<string, unknown>>;

const call = async (action: string, input: object): Promise<Answer> => {
  const { text } = await served.json(`AmazonAthena.${action}`, input);
  // The wire's own JSON.
  return JSON.parse(text) as Answer;
};
const object = async (
  address: string | undefined,
): Promise<{ readonly type: string | null; readonly bytes: Buffer }> => {
  const answer = await fetch(`${served.endpoint}/${(address ?? '').replace('s3://', '')}`, {
    headers: signedFor('s3'),
  });
  expect(answer.status, address).toBe(200);
  return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
};
const done = async (sql: string, more: object = {}): Promise<AthenaOutcome> => {
  const outcome = await ask(sql, more);
  expect(outcome.failure, sql).toBeUndefined();
  return outcome;
};
const resultOf = (one: AthenaOutcome): ReturnType<typeof object> =>
  object(one.execution.ResultConfiguration?.OutputLocation);
const metadataOf = async (one: AthenaOutcome): Promise<ReturnType<typeof metadataFields>> =>
  metadataFields((await object(`${one.execution.ResultConfiguration?.OutputLocation ?? ''}.metadata`)).bytes);

beforeAll(async () => {
  served = await serveEndpoint();
  ask = athenaClient(served);
  await done('CREATE DATABASE shop');
  await done('CREATE TABLE made AS SELECT 1 AS a, CAST(1.5 AS decimal(5,2)) AS d');
});

afterAll(() => served.stop());

const SLOW =
  'SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE a.x + b.y + c.z = 0';

test('a CSV object holds every byte that Athena writes', async () => {
  const one = await done(
    `SELECT 1 AS i, 'it''s' AS s, 'a"b' AS q, CAST(NULL AS varchar) AS n, '' AS empty, ARRAY[1, 2] AS a, X'0102' AS vb, 'é' || chr(10) || ',' AS t, true AS b, 1e20 AS d`,
  );
  const { type, bytes } = await resultOf(one);
  expect(bytes.toString()).toBe(
    '"i","s","q","n","empty","a","vb","t","b","d"\n"1","it\'s","a""b",,"","[1, 2]","01 02","é\n,","true","1.0E20"\n',
  );
  expect(type).toBe('application/octet-stream');
});

test('the metadata of a query names its columns as GetQueryResults does', async () => {
  const one = await done('SELECT a, d, CAST(a AS varchar(7)) AS v FROM made');
  const { ResultSet } = await call('GetQueryResults', { QueryExecutionId: one.id });
  const infos = (ResultSet as { ResultSetMetadata: { ColumnInfo: readonly Answer[] } }).ResultSetMetadata
    .ColumnInfo;
  const { queryId, updateType, columns } = await metadataOf(one);
  expect([queryId, updateType]).toEqual([one.id, undefined]);
  expect(columns).toEqual(
    infos.map((info) => ({
      catalog: info.CatalogName,
      schema: '',
      table: '',
      name: info.Name,
      label: info.Label,
      type: info.Type,
      // A zero is left out.
      precision: info.Precision === 0 ? undefined : info.Precision,
      scale: info.Scale === 0 ? undefined : info.Scale,
      nullable: 3,
      caseSensitive: info.CaseSensitive === true ? 1 : undefined,
    })),
  );
  expect(infos.map(({ Name, Type, Precision, Scale }) => [Name, Type, Precision, Scale])).toEqual([
    ['a', 'integer', 10, 0],
    ['d', 'decimal', 5, 2],
    ['v', 'varchar', 2147483647, 0],
  ]);
});

test('the metadata of a statement that writes says what it did', async () => {
  const one = await done("INSERT INTO made VALUES (2, DECIMAL '2.50'), (3, DECIMAL '3.50')");
  expect(await metadataOf(one)).toMatchObject({
    queryId: one.id,
    updateType: 'INSERT',
    updateCount: 2,
    columns: [{ name: 'rows', type: 'bigint', precision: 19 }],
  });
  expect([one.rows, one.updateCount]).toEqual([[], 2]);
});

test('the metadata of SHOW CREATE TABLE is as long as Athena’s', async () => {
  const one = await done('SHOW CREATE TABLE made');
  const { bytes } = await object(`${one.execution.ResultConfiguration?.OutputLocation ?? ''}.metadata`);
  expect(bytes.length).toBe(88);
});

test.each([
  ['SHOW TABLES', 'made', 'binary/octet-stream', 0],
  ['SHOW COLUMNS IN made', `${'a'.padEnd(20)}\n${'d'.padEnd(20)}`, 'binary/octet-stream', 0],
  ['CREATE DATABASE IF NOT EXISTS other', '', 'binary/octet-stream', undefined],
  ['DESCRIBE made', undefined, 'application/octet-stream', undefined],
  ['EXPLAIN SELECT 1', undefined, 'application/octet-stream', undefined],
])('%s leaves text, of its type, and says so of rows changed', async (sql, text, type, count) => {
  const one = await done(sql);
  const written = await resultOf(one);
  if (text !== undefined) expect(written.bytes.toString()).toBe(text);
  expect(written.type).toBe(type);
  expect(one.updateCount).toBe(count);
});

test('a failure leaves its reason behind FAILED, and a number of its kind', async () => {
  for (const [sql, type] of [
    ['SELECT x FROM made', 1006],
    ['SELECT 1 FROM nowhere', 1301],
    ['SELECT 1 / 0', 1001],
    ["SELECT CAST('x' AS integer)", 1100],
  ] as const) {
    const { id, execution, failure } = await ask(sql);
    expect(execution.Status).toMatchObject({
      State: 'FAILED',
      AthenaError: { ErrorCategory: 2, ErrorType: type, Retryable: false, ErrorMessage: failure },
    });
    expect(await call('GetQueryResults', { QueryExecutionId: id })).toEqual({
      __type: 'InvalidRequestException',
      AthenaErrorCode: 'INVALID_QUERY_EXECUTION_STATE',
      ErrorCode: 'INVALID_QUERY_EXECUTION_STATE',
      Message: 'Query did not finish successfully. Final query state: FAILED',
    });
  }
  const ddl = await ask('DROP TABLE not_there');
  expect((await resultOf(ddl)).bytes.toString()).toMatch(/^FAILED: SemanticException/);
});

test('pages continue where the last one ended, the header being a row', async () => {
  const { id } = await done('SELECT x FROM UNNEST(sequence(1, 5)) AS t(x)');
  const pages: unknown[] = [];
  let token: unknown;
  do {
    const page = await call('GetQueryResults', { QueryExecutionId: id, MaxResults: 2, NextToken: token });
    const { Rows } = page.ResultSet as { Rows: readonly { Data: readonly { VarCharValue: string }[] }[] };
    pages.push(Rows.map(({ Data }) => Data[0]?.VarCharValue));
    token = page.NextToken;
  } while (token !== undefined);
  expect(pages).toEqual([
    ['x', '1'],
    ['2', '3'],
    ['4', '5'],
  ]);
});

test('what GetQueryResults does not take is refused in Athena’s order', async () => {
  const { id } = await done('SELECT 1');
  const refusal = async (input: object): Promise<unknown> => {
    const { AthenaErrorCode, Message } = await call('GetQueryResults', input);
    return [AthenaErrorCode, Message];
  };
  expect(await refusal({ QueryExecutionId: 'none', MaxResults: 1001 })).toEqual([
    'QUERY_EXECUTION_NOT_FOUND',
    'QueryExecution none was not found',
  ]);
  expect(await refusal({ QueryExecutionId: id, MaxResults: 1001 })).toEqual([
    'INVALID_INPUT',
    'MaxResults is more than maximum allowed length 1000',
  ]);
  expect(await refusal({ QueryExecutionId: id, NextToken: 'x' })).toEqual([
    'INVALID_INPUT',
    'Malformed nextPageToken x',
  ]);
  expect(await refusal({ QueryExecutionId: id, MaxResults: 0 })).toEqual([
    'INVALID_INPUT',
    "1 validation error detected: Value at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ]);
});

test('a stopped query is cancelled, and stopping one that is over changes nothing', async () => {
  const { QueryExecutionId } = await call('StartQueryExecution', {
    QueryString: SLOW,
    ResultConfiguration: { OutputLocation: 's3://results/stopped' },
  });
  const early = await call('GetQueryResults', { QueryExecutionId });
  expect(early.Message).toMatch(/^Query has not yet finished. Current state: (QUEUED|RUNNING)$/);
  expect(await call('StopQueryExecution', { QueryExecutionId })).toEqual({});
  const { QueryExecution } = await call('GetQueryExecution', { QueryExecutionId });
  const { Status } = QueryExecution as { Status: Answer };
  expect(Status).toMatchObject({ State: 'CANCELLED', StateChangeReason: 'Query cancelled by user' });
  expect(Status).not.toHaveProperty('AthenaError');
  expect(await call('GetQueryResults', { QueryExecutionId })).toMatchObject({
    AthenaErrorCode: 'RESULT_NOT_FOUND',
    Message: 'Could not find results',
  });
  const over = await done('SELECT 1');
  expect(await call('StopQueryExecution', { QueryExecutionId: over.id })).toEqual({});
  expect(await call('GetQueryExecution', { QueryExecutionId: over.id })).toMatchObject({
    QueryExecution: { Status: { State: 'SUCCEEDED' } },
  });
});

test('a token starts one query; another statement, database or place under it is refused', async () => {
  const request = {
    QueryString: 'SELECT 1',
    ClientRequestToken: 'a'.repeat(32),
    QueryExecutionContext: { Database: 'shop', Catalog: 'AwsDataCatalog' },
    ResultConfiguration: { OutputLocation: 's3://results/token/' },
  };
  const first = await call('StartQueryExecution', request);
  expect(first.QueryExecutionId).toBeDefined();
  expect(await call('StartQueryExecution', { ...request, ExecutionParameters: ['1'] })).toEqual(first);
  for (const other of [
    { QueryString: 'SELECT 2' },
    { QueryExecutionContext: { Database: 'other', Catalog: 'AwsDataCatalog' } },
    { QueryExecutionContext: { Database: 'shop', Catalog: 'awsdatacatalog' } },
    { ResultConfiguration: { OutputLocation: 's3://results/elsewhere/' } },
  ]) {
    expect(await call('StartQueryExecution', { ...request, ...other })).toEqual({
      __type: 'InvalidRequestException',
      AthenaErrorCode: 'IDEMPOTENT_PARAMETER_MISMATCH',
      ErrorCode: 'IDEMPOTENT_PARAMETER_MISMATCH',
      Message: 'Idempotent parameters do not match',
    });
  }
  expect(await call('GetQueryExecution', first)).toMatchObject({
    QueryExecution: { QueryExecutionContext: { Database: 'shop', Catalog: 'awsdatacatalog' } },
  });
});

test.each(['http://results/x', 's3:/results', 'results', 's3://A_B/'])(
  'the output location %s is no place',
  async (OutputLocation) => {
    const refused = await ask('SELECT 1', { ResultConfiguration: { OutputLocation } });
    expect([refused.refusal, refused.failure]).toEqual([
      'INVALID_INPUT',
      'outputLocation is not a valid S3 path.',
    ]);
  },
);

test('a workgroup that enforces its settings decides where results go, another lets the query choose', async () => {
  for (const EnforceWorkGroupConfiguration of [true, false]) {
    const Name = EnforceWorkGroupConfiguration ? 'strict' : 'loose';
    await call('CreateWorkGroup', {
      Name,
      Configuration: {
        EnforceWorkGroupConfiguration,
        ResultConfiguration: { OutputLocation: 's3://results/group/' },
      },
    });
    const chosen = await done('SELECT 1', {
      WorkGroup: Name,
      ResultConfiguration: { OutputLocation: 's3://results/chosen' },
    });
    expect(chosen.execution.ResultConfiguration?.OutputLocation).toBe(
      `s3://results/${EnforceWorkGroupConfiguration ? 'group' : 'chosen'}/${chosen.id}.csv`,
    );
    const left = await done('SELECT 1', { WorkGroup: Name, ResultConfiguration: {} });
    expect(left.execution.ResultConfiguration?.OutputLocation).toBe(`s3://results/group/${left.id}.csv`);
  }
});

test('a workgroup shows the settings that it was not given', async () => {
  await call('CreateWorkGroup', {
    Name: 'shown',
    Description: 'x',
    Configuration: { ResultConfiguration: { OutputLocation: 's3://results/shown/' } },
  });
  // Source: moto's test that is verified on AWS (2026).
  expect(await call('GetWorkGroup', { WorkGroup: 'shown' })).toMatchObject({
    WorkGroup: {
      Name: 'shown',
      State: 'ENABLED',
      Description: 'x',
      Configuration: {
        ResultConfiguration: { OutputLocation: 's3://results/shown/' },
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: false,
        RequesterPaysEnabled: false,
        EnableMinimumEncryptionConfiguration: false,
        EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
      },
    },
  });
});

test('statistics and versions are in every description', async () => {
  const one = await done('SELECT count(*) FROM made');
  expect(one.execution).toMatchObject({
    Query: 'SELECT count(*) FROM made',
    StatementType: 'DML',
    SubstatementType: 'SELECT',
    WorkGroup: 'primary',
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    Statistics: {
      ResultReuseInformation: { ReusedPreviousResult: false },
      ServiceProcessingTimeInMillis: expect.any(Number) as number,
      QueryQueueTimeInMillis: expect.any(Number) as number,
      EngineExecutionTimeInMillis: expect.any(Number) as number,
      TotalExecutionTimeInMillis: expect.any(Number) as number,
    },
  });
  expect((one.execution.Statistics as { DataScannedInBytes?: number }).DataScannedInBytes).toBeGreaterThan(0);
});

test('BatchGetQueryExecution and ListQueryExecutions know the queries, and name those that are not there', async () => {
  const one = await done('SELECT 1');
  expect(await call('BatchGetQueryExecution', { QueryExecutionIds: [one.id, 'none'] })).toMatchObject({
    QueryExecutions: [{ QueryExecutionId: one.id, Status: { State: 'SUCCEEDED' } }],
    UnprocessedQueryExecutionIds: [
      {
        QueryExecutionId: 'none',
        ErrorCode: 'INVALID_INPUT',
        ErrorMessage: 'QueryExecution none was not found',
      },
    ],
  });
  const { QueryExecutionIds } = await call('ListQueryExecutions', { MaxResults: 1 });
  expect(QueryExecutionIds).toEqual([one.id]);
});
