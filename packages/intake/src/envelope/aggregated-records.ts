import { createHash } from 'node:crypto';
import { intakeLimits } from './intake-limits.js';

/** First bytes of a record that the Kinesis Producer Library has aggregated (its aggregation format document). */
const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
/** Bytes of the MD5 at the end, of the protobuf between. */
const DIGEST_BYTES = 16;

/** What an aggregate holds. */
export type Aggregate =
  | { readonly ok: true; readonly records: readonly Buffer[] }
  | { readonly ok: false; readonly code: 'DAMAGED' | 'TOO_MANY_RECORDS'; readonly message: string };

/**
 * Returns the data of each record in a KPL aggregate; `undefined` where the magic or the checksum says that the bytes
 * are an ordinary record. Fields of the protobuf: 1 and 2 are tables of keys; 3 is a record, whose own field 3 is its
 * data. Bytes whose checksum holds and whose protobuf does not are refused.
 */
export function deaggregate(bytes: Buffer): Aggregate | undefined {
  if (bytes.length < MAGIC.length + DIGEST_BYTES || bytes.compare(MAGIC, 0, 4, 0, 4) !== 0) return undefined;
  const body = bytes.subarray(MAGIC.length, bytes.length - DIGEST_BYTES);
  const digest = createHash('md5').update(body).digest();
  if (digest.compare(bytes, bytes.length - DIGEST_BYTES) !== 0) return undefined;
  const records: Buffer[] = [];
  for (const field of fieldsOf(body)) {
    if (field === undefined) return damaged();
    if (field.number === 1 || field.number === 2) continue;
    if (field.number !== 3 || field.bytes === undefined) return damaged();
    const data = dataOf(field.bytes);
    if (data === undefined) return damaged();
    records.push(data);
    if (records.length > intakeLimits.aggregatedRecords) {
      const message = `Expected an aggregate of at most ${intakeLimits.aggregatedRecords} records, got more.`;
      return { ok: false, code: 'TOO_MANY_RECORDS', message };
    }
  }
  return { ok: true, records };
}

const damaged = (): Aggregate => ({
  ok: false,
  code: 'DAMAGED',
  message: 'Expected an aggregate of the Kinesis Producer Library to be protobuf as its checksum says.',
});

function dataOf(record: Buffer): Buffer | undefined {
  let data: Buffer | undefined;
  for (const field of fieldsOf(record)) {
    if (field === undefined) return undefined;
    // Indexes into the tables of keys, tags: nothing of the sender's. Data that appears twice would be lost
    // once.
    if (field.number !== 3) continue;
    if (field.bytes === undefined || data !== undefined) return undefined;
    data = field.bytes;
  }
  return data;
}

interface Field {
  readonly number: number;
  /** Of a field with a length; `undefined` for a number. */
  readonly bytes: Buffer | undefined;
}

/** The fields of a protobuf message; `undefined` where it is none, and nothing behind that. */
function* fieldsOf(message: Buffer): Generator<Field | undefined> {
  for (let at = 0; at < message.length;) {
    const tag = varintAt(message, at);
    const value = tag === undefined ? undefined : varintAt(message, tag.end);
    const wireType = (tag?.value ?? 0) & 7;
    if (tag === undefined || value === undefined || (wireType !== 0 && wireType !== 2)) {
      yield undefined;
      return;
    }
    const number = Math.floor(tag.value / 8);
    if (wireType === 0) {
      at = value.end;
      yield { number, bytes: undefined };
      continue;
    }
    at = value.end + value.value;
    if (at > message.length) {
      yield undefined;
      return;
    }
    yield { number, bytes: message.subarray(value.end, at) };
  }
}

/** A number of seven bits a byte, the lowest first; `undefined` where it does not end, or is beyond 2^53. */
function varintAt(bytes: Buffer, from: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  let factor = 1;
  for (let at = from; at < bytes.length && at < from + 8; at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, end: at + 1 } : undefined;
    factor *= 128;
  }
  return undefined;
}
