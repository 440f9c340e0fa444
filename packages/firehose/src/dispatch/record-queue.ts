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
