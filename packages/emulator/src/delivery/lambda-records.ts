import type { BufferSet } from './buffer-set.js';
import type { DeliveryBuffer } from './delivery-buffer.js';
import type { FailedRecord } from './error-record.js';
import type { RecordOrigin } from './partition-buffers.js';
import type { DeliveryPlan } from './delivery-plan.js';

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

/** What the Lambda processor made of one record; dropped ones leave no result. */
export type LambdaResult =
  | { readonly kind: 'ok'; readonly data: Buffer; readonly origin: RecordOrigin }
  | { readonly kind: 'failed'; readonly failed: FailedRecord; readonly sequenceNumber: string };

/** Results of one call of the processor. */
export interface TransformedEntry {
  readonly bufferId: number;
  readonly results: readonly LambdaResult[];
}

/** As written: bytes as base64. */
interface Written {
  readonly bufferId: number;
  readonly ok: readonly { readonly data: string; readonly origin: RecordOrigin }[];
  readonly failed: readonly {
    readonly failed: Omit<FailedRecord, 'rawData'>;
    readonly rawData: string;
    readonly sequenceNumber: string;
  }[];
}

/**
 * Payload of a `transformed` entry. The results are kept, not computed again at a replay: a function may answer
 * differently the second time, and its first answer may already be delivered.
 */
export function transformedPayload({ bufferId, results }: TransformedEntry): Buffer {
  const written: Written = {
    bufferId,
    ok: results.flatMap((result) =>
      result.kind === 'ok' ? [{ data: result.data.toString('base64'), origin: result.origin }] : [],
    ),
    failed: results.flatMap((result) => {
      if (result.kind === 'ok') return [];
      const { rawData, ...failed } = result.failed;
      return [{ failed, rawData: rawData.toString('base64'), sequenceNumber: result.sequenceNumber }];
    }),
  };
  return Buffer.from(JSON.stringify(written));
}

/** Reads a `transformed` entry back. */
export function readTransformedEntry(payload: Buffer): TransformedEntry {
  // Written by transformedPayload, and its sum was checked.
  const { bufferId, ok, failed } = JSON.parse(payload.toString()) as Written;
  const delivered = ok.map(({ data, origin }): LambdaResult => ({
    kind: 'ok',
    data: Buffer.from(data, 'base64'),
    origin,
  }));
  const refused = failed.map(({ failed: rest, rawData, sequenceNumber }): LambdaResult => ({
    kind: 'failed',
    failed: { ...rest, rawData: Buffer.from(rawData, 'base64') },
    sequenceNumber,
  }));
  return { bufferId, results: [...delivered, ...refused] };
}
