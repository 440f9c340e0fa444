import type { EventBatch } from '../output/event-batch.js';

/** Words of one logged event: time, series, stock, on order, reorder point, delta with type, and price in hundredths. */
export const WORDS = 7;

/** Numbers of event types; their order is that of `eventTypes`. */
export const SALE = 0;
export const RESTOCK = 1;
export const RETURN = 2;
export const SHRINKAGE = 3;
export const STOCK_COUNT = 4;
export const ADJUSTMENT = 5;
export const ORDER_PLACED = 6;
export const PRICE_CHANGE = 7;

/** A slice of time is 2^18 ms, some four minutes: three days have 989 of them. */
const SLICE_BITS = 18;
const SLICE_MS = 2 ** SLICE_BITS;
const SLICES = Math.ceil((3 * 86_400_000) / SLICE_MS) + 1;

/**
 * The events of a day and of what the day before left over, as they were made: series after series. `sort` finds
 * their order in time. Times are milliseconds after the UTC midnight before the local day, at most three days.
 *
 * Events are counted by slice of time as they come, so that sorting begins by moving each beside those of its slice.
 * A slice of a million series is some 70 kB: from then on nothing reads outside a core's cache. Reading records where
 * they were made, in the order of time, cost 100 ns an event (bench/world-size.bench.ts).
 */
export class EventLog {
  /** Events before the horizon, slice after slice; `order` has their order. */
  sliced: Int32Array;
  /** Positions in `sliced` in the order of time, valid up to the count that `ready` was last called with. */
  order: Int32Array;
  /** Events before the horizon. */
  sorted = 0;
  /** Events as they were made, those of `sliced` too. */
  words: Int32Array;
  length = 0;
  readonly #counts: Int32Array = new Int32Array(SLICES);
  readonly #ends: Int32Array = new Int32Array(SLICES);
  /** Slices whose order is known, and the events in them. */
  #readySlices = 0;
  #readyEvents = 0;
  #keys: Int32Array = new Int32Array(0);
  #heads: Int32Array = new Int32Array(1025);

  /** @param series - of the shard; few have room for their busiest days at the same time, which saves a start some copies */
  constructor(series: number) {
    const capacity = Math.ceil(series * (series < 100_000 ? 3 : 1.5)) + 64;
    this.words = new Int32Array(capacity * WORDS);
    this.sliced = new Int32Array(0);
    this.order = new Int32Array(0);
  }

  /** Appends an event. */
  append(
    time: number,
    series: number,
    stock: number,
    onOrder: number,
    threshold: number,
    tail: number,
    price: number,
  ): void {
    let at = this.length * WORDS;
    if (at === this.words.length) this.#grow();
    const words = this.words;
    words[at++] = time;
    words[at++] = series;
    words[at++] = stock;
    words[at++] = onOrder;
    words[at++] = threshold;
    words[at++] = tail;
    words[at] = price;
    this.length++;
    const slice = time >> SLICE_BITS;
    this.#counts[slice] = (this.#counts[slice] ?? 0) + 1;
  }

  /** Forgets events from a position on: they were only counted. */
  truncate(length: number): void {
    for (let at = length * WORDS, end = this.length * WORDS; at < end; at += WORDS) {
      const slice = (this.words[at] ?? 0) >> SLICE_BITS;
      this.#counts[slice] = (this.#counts[slice] ?? 0) - 1;
    }
    this.length = length;
  }

  /** Forgets everything. */
  clear(): void {
    this.#counts.fill(0);
    this.length = 0;
    this.sorted = 0;
    this.#readySlices = 0;
    this.#readyEvents = 0;
  }

  /** Begins to sort the events before `horizon` by time; those of one instant stay as they were made. */
  sort(horizon: number): void {
    const { words, length } = this;
    const counts = this.#counts;
    const ends = this.#ends;
    const last = horizon >> SLICE_BITS;
    let most = 0;
    let sum = 0;
    for (let slice = 0; slice <= last; slice++) {
      const count = counts[slice] ?? 0;
      ends[slice] = sum;
      sum += count;
      if (count > most) most = count;
    }
    if (this.order.length < sum) {
      this.order = new Int32Array(Math.ceil(sum * 1.1));
      this.sliced = new Int32Array(this.order.length * WORDS);
    }
    if (this.#keys.length < most) {
      this.#keys = new Int32Array(Math.ceil(most * 1.25));
      this.#heads = new Int32Array(2 * this.#keys.length + 2);
    }
    const { sliced } = this;
    for (let at = 0, end = length * WORDS; at < end; at += WORDS) {
      const time = words[at] ?? 0;
      if (time >= horizon) continue;
      const slice = time >> SLICE_BITS;
      const place = ends[slice] ?? 0;
      ends[slice] = place + 1;
      const to = place * WORDS;
      sliced[to] = time;
      sliced[to + 1] = words[at + 1] ?? 0;
      sliced[to + 2] = words[at + 2] ?? 0;
      sliced[to + 3] = words[at + 3] ?? 0;
      sliced[to + 4] = words[at + 4] ?? 0;
      sliced[to + 5] = words[at + 5] ?? 0;
      sliced[to + 6] = words[at + 6] ?? 0;
    }
    // The last slice may reach beyond the horizon: what is there was passed over.
    this.sorted = ends[last] ?? 0;
    this.#readySlices = 0;
    this.#readyEvents = 0;
  }

  /** Makes the order of the first `count` events known: a slice at a time, so that it is read while in cache. */
  ready(count: number): void {
    while (this.#readyEvents < count) {
      const from = this.#readyEvents;
      const to = this.#ends[this.#readySlices++] ?? 0;
      if (to > from) this.#sortSlice(from, to);
      this.#readyEvents = to;
    }
  }

  /**
   * Copies `length` events in the order of time, from a position on, into a batch's columns: `base` is where the log's time
   * begins, and `sequences` has the last number of each store's events.
   */
  copyTo(
    batch: EventBatch,
    from: number,
    length: number,
    base: number,
    products: number,
    sequences: Float64Array,
  ): void {
    const { sliced: words, order } = this;
    const { time, sequence, store, product, type } = batch;
    const { quantityDelta, currentStock, minThreshold, onOrder, unitPriceCents } = batch;
    for (let n = 0; n < length; n++) {
      const at = (order[from + n] ?? 0) * WORDS;
      const series = words[at + 1] ?? 0;
      const s = Math.floor(series / products);
      const tail = words[at + 5] ?? 0;
      time[n] = base + (words[at] ?? 0);
      sequence[n] = sequences[s] = (sequences[s] ?? 0) + 1;
      store[n] = s;
      product[n] = series - s * products;
      type[n] = tail & 7;
      quantityDelta[n] = tail >> 3;
      currentStock[n] = words[at + 2] ?? 0;
      onOrder[n] = words[at + 3] ?? 0;
      minThreshold[n] = words[at + 4] ?? 0;
      unitPriceCents[n] = words[at + 6] ?? 0;
    }
    batch.fault.fill(0, 0, length);
    batch.length = length;
  }

  /** A counting sort by parts of the slice, about one event each, then insertion: linear, no comparison function. */
  #sortSlice(from: number, to: number): void {
    const { sliced, order } = this;
    const keys = this.#keys;
    const count = to - from;
    let shift = 0;
    while (SLICE_MS >> shift > count) shift++;
    const parts = SLICE_MS >> shift;
    const heads = this.#heads;
    for (let part = 0; part <= parts; part++) heads[part] = 0;
    for (let n = from, at = from * WORDS; n < to; n++, at += WORDS) {
      const part = (((sliced[at] ?? 0) & (SLICE_MS - 1)) >> shift) + 1;
      heads[part] = (heads[part] ?? 0) + 1;
    }
    for (let part = 1; part < parts; part++) heads[part] = (heads[part] ?? 0) + (heads[part - 1] ?? 0);
    for (let n = from, at = from * WORDS; n < to; n++, at += WORDS) {
      const time = sliced[at] ?? 0;
      const part = (time & (SLICE_MS - 1)) >> shift;
      const place = heads[part] ?? 0;
      heads[part] = place + 1;
      order[from + place] = n;
      keys[place] = time;
    }
    let before = keys[0] ?? 0;
    for (let n = 1; n < count; n++) {
      const key = keys[n] ?? 0;
      if (before <= key) {
        before = key;
        continue;
      }
      const position = order[from + n] ?? 0;
      let place = n;
      for (; place > 0 && (keys[place - 1] ?? 0) > key; place--) {
        keys[place] = keys[place - 1] ?? 0;
        order[from + place] = order[from + place - 1] ?? 0;
      }
      keys[place] = key;
      order[from + place] = position;
    }
  }

  /** Keeps what is at or after `horizon`, as times of the next day. */
  keepFrom(horizon: number, dayMs: number): void {
    const { words } = this;
    const end = this.length * WORDS;
    this.clear();
    for (let at = 0; at < end; at += WORDS) {
      const time = words[at] ?? 0;
      if (time < horizon) continue;
      this.append(
        time - dayMs,
        words[at + 1] ?? 0,
        words[at + 2] ?? 0,
        words[at + 3] ?? 0,
        words[at + 4] ?? 0,
        words[at + 5] ?? 0,
        words[at + 6] ?? 0,
      );
    }
  }

  /** Takes events as they were saved. */
  load(words: Int32Array): void {
    this.clear();
    if (this.words.length < words.length) this.words = new Int32Array(words.length);
    this.words.set(words);
    this.length = words.length / WORDS;
    for (let at = 0; at < words.length; at += WORDS) {
      const slice = (words[at] ?? 0) >> SLICE_BITS;
      this.#counts[slice] = (this.#counts[slice] ?? 0) + 1;
    }
  }

  #grow(): void {
    const grown = new Int32Array(Math.max(1024, Math.ceil(this.length * 1.25)) * WORDS);
    grown.set(this.words);
    this.words = grown;
  }
}
