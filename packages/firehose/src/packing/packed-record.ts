import type { FirehoseError } from '../errors.js';
import type { Receipt } from '../producer.js';
import type { SpoolEntry } from '../spool/spool-entry.js';
import type { Slab } from './slab-pool.js';

/** The callers who wait for the events of one record. */
export type Receipts = readonly {
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: FirehoseError) => void;
}[];

/** One record, sealed: its place in a slab and what has happened to it. */
export interface PackedRecord {
  readonly slab: Slab;
  /** Where `{"Data":"…"}` begins; the byte before it is a comma. */
  readonly start: number;
  readonly end: number;
  /** Bytes before base64: what the service counts and bills. */
  readonly rawBytes: number;
  readonly events: number;
  /** When its first event was put. */
  readonly openedAt: number;
  /** Which flush waits for it. */
  readonly epoch: number;
  /** Those who asked for a receipt of one of its events. */
  readonly receipts: Receipts | undefined;
  /** How often it was sent. */
  attempts: number;
  /** An attempt had an unknown outcome. */
  ambiguous: boolean;
  /** Not to be sent again before this. */
  notBefore: number;
  /** Why the last attempt did not deliver it. */
  lastError: FirehoseError | undefined;
  /** Its copy on disk. */
  spoolEntry: SpoolEntry | undefined;
}

/** `{"Data":"` and `"}` around the base64 text. */
export const RECORD_OPEN: Buffer = Buffer.from('{"Data":"');
export const RECORD_CLOSE: Buffer = Buffer.from('"}');

/** Bytes of a record's text in a slab, with the comma before it. */
export function recordTextBytes(rawBytes: number): number {
  return 1 + RECORD_OPEN.length + Math.ceil(rawBytes / 3) * 4 + RECORD_CLOSE.length;
}

/** The record's own bytes, decoded from its text. */
export function recordData(record: PackedRecord): Buffer {
  const { slab, start, end } = record;
  const text = slab.bytes.toString('latin1', start + RECORD_OPEN.length, end - RECORD_CLOSE.length);
  return Buffer.from(text, 'base64');
}
