import type { ShardClock } from '../day/shard-clock.js';
import type { CountedSource } from '../output/bounded-source.js';
import { columnsOf, EventBatch } from '../output/event-batch.js';
import type { FaultKind } from '../truth/truth-record.js';
import type { Chaos } from './chaos-options.js';
import { EventQueue, type SavedQueue, type WaitingEvent } from './event-queue.js';

/** Is called with each fault; `atMs` is when the event happened. */
export type FaultListener = (
  store: number,
  sequence: number,
  fault: FaultKind,
  milliseconds: number,
  atMs: number,
) => void;

const FIRST_DRAW = 0x0c4a05;
const DOUBLED_AFTER_MS = 30_000;
/** How far before an instant sought events may begin to wait for their place. */
const HELD_BEFORE_MS = 3_600_000;
const share = (word: number): number => word / 0x1_0000_0000;

/**
 * Mixes faults into a clock's events. What happens to an event is written at an address made of its store and its
 * sequence, so that every shard layout has the same faults, and truth can repeat them.
 */
export class ChaosSource implements CountedSource {
  readonly #clock: ShardClock;
  readonly #chaos: Chaos;
  readonly #onFault: FaultListener;
  readonly #pulled = new EventBatch(256);
  readonly #skew: readonly number[];
  readonly #queue: EventQueue;
  #handed: readonly WaitingEvent[] = [];
  /** Nothing that is still to be pulled can come out before this. */
  #safeMs = -Infinity;

  constructor(clock: ShardClock, chaos: Chaos, onFault: FaultListener = () => undefined) {
    this.#clock = clock;
    this.#chaos = chaos;
    this.#onFault = onFault;
    this.#queue = new EventQueue(({ store, sequence, time }) => {
      onFault(store, sequence, 'out_of_order', 0, time);
    });
    this.#skew = clock.stores.map(({ index }) => {
      const [whether, how] = clock.randomness.ofStore(index, 5);
      return share(whether) < chaos.skew ? Math.round((2 * share(how) - 1) * chaos.skewSeconds * 1000) : 0;
    });
  }

  /** Right in a world that was read from its start on, or sought with `counting`. */
  get handed(): number {
    this.#makeReady();
    return this.#queue.taken;
  }

  /** Goes to the first event that comes out at or after an instant; to count what it passes over takes all days before. */
  skipTo(ms: number, startMs: number, counting: boolean): void {
    this.#queue.clear(ms);
    this.#handed = [];
    this.#safeMs = -Infinity;
    const longest = this.#chaos.lateMinutes * 60_000 + DOUBLED_AFTER_MS + HELD_BEFORE_MS;
    this.#clock.skipTo(counting ? startMs : Math.max(startMs, ms - longest));
  }

  /** The instant sought last, up to which the clock is read when the next event is; -Infinity from the world's start on. */
  get soughtMs(): number {
    return this.#queue.fromMs;
  }

  /** What is on its way, for a snapshot. */
  get waiting(): unknown {
    return [Number.isFinite(this.#safeMs) ? this.#safeMs : null, this.#queue.saved()];
  }

  /** Takes what a snapshot held. */
  resume(waiting: unknown): void {
    // Parsed from a snapshot whose checksum and identity were checked: the shape is that of `waiting` above.
    const [safeMs, saved] = waiting as [number | null, SavedQueue];
    this.#safeMs = safeMs ?? -Infinity;
    this.#queue.load(saved);
    this.#handed = [];
  }

  fill(batch: EventBatch): boolean {
    this.#makeReady();
    this.#handed = this.#queue.take(batch.capacity);
    const into = columnsOf(batch);
    for (const [n, { values }] of this.#handed.entries())
      into.forEach((column, c) => (column[n] = values[c] ?? 0));
    batch.length = this.#handed.length;
    return batch.length > 0;
  }

  unfill(batch: EventBatch, from: number): void {
    this.#queue.putBack(this.#handed.slice(from));
    this.#handed = this.#handed.slice(0, from);
    batch.length = from;
  }

  #makeReady(): void {
    while (!this.#queue.release(this.#safeMs)) if (!this.#pull()) break;
  }

  /** Takes events from the clock; false once nothing is left to wait for. */
  #pull(): boolean {
    const pulled = this.#pulled;
    if (this.#safeMs === Infinity) return false;
    if (!this.#clock.fill(pulled)) {
      this.#safeMs = Infinity;
      return true;
    }
    for (let n = 0; n < pulled.length; n++) this.#decide(pulled, n);
    this.#safeMs = pulled.time[pulled.length - 1] ?? this.#safeMs;
    return true;
  }

  #decide(pulled: EventBatch, n: number): void {
    const { late, lateMinutes, outOfOrder, duplicate, dropped, corrupt, drift } = this.#chaos;
    const store = pulled.store[n] ?? 0;
    const sequence = pulled.sequence[n] ?? 0;
    const { randomness, stores } = this.#clock;
    const at = stores[store]?.index ?? 0;
    const words = (draw: number): readonly [number, number] =>
      randomness.ofEvent(at, sequence, FIRST_DRAW + draw);
    const time = pulled.time[n] ?? 0;
    const report = (fault: FaultKind, milliseconds = 0): void => {
      this.#onFault(store, sequence, fault, milliseconds, time);
    };
    const skew = this.#skew[store] ?? 0;
    if (skew !== 0) report('skew', skew);
    const [drop, delay] = words(0);
    if (share(drop) < dropped) {
      report('dropped');
      return;
    }
    const [order, double] = words(1);
    const [broken, later] = words(2);
    let due = time;
    let behind = 0;
    if (share(delay) < late) {
      // Mostly short, rarely as long as allowed.
      due += Math.ceil(share(later) ** 2 * lateMinutes * 60_000);
      report('late', due - time);
    } else if (share(order) < outOfOrder) behind = 1 + (order & 3);
    const fault = share(broken) < corrupt ? 1 : share(broken) < corrupt + drift ? 2 : 0;
    if (fault !== 0) report(fault === 1 ? 'corrupt' : 'drift');
    const values = columnsOf(pulled).map((column) => column[n] ?? 0);
    values[0] = time + skew;
    values[values.length - 1] = fault;
    this.#queue.add({ due, time, store, sequence, behind, values });
    if (share(double) < duplicate) {
      report('duplicate');
      const again = due + 1 + (double % DOUBLED_AFTER_MS);
      this.#queue.add({ due: again, time, store, sequence, behind: 0, values });
    }
  }
}
