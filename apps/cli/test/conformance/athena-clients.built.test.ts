import { setTimeout } from 'node:timers/promises';
import {
  AthenaClient,
  BatchGetNamedQueryCommand,
  CreateNamedQueryCommand,
  CreatePreparedStatementCommand,
  GetQueryExecutionCommand,
  GetTableMetadataCommand,
  InvalidRequestException,
  ListDatabasesCommand,
  ListTableMetadataCommand,
  paginateGetQueryResults,
  paginateListQueryExecutions,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;
let athena: AthenaClient;
let s3: S3Client;

beforeAll(async () => {
  served = await serveEndpoint();
  const settings = {
    endpoint: served.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  athena = new AthenaClient(settings);
  s3 = new S3Client({ ...settings, forcePathStyle: true });
});

afterAll(async () => {
  athena.destroy();
  s3.destroy();
  await served.stop();
});

/** Runs a statement as a program does that waits for it, and gives what it became and all of its rows. */
async function run(
  QueryString: string,
  ExecutionParameters?: string[],
): Promise<{
  readonly execution: QueryExecution;
  readonly rows: readonly (readonly (string | undefined)[])[];
}> {
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString,
      ...(ExecutionParameters === undefined ? {} : { ExecutionParameters }),
      QueryExecutionContext: { Database: 'shop', Catalog: 'AwsDataCatalog' },
      ResultConfiguration: { OutputLocation: 's3://results/sdk/' },
    }),
  );
  for (;;) {
    const { QueryExecution: execution } = await athena.send(
      new GetQueryExecutionCommand({ QueryExecutionId }),
    );
    const state = execution?.Status?.State;
    if (execution === undefined || state === 'FAILED' || state === 'CANCELLED') {
      throw new Error(`${QueryString}: ${execution?.Status?.StateChangeReason ?? ''}`);
    }
    if (state !== 'SUCCEEDED') {
      await setTimeout(10);
      continue;
    }
    const rows: (readonly (string | undefined)[])[] = [];
    for await (const page of paginateGetQueryResults({ client: athena, pageSize: 2 }, { QueryExecutionId })) {
      for (const { Data = [] } of page.ResultSet?.Rows ?? [])
        rows.push(Data.map(({ VarCharValue }) => VarCharValue));
    }
    return { execution, rows };
  }
}

const textAt = async (address: string | undefined): Promise<string> => {
  const [Bucket = '', ...rest] = (address ?? '').replace('s3://', '').split('/');
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: rest.join('/') }));
  return (await Body?.transformToString()) ?? '';
};

test('the AWS SDK goes through a whole workflow, from a database to none', async () => {
  await run('CREATE DATABASE IF NOT EXISTS shop');
  await s3.send(new PutObjectCommand({ Bucket: 'results', Key: 'keep', Body: 'x' }));
  await run(
    `CREATE EXTERNAL TABLE sales (id bigint, item string, price decimal(10,2)) PARTITIONED BY (day string)
     STORED AS PARQUET LOCATION 's3://results/sales/'`,
  );
  const inserted = await run(
    `INSERT INTO sales VALUES (1, 'pen', DECIMAL '1.50', '2026-01-01'), (2, NULL, DECIMAL '2.00', '2026-01-02')`,
  );
  expect(inserted.execution.SubstatementType).toBe('INSERT');
  expect((await run('SHOW PARTITIONS sales')).rows).toEqual([['day=2026-01-01'], ['day=2026-01-02']]);

  const selected = await run('SELECT id, item, price FROM sales WHERE day >= ? ORDER BY id', [
    "'2026-01-01'",
  ]);
  expect(selected.rows).toEqual([
    ['id', 'item', 'price'],
    ['1', 'pen', '1.50'],
    ['2', undefined, '2.00'],
  ]);
  expect(await textAt(selected.execution.ResultConfiguration?.OutputLocation)).toBe(
    '"id","item","price"\n"1","pen","1.50"\n"2",,"2.00"\n',
  );

  await run(`CREATE OR REPLACE VIEW dear AS SELECT item, price FROM sales WHERE price > 1.75`);
  expect((await run('SELECT count(*) AS n FROM dear')).rows).toEqual([['n'], ['1']]);

  const made = await run(
    `CREATE TABLE totals WITH (format = 'PARQUET', write_compression = 'SNAPPY') AS SELECT day, sum(price) AS total FROM sales GROUP BY day`,
  );
  expect(made.execution.StatementType).toBe('DDL');
  expect((await run('SELECT day, total FROM totals ORDER BY day')).rows.slice(1)).toEqual([
    ['2026-01-01', '1.50'],
    ['2026-01-02', '2.00'],
  ]);

  await run(`UNLOAD (SELECT id FROM sales) TO 's3://results/unloaded/' WITH (format = 'JSON')`);
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: 'results', Prefix: 'unloaded/' }),
  );
  expect(Contents.length).toBeGreaterThan(0);

  const { TableMetadataList = [] } = await athena.send(
    new ListTableMetadataCommand({ CatalogName: 'AwsDataCatalog', DatabaseName: 'shop' }),
  );
  expect(TableMetadataList.map(({ Name }) => Name).sort()).toEqual(['dear', 'sales', 'totals']);
  const { TableMetadata } = await athena.send(
    new GetTableMetadataCommand({ CatalogName: 'AwsDataCatalog', DatabaseName: 'shop', TableName: 'sales' }),
  );
  expect(TableMetadata?.PartitionKeys).toEqual([{ Name: 'day', Type: 'string' }]);

  for (const sql of ['DROP VIEW dear', 'DROP TABLE totals', 'DROP TABLE sales', 'DROP DATABASE shop'])
    await run(sql);
  const { DatabaseList = [] } = await athena.send(
    new ListDatabasesCommand({ CatalogName: 'AwsDataCatalog' }),
  );
  expect(DatabaseList.map(({ Name }) => Name)).not.toContain('shop');
});

test('the AWS SDK keeps named queries and prepared statements', async () => {
  const { NamedQueryId = '' } = await athena.send(
    new CreateNamedQueryCommand({ Name: 'one', Database: 'shop', QueryString: 'SELECT 1' }),
  );
  const named = await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds: [NamedQueryId, 'none'] }));
  expect(named.NamedQueries).toMatchObject([{ Name: 'one', QueryString: 'SELECT 1', WorkGroup: 'primary' }]);
  expect(named.UnprocessedNamedQueryIds?.map((one) => one.NamedQueryId)).toEqual(['none']);
  await athena.send(
    new CreatePreparedStatementCommand({
      StatementName: 'plus',
      WorkGroup: 'primary',
      QueryStatement: 'SELECT ? + 1 AS n',
    }),
  );
  expect((await run('EXECUTE plus USING 41')).rows).toEqual([['n'], ['42']]);
});

test('the AWS SDK raises InvalidRequestException with Athena’s own code, and pages through the queries', async () => {
  const refused = await run('SELEC 1').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InvalidRequestException);
  expect(refused).toMatchObject({
    AthenaErrorCode: 'MALFORMED_QUERY',
    message: expect.stringContaining('line 1:1') as string,
  });
  const ids: string[] = [];
  for await (const page of paginateListQueryExecutions({ client: athena, pageSize: 5 }, {})) {
    ids.push(...(page.QueryExecutionIds ?? []));
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(10);
});
