import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startEmulator, type Emulator } from '@store/emulator';
import { toFirehoseConversion, toTableInput } from '@store/glue-schema';
import { detectLowStock } from '@store/restock';
import { createWorld } from '@store/generator';
import { eventHourPartitioning, inventoryEventSchema } from '@store/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonService, type JsonService } from '../src/aws/json-service.js';
import { serviceEndpoint } from '../src/aws/service-endpoint.js';
import { signCall } from '../src/aws/sign-call.js';
import { buildBundles } from './bundles.js';
import { linesOf, smallWorld } from './events.js';
import { ricIsThere, startFunction, type InvocationEnd } from './runtime-api.js';

const role = 'arn:aws:iam::000000000000:role/store';

describe.skipIf(!ricIsThere)('the whole chain, as bundled, on the embedded endpoint', () => {
  let emulator: Emulator;
  let bundles: string;

  const keys = (): Readonly<Record<string, string>> => ({
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const service = (name: 'firehose' | 'sqs'): JsonService =>
    jsonService(serviceEndpoint(name, keys()), {
      now: Date.now,
      random: Math.random,
      sleep: async () => undefined,
    });

  /** Glue is set up by deployment, not by a handler, so its calls are made by hand. */
  const glue = async (action: string, input: object): Promise<void> => {
    const body = JSON.stringify(input);
    const headers = await signCall(
      {
        url: new URL(emulator.endpoint),
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSGlue.${action}` },
        bodyHash: createHash('sha256').update(body).digest('hex'),
        region: 'us-east-1',
        service: 'glue',
        nowMs: Date.now(),
      },
      { accessKeyId: 'test', secretAccessKey: 'test' },
    );
    const response = await fetch(emulator.endpoint, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`${action}: ${await response.text()}`);
  };

  beforeAll(async () => {
    bundles = await buildBundles();
    emulator = await startEmulator({
      dataDir: mkdtempSync(join(tmpdir(), 'store-e2e-')),
      seed: 7,
      // Every call must be signed with this, the functions' calls too.
      secretAccessKey: 'test',
      // A tenth of the records is throttled, every twentieth call loses its connection.
      faults: { refusedRecords: 0.1, resetsBeforeCommit: 0.05 },
    });
    const { key, query, prefix, errorPrefix } = eventHourPartitioning;
    await glue('CreateDatabase', { DatabaseInput: { Name: 'store' } });
    await glue('CreateTable', {
      DatabaseName: 'store',
      TableInput: toTableInput(inventoryEventSchema, {
        tableName: 'inventory_events',
        location: 's3://lake/inventory/',
        partitionKeys: [{ name: key, type: 'string' }],
      }),
    });
    await service('firehose').call('CreateDeliveryStream', {
      DeliveryStreamName: 'inventory',
      DeliveryStreamType: 'DirectPut',
      ExtendedS3DestinationConfiguration: {
        RoleARN: role,
        BucketARN: 'arn:aws:s3:::lake',
        Prefix: prefix,
        ErrorOutputPrefix: errorPrefix,
        BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 64 },
        CompressionFormat: 'UNCOMPRESSED',
        DynamicPartitioningConfiguration: { Enabled: true },
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: 'RecordDeAggregation',
              Parameters: [{ ParameterName: 'SubRecordType', ParameterValue: 'JSON' }],
            },
            {
              Type: 'MetadataExtraction',
              Parameters: [
                { ParameterName: 'MetadataExtractionQuery', ParameterValue: query },
                { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
              ],
            },
          ],
        },
        DataFormatConversionConfiguration: toFirehoseConversion(inventoryEventSchema, {
          databaseName: 'store',
          tableName: 'inventory_events',
          roleArn: role,
        }),
      },
    });
    await service('sqs').call('CreateQueue', {
      QueueName: 'restock.fifo',
      Attributes: { FifoQueue: 'true' },
    });
  });
  afterAll(async () => {
    await emulator.close();
  });

  async function invoke(
    name: string,
    env: Readonly<Record<string, string>>,
    ...events: readonly object[]
  ): Promise<readonly InvocationEnd[]> {
    const running = await startFunction(join(bundles, name), { AWS_ENDPOINT_URL: emulator.endpoint, ...env });
    const ends: InvocationEnd[] = [];
    for (const event of events) ends.push(await running.invoke(event));
    await running.close();
    return ends;
  }

  test('throttled and cut off, no event is lost or doubled, and each episode gets one truck request', async () => {
    const [made] = await invoke('generate', { STREAM_NAMES: 'inventory' }, smallWorld);
    expect(made).toMatchObject({ kind: 'response', payload: { stoppedBy: 'done' } });
    await emulator.flush();
    const [counted] = await emulator.query(
      'select count(*)::int as n, count(distinct event_id)::int as ids from store.inventory_events',
    );
    const lines = linesOf(smallWorld).length;
    expect(counted).toEqual({ n: lines, ids: lines });

    const { QueueUrl } = await service('sqs').call('GetQueueUrl', { QueueName: 'restock.fifo' });
    const env = { DATABASE: 'store', TABLE: 'inventory_events', REQUEST_QUEUE_URL: String(QueueUrl) };
    const at = '2026-01-20T00:00:00Z';
    const wanted = detectLowStock(createWorld(smallWorld).events(), { episodes: 'open' })
      .filter(({ quantity }) => quantity > 0)
      .map(({ request_id }) => request_id);
    expect(wanted.length).toBeGreaterThan(0);
    // Planned twice: the second run sends the same requests, which the queue knows.
    const plans = await invoke('plan', env, { at, all: true }, { at, all: true });
    for (const plan of plans) {
      expect(plan).toMatchObject({ kind: 'response', payload: { requestsSent: wanted.length } });
    }

    const heard: string[] = [];
    const trucks = createServer((request, response) => {
      void text(request).then((body) => {
        heard.push((JSON.parse(body) as { request_id: string }).request_id);
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => trucks.listen(0, '127.0.0.1', resolve));
    const { port } = trucks.address() as AddressInfo;
    const batches: object[] = [];
    for (;;) {
      const { Messages } = await service('sqs').call('ReceiveMessage', {
        QueueUrl,
        MaxNumberOfMessages: 10,
      });
      const messages = (Messages ?? []) as readonly {
        MessageId: string;
        Body: string;
        ReceiptHandle: string;
      }[];
      if (messages.length === 0) break;
      batches.push({
        Records: messages.map(({ MessageId, Body }) => ({
          messageId: MessageId,
          eventSource: 'aws:sqs',
          body: Body,
        })),
      });
      await service('sqs').call('DeleteMessageBatch', {
        QueueUrl,
        Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      });
    }
    const hook = {
      WEBHOOK_URL: `http://127.0.0.1:${port}/`,
      WEBHOOK_SECRET: 'sixteen characters at least',
    };
    for (const end of await invoke('dispatch', hook, ...batches)) {
      expect(end).toMatchObject({ payload: { batchItemFailures: [] } });
    }
    trucks.closeAllConnections();
    trucks.close();
    expect(heard.sort()).toEqual([...wanted].sort());
  });
});
