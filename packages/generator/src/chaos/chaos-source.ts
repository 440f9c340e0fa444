import type { ShardClock } from '../day/shard-clock.js';
import { EventBatch, type EventSource } from '../output/event-batch.js';
import type { FaultKind } from '../truth/truth-record.js';
import type { Chaos } from './chaos-options.js';

/** An event on its way out. */
export interface WaitingEvent {
  /** World time at which it comes out. */
  readonly due: number;
  /** Its place among those of one instant. */
  readonly turn: number;
  readonly values: readonly number[];
}

/** Is called with each fault. */
export type FaultListener = (store: number, sequence: number, fault: FaultKind, milliseconds: number) => void;

const FIRST_DRAW = 0x0c4a05;
const DOUBLED_AFTER_MS = 30_000;
const OUT_OF_ORDER_MS = 2000;
const share = (word: number): number => word / 0x1_0000_0000;

/**
 * Mixes faults into a clock's events. What happens to an event is written at an address made of its store and its
 * sequence, so that every shard layout has the same faults, and truth can repeat them.
 */
export class ChaosSource implements EventSource {
  readonly #clock: ShardClock;
  readonly #chaos: Chaos;
  readonly #onFault: FaultListener;
  readonly #pulled = new EventBatch(256);
  readonly #skew: readonly number[];
  /** Sorted by `due`, then `turn`. */
  #waiting: WaitingEvent[] = [];
  #handed: readonly WaitingEvent[] = [];
  #turn = 0;
  /** Nothing that is still to be pulled can come out before this. */
  #safeMs = -Infinity;
  #fromMs = -Infinity;

  constructor(clock: ShardClock, chaos: Chaos, onFault: FaultListener = () => undefined) {
    this.#clock = clock;
    this.#chaos = chaos;
    this.#onFault = onFault;
    this.#skew = clock.stores.map(({ index }) => {
      const [whether, how] = clock.randomness.ofStore(index, 5);
      return share(whether) < chaos.skew ? Math.round((2 * share(how) - 1) * chaos.skewSeconds * 1000) : 0;
    });
  }

  /** Goes to the first event that comes out at or after an instant. */
  skipTo(ms: number, startMs: number): void {
    this.#waiting = [];
    this.#handed = [];
    this.#safeMs = -Infinity;
    this.#fromMs = ms;
    const longest = this.#chaos.lateMinutes * 60_000 + DOUBLED_AFTER_MS + OUT_OF_ORDER_MS;
    this.#clock.skipTo(Math.max(startMs, ms - longest));
  }

  /** What is on its way, for a snapshot. */
  get waiting(): readonly unknown[] {
    return [this.#turn, Number.isFinite(this.#safeMs) ? this.#safeMs : null, this.#waiting];
  }

  /** Takes what a snapshot held. */
  resume(waiting: unknown): void {
    // Parsed from a snapshot whose magic and identity were checked: the shape is that of `waiting` above.
    const [turn, safeMs, events] = waiting as [number, number | null, WaitingEvent[]];
    this.#turn = turn;
    this.#safeMs = safeMs ?? -Infinity;
    this.#fromMs = -Infinity;
    this.#waiting = events;
    this.#handed = [];
  }

  fill(batch: EventBatch): boolean {
    while ((this.#waiting[0]?.due ?? Infinity) >= this.#safeMs) if (!this.#pull()) break;
    let length = 0;
    while (length < batch.capacity && (this.#waiting[length]?.due ?? Infinity) < this.#safeMs) length++;
    this.#handed = this.#waiting.splice(0, length);
    for (const [n, { values }] of this.#handed.entries())
      columns(batch).forEach((column, c) => (column[n] = values[c] ?? 0));
    batch.length = length;
    return length > 0;
  }

  unfill(batch: EventBatch, from: number): void {
    this.#waiting.unshift(...this.#handed.slice(from));
    this.#handed = this.#handed.slice(0, from);
    batch.length = from;
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
    this.#waiting = this.#waiting.filter(({ due }) => due >= this.#fromMs);
    this.#waiting.sort((x, y) => x.due - y.due || x.turn - y.turn);
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
    const report = (fault: FaultKind, milliseconds = 0): void => {
      this.#onFault(store, sequence, fault, milliseconds);
    };
    const time = pulled.time[n] ?? 0;
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
    if (share(delay) < late) {
      // Mostly short, rarely as long as allowed.
      due += Math.ceil(share(later) ** 2 * lateMinutes * 60_000);
      report('late', due - time);
    } else if (share(order) < outOfOrder) {
      due += 1 + (order % OUT_OF_ORDER_MS);
      report('out_of_order', due - time);
    }
    const fault = share(broken) < corrupt ? 1 : share(broken) < corrupt + drift ? 2 : 0;
    if (fault !== 0) report(fault === 1 ? 'corrupt' : 'drift');
    const values = columns(pulled).map((column) => column[n] ?? 0);
    values[0] = time + skew;
    values[values.length - 1] = fault;
    this.#waiting.push({ due, turn: this.#turn++, values });
    if (share(double) < duplicate) {
      report('duplicate');
      this.#waiting.push({ due: due + 1 + (double % DOUBLED_AFTER_MS), turn: this.#turn++, values });
    }
  }
}

/** The columns of a batch, time first and fault last. */
function columns(batch: EventBatch): readonly (Float64Array | Int32Array | Uint8Array)[] {
  return [
    batch.time,
    batch.sequence,
    batch.store,
    batch.product,
    batch.type,
    batch.quantityDelta,
    batch.currentStock,
    batch.minThreshold,
    batch.onOrder,
    batch.unitPriceCents,
    batch.fault,
  ];
}
