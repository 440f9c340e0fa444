import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestFor } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { verify } from '../src/dispatch/truck-systems.js';
import { callAws } from './aws-calls.js';
import { buildBundles } from './bundles.js';
import { startEventBus } from './event-bus.js';
import { fallingEvent, lineOf } from './events.js';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';

describe.skipIf(!ricIsThere)(
  'plan and dispatch, as bundled, under the official runtime client, on the endpoint',
  () => {
    let stack: LocalStack;
    let plan: RunningFunction;

    beforeAll(async () => {
      stack = await startLocalStack();
      plan = await startFunction(join(await buildBundles(), 'plan'), stack.env('Plan'));
      const shelf = (
        store_id: string,
        sequence: number,
        event_time: string,
        current_stock: number,
      ): InventoryEvent =>
        fallingEvent({ store_id, sequence, event_time, current_stock, is_low_stock: current_stock < 10 });
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

    test('planned again, by a retry or an overlapping window, nothing is asked for twice', async () => {
      for (const event of [{ at }, { from: '2026-01-05T07:30:00Z', at }]) {
        expect(await plan.invoke(event)).toMatchObject({ payload: { requestsSent: 3 } });
      }
      expect(await asked()).toEqual([]);
    });

    test('a first run asks for every open episode', async () => {
      expect(await plan.invoke({ at, all: true })).toMatchObject({
        payload: { windowStart: null, requestsSent: 5 },
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
      const trucks = createServer((request, response) => {
        void text(request).then((body) => {
          const { store_id } = JSON.parse(body) as { store_id: string };
          if (store_id === 'S1' && busy-- > 0) return response.writeHead(503).end();
          if (store_id === 'S2') return response.writeHead(422).end();
          const headers = request.headers as Record<string, string>;
          heard.push({
            key: headers['idempotency-key'] ?? '',
            valid: verify(body, headers, secret, Date.now()),
            store: store_id,
          });
          return response.writeHead(204).end();
        });
      });
      await new Promise<void>((resolve) => trucks.listen(0, '127.0.0.1', resolve));
      const bus = await startEventBus();
      const dispatch = await startFunction(join(await buildBundles(), 'dispatch'), {
        ...stack.env('Dispatch'),
        AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url,
        WEBHOOK_URL: `http://127.0.0.1:${(trucks.address() as AddressInfo).port}/requests`,
        WEBHOOK_SECRET: secret,
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
      await dispatch.close();
      trucks.closeAllConnections();
      trucks.close();
      expect(end.kind).toBe('response');
      // In the order in which they failed.
      const { batchItemFailures } = (end as { payload: { batchItemFailures: { itemIdentifier: string }[] } })
        .payload;
      expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(['G1', 'G3']);
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
  },
);
