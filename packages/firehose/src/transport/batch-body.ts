import { createHash } from 'node:crypto';
import { recordData, type PackedRecord } from '../packing/packed-record.js';
import type { BatchRequest } from './transport.js';

const TAIL = Buffer.from(']}');

/** What is before the first record of every body to one delivery stream. */
export function bodyHead(deliveryStreamName: string): Buffer {
  return Buffer.from(`{"DeliveryStreamName":${JSON.stringify(deliveryStreamName)},"Records":[`);
}

/**
 * A body over records where they lie: neighbours in a slab go out together, commas included, and a retry
 * is the same bytes in other company. Nothing is encoded or copied again.
 */
export function batchRequest(
  deliveryStreamName: string,
  head: Buffer,
  records: readonly PackedRecord[],
): BatchRequest {
  const body: Buffer[] = [head];
  let bodyBytes = head.length + TAIL.length;
  for (let i = 0; i < records.length;) {
    const first = records[i];
    if (first === undefined) break;
    // Every record but the batch's first takes along the comma that is before it.
    const start = i === 0 ? first.start : first.start - 1;
    let end = first.end;
    for (i++; i < records.length; i++) {
      const next = records[i];
      if (next?.slab !== first.slab || next.start !== end + 1) break;
      end = next.end;
    }
    body.push(first.slab.bytes.subarray(start, end));
    bodyBytes += end - start;
  }
  body.push(TAIL);
  let hash: string | undefined;
  return {
    deliveryStreamName,
    body,
    bodyBytes,
    recordCount: records.length,
    sha256: () => (hash ??= sha256(body)),
    records: () => records.map(recordData),
  };
}

function sha256(pieces: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
