import type { BufferSet } from './buffer-set.js';
import type { DeliveryBuffer } from './delivery-buffer.js';
import type { DeliveryPlan } from './plan.js';
import type { RecordOrigin } from './partition-buffers.js';

const KEY = 'lambda';
/** Before each record: arrival (float64), sequence (float64), length (uint32). */
const HEADER_BYTES = 20;

/** One record on its way to the Lambda processor. */
export interface CollectedRecord {
  readonly arrivalAt: number;
  readonly sequenceNumber: string;
  readonly data: Buffer;
}

/** Collects what the Lambda processor is to transform next. */
export class LambdaCollector {
  readonly #plan: DeliveryPlan;
  readonly #buffers: BufferSet;
  readonly #onOpened: (buffer: DeliveryBuffer) => void;

  constructor(plan: DeliveryPlan, buffers: BufferSet, onOpened: (buffer: DeliveryBuffer) => void) {
    this.#plan = plan;
    this.#buffers = buffers;
    this.#onOpened = onOpened;
  }

  /** Adds the record `bytes[start, end)`. */
  collect(bytes: Buffer, start: number, end: number, origin: RecordOrigin): void {
    let buffer = this.#buffers.open(KEY);
    if (buffer === undefined) {
      buffer = this.#buffers.add({
        kind: 'lambda',
        key: KEY,
        bucket: this.#plan.bucket,
        openedAt: origin.arrivalAt,
        name: (id) => `lambda/${id}`,
      });
      this.#onOpened(buffer);
    }
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeDoubleLE(origin.arrivalAt, 0);
    header.writeDoubleLE(Number(origin.sequenceNumber), 8);
    header.writeUInt32LE(end - start, 16);
    buffer.staging.append(header, 0, HEADER_BYTES, false);
    buffer.staging.append(bytes, start, end, false);
    buffer.state.bytes += end - start;
    buffer.state.records += 1;
  }
}

/** Reads what was collected. */
export function collectedRecords(staged: Buffer): readonly CollectedRecord[] {
  const records: CollectedRecord[] = [];
  for (let offset = 0; offset + HEADER_BYTES <= staged.length;) {
    const end = offset + HEADER_BYTES + staged.readUInt32LE(offset + 16);
    records.push({
      arrivalAt: staged.readDoubleLE(offset),
      sequenceNumber: String(staged.readDoubleLE(offset + 8)),
      data: staged.subarray(offset + HEADER_BYTES, end),
    });
    offset = end;
  }
  return records;
}
