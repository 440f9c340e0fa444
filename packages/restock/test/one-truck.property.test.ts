import { createVirtualClock, type Clock } from '@store/foundation';
import type { RestockRequest } from '@store/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  askForTrucks,
  createLedger,
  readRequestMessage,
  requestFor,
  type LedgerEntry,
  type LedgerStore,
  type RestockLedger,
} from '../src/index.js';
import { inventoryEvent } from './events.js';

/** The process ended: nobody sees this but the test. */
class Crash extends Error {}

/** A world in which every call across a process's edge may be the last, before or after it took effect. */
class ShakyWorld {
  nowMs = Date.UTC(2026, 0, 5);
  /** Calls until the process under way ends; half of them end it when the call is done. */
  #left = Infinity;
  readonly entries = new Map<string, LedgerEntry>();
  /** What the queue has ever had: it may give any of it again, at any time. */
  readonly messages: string[] = [];
  /** Keys under which the trucks were told. */
  readonly told = new Set<string>();
  readonly ledger: RestockLedger;

  constructor() {
    const clock: Clock = { ...createVirtualClock(0), wallNow: () => this.nowMs };
    const store: LedgerStore = {
      get: (id) => this.#call(() => this.entries.get(id)),
      read: (ids) => this.#call(() => new Map(ids.flatMap((id) => this.#entryOf(id)))),
      write: (entry) =>
        this.#call(() => {
          const there = this.entries.get(entry.request_id);
          if ((there?.version ?? 0) !== entry.version - 1) return there;
          this.entries.set(entry.request_id, entry);
          return undefined;
        }),
      list: (state) => this.#call(() => [...this.entries.values()].filter((entry) => entry.state === state)),
    };
    this.ledger = createLedger(store, { clock, leaseMs: 60_000 });
  }

  #entryOf(id: string): readonly (readonly [string, LedgerEntry])[] {
    const entry = this.entries.get(id);
    return entry === undefined ? [] : [[id, entry]];
  }

  async #call<T>(effect: () => T): Promise<T> {
    await Promise.resolve();
    this.#left -= 1;
    if (this.#left === 0) throw new Crash();
    const value = effect();
    this.#left -= 1;
    if (this.#left === 0) throw new Crash();
    return value;
  }

  /** Runs a process that ends after this many half calls, or when it is done. */
  async process(left: number, work: () => Promise<unknown>): Promise<void> {
    this.#left = left;
    try {
      await work();
    } catch (error) {
      // A request that stands elsewhere is refused by a move; the trucks' other calls only crash.
      if (!(error instanceof Crash) && !(error instanceof Error && 'code' in error)) throw error;
    } finally {
      this.#left = Infinity;
    }
  }

  async plan(requests: readonly RestockRequest[]): Promise<void> {
    const sqs = {
      sendMessageBatch: async ({ Entries }: { Entries: readonly { MessageBody: string }[] }) =>
        this.#call(() => {
          this.messages.push(...Entries.map(({ MessageBody }) => MessageBody));
          return {};
        }),
    };
    await askForTrucks(this.ledger, sqs, 'queue', requests);
  }

  async truck(body: string): Promise<void> {
    const turn = await this.ledger.take(readRequestMessage(body));
    if (turn.turn !== 'go') return;
    await this.#call(() => this.told.add(turn.key));
    await this.ledger.told(turn.entry.request_id, turn.entry.attempt);
  }
}

const steps = fc.array(
  fc.record({
    what: fc.constantFrom('plan', 'plan', 'truck', 'truck', 'truck', 'deliver', 'cancel', 'two plans'),
    pick: fc.nat({ max: 1000 }),
    /** Half calls until the process ends. */
    left: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(Infinity)),
    /** From a second to weeks, and back. */
    waitMs: fc.constantFrom(1000, 59_000, 61_000, 600_000, 86_400_000, 20 * 86_400_000, -3_600_000),
  }),
  { maxLength: 60 },
);

const requests = Array.from({ length: 12 }, (_, sequence) =>
  requestFor(inventoryEvent({ sequence, current_stock: 1 })),
);
const ids = requests.map(({ request_id }) => request_id);

test('whatever crashes, comes twice or comes late: one truck for each episode and attempt, and none is missing', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const world = new ShakyWorld();
      for (const { what, pick, left, waitMs } of given) {
        world.nowMs += waitMs;
        const id = ids[pick % ids.length] ?? '';
        const body = world.messages[pick % Math.max(1, world.messages.length)];
        await world.process(left, async () => {
          if (what === 'plan') return world.plan(requests.slice(pick % 6));
          if (what === 'two plans') {
            // Both are cut off where one of them is.
            return Promise.all([world.plan(requests), world.plan([...requests].reverse())]);
          }
          if (what === 'truck') return body === undefined ? undefined : world.truck(body);
          return world.ledger.advance(id, what === 'deliver' ? 'delivered' : 'cancelled');
        });
      }
      // In the end everything works once more: what is owed is sent, and what was sent arrives, late and twice.
      world.nowMs += 86_400_000;
      await world.plan(requests);
      for (let round = 0; round < 2; round += 1) {
        for (const body of world.messages) await world.truck(body);
        world.nowMs += 86_400_000;
      }
      const attempts = new Map<string, number>();
      for (const key of world.told) {
        const id = key.split('/').slice(0, 3).join('/');
        attempts.set(id, (attempts.get(id) ?? 0) + 1);
      }
      for (const id of ids) {
        const entry = world.entries.get(id);
        // One truck of the attempt that stands, and at most one of each that was cancelled.
        const key = entry?.attempt === 1 ? id : `${id}/${entry?.attempt ?? 0}`;
        // Who says that it is delivered has seen it on the shelf.
        expect(world.told.has(key) || entry?.state === 'delivered', `${id} has its truck`).toBe(true);
        expect(attempts.get(id) ?? 0).toBeLessThanOrEqual(entry?.attempt ?? 0);
        expect(['acknowledged', 'delivered']).toContain(entry?.state);
        expect(entry).not.toHaveProperty('leased_until');
      }
    }),
    { numRuns: 150 },
  );
});
