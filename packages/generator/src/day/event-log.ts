/** Words of one logged event: time, series, stock, on order, and delta with type and week parity. */
export const WORDS = 5;

/** Numbers of event types; their order is that of `eventTypes`. */
export const SALE = 0;
export const RESTOCK = 1;
export const RETURN = 2;
export const SHRINKAGE = 3;
export const STOCK_COUNT = 4;
export const ADJUSTMENT = 5;
export const ORDER_PLACED = 6;
export const PRICE_CHANGE = 7;

/**
 * The events of a day and of what the day before left over, as they were made: series after series. `sort` finds
 * their order in time. Times are milliseconds after the UTC midnight before the local day, at most three days.
 */
export class EventLog {
  words: Int32Array;
  length = 0;
  /** Positions of events in the order of time, valid up to `sorted`. */
  order: Int32Array;
  sorted = 0;
  #keys: Int32Array;
  #heads: Int32Array = new Int32Array(1025);

  constructor(capacity: number) {
    this.words = new Int32Array(capacity * WORDS);
    this.order = new Int32Array(0);
    this.#keys = new Int32Array(0);
  }

  /** Appends an event. */
  append(time: number, series: number, stock: number, onOrder: number, tail: number): void {
    let at = this.length * WORDS;
    if (at === this.words.length) this.#grow();
    const words = this.words;
    words[at++] = time;
    words[at++] = series;
    words[at++] = stock;
    words[at++] = onOrder;
    words[at] = tail;
    this.length++;
  }

  /**
   * Sorts the events before `horizon` by time; those of one instant stay as they were made. A counting sort by
   * slices of time, about one event each, then insertion inside a slice: linear, and no comparison function.
   */
  sort(horizon: number): void {
    const { words, length } = this;
    if (this.order.length < length) {
      this.order = new Int32Array(Math.ceil(length * 1.25));
      this.#keys = new Int32Array(this.order.length);
    }
    let least = horizon;
    for (let at = 0, end = length * WORDS; at < end; at += WORDS) {
      const time = words[at] ?? 0;
      if (time < least) least = time;
    }
    let shift = 0;
    const span = horizon - least;
    const slices = Math.max(256, length);
    while (span >> shift >= slices) shift++;
    const count = (span >> shift) + 1;
    if (this.#heads.length < count + 1) this.#heads = new Int32Array(count + 1);
    const heads = this.#heads.fill(0, 0, count + 1);
    let sorted = 0;
    for (let at = 0, end = length * WORDS; at < end; at += WORDS) {
      const time = words[at] ?? 0;
      if (time >= horizon) continue;
      const slice = ((time - least) >> shift) + 1;
      heads[slice] = (heads[slice] ?? 0) + 1;
      sorted++;
    }
    for (let slice = 1; slice < count; slice++) heads[slice] = (heads[slice] ?? 0) + (heads[slice - 1] ?? 0);
    const { order } = this;
    const keys = this.#keys;
    for (let n = 0, at = 0; n < length; n++, at += WORDS) {
      const time = words[at] ?? 0;
      if (time >= horizon) continue;
      const slice = (time - least) >> shift;
      const to = heads[slice] ?? 0;
      heads[slice] = to + 1;
      order[to] = n;
      keys[to] = time;
    }
    for (let n = 1; n < sorted; n++) {
      const key = keys[n] ?? 0;
      if ((keys[n - 1] ?? 0) <= key) continue;
      const position = order[n] ?? 0;
      let to = n;
      for (; to > 0 && (keys[to - 1] ?? 0) > key; to--) {
        keys[to] = keys[to - 1] ?? 0;
        order[to] = order[to - 1] ?? 0;
      }
      keys[to] = key;
      order[to] = position;
    }
    this.sorted = sorted;
  }

  /** Keeps what lies at or after `horizon`, as times of the next day. */
  keepFrom(horizon: number, dayMs: number): void {
    const { words } = this;
    let to = 0;
    for (let at = 0, end = this.length * WORDS; at < end; at += WORDS) {
      const time = words[at] ?? 0;
      if (time < horizon) continue;
      words[to] = time - dayMs;
      words[to + 1] = words[at + 1] ?? 0;
      words[to + 2] = words[at + 2] ?? 0;
      words[to + 3] = words[at + 3] ?? 0;
      words[to + 4] = words[at + 4] ?? 0;
      to += WORDS;
    }
    this.length = to / WORDS;
    this.sorted = 0;
  }

  /** Takes events as they were saved. */
  load(words: Int32Array): void {
    if (this.words.length < words.length) this.words = new Int32Array(words.length);
    this.words.set(words);
    this.length = words.length / WORDS;
    this.sorted = 0;
  }

  #grow(): void {
    const grown = new Int32Array(Math.max(1024, Math.ceil(this.length * 1.25)) * WORDS);
    grown.set(this.words);
    this.words = grown;
  }
}
