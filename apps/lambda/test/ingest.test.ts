import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildBundles } from './bundles.js';
import { fallingEvent } from './events.js';
import { startNullAws, type NullAws } from './null-aws.js';
import { ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';

const stream = 'inventory';

describe.skipIf(!ricIsThere)('ingest, as bundled, under the official runtime client', () => {
  let aws: NullAws;
  let running: RunningFunction;
  let strict: RunningFunction;

  beforeAll(async () => {
    aws = await startNullAws();
    const folder = join(await buildBundles(), 'ingest');
    const env = { AWS_ENDPOINT_URL: aws.url, STREAM_NAME: stream };
    running = await startFunction(folder, {
      ...env,
      REJECT_QUEUE_URL: `${aws.url}/000000000000/rejects`,
      EARLY_REQUEST_QUEUE_URL: `${aws.url}/000000000000/restock.fifo`,
    });
    strict = await startFunction(folder, env);
  });
  afterAll(async () => {
    await running.close();
    await strict.close();
    await aws.close();
  });
  beforeEach(() => {
    (aws.messages as unknown[]).length = 0;
    (aws.streams as Map<string, string[]>).clear();
    aws.faults = {};
  });

  const answer = async (event: unknown, at: RunningFunction = running): Promise<unknown> => {
    const end = await at.invoke(event);
    if (end.kind === 'error') throw new Error(`${end.errorType}: ${end.errorMessage}`);
    return end.payload;
  };
  const stored = (): readonly Record<string, unknown>[] =>
    (aws.streams.get(stream) ?? []).map((line) => JSON.parse(line) as Record<string, unknown>);
  const sqs = (bodies: readonly unknown[]): object => ({
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      eventSource: 'aws:sqs',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })),
  });

  test('real records are put right on the way: times, numbers in text, blanks, and what follows from them', async () => {
    const { is_low_stock, event_id, ...rest } = fallingEvent();
    const event = {
      ...rest,
      store_id: ' S1 ',
      event_time: '2026-01-05 09:00:00+01:00',
      current_stock: '8',
      unit_price: '1.25',
    };
    expect(is_low_stock && event_id).not.toBe(false);
    expect(await answer([event, event])).toMatchObject({ accepted: 2, rejectedCount: 0 });
    const [first, again] = stored();
    expect(first).toMatchObject({
      store_id: 'S1',
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
      store_id: 'STORE_9',
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
    expect(stored()).toMatchObject([
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
      { requestContext: { http: { method: 'POST' } }, body: JSON.stringify(fallingEvent()) },
    ],
    [
      'API Gateway, base64, one event a line',
      {
        requestContext: { stage: 'x' },
        httpMethod: 'POST',
        isBase64Encoded: true,
        body: Buffer.from(`${JSON.stringify(fallingEvent())}\n`).toString('base64'),
      },
    ],
  ])('events come over HTTP: %s', async (_name, event) => {
    expect(await answer(event)).toMatchObject({ statusCode: 200 });
    expect(stored()).toEqual([fallingEvent()]);
  });

  test('HTTP hears why a record was refused, but not the record', async () => {
    const http = (body: string): object => ({ requestContext: {}, body });
    expect(await answer(http('{'))).toMatchObject({ statusCode: 400 });
    const refused = (await answer(http(JSON.stringify({ ...fallingEvent(), current_stock: 'lots' })))) as {
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
    await answer({ 'detail-type': 'StockCounted', id: 'x', detail: fallingEvent() });
    const data = Buffer.from(JSON.stringify(fallingEvent({ sequence: 2 }))).toString('base64');
    const batch = { Records: [{ eventSource: 'aws:kinesis', kinesis: { sequenceNumber: '49', data } }] };
    expect(await answer(batch)).toEqual({ batchItemFailures: [] });
    expect(stored().map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('of a poisoned batch everything but the poison is delivered; the poison is kept with its reason', async () => {
    const bad = { ...fallingEvent(), min_threshold: 'ten' };
    const batch = sqs([fallingEvent(), bad, 'not json', [fallingEvent({ sequence: 2 }), 7]]);
    expect(await answer(batch)).toEqual({ batchItemFailures: [] });
    expect(stored().map(({ sequence }) => sequence)).toEqual([1, 2]);
    const rejects = aws.messages.filter(({ queueUrl }) => queueUrl.endsWith('rejects'));
    expect(rejects.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { messageId: 'm1', code: 'TYPE_MISMATCH', record: bad },
      { messageId: 'm2', code: 'NOT_JSON' },
      { messageId: 'm3', index: 1, code: 'NOT_AN_OBJECT' },
    ]);
    expect(running.log()).not.toContain('ten"');
  });

  test('without a queue for rejects, the poisoned messages come again and nothing else does', async () => {
    const batch = sqs([fallingEvent(), 'not json', fallingEvent({ sequence: 2 })]);
    expect(await answer(batch, strict)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(stored()).toHaveLength(2);
  });

  test('an episode that begins is asked for at once, and once', async () => {
    await answer([fallingEvent(), fallingEvent(), fallingEvent({ sequence: 2, current_stock: 5 })]);
    expect(aws.messages).toMatchObject([{ deduplicationId: 'S1/P1/1', groupId: 'S1' }]);
  });

  test('messages whose events were not delivered in time come again', async () => {
    aws.faults = { throttleEvery: 1 };
    const end = await strict.invoke(sqs([fallingEvent(), 'not json']), { timeoutMs: 3000 });
    expect(end).toMatchObject({
      kind: 'response',
      payload: { batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }] },
    });
    aws.faults = {};
    expect(await answer(sqs([fallingEvent()]), strict)).toEqual({ batchItemFailures: [] });
    expect(stored()).toHaveLength(1);
  });
});
