import { createVirtualClock, type VirtualClock } from '@store/foundation';
import {
  createFirehoseProducer,
  FirehoseError,
  type Undelivered,
  type FirehoseProducer,
  type ProducerOptions,
  type ProducerStats,
} from '../src/index.js';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLEAN_FAULTS, FAULTS, FaultEndpoint } from './fault-endpoint.js';
import { Random } from './random.js';
import { settlePromises, until } from './until.js';

interface FaultEvent {
  readonly id: number;
  readonly poison?: true;
  readonly filler: string;
}

/** What one schedule came to, for the campaign's sums. */
export interface ScheduleResult {
  readonly accepted: number;
  readonly duplicates: number;
  readonly ambiguous: number;
  readonly failed: number;
  readonly aborted: boolean;
}

class LedgerError extends Error {}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new LedgerError(what);
}

function linesOf(data: Uint8Array): string[] {
  return Buffer.from(data).toString().split('\n').slice(0, -1);
}

function randomOptions(random: Random): Omit<ProducerOptions<FaultEvent>, 'deliveryStreamName'> {
  const maxBytes = random.whole(200, 3000);
  return {
    packing: { mode: random.pick('packed', 'packed', 'single'), maxEvents: random.whole(1, 30), maxBytes },
    batch: {
      maxRecords: random.whole(1, 12),
      maxBytes: random.whole(maxBytes, 20_000),
      lingerMs: random.pick(0, 10, 250, 2000),
    },
    memory: { maxBytes: random.whole(20_000, 100_000) },
    rate: {
      bytesPerSec: random.pick<'region' | 'learn' | number>('region', 'learn', 5000, 1e6),
      share: random.pick(1, 0.1),
      maxInFlight: random.whole(1, 6),
    },
    retry: { maxAttempts: random.pick(Infinity, Infinity, 3), maxAgeMs: random.pick(300_000, 20_000) },
    timeouts: { requestMs: 6000 },
  };
}

/**
 * Runs one schedule: events of all sizes, faults, flushes, maybe an abort at any point, and then the reckoning.
 * Throws when a promise of the producer does not hold.
 */
export async function runFaultSchedule(seed: number): Promise<ScheduleResult> {
  const random = new Random(seed);
  const clock = createVirtualClock();
  const clean = random.chance(0.2);
  const endpoint = new FaultEndpoint(clock, random, clean ? CLEAN_FAULTS : FAULTS, random.whole(0, 40));
  const letters: Undelivered[] = [];
  const options = randomOptions(random);
  const dir = random.chance(0.2) ? mkdtempSync(join(tmpdir(), 'fault-spool-')) : undefined;
  const mode = random.pick<'overflow' | 'always'>('overflow', 'always');
  const create = (): FirehoseProducer<FaultEvent> =>
    createFirehoseProducer<FaultEvent>({
      ...options,
      ...(dir === undefined ? {} : { spool: { dir, mode } }),
      deliveryStreamName: 'faults',
      transport: endpoint.transport,
      clock,
      random: random.next,
      deadLetter: (found) => {
        letters.push(...found);
      },
    });
  const producer = create();
  const accepted = new Set<string>();
  const check = (): void => {
    const { accepted: taken, delivered, failed, spooled, pending } = producer.stats();
    demand(
      taken === delivered + failed + spooled + pending,
      `accepted ${taken} = delivered ${delivered} + failed ${failed} + spooled ${spooled} + pending ${pending}`,
    );
    demand(taken === accepted.size, `accepted ${taken}, put ${accepted.size}`);
  };

  const aborts = random.chance(0.2);
  const steps = random.whole(1, 60);
  for (let step = 0, id = 0; step < steps; step++) {
    const count = random.whole(0, 20);
    for (let i = 0; i < count; i++) {
      const event = randomEvent(random, id++, clean);
      if (!(await tryPut(producer, event, accepted, clock, check))) break;
      check();
    }
    if (random.chance(0.1)) void producer.flush().catch(expectFirehoseError);
    for (let turn = random.whole(0, 5); turn > 0; turn--) {
      await settlePromises();
      check();
      clock.step();
    }
  }

  const unsent = aborts ? [...(await producer.abort()).undelivered] : [];
  if (!aborts && dir !== undefined) await until(clock, producer.close().catch(expectFirehoseError), check);
  else if (!aborts) await closeUntilDone(producer, endpoint, clock, check);
  // What is late may still arrive, and must then be among what was called ambiguous.
  for (let turn = 0; turn < 20; turn++) {
    await settlePromises();
    clock.step();
  }
  check();
  const lives = [producer.stats()];
  if (dir !== undefined) {
    // Other lives take over what the earlier ones have left on disk.
    for (let left = true; left;) {
      if (lives.length === 40) endpoint.heal();
      const heir = create();
      left = !(await until(clock, heir.close().catch(expectFirehoseError)))?.complete;
      lives.push(heir.stats());
    }
    demand(readdirSync(dir).length === 0, 'a spool with nothing left is an empty directory');
    rmSync(dir, { recursive: true });
  }
  return reckon(lives, endpoint, accepted, letters, unsent, clean, aborts);
}

function randomEvent(random: Random, id: number, clean: boolean): FaultEvent {
  const filler = 'x'.repeat(random.chance(0.02) ? random.whole(1000, 5000) : random.whole(0, 150));
  return { id, filler, ...(!clean && random.chance(0.005) ? { poison: true } : {}) };
}

/** Puts one event and waits if asked to; false when nothing can move before the test continues. */
async function tryPut(
  producer: FirehoseProducer<FaultEvent>,
  event: FaultEvent,
  accepted: Set<string>,
  clock: VirtualClock,
  check: () => void,
): Promise<boolean> {
  try {
    const roomy = producer.put(event);
    accepted.add(JSON.stringify(event));
    if (roomy) return true;
  } catch (error) {
    if (error instanceof FirehoseError && error.code === 'EVENT_TOO_LARGE') return true;
    if (error instanceof FirehoseError && error.code === 'BUFFER_FULL') return false;
    throw error;
  }
  let open = true;
  const done = (): void => {
    open = false;
  };
  void producer.drained().then(done, (error: unknown) => {
    expectFirehoseError(error);
    done();
  });
  for (let turn = 0; turn < 1000; turn++) {
    await settlePromises();
    check();
    if (!(open as boolean)) return true; // It changes while promises run.
    if (!clock.step()) return false;
  }
  return false;
}

async function closeUntilDone(
  producer: FirehoseProducer<FaultEvent>,
  endpoint: FaultEndpoint,
  clock: VirtualClock,
  check: () => void,
): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      const report = await until(clock, producer.close(), check);
      demand(report.complete && report.pending === 0, 'close without a deadline leaves nothing pending');
      return;
    } catch (error) {
      expectFirehoseError(error);
      if (attempt === 40) endpoint.heal();
    }
  }
  throw new LedgerError('A healthy service, and close never ends well.');
}

function expectFirehoseError(error: unknown): undefined {
  if (!(error instanceof FirehoseError)) throw error;
  return undefined;
}

function reckon(
  lives: readonly ProducerStats[],
  { held }: FaultEndpoint,
  accepted: ReadonlySet<string>,
  letters: readonly Undelivered[],
  unsent: readonly { readonly data: Uint8Array; readonly ambiguous: boolean }[],
  clean: boolean,
  aborted: boolean,
): ScheduleResult {
  const sum = (key: 'delivered' | 'ambiguous' | 'failed'): number =>
    lives.reduce((total, stats) => total + stats[key], 0);
  const stats = { delivered: sum('delivered'), ambiguous: sum('ambiguous'), failed: sum('failed') };
  const delivered = new Set(accepted);
  for (const { data, ambiguous } of [...letters, ...unsent]) {
    for (const line of linesOf(data)) {
      demand(delivered.delete(line), `an event is handed back once and was accepted: ${line}`);
      if (!ambiguous) demand(!held.has(line), `handed back as surely not delivered, yet held: ${line}`);
    }
  }
  demand(
    delivered.size === stats.delivered,
    `delivered ${stats.delivered}, of which known ${delivered.size}`,
  );
  for (const line of delivered) demand(held.has(line), `delivered, yet the endpoint lacks it: ${line}`);
  let duplicates = 0;
  for (const [line, count] of held) {
    demand(accepted.has(line), `held, yet never put: ${line}`);
    duplicates += count - 1;
  }
  demand(duplicates <= stats.ambiguous, `${duplicates} duplicates, ${stats.ambiguous} ambiguous`);
  // What was under way at an abort is ambiguous whatever the faults.
  if (clean && !aborted)
    demand(stats.ambiguous === 0, `throttling alone is never ambiguous, got ${stats.ambiguous}`);
  return { accepted: accepted.size, duplicates, ambiguous: stats.ambiguous, failed: stats.failed, aborted };
}
