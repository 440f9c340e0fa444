import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AthenaClient,
  CreateNamedQueryCommand,
  CreatePreparedStatementCommand,
  CreateWorkGroupCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetWorkGroupCommand,
  InvalidRequestException,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
  UpdateWorkGroupCommand,
} from '@aws-sdk/client-athena';
import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import {
  ConcurrentModificationException,
  CreateDatabaseCommand,
  CreateTableCommand,
  EntityNotFoundException,
  GetTableCommand,
  GlueClient,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/index.js';

let folder = '';
let emulator: Emulator;
let athena: AthenaClient;
let glue: GlueClient;
let firehose: FirehoseClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'athena-sdk-'));
  emulator = await startEmulator({ dataDir: folder });
  const settings = {
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  athena = new AthenaClient(settings);
  glue = new GlueClient(settings);
  firehose = new FirehoseClient(settings);
});
afterAll(async () => {
  for (const client of [athena, glue, firehose]) client.destroy();
  await emulator.close();
  await rm(folder, { recursive: true });
});

const TableInput = {
  Name: 'events',
  StorageDescriptor: {
    Location: 's3://lake/events/',
    Columns: [
      { Name: 'store_id', Type: 'string' },
      { Name: 'current_stock', Type: 'int' },
      { Name: 'event_time', Type: 'timestamp' },
    ],
  },
  PartitionKeys: [],
};

test('a table made by the SDK’s Glue client has its version, and an old version is refused', async () => {
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'inventory' } }));
  await glue.send(new CreateTableCommand({ DatabaseName: 'inventory', TableInput }));
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'inventory', Name: 'events' }));
  expect(Table).toMatchObject({ VersionId: '0', StorageDescriptor: TableInput.StorageDescriptor });
  expect(Table?.CreateTime).toBeInstanceOf(Date);
  await expect(
    glue.send(new UpdateTableCommand({ DatabaseName: 'inventory', TableInput, VersionId: '7' })),
  ).rejects.toThrow(ConcurrentModificationException);
  await expect(glue.send(new GetTableCommand({ DatabaseName: 'inventory', Name: 'none' }))).rejects.toThrow(
    EntityNotFoundException,
  );
});

test('a query sees what was acknowledged a moment ago, paged by the SDK', async () => {
  const DeliveryStreamName = 'events';
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName,
      ExtendedS3DestinationConfiguration: {
        RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        BucketARN: 'arn:aws:s3:::lake',
        Prefix: 'events/',
        ErrorOutputPrefix: 'errors/',
        BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 300 },
        DataFormatConversionConfiguration: {
          Enabled: true,
          SchemaConfiguration: {
            DatabaseName: 'inventory',
            TableName: 'events',
            RoleARN: 'arn:aws:iam::000000000000:role/firehose',
          },
          InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
          OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
        },
      },
    }),
  );
  const Records = Array.from({ length: 30 }, (_, at) => ({
    Data: Buffer.from(
      JSON.stringify({
        store_id: `s${at % 3}`,
        current_stock: at,
        event_time: `2026-11-23T04:05:${String(at).padStart(2, '0')}.500Z`,
      }),
    ),
  }));
  const { FailedPutCount } = await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
  expect(FailedPutCount).toBe(0);
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString:
        'SELECT store_id, max_by(current_stock, event_time) AS stock, max(event_time) AS at FROM events WHERE current_stock < ? GROUP BY store_id ORDER BY 1',
      ExecutionParameters: ['100'],
      QueryExecutionContext: { Database: 'inventory' },
      ResultConfiguration: { OutputLocation: 's3://results/' },
    }),
  );
  await expect
    .poll(async () => {
      const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      return QueryExecution?.Status?.StateChangeReason ?? QueryExecution?.Status?.State;
    })
    .toBe('SUCCEEDED');
  const rows: unknown[] = [];
  for await (const page of paginateGetQueryResults({ client: athena, pageSize: 3 }, { QueryExecutionId })) {
    for (const { Data } of page.ResultSet?.Rows ?? []) {
      rows.push(Data?.map(({ VarCharValue }) => VarCharValue));
    }
  }
  expect(rows).toEqual([
    ['store_id', 'stock', 'at'],
    ['s0', '27', '2026-11-23 04:05:27.500'],
    ['s1', '28', '2026-11-23 04:05:28.500'],
    ['s2', '29', '2026-11-23 04:05:29.500'],
  ]);
});

test('the SDK’s Athena client reads workgroups and gets its own classes of error', async () => {
  const { WorkGroup } = await athena.send(new GetWorkGroupCommand({ WorkGroup: 'primary' }));
  expect(WorkGroup).toMatchObject({ Name: 'primary', State: 'ENABLED' });
  await expect(athena.send(new GetQueryResultsCommand({ QueryExecutionId: 'none' }))).rejects.toThrow(
    InvalidRequestException,
  );
});

test('changes of one workgroup at the same time all hold', async () => {
  await athena.send(new CreateWorkGroupCommand({ Name: 'busy' }));
  const of = { WorkGroup: 'busy' };
  await Promise.all([
    athena.send(new UpdateWorkGroupCommand({ ...of, Description: 'busy' })),
    athena.send(new UpdateWorkGroupCommand({ ...of, State: 'DISABLED' })),
    athena.send(
      new UpdateWorkGroupCommand({
        ...of,
        ConfigurationUpdates: { BytesScannedCutoffPerQuery: 20_000_000 },
      }),
    ),
    athena.send(new UpdateWorkGroupCommand({ ...of, ConfigurationUpdates: { RequesterPaysEnabled: true } })),
  ]);
  const { WorkGroup } = await athena.send(new GetWorkGroupCommand(of));
  expect(WorkGroup).toMatchObject({
    Description: 'busy',
    State: 'DISABLED',
    Configuration: { BytesScannedCutoffPerQuery: 20_000_000, RequesterPaysEnabled: true },
  });
});

test('of calls at the same time one creates a workgroup, a prepared statement, or the named query of a token', async () => {
  const of = { WorkGroup: 'primary', QueryStatement: 'SELECT 1' };
  const query = { Name: 'n', Database: 'd', QueryString: 'SELECT 1', ClientRequestToken: 't'.repeat(32) };
  const four = [1, 2, 3, 4];
  const endings = async (calls: readonly Promise<unknown>[]): Promise<readonly string[]> =>
    (await Promise.allSettled(calls)).map(({ status }) => status).toSorted();
  const one = ['fulfilled', 'rejected', 'rejected', 'rejected'];
  expect(
    await endings(four.map(async () => athena.send(new CreateWorkGroupCommand({ Name: 'once' })))),
  ).toEqual(one);
  expect(
    await endings(
      four.map(async () => athena.send(new CreatePreparedStatementCommand({ ...of, StatementName: 'once' }))),
    ),
  ).toEqual(one);
  const created = await Promise.all(four.map(async () => athena.send(new CreateNamedQueryCommand(query))));
  expect(new Set(created.map(({ NamedQueryId }) => NamedQueryId)).size).toBe(1);
});
