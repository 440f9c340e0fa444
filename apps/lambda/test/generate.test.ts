import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginsEpisode, requestFor } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { EventDigest } from '../src/generate/event-digest.js';
import type { GenerateAnswer } from '../src/generate/handler.js';
import { sharedBundles } from './bundles.js';
import { linesOf, smallWorld } from './events.js';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';

const lines = linesOf(smallWorld);

function digestOf(of: readonly string[]): string {
  const digest = new EventDigest();
  for (const line of of) digest.add(Buffer.from(line));
  return digest.toString();
}

/** What tells one event from another, and what happened. */
interface Told {
  readonly event_id: string;
  readonly sequence: number;
  readonly current_stock: number;
}

describe.skipIf(!ricIsThere)(
  'generate, as bundled, under the official runtime client, on the endpoint',
  () => {
    let stack: LocalStack;
    let running: RunningFunction;

    beforeAll(async () => {
      stack = await startLocalStack();
      await stack.createStream('second');
      const env = stack.env('Generate');
      running = await startFunction(join(await sharedBundles(), 'generate'), {
        ...env,
        STREAM_NAMES: `${env.STREAM_NAMES ?? ''},second`,
        // A busy machine takes long to deliver what is generated.
        DEADLINE_MARGIN_MS: '60000',
      });
    });
    afterAll(async () => {
      await running.close();
      await stack.close();
    });

    const generate = async (event: object, timeoutMs?: number): Promise<GenerateAnswer> => {
      const end = await running.invoke(event, timeoutMs === undefined ? {} : { timeoutMs });
      if (end.kind === 'error') throw new Error(`${end.errorType}: ${end.errorMessage}`);
      return end.payload as GenerateAnswer;
    };

    /** The lake must hold exactly these events, each once; a world is told by its seed, which its ids carry. */
    async function expectInLake(wanted: readonly string[]): Promise<void> {
      const told = wanted.map((line): Told => {
        const { event_id, sequence, current_stock } = JSON.parse(line) as Told;
        return { event_id, sequence, current_stock };
      });
      await stack.emulator.flush();
      const rows = await stack.emulator.query(
        'select event_id, sequence::int as sequence, current_stock from store_dev.inventory_events',
      );
      const known = new Set(told.map(({ event_id }) => event_id));
      const byId = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
      const found = rows.filter(({ event_id }) => known.has(String(event_id)));
      expect(found.sort(byId)).toEqual([...told].sort(byId));
    }

    test('the shards of a world are the world, each in its delivery stream, and their digests add up', async () => {
      const digest = new EventDigest();
      for (let index = 0; index < 3; index++) {
        const answer = await generate({ ...smallWorld, shard: { index, count: 3 } });
        expect(answer).toMatchObject({
          stoppedBy: 'done',
          resumeFrom: null,
          deliveryStreamName: index % 2 === 0 ? 'store-dev-inventory' : 'second',
        });
        digest.addDigest(answer.digest);
      }
      await expectInLake(lines);
      expect(digest.toString()).toBe(digestOf(lines));
    });

    test('the next invocation continues what one leaves', async () => {
      const world = { ...smallWorld, seed: 8 };
      const first = await generate({ ...world, maxEvents: 1000 });
      expect(first).toMatchObject({ generated: 1000, accepted: 1000, stoppedBy: 'budget', resumeFrom: 1000 });
      const counted = await generate({ ...world, resumeFrom: 1000, maxEvents: 700 });
      // By its place in time: the world is moved there, not made again.
      const sought = await generate({ ...world, resumeFrom: 1700, resumeAt: counted.resumeAt });
      const digest = new EventDigest();
      for (const part of [first, counted, sought]) digest.addDigest(part.digest);
      expect(digest.toString()).toBe(digestOf(linesOf(world)));
      await expectInLake(linesOf(world));
    });

    test('it stops in time and says where', async () => {
      const answer = await generate({ ...smallWorld, seed: 9, days: 2000, earlyRequests: false }, 61_000);
      expect(answer.stoppedBy).toBe('deadline');
      expect(answer.generated).toBeGreaterThan(0);
      expect(answer.resumeFrom).toBe(answer.generated);
    });

    test('throttled records and broken connections lose nothing and double nothing', async () => {
      const world = { ...smallWorld, seed: 10 };
      await stack.faults({ refusedRecords: 0.1, resetsBeforeCommit: 0.05 });
      let retried = 0;
      for (let index = 0; index < 32; index++) {
        const answer = await generate({ ...world, shard: { index, count: 32 } });
        retried += answer.retried;
      }
      await stack.faults({});
      // A run without a fault would prove nothing; the endpoint's seed makes the same faults each time.
      expect(retried).toBeGreaterThan(0);
      await expectInLake(linesOf(world));
    });

    test('low stock is asked for immediately, one request for each episode, in its store’s group', async () => {
      await stack.take('store-dev-restock.fifo');
      const world = { ...smallWorld, seed: 11, stores: 8 };
      const wanted = linesOf(world)
        .map((line) => JSON.parse(line) as InventoryEvent)
        .filter((event) => beginsEpisode(event))
        .map((event) => requestFor(event))
        .filter(({ quantity }) => quantity > 0);
      expect(await generate(world)).toMatchObject({ requestsSent: wanted.length });
      expect(await generate({ ...world, earlyRequests: false })).toMatchObject({ requestsSent: 0 });
      const messages = await stack.take('store-dev-restock.fifo');
      expect(wanted.length).toBeGreaterThan(0);
      expect(messages.map(({ deduplicationId }) => deduplicationId).sort()).toEqual(
        wanted.map(({ request_id }) => request_id).sort(),
      );
      for (const { body, groupId, deduplicationId } of messages) {
        expect(JSON.parse(body)).toMatchObject({ request_id: deduplicationId, store_id: groupId });
      }
    });

    test('bad input is refused by name, and no event is in the log', async () => {
      expect(await running.invoke({ stores: -1 })).toMatchObject({
        kind: 'error',
        errorType: 'HandlerError',
        errorMessage: 'Expected `stores` to be a whole number from 0 on, got -1.',
      });
      expect(await running.invoke({ shard: { index: 4, count: 4 } })).toMatchObject({ kind: 'error' });
      expect(running.log()).toContain('"message":"generated"');
      expect(running.log()).not.toContain('product_name');
    });
  },
);
