import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestFor } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { sign, verify } from '../src/dispatch/truck-systems.js';
import { callAws } from './aws-calls.js';
import { sharedBundles } from './bundles.js';
import { startEventBus } from './event-bus.js';
import { fallingEvent, lineOf } from './events.js';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { failuresIn, ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';
import { startSecretStore } from './secret-store.js';
import { startTrucks } from './truck-server.js';

describe.skipIf(!ricIsThere)(
  'plan and dispatch, as bundled, under the official runtime client, on the endpoint',
  () => {
    let stack: LocalStack;
    let plan: RunningFunction;

    const shelf = (
      store_id: string,
      sequence: number,
      event_time: string,
      current_stock: number,
    ): InventoryEvent =>
      fallingEvent({ store_id, sequence, event_time, current_stock, is_low_stock: current_stock < 10 });

    beforeAll(async () => {
      stack = await startLocalStack();
      plan = await startFunction(join(await sharedBundles(), 'plan'), stack.env('Plan'));
      await put([
        // Falls in the window, having been seen full before it.
        shelf('S1', 4, '2026-01-04T09:00:00.000Z', 20),
        shelf('S1', 5, '2026-01-05T09:30:00.000Z', 8),
        // Has been low for a day.
        shelf('S2', 1, '2026-01-03T09:00:00.000Z', 20),
        shelf('S2', 2, '2026-01-04T09:00:00.000Z', 8),
        shelf('S2', 3, '2026-01-05T09:10:00.000Z', 7),
        // Falls in the first instant of the window.
        shelf('S3', 8, '2026-01-05T07:00:00.000Z', 10),
        shelf('S3', 9, '2026-01-05T08:00:00.000Z', 8),
        // Was low long before the look back, and is seen again: an old episode.
        shelf('S4', 1, '2025-11-01T00:00:00.000Z', 8),
        shelf('S4', 2, '2026-01-05T09:40:00.000Z', 7),
        // Was full long before the look back: a new episode.
        shelf('S5', 1, '2025-11-01T00:00:00.000Z', 20),
        shelf('S5', 2, '2026-01-05T09:40:00.000Z', 8),
        // Falls and recovers.
        shelf('S6', 1, '2026-01-05T09:00:00.000Z', 8),
        shelf('S6', 2, '2026-01-05T09:50:00.000Z', 20),
      ]);
    });
    afterAll(async () => {
      await plan.close();
      await stack.close();
    });

    /** Delivered, each event twice: the lake may hold doubles. */
    async function put(events: readonly InventoryEvent[]): Promise<void> {
      const Records = [...events, ...events].map((event) => ({
        Data: Buffer.from(lineOf(event)).toString('base64'),
      }));
      await callAws(stack.emulator.endpoint, 'firehose', 'PutRecordBatch', {
        DeliveryStreamName: 'store-dev-inventory',
        Records,
      });
      await stack.emulator.flush();
    }

    const at = '2026-01-05T10:00:00Z';
    const asked = async (): Promise<readonly (string | undefined)[]> =>
      (await stack.take('store-dev-restock.fifo')).map(({ deduplicationId }) => deduplicationId).sort();

    test('episodes that began in the window are asked for; older ones were, wherever the proof lies', async () => {
      // Every service fails now and then; only the outcome counts.
      await stack.faults({ unavailable: 0.05 });
      expect(await plan.invoke({ at })).toMatchObject({
        kind: 'response',
        payload: {
          windowStart: '2026-01-05T08:00:00.000Z',
          episodes: 3,
          requestsSent: 3,
          trucks: 3,
          units: 36,
        },
      });
      await stack.faults({});
      expect(await asked()).toEqual(['S1/P1/5', 'S3/P1/9', 'S5/P1/2']);
    });

    test('planned again, by a retry, an overlapping window or days later, nothing is asked for twice', async () => {
      for (const [clockSkewMs, event] of [
        [0, { at }],
        [360_000, { from: '2026-01-05T07:30:00Z', at }],
        [9 * 86_400_000, { at }],
      ] as const) {
        await stack.faults({ clockSkewMs });
        expect(await plan.invoke(event)).toMatchObject({ payload: { requestsSent: 0, requestsKnown: 3 } });
      }
      await stack.faults({});
      expect(await asked()).toEqual([]);
    });

    test('a first run asks for every open episode', async () => {
      expect(await plan.invoke({ at, all: true })).toMatchObject({
        payload: { windowStart: null, requestsSent: 2, requestsKnown: 3 },
      });
      expect(await asked()).toEqual(['S2/P1/2', 'S4/P1/1']);
    });

    test('a window that is no window is refused', async () => {
      expect(await plan.invoke({ from: 'yesterday' })).toMatchObject({
        errorType: 'HandlerError',
        errorMessage: 'Expected `from` to be an instant such as 2026-01-05T08:00:00Z.',
      });
    });

    test('requests reach the truck system signed, once each by key; poison and refusals come again alone', async () => {
      const secret = 'a secret of more than sixteen';
      const heard: { key: string; valid: boolean; store: string }[] = [];
      let busy = 1;
      const trucks = await startTrucks((body, headers) => {
        const { store_id } = JSON.parse(body) as { store_id: string };
        if (store_id === 'S1' && busy-- > 0) return 503;
        if (store_id === 'S2') return 422;
        const signed = headers as Record<string, string>;
        const key = signed['idempotency-key'] ?? '';
        heard.push({ key, valid: verify(body, signed, secret, Date.now()), store: store_id });
        return 204;
      });
      const bus = await startEventBus();
      const secrets = await startSecretStore(secret);
      const dispatch = await startFunction(join(await sharedBundles(), 'dispatch'), {
        ...stack.env('Dispatch'),
        AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
        WEBHOOK_URL: trucks.url,
        WEBHOOK_SECRET: 'secretsmanager:arn:aws:secretsmanager:us-east-1:000000000000:secret:s#key',
      });
      const bodies = ['S1', 'S2', 'S3'].map((store_id) =>
        JSON.stringify(requestFor(fallingEvent({ store_id }))),
      );
      // Through the queue, as Lambda's event source reads it.
      const QueueUrl = stack.queueUrl('store-dev-restock.fifo');
      const Entries = [...bodies, '{"poison":1}'].map((MessageBody, n) => ({
        Id: String(n),
        MessageBody,
        MessageGroupId: `G${n}`,
        MessageDeduplicationId: `D${n}`,
      }));
      await callAws(stack.emulator.endpoint, 'sqs', 'SendMessageBatch', { QueueUrl, Entries });
      const messages = await stack.take('store-dev-restock.fifo');
      const Records = messages.map(({ body, groupId }) => ({
        messageId: groupId,
        eventSource: 'aws:sqs',
        body,
      }));
      expect(Records).toHaveLength(4);
      const end = await dispatch.invoke({ Records });
      // The same messages again, however late: what was told is told once, what was refused is tried under its key.
      const again = await dispatch.invoke({ Records });
      const said = async (state: string, sender = secret): Promise<unknown> => {
        const body = JSON.stringify({ dispatch_id: 'S1/P1/1', state });
        const headers = { ...sign(body, sender, Date.now()) };
        const end = await dispatch.invoke({ requestContext: { http: { method: 'POST' } }, headers, body });
        return (end as { payload: { statusCode: number } }).payload.statusCode;
      };
      expect(await said('delivered', 'another secret of sixteen')).toBe(401);
      expect([await said('on_the_way'), await said('delivered'), await said('delivered')]).toEqual([
        200, 200, 200,
      ]);
      expect(await said('cancelled')).toBe(409);
      expect(await said('lost')).toBe(400);
      await dispatch.close();
      await secrets.close();
      expect(secrets.details[0]).toContain('"SecretId":"arn:aws:secretsmanager:');
      expect(failuresIn(again)).toEqual(['G1', 'G3']);
      trucks.close();
      expect(failuresIn(end)).toEqual(['G1', 'G3']);
      expect(heard.sort((a, b) => (a.store < b.store ? -1 : 1))).toEqual([
        { key: 'S1/P1/1', valid: true, store: 'S1' },
        { key: 'S3/P1/1', valid: true, store: 'S3' },
      ]);
      expect(
        bus.details.map((detail) => (JSON.parse(detail) as { store_id: string }).store_id).sort(),
      ).toEqual(['S1', 'S3']);
      await bus.close();
      expect(dispatch.log()).not.toContain('Milk');
      expect(dispatch.log()).not.toContain(secret);
    });

    test('what a truck took on is an order in the lake after the next plan, once', async () => {
      expect(await plan.invoke({ at })).toMatchObject({ payload: { requestsSent: 0, eventsWritten: 1 } });
      expect(await plan.invoke({ at })).toMatchObject({ payload: { eventsWritten: 0 } });
      await stack.emulator.flush();
      // S1 was delivered meanwhile, and is no request of this window.
      expect(
        await stack.emulator.query(
          "select event_id, on_order, current_stock from store_dev.inventory_events where event_type = 'order_placed'",
        ),
      ).toEqual([
        {
          event_id: 'S3/P1/1/order_placed',
          on_order: requestFor(fallingEvent({ store_id: 'S3' })).quantity,
          current_stock: 8,
        },
      ]);
    });

    test('over ten days of faults, replays and overlapping plans each episode gets one truck, and none is missing', async () => {
      const secret = 'a secret of more than sixteen';
      const told: string[] = [];
      let calls = 0;
      const trucks = await startTrucks((_body, headers) => {
        // One call in ten fails before the trucks have heard, one in ten after.
        calls += 1;
        if (calls % 10 === 3) return 500;
        told.push(String(headers['idempotency-key']));
        return calls % 10 === 7 ? 500 : 204;
      });
      const dispatch = await startFunction(join(await sharedBundles(), 'dispatch'), {
        ...stack.env('Dispatch'),
        EVENT_BUS_NAME: '',
        LEASE_MS: '5000',
        WEBHOOK_URL: trucks.url,
        WEBHOOK_SECRET: secret,
      });
      const faults = { unavailable: 0.1 };
      const wanted: string[] = [];
      let old: readonly object[] = [];
      const hourOf = (day: number, n: number): string =>
        new Date(Date.UTC(2026, 1, 1 + day, n)).toISOString();
      const days = Array.from({ length: 10 }, (_, day) => day);
      await put(
        days.flatMap((day) => [
          shelf(`T${day}`, 1, hourOf(day, 8), 20),
          shelf(`T${day}`, 2, hourOf(day, 9), 8),
          // One store falls again each day, having been filled.
          shelf('U', 2 * day + 1, hourOf(day, 8), 20),
          shelf('U', 2 * day + 2, hourOf(day, 9), 7),
        ]),
      );
      for (const day of days) {
        const at = hourOf(day, 10);
        wanted.push(`T${day}/P1/2`, `U/P1/${2 * day + 2}`);
        await stack.faults({ ...faults, clockSkewMs: day * 86_400_000 });
        for (const event of [{ at }, { at, from: hourOf(day, 7) }].slice(day % 5 === 3 ? 0 : 1)) {
          await plan.invoke(event);
        }
        await stack.faults({ clockSkewMs: day * 86_400_000 });
        const messages = await stack.take('store-dev-restock.fifo');
        let open = [...messages, ...messages].map(({ body }, n) => ({
          messageId: `${day}-${n}`,
          eventSource: 'aws:sqs',
          body,
        }));
        old = [...old, ...open];
        await stack.faults({ ...faults, clockSkewMs: day * 86_400_000 });
        // What fails comes again, and so do messages of days before.
        for (let Records = [...old]; Records.length > 0; Records = [...open]) {
          const failed = new Set(failuresIn(await dispatch.invoke({ Records })));
          open = open.filter(({ messageId }) => failed.has(messageId));
        }
      }
      await stack.faults({});
      await dispatch.close();
      trucks.close();
      expect([...new Set(told)].sort()).toEqual(wanted.sort());
    });
  },
);
