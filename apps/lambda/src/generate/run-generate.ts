import type { FirehoseProducer, ProducerStats } from '@store/firehose';
import { systemClock, timeoutSignal } from '@store/foundation';
import { noticeEpisodes } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { HandlerError } from '../errors.js';
import type { RequestQueue } from '../requests.js';
import type { Invocation } from '../telemetry.js';
import { EventDigest } from './event-digest.js';
import type { GenerateConfig, ResumePoint } from './generate-input.js';

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
  /** Give this to the next invocation to continue; null when the shard is done. */
  readonly resumeFrom: number | null;
  /** The same place in time; with it the next invocation does not make again what was sent. */
  readonly resumeAt: ResumePoint | null;
}

/** What the core of `generate` works with. */
export interface GenerateParts {
  readonly events: Iterable<InventoryEvent>;
  readonly producer: FirehoseProducer<InventoryEvent>;
  readonly encode: (event: InventoryEvent) => Uint8Array;
  readonly config: Pick<GenerateConfig, 'maxEvents' | 'marginMs' | 'recoveryMargin' | 'packSize'>;
  /** Set where episodes are to be asked for immediately. */
  readonly queue: RequestQueue | undefined;
  /** Events of the shard that were sent before. */
  readonly resumeFrom: number;
  /** Events at the beginning of `events` that were sent before. */
  readonly leaveOut: number;
  readonly maxEvents: number | undefined;
  /** Lets the event loop run, so that batches go out while events are made. */
  readonly breathe: () => Promise<void>;
}

/** Requests that one invocation may owe: they leave after the events, in 200 calls that the margin has room for. */
const mostRequests = 2000;

/** The clock is looked at, and the network let in, each this many events: 1,024 events take about 5 ms. */
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
  const { recoveryMargin, packSize } = config;
  const early = noticeEpisodes({ recoveryMargin, packSize });
  let stoppedBy: GenerateSummary['stoppedBy'] = 'done';
  let left = parts.leaveOut;
  const place = placeOf();
  let resumeAt: ResumePoint | null = null;
  let generated = 0;
  let firstId: string | undefined;
  let lastId: string | undefined;
  for (const event of events) {
    if (left > 0) {
      left--;
      place.passed(event);
      continue;
    }
    if (generated === budget || early.count() >= mostRequests) stoppedBy = 'budget';
    else if (generated % eventsPerLook === 0) {
      await parts.breathe();
      if (timeIsUp()) stoppedBy = 'deadline';
    }
    if (stoppedBy !== 'done') {
      resumeAt = place.before(event);
      break;
    }
    const bytes = encode(event);
    digest.add(bytes);
    const room = producer.putEncoded(bytes);
    if (queue !== undefined) early.note(event);
    firstId ??= event.event_id;
    lastId = event.event_id;
    place.passed(event);
    generated++;
    if (!room && !(await roomInTime(producer, () => invocation.remainingMs() - config.marginMs))) {
      stoppedBy = 'deadline';
      resumeAt = place.after();
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
    resumeFrom: stoppedBy === 'done' ? null : resumeFrom + generated,
    resumeAt,
  };
}

/** Follows where in time the events are: several may have one instant. */
function placeOf(): {
  passed(event: InventoryEvent): void;
  before(event: InventoryEvent): ResumePoint;
  after(): ResumePoint | null;
} {
  let instant: string | undefined;
  let sent = 0;
  return {
    passed({ event_time }) {
      sent = event_time === instant ? sent + 1 : 1;
      instant = event_time;
    },
    before: ({ event_time }) => ({ instant: event_time, sent: event_time === instant ? sent : 0 }),
    after: () => (instant === undefined ? null : { instant, sent }),
  };
}

/** Waits for room in the producer, but not beyond the deadline. */
async function roomInTime(
  producer: FirehoseProducer<InventoryEvent>,
  leftMs: () => number,
): Promise<boolean> {
  const left = leftMs();
  if (left <= 0) return false;
  const deadline = timeoutSignal(systemClock, left);
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
