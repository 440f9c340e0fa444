import type { PackedRecord } from '../packing/packed-record.js';

/** Consumed entries are cut off once there are this many and they are half of all: so each is moved once at most. */
const CUT_AT = 1024;

/** Records waiting for their first attempt, oldest first. */
export class RecordQueue {
  #records: PackedRecord[] = [];
  #head = 0;
  rawBytes = 0;
  events = 0;

  get length(): number {
    return this.#records.length - this.#head;
  }

  /** The record `index` places behind the oldest. */
  at(index: number): PackedRecord | undefined {
    return this.#records[this.#head + index];
  }

  push(record: PackedRecord): void {
    this.#records.push(record);
    this.rawBytes += record.rawBytes;
    this.events += record.events;
  }

  shift(): PackedRecord | undefined {
    const record = this.#records[this.#head];
    if (record === undefined) return undefined;
    this.rawBytes -= record.rawBytes;
    this.events -= record.events;
    if (++this.#head >= CUT_AT && 2 * this.#head >= this.#records.length) {
      this.#records = this.#records.slice(this.#head);
      this.#head = 0;
    }
    return record;
  }

  takeAll(): PackedRecord[] {
    const all = this.#records.slice(this.#head);
    this.#records = [];
    this.#head = 0;
    this.rawBytes = 0;
    this.events = 0;
    return all;
  }
}

/** Records that were refused, the one due first on top: a binary heap. */
export class RetryQueue {
  readonly #heap: PackedRecord[] = [];
  rawBytes = 0;
  events = 0;

  get length(): number {
    return this.#heap.length;
  }

  peek(): PackedRecord | undefined {
    return this.#heap[0];
  }

  push(record: PackedRecord): void {
    const heap = this.#heap;
    this.rawBytes += record.rawBytes;
    this.events += record.events;
    let at = heap.push(record) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.notBefore <= record.notBefore) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = record;
  }

  pop(): PackedRecord | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined) return undefined;
    this.rawBytes -= top.rawBytes;
    this.events -= top.events;
    if (top !== last) this.#sink(last);
    return top;
  }

  takeAll(): PackedRecord[] {
    this.rawBytes = 0;
    this.events = 0;
    return this.#heap.splice(0);
  }

  /** Puts `record` in the empty top and lets it down to its place. */
  #sink(record: PackedRecord): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const right = heap[child + 1];
      if (right !== undefined && right.notBefore < (heap[child]?.notBefore ?? Infinity)) child++;
      const lower = heap[child];
      if (lower === undefined || lower.notBefore >= record.notBefore) break;
      heap[at] = lower;
      at = child;
    }
    heap[at] = record;
  }
}

/** Every record that waits for a call, wherever it waits. */
export class Queues {
  readonly #maxBatchBytes: number;
  readonly #rate: { readonly batchBytes: number };
  readonly fresh: RecordQueue = new RecordQueue();
  readonly retries: RetryQueue = new RetryQueue();
  /** Batches that must go alone, to find the record that the service refuses. */
  readonly suspects: PackedRecord[][] = [];
  /** Nothing goes out while new credentials are on their way. */
  held = false;

  constructor(maxBatchBytes: number, rate: { readonly batchBytes: number }) {
    this.#maxBatchBytes = maxBatchBytes;
    this.#rate = rate;
  }

  /** Raw bytes that a batch should have now. */
  get batchBytes(): number {
    return Math.min(this.#maxBatchBytes, this.#rate.batchBytes);
  }

  get events(): number {
    let events = this.fresh.events + this.retries.events;
    for (const batch of this.suspects) for (const record of batch) events += record.events;
    return events;
  }

  /** Bytes of all but the suspects. */
  get rawBytes(): number {
    return this.fresh.rawBytes + this.retries.rawBytes;
  }

  /** More waits than one batch takes: the rate is what holds it back. */
  get backlog(): boolean {
    return this.rawBytes >= this.batchBytes;
  }

  takeAll(): PackedRecord[] {
    return [...this.suspects.splice(0).flat(), ...this.retries.takeAll(), ...this.fresh.takeAll()];
  }
}
