import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InventoryEvent } from '@store/schema';
import { buildBundles } from './bundles.js';
import { fallingEvent } from './events.js';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';

describe.skipIf(!ricIsThere)('ingest, as bundled, under the official runtime client, on the endpoint', () => {
  let stack: LocalStack;
  let running: RunningFunction;
  let strict: RunningFunction;
  let store = '';
  let tests = 0;

  beforeAll(async () => {
    stack = await startLocalStack();
    const folder = join(await buildBundles(), 'ingest');
    const env = stack.env('Ingest');
    running = await startFunction(folder, env);
    strict = await startFunction(folder, { ...env, REJECT_QUEUE_URL: '', EARLY_REQUEST_QUEUE_URL: '' });
  });
  afterAll(async () => {
    await running.close();
    await strict.close();
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
      { messageId: 'm1', code: 'TYPE_MISMATCH', record: bad },
      { messageId: 'm2', code: 'NOT_JSON' },
      { messageId: 'm3', index: 1, code: 'NOT_AN_OBJECT' },
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
    const kept = rejects.map(
      ({ body }) =>
        JSON.parse(body) as { messageId: string; code: string; record?: string; recordText?: string },
    );
    kept.sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
    expect(kept.map(({ code }) => code)).toEqual(poison.map(([, code]) => code));
    expect(kept[0]?.record ?? kept[0]?.recordText).toContain('[[[[');
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
  });

  test('a reject that its queue does not take is returned to its source, alone', async () => {
    const gone = await startFunction(join(await buildBundles(), 'ingest'), {
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

  test('an episode that begins is asked for at once, and once', async () => {
    await stack.take('store-dev-restock.fifo');
    await answer([falling(), falling(), falling({ sequence: 2, current_stock: 5 })]);
    expect(await stack.take('store-dev-restock.fifo')).toMatchObject([
      { deduplicationId: `${store}/P1/1`, groupId: store },
    ]);
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
