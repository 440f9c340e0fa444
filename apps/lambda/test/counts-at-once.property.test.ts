import { FirehoseError } from '@store/firehose';
import { systemClock } from '@store/foundation';
import { unwrap } from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import fc, { type Scheduler } from 'fast-check';
import { expect, test } from 'vitest';
import type { ObjectStore } from '../src/aws/s3-objects.js';
import { ingestAnswer } from '../src/ingest/ingest-answer.js';
import { mappingOf, recordReader } from '../src/ingest/record-reader.js';
import { runIngest } from '../src/ingest/run-ingest.js';
import { shelfMemory } from '../src/ingest/shelf-memory.js';

const mapping = mappingOf(
  JSON.stringify({
    version: 1,
    name: 'counts',
    mode: 'snapshot',
    fields: {
      store_id: { from: 'shop' },
      product_id: { from: 'item' },
      event_time: { from: 'at' },
      current_stock: { from: 'stock' },
    },
  }),
);

interface Count {
  readonly shop: string;
  readonly item: string;
  readonly hour: number;
  readonly stock: number;
}
const bodyOf = ({ shop, item, hour, stock }: Count): string =>
  JSON.stringify({ shop, item, at: `2026-01-05T${String(hour).padStart(2, '0')}:00:00Z`, stock });

/** What happens to a call: it is done, it fails before or after it took effect, or the function ends with it. */
type Fate = 'done' | 'fails before' | 'fails after' | 'ends before' | 'ends after';
const fates = fc.constantFrom<Fate>(
  'done',
  'done',
  'done',
  'done',
  'fails before',
  'fails after',
  'ends before',
  'ends after',
);

const counts = fc.uniqueArray(
  fc.record({
    shop: fc.constantFrom('S1', 'S2'),
    item: fc.constantFrom('a', 'b'),
    hour: fc.nat(9),
    stock: fc.nat(9),
  }),
  { selector: ({ shop, item, hour }) => `${shop} ${item} ${hour}`, minLength: 1, maxLength: 12 },
);

/** A lake, S3 and a queue, whose calls are scheduled, and may fail or be the last of their function. */
class World {
  readonly events: InventoryEvent[] = [];
  /** Bodies of messages that are kept as rejects. */
  readonly kept: string[] = [];
  readonly #objects = new Map<string, { readonly bytes: Buffer; readonly etag: string }>();
  readonly #scheduler: Scheduler;
  readonly #fates: Fate[];
  #versions = 0;

  constructor(scheduler: Scheduler, given: readonly Fate[]) {
    this.#scheduler = scheduler;
    this.#fates = [...given];
  }

  /** One invocation with a batch; returns the bodies that come again. */
  async invoke(bodies: readonly string[]): Promise<readonly string[]> {
    let hasEnded = false;
    const never = new Promise<never>(() => undefined);
    const call = async <T>(what: string, effect: () => T): Promise<T> => {
      if (hasEnded) return never;
      await this.#scheduler.schedule(Promise.resolve(), what);
      const fate = this.#fates.shift() ?? 'done';
      if (fate === 'ends before' || fate === 'ends after') {
        if (fate === 'ends after') effect();
        hasEnded = true;
        end();
        return never;
      }
      if (fate === 'fails before') throw new Error('503');
      const value = effect();
      if (fate === 'fails after') throw new Error('503');
      return value;
    };
    let end = (): void => undefined;
    const ended = new Promise<readonly string[]>((resolve) => {
      end = () => {
        resolve(bodies);
      };
    });
    return Promise.race([ended, this.#answerOf(bodies, call)]);
  }

  async #answerOf(
    bodies: readonly string[],
    call: <T>(what: string, effect: () => T) => Promise<T>,
  ): Promise<readonly string[]> {
    const objects: ObjectStore = {
      get: async ({ key }) =>
        call(`get ${key.slice(0, 4)}`, () => {
          const found = this.#objects.get(key);
          if (found === undefined) throw Object.assign(new Error('none'), { code: 'NO_OBJECT' });
          return { ...found, contentType: '', contentEncoding: '', modifiedMs: undefined };
        }),
      put: async ({ key }, bytes, _type, only) =>
        call(`put ${key.slice(0, 4)}`, () => {
          if ((this.#objects.get(key)?.etag ?? 'nothing') !== only?.replaces)
            throw Object.assign(new Error('412'), { code: 'CONFLICT' });
          this.#versions += 1;
          this.#objects.set(key, { bytes: Buffer.from(bytes), etag: String(this.#versions) });
          return String(this.#versions);
        }),
    };
    const Records = bodies.map((body, at) => ({ eventSource: 'aws:sqs', messageId: String(at), body }));
    const envelope = unwrap({ Records });
    const outcome = await runIngest(
      envelope,
      {
        sink: {
          send: async (event) =>
            call('send', () => this.events.push(event)).catch((cause: unknown) => {
              throw new FirehoseError('DEADLINE_EXCEEDED', 'The stream did not answer.', { cause });
            }),
          deliver: async () => undefined,
        },
        rejects: {
          keep: async (rejects) =>
            call('keep', () => rejects.map(({ message }) => this.kept.push(bodies[message] ?? ''))).then(
              () => [],
              () => rejects,
            ),
        },
        body: {},
        objects,
        queue: undefined,
        config: { marginMs: 0, recoveryMargin: 0, packSize: 1 },
        begin: recordReader(mapping),
        shelves: shelfMemory({ objects, bucket: 'lake', prefix: '', clock: systemClock }),
      },
      {
        remainingMs: () => 60_000,
        telemetry: {
          info: () => undefined,
          warn: () => undefined,
          count: () => undefined,
          duration: () => undefined,
        },
      },
    );
    // A batch that gives nothing back is done.
    const answer = ingestAnswer(envelope, outcome, []);
    const failures = 'batchItemFailures' in answer ? answer.batchItemFailures : [];
    return failures.map(({ itemIdentifier }) => bodies[Number(itemIdentifier)] ?? '');
  }
}

test('of functions that count one shelf at the same time, each change is told once, whatever fails or ends when', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      counts,
      fc.array(fates, { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }),
      async (scheduler, all, given, sizes) => {
        const world = new World(scheduler, given);
        const queue = all.map(bodyOf);
        const work = async (size: number): Promise<void> => {
          while (queue.length > 0) queue.push(...(await world.invoke(queue.splice(0, size))));
        };
        await scheduler.waitFor(Promise.all(sizes.map(work)));
        // What somebody had in hand while the others saw an empty queue.
        await scheduler.waitFor(work(1));

        const byId = new Map<string, string>();
        for (const event of world.events) {
          const text = JSON.stringify(event);
          expect(byId.get(event.event_id) ?? text).toBe(text);
          byId.set(event.event_id, text);
        }
        // The parse boundary: the texts are events.
        const events = [...byId.values()].map((text) => JSON.parse(text) as InventoryEvent);
        for (const shop of ['S1', 'S2'])
          for (const item of ['a', 'b']) {
            const shelf = events
              .filter(({ store_id, product_id }) => store_id === shop && product_id === item)
              .sort((one, other) => one.sequence - other.sequence);
            let stock = shelf[0]?.current_stock ?? 0;
            for (const { current_stock, quantity_delta } of shelf) {
              expect(quantity_delta).toBe(current_stock - stock);
              stock = current_stock;
            }
          }
        // Each count is an event, or kept since a later one was first.
        for (const { shop, item, hour } of all) {
          const isThere = events.some(
            ({ store_id, product_id, event_time }) =>
              store_id === shop && product_id === item && Number(event_time.slice(11, 13)) === hour,
          );
          const isKept = world.kept.some((body) =>
            body.includes(`"${shop}","item":"${item}","at":"2026-01-05T${String(hour).padStart(2, '0')}`),
          );
          expect(isThere || isKept).toBe(true);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a count whose function ended before it was sent is told when it comes again behind a later one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = new World(scheduler, ['done', 'ends after']);
      const [first, later] = [
        { shop: 'S1', item: 'a', hour: 1, stock: 7 },
        { shop: 'S1', item: 'a', hour: 3, stock: 4 },
      ].map(bodyOf);
      const again = await scheduler.waitFor(world.invoke([first ?? '']));
      await scheduler.waitFor(world.invoke([later ?? '', ...again]));

      expect(world.kept).toEqual([]);
      const told = world.events.map(({ current_stock, quantity_delta }) => [current_stock, quantity_delta]);
      expect(told.sort()).toEqual([
        [4, -3],
        [7, 0],
      ]);
    }),
    { numRuns: 10 },
  );
});
