import type { FirehoseProducer, ProducerStats } from '@store/firehose';
import type { InventoryEvent } from '@store/schema';
import { HandlerError } from '../errors.js';
import type { Invocation } from '../invocation.js';
import { noticeEpisodes } from '../requests/early-requests.js';
import type { RequestQueue } from '../requests/send-requests.js';
import { EventDigest } from './event-digest.js';
import type { GenerateConfig } from './generate-config.js';

/** What one invocation of `generate` has done: counts and a digest, never events. */
export interface GenerateSummary {
  /** Events of the shard that this invocation sent. */
  readonly generated: number;
  readonly accepted: number;
  readonly records: number;
  readonly calls: number;
  readonly retried: number;
  readonly eventBytes: number;
  readonly billedBytes: number;
  readonly firstId: string | undefined;
  readonly lastId: string | undefined;
  /** Sum of the events' hashes: digests of shards add up to the digest of the world. */
  readonly digest: string;
  readonly requestsSent: number;
  readonly stoppedBy: 'done' | 'deadline' | 'budget';
  /** Give this to the next invocation to go on; null when the shard is done. */
  readonly resumeFrom: number | null;
}

/** What the core of `generate` works with. */
export interface GenerateParts {
  readonly events: Iterable<InventoryEvent>;
  readonly producer: FirehoseProducer<InventoryEvent>;
  readonly encode: (event: InventoryEvent) => Uint8Array;
  readonly config: Pick<GenerateConfig, 'maxEvents' | 'marginMs' | 'recoveryMargin' | 'packSize'>;
  /** Set where episodes are to be asked for at once. */
  readonly queue: RequestQueue | undefined;
  readonly resumeFrom: number;
  readonly maxEvents: number | undefined;
  /** Lets the event loop run, so that batches go out while events are made. */
  readonly breathe: () => Promise<void>;
}

/** The clock is looked at, and the network let in, each so many events: 1,024 events take about 5 ms. */
const eventsPerLook = 1024;

/**
 * Sends a shard, as far as time and budget go, and returns when all of it is delivered. Requests for trucks
 * leave after the events they come from.
 *
 * @throws HandlerError `NOT_DELIVERED`: repeat the invocation; events keep their ids
 */
export async function runGenerate(parts: GenerateParts, invocation: Invocation): Promise<GenerateSummary> {
  const { events, producer, encode, config, resumeFrom, queue } = parts;
  const budget = Math.min(parts.maxEvents ?? config.maxEvents, config.maxEvents);
  const timeIsUp = (): boolean => invocation.remainingMs() <= config.marginMs;
  const before = producer.stats();
  const digest = new EventDigest();
  const early = noticeEpisodes(config);
  let stoppedBy: GenerateSummary['stoppedBy'] = 'done';
  let position = 0;
  let generated = 0;
  let firstId: string | undefined;
  let lastId: string | undefined;
  for (const event of events) {
    if (position < resumeFrom) {
      position++;
      continue;
    }
    if (generated === budget) stoppedBy = 'budget';
    else if (generated % eventsPerLook === 0) {
      await parts.breathe();
      if (timeIsUp()) stoppedBy = 'deadline';
    }
    if (stoppedBy !== 'done') break;
    const bytes = encode(event);
    digest.add(bytes);
    const room = producer.putEncoded(bytes);
    if (queue !== undefined) early.note(event);
    firstId ??= event.event_id;
    lastId = event.event_id;
    position++;
    generated++;
    if (!room && !(await roomInTime(producer, () => invocation.remainingMs() - config.marginMs))) {
      stoppedBy = 'deadline';
      break;
    }
  }
  await flushed(producer, generated, invocation);
  const sent = queue === undefined ? 0 : await queue.send(early.requests());
  return {
    generated,
    // The flush would have thrown if one were missing.
    accepted: generated,
    ...difference(before, producer.stats()),
    firstId,
    lastId,
    digest: digest.toString(),
    requestsSent: sent,
    stoppedBy,
    resumeFrom: stoppedBy === 'done' ? null : position,
  };
}

/** Waits for room in the producer, but not beyond the deadline. */
async function roomInTime(
  producer: FirehoseProducer<InventoryEvent>,
  leftMs: () => number,
): Promise<boolean> {
  const left = leftMs();
  if (left <= 0) return false;
  const deadline = AbortSignal.timeout(left);
  const late = new Promise<boolean>((resolve) => {
    deadline.addEventListener('abort', () => {
      resolve(false);
    });
  });
  return Promise.race([producer.drained().then(() => true), late]);
}

async function flushed(
  producer: FirehoseProducer<InventoryEvent>,
  generated: number,
  invocation: Invocation,
): Promise<void> {
  // Half a second stays for the answer.
  const { complete, pending } = await producer.flush({
    deadlineMs: Math.max(0, invocation.remainingMs() - 500),
  });
  if (complete) return;
  throw new HandlerError(
    'NOT_DELIVERED',
    `${pending} of ${generated} events were not delivered in time. Repeat the invocation; events keep their ids.`,
  );
}

function difference(
  before: ProducerStats,
  after: ProducerStats,
): Pick<GenerateSummary, 'records' | 'calls' | 'retried' | 'eventBytes' | 'billedBytes'> {
  return {
    records: after.deliveredRecords - before.deliveredRecords,
    calls: after.requests - before.requests,
    retried: after.retriedRecords - before.retriedRecords,
    eventBytes: after.eventBytes - before.eventBytes,
    billedBytes: after.billedBytes - before.billedBytes,
  };
}
