import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestFor } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { callAws } from './aws-calls.js';
import { countMapping } from './count-mapping.js';
import { sharedBundles } from './bundles.js';
import { fallingEvent, lineOf } from './events.js';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { failuresIn, ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';
import {
  batchThrottled,
  startThrottlingProxy,
  throttled,
  type Reply,
  type ServiceCall,
  type ThrottlingProxy,
} from './throttling-proxy.js';
import { startTrucks } from './truck-server.js';

/** Every answer that DynamoDB gives to a write that it does not do. */
const refusedWrites: readonly Reply[] = [throttled.dynamodb, throttled.conflict, throttled.cancelled];

describe.skipIf(!ricIsThere)('the bundled functions on services that throttle', () => {
  let stack: LocalStack;
  let proxy: ThrottlingProxy;
  let tests = 0;
  let store = '';
  const open: RunningFunction[] = [];

  beforeAll(async () => {
    stack = await startLocalStack();
    proxy = await startThrottlingProxy(stack.emulator.endpoint);
  });
  afterEach(async () => {
    proxy.rule = () => undefined;
    for (const running of open.splice(0)) await running.close();
  });
  afterAll(async () => {
    await proxy.close();
    await stack.close();
  });

  /** Starts a function behind the proxy, with two tries of each call: what lasts is not waited for. */
  const start = async (
    name: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<RunningFunction> => {
    // The template is without a door.
    const own = name === 'Door' ? {} : stack.env(name);
    const given = { ...own, AWS_ENDPOINT_URL: proxy.url, AWS_MAX_ATTEMPTS: '2', ...env };
    const moved = Object.entries(given).map(([key, value]) => [
      key,
      value.replace(stack.emulator.endpoint, proxy.url),
    ]);
    const running = await startFunction(
      join(await sharedBundles(), name.toLowerCase()),
      Object.fromEntries(moved) as Record<string, string>,
    );
    open.push(running);
    store = `S${++tests}`;
    return running;
  };
  const falling = (given: Partial<InventoryEvent> = {}): InventoryEvent =>
    fallingEvent({ store_id: store, ...given });
  const sqs = (bodies: readonly unknown[]): object => ({
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      eventSource: 'aws:sqs',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })),
  });
  const sequences = async (): Promise<readonly number[]> => {
    await stack.emulator.flush();
    const rows = await stack.emulator.query(
      `select distinct sequence::double as sequence from store_dev.inventory_events where store_id = '${store}' order by 1`,
    );
    return rows.map(({ sequence }) => Number(sequence));
  };
  const dead = async (): Promise<readonly string[]> =>
    (await stack.take('store-dev-dead')).map(({ body }) => body);
  /** Answers calls of some actions, the first of them or all. */
  const throttle = (
    actions: RegExp,
    reply: Reply | ((call: ServiceCall) => Reply),
    most = Infinity,
  ): void => {
    let left = most;
    proxy.rule = (call) => {
      if (!actions.test(`${call.action} ${call.path}`) || left === 0) return undefined;
      left -= 1;
      return typeof reply === 'function' ? reply(call) : reply;
    };
  };

  describe('ingest', () => {
    test('Firehose that takes nothing gives every message back, and nothing is doubled when it takes them', async () => {
      const ingest = await start('Ingest', { DEADLINE_MARGIN_MS: '1000', EARLY_REQUEST_QUEUE_URL: '' });
      const batch = sqs([falling(), 'not json', falling({ sequence: 2 })]);
      throttle(/^firehose/, throttled.firehose);
      expect(failuresIn(await ingest.invoke(batch, { timeoutMs: 5000 }))).toEqual(['m0', 'm2']);
      expect(await sequences()).toEqual([]);
      throttle(/^firehose/, throttled.firehose, 2);
      expect(failuresIn(await ingest.invoke(batch))).toEqual([]);
      expect(await sequences()).toEqual([1, 2]);
      // Of the reject of both times there is one id.
      const ids = (await dead()).map((body) => (JSON.parse(body) as { id: string }).id);
      expect(new Set(ids).size).toBe(1);
    });

    test.each([
      ['as a whole', throttled.sqs],
      ['message by message', ({ body }: ServiceCall) => batchThrottled(body)],
    ])(
      'a queue of rejects that throttles, %s, gives back what it did not keep, and that alone',
      async (_how, reply) => {
        const ingest = await start('Ingest', { EARLY_REQUEST_QUEUE_URL: '' });
        const batch = sqs([falling(), 'not json', falling({ sequence: 2 }), '{"store_id":7}']);
        throttle(/^sqs/, reply);
        expect(failuresIn(await ingest.invoke(batch))).toEqual(['m1', 'm3']);
        expect(await sequences()).toEqual([1, 2]);
        expect(await dead()).toEqual([]);
        throttle(/^sqs/, reply, 1);
        expect(failuresIn(await ingest.invoke(batch))).toEqual([]);
        expect(await dead()).toHaveLength(2);
      },
    );

    test('S3 that says to slow down: an object comes again, a long reject too, and what is counted is not sent', async () => {
      const ingest = await start('Ingest', {
        EARLY_REQUEST_QUEUE_URL: '',
        MAPPING: JSON.stringify(countMapping),
      });
      const bucket = stack.env('Ingest').REJECT_BUCKET ?? '';
      const count = (stock: number): object => ({
        shop: store,
        item: 'a',
        at: `2026-01-05T0${stock}:00:00Z`,
        stock,
      });
      // Each kind of call alone, then all.
      for (const [path, failed] of [
        [/^s3:GET .*incoming/, ['m0']],
        [/^s3:PUT .*rejects/, ['m2']],
        // Nothing of a batch is taken in whose counts cannot be continued.
        [/^s3:GET .*shelves/, ['m0', 'm1', 'm2']],
        [/^s3:PUT .*shelves/, ['m0', 'm1', 'm2']],
        [/^s3/, ['m0', 'm1', 'm2']],
      ] as const) {
        store = `S${++tests}`;
        const key = `incoming/${store}.json`;
        const note = {
          Records: [
            {
              eventSource: 'aws:s3',
              eventName: 'ObjectCreated:Put',
              s3: { bucket: { name: bucket }, object: { key } },
            },
          ],
        };
        await stack.putObject({ bucket, key }, Buffer.from(JSON.stringify(count(3))));
        const given = sqs([note, count(4), 'x'.repeat(300_000)]);
        throttle(path, throttled.s3);
        expect(failuresIn(await ingest.invoke(given)), String(path)).toEqual(failed);
        throttle(path, throttled.s3, 1);
        expect(failuresIn(await ingest.invoke(given)), String(path)).toEqual([]);
        // In the order in which they were counted: the one that came later changed nothing, or is kept.
        const there = await stack.emulator.query(
          `select distinct event_id, current_stock::double as stock, quantity_delta::double as delta, sequence
           from store_dev.inventory_events where store_id = '${store}' order by sequence`,
        );
        let last: number | undefined;
        for (const { stock, delta } of there) {
          expect(delta).toBe(Number(stock) - (last ?? Number(stock)));
          last = Number(stock);
        }
        const kept = (await dead()).filter(
          (body) => body.includes(`"${store}`) || body.includes('OUT_OF_ORDER'),
        );
        expect(there.length + new Set(kept.map((body) => (JSON.parse(body) as { id: string }).id)).size).toBe(
          2,
        );
      }
    });

    test('whatever throttles, and however often: what was answered for is in the lake, or kept', async () => {
      const ingest = await start('Ingest', { DEADLINE_MARGIN_MS: '1000', AWS_MAX_ATTEMPTS: '1' });
      const services: readonly [RegExp, Reply][] = [
        [/^firehose/, throttled.firehose],
        // It is done, and the answer says otherwise.
        [/^firehose/, { ...throttled.firehose, isDone: true }],
        [/^sqs/, throttled.sqs],
        [/^sqs/, { ...throttled.sqs, isDone: true }],
        [/^s3/, throttled.s3],
        ...refusedWrites.map((reply): [RegExp, Reply] => [/^dynamodb/, reply]),
      ];
      const message = fc.constantFrom('event', 'two events', 'not json', 'long', 'wrong');
      const throttling = fc.record({
        service: fc.nat(services.length - 1),
        pass: fc.nat(3),
        times: fc.nat(4),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(message, { minLength: 1, maxLength: 8 }),
          fc.array(fc.array(throttling, { maxLength: 3 }), { maxLength: 4 }),
          async (kinds, turns) => {
            store = `S${++tests}`;
            await dead();
            const event = (sequence: number): InventoryEvent => falling({ sequence });
            const bodyOf = (kind: string, at: number): string =>
              ({
                event: JSON.stringify(event(2 * at)),
                'two events': `${JSON.stringify(event(2 * at))}\n${JSON.stringify(event(2 * at + 1))}`,
                'not json': `not json ${at}`,
                long: `${at}${'x'.repeat(200_000)}\u0001${'"'.repeat(100_000)}`,
                wrong: JSON.stringify({ ...event(2 * at), current_stock: 'lots' }),
              })[kind] ?? '';
            const all = kinds.map((kind, at) => ({ id: `${store}-${at}`, kind, at, body: bodyOf(kind, at) }));
            let waiting = all;
            // After the last turn nothing throttles.
            for (const rules of [...turns, []]) {
              const left = rules.map((rule) => ({ ...rule }));
              proxy.rule = ({ action }) => {
                for (const rule of left) {
                  const [actions, reply] = services[rule.service] ?? [/^$/, throttled.s3];
                  if (!actions.test(action) || rule.times === 0) continue;
                  if (rule.pass-- > 0) continue;
                  rule.times -= 1;
                  return reply;
                }
                return undefined;
              };
              const Records = waiting.map(({ id, body }) => ({
                messageId: id,
                eventSource: 'aws:sqs',
                body,
              }));
              const failed = failuresIn(await ingest.invoke({ Records }, { timeoutMs: 8000 }));
              waiting = all.filter(({ id }) => failed.includes(id));
              const there = await sequences();
              for (const { id, kind, at } of all) {
                if (failed.includes(id)) continue;
                if (kind === 'event' || kind === 'two events') expect(there).toContain(2 * at);
                if (kind === 'two events') expect(there).toContain(2 * at + 1);
              }
              if (waiting.length === 0) break;
            }
            expect(waiting).toEqual([]);
            const kept = new Set(
              (await dead()).map((body) => (JSON.parse(body) as { messageId: string }).messageId),
            );
            expect([...kept].sort()).toEqual(
              all
                .filter(({ kind }) => !kind.includes('event'))
                .map(({ id }) => id)
                .sort(),
            );
          },
        ),
        { seed: 15, numRuns: 60, endOnFailure: true },
      );
    });

    test('what every queue may hold is kept, or delivered, however it comes', async () => {
      const ingest = await start('Ingest', { EARLY_REQUEST_QUEUE_URL: '' });
      await dead();
      const longest = 262_144;
      const bodies = [
        JSON.stringify(falling({ sequence: 1 })),
        'x'.repeat(longest),
        `{"a":"${'é'.repeat(longest / 2 - 4)}"}`,
        `[${'0,'.repeat(longest / 2 - 2)}0]`,
        '['.repeat(longest),
        JSON.stringify({ version: 99, reject: 99, door: 99, event: falling() }),
        '\u0001\ud800{',
        '"\\ud800"',
        JSON.stringify({ door: 2, sender: 'square', contentType: 'application/json', text: '{}' }),
        JSON.stringify(falling({ sequence: 1 })),
        JSON.stringify(falling({ sequence: 2 })),
      ];
      expect(failuresIn(await ingest.invoke(sqs(bodies)))).toEqual([]);
      expect(await sequences()).toEqual([1, 2]);
      const kept = (await dead()).map((body) => JSON.parse(body) as { messageId: string });
      expect([...new Set(kept.map(({ messageId }) => messageId))].sort()).toEqual(
        [1, 2, 3, 4, 5, 6, 7, 8].map((at) => `m${at}`).sort(),
      );
    });

    test('a ledger that throttles leaves early requests to the planner, and no event is held up by it', async () => {
      const ingest = await start('Ingest');
      await stack.take('store-dev-restock.fifo');
      for (const reply of refusedWrites) {
        throttle(/^dynamodb/, reply);
        expect(failuresIn(await ingest.invoke(sqs([falling({ sequence: ++tests })])))).toEqual([]);
      }
      expect(await sequences()).toHaveLength(refusedWrites.length);
      expect(await stack.take('store-dev-restock.fifo')).toEqual([]);
    });
  });

  describe('plan', () => {
    // A statement of its own for each plan: what Athena has answered it answers again.
    let minutes = 0;
    const plansAt = (): { at: string; all: true } => ({
      at: new Date(Date.UTC(2026, 0, 5, 10, minutes++)).toISOString(),
      all: true,
    });
    const low = async (count: number): Promise<readonly string[]> => {
      const events = Array.from({ length: count }, (_, n) =>
        falling({ product_id: `P${n}`, sequence: n + 1, event_time: '2026-01-05T09:30:00.000Z' }),
      );
      await callAws(stack.emulator.endpoint, 'firehose', 'PutRecordBatch', {
        DeliveryStreamName: 'store-dev-inventory',
        Records: events.map((event) => ({ Data: Buffer.from(lineOf(event)).toString('base64') })),
      });
      await stack.emulator.flush();
      return events.map(({ product_id, sequence }) => `${store}/${product_id}/${sequence}`);
    };
    const asked = async (): Promise<readonly string[]> =>
      (await stack.take('store-dev-restock.fifo')).map(
        ({ body }) => (JSON.parse(body) as { request_id: string }).request_id,
      );

    test.each([
      ['DynamoDB before anything is noted', /^dynamodb:BatchGetItem/, throttled.dynamodb],
      ['DynamoDB as a request is noted', /^dynamodb:PutItem/, throttled.dynamodb],
      ['DynamoDB in a transaction of others', /^dynamodb:PutItem/, throttled.conflict],
      ['DynamoDB once a request is sent', /^dynamodb:UpdateItem/, throttled.cancelled],
      ['the queue as a whole', /^sqs/, throttled.sqs],
      ['the queue, message by message', /^sqs/, ({ body }: ServiceCall) => batchThrottled(body)],
      ['Athena', /^athena:StartQueryExecution/, throttled.athena],
    ])(
      'throttled by %s, it fails, and the next one asks for every truck, once',
      async (_what, actions, reply) => {
        const plan = await start('Plan');
        await asked();
        const wanted = await low(25);
        throttle(actions, reply);
        expect(await plan.invoke(plansAt())).toMatchObject({ kind: 'error' });
        const first = await asked();
        // Throttled for the whole of a plan, and then within it.
        for (const most of [3, 0]) {
          throttle(actions, reply, most);
          await plan.invoke(plansAt());
        }
        const all = [...first, ...(await asked())].filter((id) => id.startsWith(`${store}/`));
        expect(new Set(all)).toEqual(new Set(wanted));
        // What was sent and not noted may be sent again: its second message finds the ledger changed.
        if (!String(actions).includes('UpdateItem')) expect(all).toHaveLength(wanted.length);
      },
    );
  });

  describe('dispatch', () => {
    const hooked = { WEBHOOK_SECRET: 'a secret of more than sixteen', EVENT_BUS_NAME: '', LEASE_MS: '1000' };

    test('a ledger that throttles gives messages back, and each truck is told of under one key', async () => {
      const told: string[] = [];
      const trucks = await startTrucks((_body, headers) => {
        told.push(String(headers['idempotency-key']));
        return 204;
      });
      const dispatch = await start('Dispatch', { ...hooked, WEBHOOK_URL: trucks.url });
      const requests = Array.from({ length: 5 }, (_, n) => requestFor(falling({ product_id: `P${n}` })));
      const batch = sqs([
        ...requests,
        'not json',
        '{"request_id":1}',
        '['.repeat(262_144),
        { ...requests[0], version: 2, store_id: 3 },
      ]);
      const poison = ['m5', 'm6', 'm7', 'm8'];
      const all = ['m0', 'm1', 'm2', 'm3', 'm4'];
      for (const reply of refusedWrites) {
        throttle(/^dynamodb:UpdateItem/, reply);
        expect(failuresIn(await dispatch.invoke(batch))).toEqual([...all, ...poison]);
        expect(told).toEqual([]);
      }
      // Throttled in the midst of it, again and again: what failed comes again, once its lease is over.
      let left = failuresIn(await dispatch.invoke(batch));
      for (let turn = 0; left.some((id) => all.includes(id)); turn++) {
        throttle(/^dynamodb/, throttled.dynamodb, turn % 5);
        left = failuresIn(await dispatch.invoke(batch));
      }
      expect(left).toEqual(poison);
      expect(new Set(told)).toEqual(new Set(requests.map(({ request_id }) => request_id)));
      // Told already, however often they come.
      const before = told.length;
      throttle(/^dynamodb:GetItem/, throttled.dynamodb, 1);
      expect(failuresIn(await dispatch.invoke(batch)).filter((id) => !all.includes(id))).toEqual(poison);
      expect(told).toHaveLength(before);
      trucks.close();
    });

    test('of one request twice in a batch, one is told, and the other comes again or is known', async () => {
      const told: string[] = [];
      const trucks = await startTrucks((_body, headers) => {
        told.push(String(headers['idempotency-key']));
        return 204;
      });
      const dispatch = await start('Dispatch', { ...hooked, WEBHOOK_URL: trucks.url });
      const request = requestFor(falling());
      const batch = sqs([request, request, request]);
      let left = failuresIn(await dispatch.invoke(batch));
      expect(left.length).toBeLessThan(3);
      while (left.length > 0) left = failuresIn(await dispatch.invoke(batch));
      expect(told).toEqual([request.request_id]);
      trucks.close();
    });
  });

  test.each([
    ['as a whole', throttled.sqs],
    ['message by message', ({ body }: ServiceCall) => batchThrottled(body)],
  ])(
    'a door whose queue throttles, %s, says so to the sender, and nothing of it is queued',
    async (_how, reply) => {
      const door = await start('Door', {
        QUEUE_URL: stack.queueUrl('store-dev-ingest'),
        SHOPIFY_WEBHOOK_SECRET: 'shop secret',
      });
      await stack.take('store-dev-ingest');
      const body = JSON.stringify(falling());
      const post = {
        requestContext: { http: { method: 'POST' } },
        headers: {
          'x-shopify-hmac-sha256': createHmac('sha256', 'shop secret').update(body).digest('base64'),
        },
        body,
      };
      throttle(/^sqs/, reply);
      expect(await door.invoke(post)).toMatchObject({
        kind: 'response',
        payload: { statusCode: 503, headers: { 'retry-after': '5' } },
      });
      expect(await stack.take('store-dev-ingest')).toEqual([]);
      throttle(/^sqs/, reply, 1);
      expect(await door.invoke(post)).toMatchObject({ payload: { statusCode: 202 } });
      expect(await stack.take('store-dev-ingest')).toHaveLength(1);
    },
  );
});
