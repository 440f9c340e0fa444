import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '@store/foundation';
import type { InventoryEvent } from '@store/schema';
import { clientSettings } from '../src/aws/clients.js';
import { openS3 } from '../src/aws/s3-objects.js';
import { createDoorHandler } from '../src/door/handler.js';
import { createIngestHandler } from '../src/ingest/handler.js';
import { shelfMemory } from '../src/ingest/shelf-memory.js';
import { sharedBundles } from './bundles.js';
import { countMapping } from './count-mapping.js';
import { fallingEvent } from './events.js';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { lambdaContext } from './lambda-context.js';
import { startSecretStore, type SecretStore } from './secret-store.js';
import { ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';

/** A mapping of rows with the event's own names. */
const flatRows = {
  version: 1,
  name: 'flat-rows',
  mode: 'events',
  fields: {
    event_id: { from: 'event_id' },
    event_type: { from: 'event_type' },
    event_time: { from: 'event_time' },
    sequence: { from: 'sequence' },
    store_id: { from: 'store_id' },
    product_id: { from: 'product_id' },
    product_name: { from: 'product_name' },
    current_stock: { from: 'current_stock' },
    min_threshold: { from: 'min_threshold' },
    quantity_delta: { from: 'quantity_delta' },
    unit_price: { from: 'unit_price' },
  },
};

/** Counts, of which two of a shelf at one time are one. */
const counts = { ...countMapping, key: ['store_id', 'product_id', 'event_time'] };

/** What a message in the queue of rejects says. */
interface KeptReject {
  readonly messageId: string;
  readonly code: string;
  readonly raw: {
    readonly text?: string;
    readonly object?: { readonly bucket: string; readonly key: string };
  };
}

describe.skipIf(!ricIsThere)('ingest, as bundled, under the official runtime client, on the endpoint', () => {
  let stack: LocalStack;
  let running: RunningFunction;
  let strict: RunningFunction;
  let mapped: RunningFunction;
  let counted: RunningFunction;
  let door: RunningFunction;
  let secrets: SecretStore;
  let store = '';
  let tests = 0;

  beforeAll(async () => {
    stack = await startLocalStack();
    const folder = join(await sharedBundles(), 'ingest');
    const env = stack.env('Ingest');
    running = await startFunction(folder, env);
    strict = await startFunction(folder, { ...env, REJECT_QUEUE_URL: '', EARLY_REQUEST_QUEUE_URL: '' });
    // Rows as they are in the file; the event's own names, the place in columns of its own.
    mapped = await startFunction(folder, { ...env, MAPPING: JSON.stringify(flatRows) });
    counted = await startFunction(folder, { ...env, MAPPING: JSON.stringify(counts) });
    secrets = await startSecretStore('square secret');
    door = await startFunction(join(folder, '..', 'door'), {
      AWS_ENDPOINT_URL: stack.emulator.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      QUEUE_URL: stack.queueUrl('store-dev-ingest'),
      SHOPIFY_WEBHOOK_SECRET: 'shop secret',
      WOOCOMMERCE_WEBHOOK_SECRET: 'woo secret',
      SQUARE_WEBHOOK_SECRET: 'secretsmanager:arn:aws:secretsmanager:us-east-1:000000000000:secret:s#key',
      SQUARE_NOTIFICATION_URL: 'https://door.example/',
      GENERIC_WEBHOOK_SECRET: 'own secret',
    });
  });
  afterAll(async () => {
    await running.close();
    await strict.close();
    await mapped.close();
    await counted.close();
    await door.close();
    await secrets.close();
    await stack.close();
  });
  beforeEach(async () => {
    // A store of its own for each test: the lake is the same.
    store = `S${++tests}`;
    await stack.faults({});
  });

  const falling = (given: Partial<InventoryEvent> = {}): InventoryEvent =>
    fallingEvent({ store_id: store, ...given });
  const answer = async (event: unknown, at: RunningFunction = running): Promise<unknown> => {
    const end = await at.invoke(event);
    if (end.kind === 'error') throw new Error(`${end.errorType}: ${end.errorMessage}`);
    return end.payload;
  };
  /** What the lake has of this test's store, in the order of sequences, doubles included. */
  const stored = async (): Promise<readonly Record<string, unknown>[]> =>
    stack.emulator.query(
      `select event_id, event_type, strftime(event_time, '%Y-%m-%dT%H:%M:%S.%gZ') as event_time, store_id, product_name,
         sequence::double as sequence, current_stock, unit_price::double as unit_price, is_low_stock
       from store_dev.inventory_events where store_id = '${store}' order by sequence, event_id`,
    );
  const sqs = (bodies: readonly unknown[]): object => ({
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      eventSource: 'aws:sqs',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })),
  });

  test('real records are put right on the way: times, numbers in text, blanks, and what follows from them', async () => {
    const { is_low_stock, event_id, ...rest } = falling();
    const event = {
      ...rest,
      store_id: ` ${store} `,
      event_time: '2026-01-05 09:00:00+01:00',
      current_stock: '8',
      unit_price: '1.25',
    };
    expect(is_low_stock && event_id).not.toBe(false);
    expect(await answer([event, event])).toMatchObject({ accepted: 2, rejectedCount: 0 });
    const [first, again] = await stored();
    expect(first).toMatchObject({
      store_id: store,
      event_time: '2026-01-05T08:00:00.000Z',
      current_stock: 8,
      unit_price: 1.25,
      is_low_stock: true,
    });
    expect(first?.event_id).toMatch(/^in-[0-9a-f]{32}$/);
    expect(again?.event_id).toBe(first?.event_id);
  });

  test('the workshop’s nine-field record becomes a stock count', async () => {
    const record = {
      store_id: store,
      product_id: 'PROD_1',
      product_name: 'Milk',
      current_stock: '15',
      threshold_level: 20,
      is_stock_low: true,
      check_timestamp: 1_767_600_000,
      notification_sent: false,
      restock_status: 'pending',
    };
    expect(await answer(record)).toMatchObject({ accepted: 1 });
    expect(await stored()).toMatchObject([
      {
        event_type: 'stock_count',
        event_time: '2026-01-05T08:00:00.000Z',
        current_stock: 15,
        is_low_stock: true,
      },
    ]);
  });

  test.each([
    [
      'a Function URL',
      (event: object) => ({ requestContext: { http: { method: 'POST' } }, body: JSON.stringify(event) }),
    ],
    [
      'API Gateway, base64, one event a line',
      (event: object) => ({
        requestContext: { stage: 'x' },
        httpMethod: 'POST',
        isBase64Encoded: true,
        body: Buffer.from(`${JSON.stringify(event)}\n`).toString('base64'),
      }),
    ],
  ])('events come over HTTP: %s', async (_name, request) => {
    const event = falling();
    expect(await answer(request(event))).toMatchObject({ statusCode: 200 });
    const { event_id, current_stock, event_time } = event;
    expect(await stored()).toMatchObject([{ event_id, current_stock, event_time }]);
  });

  test('HTTP hears why a record was refused, but not the record', async () => {
    const http = (body: string): object => ({ requestContext: {}, body });
    expect(await answer(http('{'))).toMatchObject({ statusCode: 400 });
    const refused = (await answer(http(JSON.stringify({ ...falling(), current_stock: 'lots' })))) as {
      body: string;
    };
    expect(refused).toMatchObject({ statusCode: 422 });
    expect(JSON.parse(refused.body)).toMatchObject({
      accepted: 0,
      rejected: [{ index: 0, code: 'TYPE_MISMATCH', path: 'current_stock' }],
    });
    expect(refused.body).not.toContain('lots');
  });

  test('events come from EventBridge and Kinesis', async () => {
    await answer({ 'detail-type': 'StockCounted', id: 'x', detail: falling() });
    const data = Buffer.from(JSON.stringify(falling({ sequence: 2 }))).toString('base64');
    const batch = { Records: [{ eventSource: 'aws:kinesis', kinesis: { sequenceNumber: '49', data } }] };
    expect(await answer(batch)).toEqual({ batchItemFailures: [] });
    expect((await stored()).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('of a poisoned batch everything but the poison is delivered; the poison is kept with its reason', async () => {
    await stack.take('store-dev-dead');
    const bad = { ...falling(), min_threshold: 'ten' };
    const batch = sqs([falling(), bad, 'not json', [falling({ sequence: 2 }), 7]]);
    expect(await answer(batch)).toEqual({ batchItemFailures: [] });
    expect((await stored()).map(({ sequence }) => sequence)).toEqual([1, 2]);
    const rejects = await stack.take('store-dev-dead');
    const kept = rejects.map(({ body }) => JSON.parse(body) as { messageId: string });
    expect(kept.sort((a, b) => (a.messageId < b.messageId ? -1 : 1))).toMatchObject([
      { messageId: 'm1', place: 'sqs[1]', code: 'TYPE_MISMATCH', raw: { text: JSON.stringify(bad) } },
      { messageId: 'm2', place: 'sqs[2]', code: 'NOT_JSON', raw: { text: 'not json' } },
      { messageId: 'm3', place: 'sqs[3]/record[1]', index: 1, code: 'NOT_AN_OBJECT', raw: { text: '7' } },
    ]);
    expect(running.log()).not.toContain('ten"');
  });

  test('whatever a record is made of, it is refused alone, with its text, and no invocation fails', async () => {
    await stack.take('store-dev-dead');
    const deep = `{"extra":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const poison: readonly [body: unknown, code: string][] = [
      [`{"s":${deep}}`, 'TOO_DEEP'],
      [JSON.stringify(falling()).replace('{', '{"store_id":"S0",'), 'DUPLICATE_KEY'],
      [JSON.stringify({ ...falling(), product_name: 'x'.repeat(1_100_000) }), 'EVENT_TOO_LARGE'],
      [`"${'\uffff'.repeat(9000)}"`, 'NOT_AN_OBJECT'],
      ['', 'NOT_JSON'],
      ['[1,', 'NOT_JSON'],
    ];
    const bodies = [falling({ sequence: 1 }), ...poison.map(([body]) => body), falling({ sequence: 2 })];
    expect(await answer(sqs(bodies))).toEqual({ batchItemFailures: [] });
    const lines = [
      JSON.stringify(falling({ sequence: 3 })),
      deep,
      '{"a":tru}',
      JSON.stringify(falling({ sequence: 4 })),
    ];
    expect(await answer(sqs([lines.join('\n')]), strict)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
    expect((await stored()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    const rejects = await stack.take('store-dev-dead');
    const kept = rejects.map(({ body }) => JSON.parse(body) as KeptReject);
    kept.sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
    expect(kept.map(({ code }) => code)).toEqual(poison.map(([, code]) => code));
    // Each is there whole: in its message, or, where that would be too long, in an object.
    for (const [index, { raw }] of kept.entries()) {
      const text = raw.object === undefined ? raw.text : await stack.readObject(raw.object);
      expect(text).toBe(poison[index]?.[0]);
    }
    expect(kept.filter(({ raw }) => raw.object !== undefined)).toHaveLength(1);
  });

  test('over HTTP the record that is refused is named by its place', async () => {
    const good = JSON.stringify(falling());
    const deep = `{"extra":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const refused = async (body: unknown, more: object = {}): Promise<unknown> => {
      const end = (await answer({ requestContext: {}, body, ...more })) as {
        statusCode: number;
        body: string;
      };
      return { status: end.statusCode, ...(JSON.parse(end.body) as object) };
    };
    expect(await refused(deep)).toMatchObject({ status: 422, rejected: [{ index: 0, code: 'TOO_DEEP' }] });
    expect(await refused(`[${good},${deep},{"a":1,"a":2}]`)).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 1, code: 'TOO_DEEP' },
        { index: 2, code: 'DUPLICATE_KEY' },
      ],
    });
    expect(await refused(undefined)).toMatchObject({
      status: 422,
      rejected: [{ index: 0, code: 'NO_BODY' }],
    });
    const latin = Buffer.from([0x7b, 0xff, 0x7d]).toString('base64');
    expect(await refused(latin, { isBase64Encoded: true })).toMatchObject({
      status: 422,
      rejected: [{ index: 0, code: 'INVALID_UTF8' }],
    });
    expect(await refused('%%%', { isBase64Encoded: true })).toMatchObject({
      status: 422,
      rejected: [{ code: 'NOT_BASE64' }],
    });
    expect(await answer({ Records: [{ eventSource: 'aws:s3', s3: {} }, null] })).toMatchObject({
      accepted: 0,
      rejectedCount: 2,
    });
    const typed = { headers: { 'content-type': 'application/xml' } };
    expect(await answer({ requestContext: {}, body: '<a/>', ...typed })).toMatchObject({ statusCode: 415 });
  });

  test('a reject that its queue does not take is returned to its source, alone', async () => {
    const gone = await startFunction(join(await sharedBundles(), 'ingest'), {
      ...stack.env('Ingest'),
      REJECT_QUEUE_URL: `${stack.emulator.endpoint}/000000000000/nowhere`,
      EARLY_REQUEST_QUEUE_URL: '',
    });
    try {
      const batch = sqs([falling(), 'not json', falling({ sequence: 2 })]);
      expect(await answer(batch, gone)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
      expect(await stored()).toHaveLength(2);
    } finally {
      await gone.close();
    }
  });

  test('without a queue for rejects, the poisoned messages come again and nothing else does', async () => {
    const batch = sqs([falling(), 'not json', falling({ sequence: 2 })]);
    expect(await answer(batch, strict)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(await stored()).toHaveLength(2);
  });

  test('an episode that begins is asked for immediately, and once', async () => {
    await stack.take('store-dev-restock.fifo');
    await answer([falling(), falling(), falling({ sequence: 2, current_stock: 5 })]);
    expect(await stack.take('store-dev-restock.fifo')).toMatchObject([
      { deduplicationId: `${store}/P1/1`, groupId: store },
    ]);
    // The queue has forgotten the message by then; the ledger has not.
    await stack.faults({ clockSkewMs: 600_000 });
    expect(await answer([falling()])).toMatchObject({ accepted: 1, requestsSent: 0 });
    await stack.faults({});
    expect(await stack.take('store-dev-restock.fifo')).toEqual([]);
  });

  test('a workshop record that is low asks for a truck only through the planner: it does not say what was before', async () => {
    const record = {
      store_id: store,
      product_id: 'PROD_1',
      product_name: 'Milk',
      current_stock: 3,
      threshold_level: 20,
      check_timestamp: 1_767_600_000,
    };
    expect(await answer([record, record])).toMatchObject({ accepted: 2, requestsSent: 0 });
  });

  test('messages whose events were not delivered in time come again', async () => {
    await stack.faults({ refusedRecords: 1 });
    const end = await strict.invoke(sqs([falling(), 'not json']), { timeoutMs: 3000 });
    expect(end).toMatchObject({
      kind: 'response',
      payload: { batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }] },
    });
    await stack.faults({});
    expect(await answer(sqs([falling()]), strict)).toEqual({ batchItemFailures: [] });
    expect(await stored()).toHaveLength(1);
  });

  test('twenty envelopes under faults: each record is in the lake, or kept raw, or stays with its source', async () => {
    await stack.take('store-dev-dead');
    const event = (sequence: number): string => JSON.stringify(falling({ sequence }));
    const gz = (text: string): string => gzipSync(text).toString('base64');
    const bad = (n: number): string => `{"bad":"${store}-${n}"`;
    const pair = (n: number): string => `${event(n)}\n${bad(n)}`;
    const base64 = (n: number): string => Buffer.from(pair(n)).toString('base64');
    const sns = (n: number): object => ({
      Type: 'Notification',
      TopicArn: 't',
      MessageId: 'n',
      Message: pair(n),
    });
    const log = (n: number): string =>
      gz(JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', message: pair(n) }] }));
    const door = (n: number): string => JSON.stringify({ door: 1, sender: 'generic', text: pair(n) });
    const kafka = (n: number): object => ({ topic: 't', partition: 0, offset: n, value: base64(n) });
    const envelopes: readonly ((n: number) => object)[] = [
      (n) => sqs([pair(n)]),
      (n) => sqs([JSON.stringify(sns(n))]),
      (n) => sqs([door(n)]),
      (n) => sqs([JSON.stringify({ 'detail-type': 'x', detail: sns(n) })]),
      (n) => ({ Records: [{ EventSource: 'aws:sns', Sns: sns(n) }] }),
      (n) => ({
        Records: [{ eventSource: 'aws:kinesis', kinesis: { sequenceNumber: '1', data: base64(n) } }],
      }),
      (n) => ({
        Records: [{ eventSource: 'aws:kinesis', kinesis: { sequenceNumber: '1', data: gz(pair(n)) } }],
      }),
      (n) => ({ Records: [{ eventSource: 'aws:kinesis', kinesis: { sequenceNumber: '1', data: log(n) } }] }),
      (n) => [{ eventSource: 'aws:kinesis', eventID: 'e', data: base64(n) }],
      (n) => [{ eventSource: 'aws:sqs', messageId: 'm', body: pair(n) }],
      (n) => [{ ...kafka(n), eventSource: 'aws:kafka' }],
      (n) => ({ eventSource: 'aws:kafka', records: { 't-0': [kafka(n)] } }),
      (n) => ({ eventSource: 'aws:mq', messages: [{ messageID: 'i', data: base64(n) }] }),
      (n) => ({ eventSource: 'aws:rmq', rmqMessagesByQueue: { 'q::/': [{ data: base64(n) }] } }),
      (n) => ({ 'detail-type': 'x', id: 'e', detail: sns(n) }),
      (n) => ({ awslogs: { data: log(n) } }),
      (n) => ({ requestContext: {}, body: pair(n) }),
      (n) => ({ requestContext: {}, isBase64Encoded: true, body: gz(pair(n)) }),
      (n) => ({
        requestContext: { elb: {} },
        httpMethod: 'POST',
        headers: { 'content-encoding': 'gzip' },
        isBase64Encoded: true,
        body: gz(pair(n)),
      }),
      (n) => ({ requestContext: {}, requestPayload: sns(n) }),
    ];
    await stack.faults({ refusedRecords: 0.1, resetsBeforeCommit: 0.05 });
    for (const [n, envelope] of envelopes.entries()) {
      // What its source would bring again, is brought again.
      for (let isDone = false; !isDone;) {
        const end = await running.invoke(envelope(n));
        const payload = (end.kind === 'response' ? end.payload : {}) as {
          batchItemFailures?: unknown[];
          statusCode?: number;
        };
        isDone =
          end.kind === 'response' &&
          (payload.batchItemFailures?.length ?? 0) === 0 &&
          (payload.statusCode ?? 200) === 200;
      }
    }
    await stack.faults({});
    const sequences = new Set((await stored()).map(({ sequence }) => sequence));
    expect([...sequences]).toEqual([...envelopes.keys()]);
    const kept = (await stack.take('store-dev-dead')).map(
      ({ body }) => (JSON.parse(body) as KeptReject).raw.text,
    );
    expect([...new Set(kept)].sort()).toEqual([...envelopes.keys()].map(bad).sort());
  });

  test('an object of S3 is read through a notification in a queue, and one that is gone is kept', async () => {
    await stack.take('store-dev-dead');
    const { location, ...flat } = falling();
    const rows = [1, 2, 3].map((sequence) =>
      Object.values({ ...flat, ...location, event_id: `row-${store}-${sequence}`, sequence }).join(','),
    );
    const header = Object.keys({ ...flat, ...location }).join(',');
    // A row that is too short, among the others.
    const file = [header, rows[0], 'short', rows[1], rows[2], ''].join('\n');
    const place = { bucket: stack.env('Ingest').REJECT_BUCKET ?? '', key: `incoming/März ${store}.csv.gz` };
    await stack.putObject(place, gzipSync(file));
    const notice = (key: string): string =>
      JSON.stringify({
        Records: [
          {
            eventSource: 'aws:s3',
            eventName: 'ObjectCreated:Put',
            s3: {
              bucket: { name: place.bucket },
              object: { key: encodeURIComponent(key).replaceAll('%20', '+') },
            },
          },
        ],
      });
    const batch = sqs([notice(place.key), notice('incoming/gone.csv')]);
    expect(await answer(batch, mapped)).toEqual({ batchItemFailures: [] });
    expect((await stored()).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    const kept = (await stack.take('store-dev-dead')).map(({ body }) => JSON.parse(body) as KeptReject);
    expect(kept.map(({ code, raw }) => [code, raw.text]).sort()).toEqual([
      ['NOT_CSV', `${header}\nshort\n`],
      ['NO_OBJECT', notice('incoming/gone.csv').slice('{"Records":['.length, -2)],
    ]);
  });

  test('more than a hundred rejects of a message are one object, which can be sent again', async () => {
    await stack.take('store-dev-dead');
    const lines = Array.from({ length: 101 }, (_, n) => `{"n":${n}}`);
    expect(await answer(sqs([lines.join('\n')]))).toEqual({ batchItemFailures: [] });
    const taken = await stack.take('store-dev-dead');
    const kept = taken.map(({ body }) => JSON.parse(body) as KeptReject);
    expect(kept).toMatchObject([{ code: 'MANY', codes: { MISSING: 101 } }]);
    const { object = { bucket: '', key: '' } } = kept[0]?.raw ?? {};
    const raws = (await stack.readObject(object))
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as KeptReject).raw.text);
    expect(raws).toEqual(lines);
    expect(await answer(sqs([taken[0]?.body]))).toEqual({ batchItemFailures: [] });
    expect(await stack.take('store-dev-dead')).toMatchObject([
      { body: expect.stringContaining('"MANY"') as unknown },
    ]);
  });

  test('a delivery stream has its records transformed, and keeps those that nobody else does', async () => {
    const data = (text: string): string => Buffer.from(text).toString('base64');
    const event = falling();
    const batch = {
      invocationId: 'i',
      deliveryStreamArn: 'arn',
      records: [
        { recordId: '1', data: data(JSON.stringify({ ...event, current_stock: '8' })) },
        { recordId: '2', data: data('no record') },
      ],
    };
    const { records } = (await answer(batch, strict)) as {
      records: readonly { recordId: string; result: string; data: string }[];
    };
    expect(records).toMatchObject([
      { recordId: '1', result: 'Ok' },
      { recordId: '2', result: 'ProcessingFailed', data: data('no record') },
    ]);
    expect(JSON.parse(Buffer.from(records[0]?.data ?? '', 'base64').toString('utf8'))).toMatchObject({
      event_id: event.event_id,
      current_stock: 8,
    });
    expect(await answer(batch)).toMatchObject({ records: [{ result: 'Ok' }, { result: 'Dropped' }] });
    expect(await stored()).toEqual([]);
  });

  test('what nobody understands is done for nobody, and a mapping that is wrong stops the function', async () => {
    const unknown = await running.invoke({ Records: [{ eventSource: 'aws:ses', ses: {} }] });
    expect(unknown).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringContaining('Nothing of it was taken') as unknown,
    });
    const unkept = await strict.invoke({ 'detail-type': 'x', id: 'e', detail: { a: 1 } });
    expect(unkept).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringContaining('kept nowhere') as unknown,
    });
    const create = (MAPPING: string) => () =>
      createIngestHandler({ STREAM_NAMES: 'a', AWS_ENDPOINT_URL: stack.emulator.endpoint, MAPPING });
    expect(create('nosuch')).toThrow('Expected the environment variable MAPPING');
    expect(create('{"version":1,"name":"x","fields":{"store_id":{"form":"Shop"}}}')).toThrow(
      'fields.store_id',
    );
    expect(create('square,inventory')).not.toThrow();
  });

  test('webhooks come in by their signature, and leave nothing to learn where it is wrong', async () => {
    await stack.take('store-dev-ingest');
    const body = JSON.stringify(falling());
    const hmac = (secret: string, ...pieces: readonly string[]) => {
      const mac = createHmac('sha256', secret);
      for (const piece of pieces) mac.update(piece);
      return mac;
    };
    const now = String(Math.floor(Date.now() / 1000));
    const url = 'https://door.example/';
    const signed: readonly Readonly<Record<string, string>>[] = [
      { 'x-shopify-hmac-sha256': hmac('shop secret', body).digest('base64') },
      { 'x-wc-webhook-signature': hmac('woo secret', body).digest('base64') },
      { 'x-square-hmacsha256-signature': hmac('square secret', url, body).digest('base64') },
      {
        'store-timestamp': now,
        'store-signature': `v1=${hmac('own secret', `${now}.`, body).digest('hex')}`,
      },
      {
        'store-timestamp': now,
        'store-signature': `v1=${hmac('own secret', `${now}.`, body).digest('hex').toUpperCase()}`,
      },
    ];
    const late = String(Number(now) - 3600);
    const wrong: readonly Readonly<Record<string, string>>[] = [
      {},
      { 'x-shopify-hmac-sha256': hmac('square secret', body).digest('base64') },
      { 'x-shopify-hmac-sha256': '' },
      { ...signed[0], ...signed[2] },
      { 'x-square-hmacsha256-signature': hmac('square secret', body).digest('base64') },
      { 'x-wc-webhook-signature': hmac('', body).digest('base64') },
      { 'x-wc-webhook-signature': hmac('shop secret', body).digest('base64') },
      { 'x-wc-webhook-signature': hmac('woo secret', body).digest('hex') },
      {
        'store-timestamp': late,
        'store-signature': `v1=${hmac('own secret', `${late}.`, body).digest('hex')}`,
      },
    ];
    const ask = async (headers: object, sent = body): Promise<unknown> => {
      const end = await door.invoke({ requestContext: { http: { method: 'POST' } }, headers, body: sent });
      return end.kind === 'response' ? end.payload : end;
    };
    for (const headers of signed) expect(await ask(headers)).toMatchObject({ statusCode: 202 });
    const refusal = { statusCode: 401, headers: { 'content-type': 'application/json' }, body: '{}' };
    for (const headers of wrong) expect(await ask(headers)).toEqual(refusal);
    expect(await ask(signed[0] ?? {}, `${body} `)).toEqual(refusal);
    // The key of Square is read from the store of secrets.
    expect(secrets.details[0]).toContain('"SecretId":"arn:aws:secretsmanager:');
    const queued = (await stack.take('store-dev-ingest')).map((message) => message.body);
    expect(queued).toHaveLength(signed.length);
    expect(await answer(sqs(queued))).toEqual({ batchItemFailures: [] });
    expect((await stored())[0]).toMatchObject({ event_id: falling().event_id });
    expect(door.log()).not.toContain('secret"');
  });

  test('a webhook that no message holds is 413, and one that its queue does not take is 503, to be sent again', async () => {
    await stack.take('store-dev-ingest');
    const post = (secret: string, header: string, body: string): object => ({
      requestContext: { http: { method: 'POST' } },
      headers: { [header]: createHmac('sha256', secret).update(body).digest('base64') },
      body,
    });
    // Random text is no shorter when it is compressed.
    const large = randomBytes(400_000).toString('base64');
    expect(await answer(post('woo secret', 'x-wc-webhook-signature', large), door)).toMatchObject({
      statusCode: 413,
      body: '{}',
    });
    // Long, and small when it is compressed.
    const long = JSON.stringify({ ...falling(), note: 'x'.repeat(400_000) });
    expect(await answer(post('woo secret', 'x-wc-webhook-signature', long), door)).toMatchObject({
      statusCode: 202,
    });
    expect(await stack.take('store-dev-ingest')).toHaveLength(1);

    const open = (QUEUE_URL: string) =>
      createDoorHandler({
        AWS_ENDPOINT_URL: stack.emulator.endpoint,
        AWS_REGION: 'us-east-1',
        AWS_MAX_ATTEMPTS: '1',
        QUEUE_URL,
        SHOPIFY_WEBHOOK_SECRET: 'shop secret',
      });
    const request = post('shop secret', 'x-shopify-hmac-sha256', '{}');
    expect(await open(stack.queueUrl('no-such-queue'))(request, lambdaContext())).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '5' },
    });
    // To a sender without a secret the door is closed.
    const foreign = post('', 'x-wc-webhook-signature', '{}');
    expect(await open(stack.queueUrl('store-dev-ingest'))(foreign, lambdaContext())).toMatchObject({
      statusCode: 401,
    });
    expect(await stack.take('store-dev-ingest')).toEqual([]);
  });

  test('a count continues the last one of its shelf, whatever message or object that was in', async () => {
    await stack.take('store-dev-dead');
    const count = (day: number, stock: number, item = 'a'): object => ({
      shop: store,
      item,
      at: `2026-01-0${day}T18:00:00Z`,
      stock,
    });
    const file = (...rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');
    const deltas = async (): Promise<unknown> =>
      stack.emulator.query(
        `select distinct product_id, strftime(event_time, '%d') as day, quantity_delta as delta
         from store_dev.inventory_events where store_id = '${store}' order by all`,
      );
    for (const body of [
      file(count(1, 8), count(1, 3, 'b')),
      file(count(2, 5), count(3, 6)),
      // The last message once more, as queues do: the same events.
      file(count(3, 6)),
      file(count(4, 1), count(4, 3, 'b')),
    ])
      expect(await answer(sqs([body]), counted)).toEqual({ batchItemFailures: [] });
    expect(await deltas()).toEqual([
      { product_id: 'a', day: '01', delta: 0 },
      { product_id: 'a', day: '02', delta: -3 },
      { product_id: 'a', day: '03', delta: 1 },
      { product_id: 'a', day: '04', delta: -5 },
      { product_id: 'b', day: '01', delta: 0 },
      { product_id: 'b', day: '04', delta: 0 },
    ]);
    // One that is older than what is known is kept.
    expect(await answer(sqs([file(count(2, 9))]), counted)).toEqual({ batchItemFailures: [] });
    expect(await stack.take('store-dev-dead')).toMatchObject([
      { body: expect.stringContaining('OUT_OF_ORDER') as unknown },
    ]);

    // Two functions at the same time: neither forgets what the other has counted.
    const bucket = stack.env('Ingest').REJECT_BUCKET ?? '';
    const clock = systemClock;
    const s3Env = () => ({ AWS_ENDPOINT_URL: stack.emulator.endpoint, AWS_REGION: 'us-east-1' });
    const memory = () =>
      shelfMemory({ objects: openS3(clientSettings('S3', s3Env())), bucket, prefix: 'shelves/', clock });
    const items = ['c', 'd', 'e', 'f'];
    await Promise.all(
      items.map(async (product_id) => {
        const event = falling({ product_id, current_stock: 4 });
        const timeMs = Date.parse(event.event_time);
        const { settle } = await memory().count((known) => {
          known.set(store, product_id, { timeMs, stock: 4, sequence: timeMs, delta: 0 });
        });
        await settle([event]);
      }),
    );
    const { read: stocks } = await memory().count((known) =>
      [...items, 'a'].map((item) => known.get(store, item)),
    );
    expect(stocks.map((known) => known?.stock)).toEqual([4, 4, 4, 4, 1]);
    expect(stocks.at(-1)).toMatchObject({ delta: -5 });
  });

  test('counts continue each other beside a mapping of events, too', async () => {
    const MAPPING = 'favorita,square';
    const folder = join(await sharedBundles(), 'ingest');
    const mixed = await startFunction(folder, { ...stack.env('Ingest'), MAPPING });
    const message = (minute: number, quantity: string): object => ({
      data: {
        object: {
          inventory_counts: [
            {
              catalog_object_id: 'P',
              location_id: store,
              state: 'IN_STOCK',
              quantity,
              calculated_at: `2026-03-02T09:1${minute}:00Z`,
            },
          ],
        },
      },
    });
    try {
      for (const one of [message(0, '7'), message(1, '3')])
        expect(await answer(sqs([one]), mixed)).toEqual({ batchItemFailures: [] });
    } finally {
      await mixed.close();
    }
    const told = await stack.emulator.query(
      `select current_stock, quantity_delta from store_dev.inventory_events where store_id = '${store}' order by sequence`,
    );
    expect(told).toEqual([
      { current_stock: 7, quantity_delta: 0 },
      { current_stock: 3, quantity_delta: -4 },
    ]);
  });

  test('throttled and cut off, each event of each message is in the lake once', async () => {
    await stack.faults({ refusedRecords: 0.1, resetsBeforeCommit: 0.05 });
    const ids: string[] = [];
    for (let batch = 0; batch < 60; batch++) {
      const events = Array.from({ length: 5 }, (_, n) =>
        falling({ sequence: batch * 5 + n, is_low_stock: true }),
      );
      ids.push(...events.map(({ event_id }) => event_id));
      // What Lambda would bring again, is brought again.
      for (let again = sqs(events); ;) {
        const { batchItemFailures } = (await answer(again, strict)) as {
          batchItemFailures: readonly unknown[];
        };
        if (batchItemFailures.length === 0) break;
        again = sqs(events);
      }
    }
    expect((await stored()).map(({ event_id }) => event_id)).toEqual(ids);
  });
});
