import type { ProducerStats } from '@store/firehose';
import type {
  ChainStatus,
  FaultName,
  PartCauses,
  PartName,
  PartStatus,
  StatusMessage,
} from '@store/page-protocol';

/** How often each part has news where its work takes no time, in milliseconds. */
const everyMs: Readonly<Record<PartName, number>> = {
  world: 500,
  producer: 1000,
  endpoint: 1000,
  lake: 1000,
  planner: 2000,
  trucks: 1000,
};

/** After this time half of how long a part's work took is forgotten, milliseconds. */
const roundHalfLifeMs = 60_000;
/** However long its work took, a part that says nothing for three times this is behind, milliseconds. */
const longestEveryMs = 10_000;

/** A lake whose newest visible event is older than this is behind, milliseconds. */
const behindMs = 5000;
/** The producer catches up while it holds more events than the world makes in this many seconds, and at least this many. */
const waitingSeconds = 3;
const waitingEvents = 1000;

/** A request that no truck has taken for this long makes the trucks late, milliseconds. */
const lateQueueMs = 10_000;

/** What the parts are judged by. */
export interface ChainFacts {
  readonly world: Pick<StatusMessage, 'state' | 'trucksOnTheWay'>;
  readonly stats: Pick<
    ProducerStats,
    'delivered' | 'pending' | 'failed' | 'throttledRecords' | 'retriedRecords' | 'p50Ms'
  >;
  readonly faults: readonly FaultName[];
  readonly isDown: boolean;
  readonly madePerSecond: number;
  readonly rows: number;
  readonly freshAt: number;
  /** Real time at which the oldest request in the queue was asked for. */
  readonly queueSince: number | undefined;
}

type Judged<Part extends PartName> = readonly [
  state: PartStatus['state'],
  cause: PartCauses[Part],
  value: number,
];

/** Judges the parts of the chain by their last good news; a part says since when it is as it is. */
export class ChainWatch {
  readonly #lastGood: Record<PartName, number>;
  /** How long the work of each part took of late, milliseconds. */
  readonly #rounds = new Map<PartName, number>();
  readonly #causes = new Map<PartName, { readonly cause: string; readonly since: number }>();
  #before: Pick<ProducerStats, 'delivered' | 'throttledRecords' | 'retriedRecords'> = {
    delivered: 0,
    throttledRecords: 0,
    retriedRecords: 0,
  };
  /** When the producer last sent something, was refused for its speed, and sent again. */
  #sentAt: number;
  #throttledAt = -Infinity;
  #retriedAt = -Infinity;
  /** Real times of the requests of the last minute. */
  #requests: number[] = [];

  constructor(now: number) {
    this.#sentAt = now;
    this.#lastGood = { world: now, producer: now, endpoint: now, lake: now, planner: now, trucks: now };
  }

  /** When the producer last delivered something. */
  get sentAt(): number {
    return this.#sentAt;
  }

  /**
   * A part has done its work, which took so long: that is as far apart as its news can be. On a busy machine a part that
   * works without a break would otherwise be behind at each of its rounds, and well at the end of it.
   */
  good(part: PartName, now: number, tookMs = 0): void {
    const sinceMs = now - this.#lastGood[part];
    const before = (this.#rounds.get(part) ?? 0) * 0.5 ** (sinceMs / roundHalfLifeMs);
    this.#rounds.set(part, Math.max(before, tookMs));
    this.#lastGood[part] = now;
  }

  /** The planner has looked at the lake, which took so long, and asked for this many deliveries. */
  planned(requests: number, now: number, tookMs = 0): void {
    this.good('planner', now, tookMs);
    for (let request = 0; request < requests; request++) this.#requests.push(now);
  }

  /** Returns how all parts are. */
  judge(facts: ChainFacts, now: number): ChainStatus {
    this.good('world', now);
    this.#watchProducer(facts.stats, now);
    this.#requests = this.#requests.filter((at) => at > now - 60_000);
    return {
      world: this.#status('world', worldOf(facts), now),
      producer: this.#status('producer', this.#producer(facts, now), now),
      endpoint: this.#status('endpoint', endpointOf(facts), now),
      lake: this.#status('lake', this.#lake(facts, now), now),
      planner: this.#status(
        'planner',
        this.#worker('planner', 'ran', this.#requests.length, facts, now),
        now,
      ),
      trucks: this.#status('trucks', this.#trucks(facts, now), now),
    };
  }

  #status<Part extends PartName>(
    part: Part,
    [state, cause, value]: Judged<Part>,
    now: number,
  ): PartStatus<Part> {
    const known = this.#causes.get(part);
    const since = known?.cause === cause ? known.since : now;
    this.#causes.set(part, { cause, since });
    return { state, cause, since, lastGood: this.#lastGood[part], everyMs: this.#everyMs(part), value };
  }

  /** How often a part has news as its work goes now, milliseconds. */
  #everyMs(part: PartName): number {
    return Math.min(longestEveryMs, everyMs[part] + (this.#rounds.get(part) ?? 0));
  }

  #watchProducer(
    { delivered, pending, throttledRecords, retriedRecords }: ChainFacts['stats'],
    now: number,
  ): void {
    if (delivered > this.#before.delivered) this.#sentAt = now;
    if (throttledRecords > this.#before.throttledRecords) this.#throttledAt = now;
    if (retriedRecords > this.#before.retriedRecords) this.#retriedAt = now;
    if (delivered > this.#before.delivered || pending === 0) this.good('producer', now);
    this.#before = { delivered, throttledRecords, retriedRecords };
  }

  #producer({ stats, isDown, madePerSecond }: ChainFacts, now: number): Judged<'producer'> {
    const { pending, failed } = stats;
    if (failed > 0) return ['dead', 'gave up', failed];
    if (isDown && pending > 0) return ['slow', 'retrying', pending];
    if (now - this.#throttledAt < 3000) return ['slow', 'throttled', pending];
    if (now - this.#retriedAt < 3000) return ['slow', 'retrying', pending];
    if (pending > Math.max(waitingEvents, waitingSeconds * madePerSecond))
      return ['slow', 'catching up', pending];
    return ['well', 'sending', pending];
  }

  #lake({ isDown, rows, freshAt }: ChainFacts, now: number): Judged<'lake'> {
    if (isDown) return ['slow', 'unreachable', rows];
    return now - freshAt > behindMs ? ['slow', 'behind', rows] : ['well', 'fresh', rows];
  }

  #trucks(facts: ChainFacts, now: number): Judged<'trucks'> {
    const { isDown, queueSince = now, world } = facts;
    if (!isDown && now - queueSince > lateQueueMs) return ['slow', 'behind', world.trucksOnTheWay];
    return this.#worker('trucks', 'driving', world.trucksOnTheWay, facts, now);
  }

  #worker<Part extends 'planner' | 'trucks'>(
    part: Part,
    well: PartCauses[Part],
    value: number,
    { isDown }: ChainFacts,
    now: number,
  ): Judged<Part> {
    if (isDown) return ['slow', 'unreachable', value];
    return now - this.#lastGood[part] > 3 * this.#everyMs(part)
      ? ['slow', 'behind', value]
      : ['well', well, value];
  }
}

function worldOf({ world, madePerSecond }: ChainFacts): Judged<'world'> {
  return [world.state === 'running' ? 'well' : 'slow', world.state, madePerSecond];
}

function endpointOf({ isDown, faults, stats }: ChainFacts): Judged<'endpoint'> {
  const value = stats.p50Ms;
  if (isDown) return ['dead', 'down', value];
  if (faults.includes('throttle')) return ['slow', 'refuses', value];
  return faults.includes('reset') ? ['slow', 'cuts', value] : ['well', 'answers', value];
}
