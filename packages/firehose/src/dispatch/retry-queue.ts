import type { PackedRecord } from '../packing/packed-record.js';

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
