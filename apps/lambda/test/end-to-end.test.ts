import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createWorld } from '@store/generator';
import { detectLowStock } from '@store/restock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedBundles } from './bundles.js';
import { startEventBus } from './event-bus.js';
import { callAws } from './aws-calls.js';
import { fallingEvent, lineOf, linesOf, smallWorld } from './events.js';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { ricIsThere, startFunction, type InvocationEnd } from './runtime-api.js';

describe.skipIf(!ricIsThere)(
  'the whole stack, as its template says, bundled, on the embedded endpoint',
  () => {
    let stack: LocalStack;
    let bundles: string;

    beforeAll(async () => {
      bundles = await sharedBundles();
      stack = await startLocalStack({
        // Every call must be signed with this, the functions' calls too.
        secretAccessKey: 'test',
        // A tenth of the records is throttled, every twentieth call loses its connection.
        faults: { refusedRecords: 0.1, resetsBeforeCommit: 0.05 },
      });
    });
    afterAll(async () => {
      await stack.close();
    });

    async function invoke(
      name: 'Generate' | 'Ingest' | 'Plan' | 'Dispatch',
      env: Readonly<Record<string, string>>,
      ...events: readonly object[]
    ): Promise<readonly InvocationEnd[]> {
      const running = await startFunction(join(bundles, name.toLowerCase()), { ...stack.env(name), ...env });
      const ends: InvocationEnd[] = [];
      for (const event of events) ends.push(await running.invoke(event));
      await running.close();
      return ends;
    }

    test('throttled and cut off, made and foreign events are all in the lake once, and each episode gets one truck', async () => {
      const shards = Array.from({ length: 8 }, (_, index) => ({ ...smallWorld, shard: { index, count: 8 } }));
      for (const made of await invoke('Generate', {}, ...shards)) {
        expect(made).toMatchObject({ kind: 'response', payload: { stoppedBy: 'done' } });
      }
      // Real events come through the stack's queue, as its event source reads it; two are no events.
      const sold = Array.from({ length: 17 }, (_, n) => fallingEvent({ store_id: `R${n}` }));
      const bodies = [...sold.map(lineOf), 'no JSON', '{"store_id":"R99"}'];
      const QueueUrl = stack.queueUrl('store-dev-ingest');
      for (const MessageBody of bodies) {
        await callAws(stack.emulator.endpoint, 'sqs', 'SendMessage', { QueueUrl, MessageBody });
      }
      const queued = (await stack.take('store-dev-ingest')).map(({ body }, n) => ({
        messageId: `m${n}`,
        eventSource: 'aws:sqs',
        body,
      }));
      expect(queued).toHaveLength(bodies.length);
      expect(await invoke('Ingest', {}, { Records: queued })).toMatchObject([
        { kind: 'response', payload: { batchItemFailures: [] } },
      ]);
      const rejects = stack.env('Ingest').REJECT_QUEUE_URL?.split('/').at(-1) ?? '';
      expect(await stack.take(rejects)).toHaveLength(2);
      await stack.emulator.flush();
      const [counted] = await stack.emulator.query(
        'select count(*)::int as n, count(distinct event_id)::int as ids from store_dev.inventory_events',
      );
      const lines = linesOf(smallWorld).length + sold.length;
      expect(counted).toEqual({ n: lines, ids: lines });

      const at = '2026-01-20T00:00:00Z';
      const fallen = sold.map(({ store_id }) => `${store_id}/P1/1`);
      const all = detectLowStock(createWorld(smallWorld).events())
        .filter(({ quantity }) => quantity > 0)
        .map(({ request_id }) => request_id)
        .concat(fallen);
      const open = detectLowStock(createWorld(smallWorld).events(), { episodes: 'open' })
        .filter(({ quantity }) => quantity > 0)
        .map(({ request_id }) => request_id)
        .concat(fallen);
      // Both have asked immediately, through the ledger: the planner knows what they asked for, and asks for the rest, once.
      const [first, second] = await invoke('Plan', {}, { at, all: true }, { at, all: true });
      const { requestsSent = 0, requestsKnown = 0 } = (first?.kind === 'response' ? first.payload : {}) as {
        readonly requestsSent?: number;
        readonly requestsKnown?: number;
      };
      expect(requestsKnown).toBeGreaterThan(0);
      expect(requestsSent + requestsKnown).toBe(open.length);
      expect(second).toMatchObject({ payload: { requestsSent: 0, requestsKnown: open.length } });

      const heard: string[] = [];
      const trucks = createServer((request, response) => {
        void text(request).then((body) => {
          heard.push((JSON.parse(body) as { request_id: string }).request_id);
          response.writeHead(204).end();
        });
      });
      await new Promise<void>((resolve) => trucks.listen(0, '127.0.0.1', resolve));
      const { port } = trucks.address() as AddressInfo;
      const records = (await stack.take('store-dev-restock.fifo')).map(({ body }, index) => ({
        messageId: String(index),
        eventSource: 'aws:sqs',
        body,
      }));
      const batches = Array.from({ length: Math.ceil(records.length / 10) }, (_, n) => ({
        Records: records.slice(n * 10, n * 10 + 10),
      }));
      const bus = await startEventBus();
      const hook = {
        AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url,
        WEBHOOK_URL: `http://127.0.0.1:${port}/`,
        WEBHOOK_SECRET: 'sixteen characters at least',
      };
      for (const end of await invoke('Dispatch', hook, ...batches)) {
        expect(end).toMatchObject({ payload: { batchItemFailures: [] } });
      }
      trucks.closeAllConnections();
      trucks.close();
      await bus.close();
      expect(bus.details).toHaveLength(heard.length);
      // One truck for each episode, none for an episode that there was not; of the open ones none is missing.
      expect(new Set(heard).size).toBe(heard.length);
      expect(heard.filter((id) => !all.includes(id))).toEqual([]);
      expect(open.filter((id) => !heard.includes(id))).toEqual([]);
      expect(open.length).toBeGreaterThan(0);
    });
  },
);
