import { readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { FirehoseError } from '../errors.js';
import { type Cursor, readCursor } from './cursor.js';
import { scanSegment, SEGMENT_HEADER_BYTES, segmentHeader, type Frame } from './frame.js';
import { Segment } from './segment.js';
import { spoolCorruptError } from './spool-errors.js';

/** A record on disk. */
export interface SpoolEntry {
  readonly segment: Segment;
  readonly index: number;
  readonly frame: Frame;
}

/** Bytes of a segment that cannot be read as a record. */
export interface DamagedBytes {
  readonly data: Buffer;
  readonly error: FirehoseError;
}

/** What earlier processes have left. */
export interface Recovered {
  readonly entries: readonly SpoolEntry[];
  readonly segments: readonly Segment[];
  readonly damaged: readonly DamagedBytes[];
  readonly nextSeq: number;
  /** How often the cursor was written. */
  readonly cursorCount: number;
}

const SEGMENT_NAME = /^seg-(\d{10})\.fhs$/;

/** The file of a segment. */
export function segmentPath(dir: string, seq: number): string {
  return join(dir, `seg-${String(seq).padStart(10, '0')}.fhs`);
}

/** Finds the records that earlier processes have not delivered. */
export function recover(dir: string, deliveryStreamName: string): Recovered {
  const { cursor, count } = readCursor(dir);
  const entries: SpoolEntry[] = [];
  const segments: Segment[] = [];
  const damaged: DamagedBytes[] = [];
  let nextSeq = 1;
  for (const name of readdirSync(dir).sort()) {
    const seq = Number(SEGMENT_NAME.exec(name)?.[1] ?? NaN);
    if (Number.isNaN(seq)) continue;
    nextSeq = seq + 1;
    const found = recoverSegment(dir, seq, deliveryStreamName, cursor, damaged);
    if (found === undefined) continue;
    segments.push(found.segment);
    entries.push(...found.entries);
  }
  return { entries, segments, damaged, nextSeq, cursorCount: count };
}

function recoverSegment(
  dir: string,
  seq: number,
  deliveryStreamName: string,
  cursor: Cursor,
  damaged: DamagedBytes[],
): { segment: Segment; entries: SpoolEntry[] } | undefined {
  const path = segmentPath(dir, seq);
  // A process that was killed while it made the segment has put nothing into it.
  if (statSync(path).size < SEGMENT_HEADER_BYTES) {
    unlinkSync(path);
    return undefined;
  }
  const bytes = readFileSync(path);
  checkHeader(path, bytes, deliveryStreamName);
  const { frames, damages } = scanSegment(bytes);
  for (const { offset, length } of damages) {
    const error = spoolCorruptError(path, offset, `${length} bytes do not match their checksum.`);
    damaged.push({ data: Buffer.from(bytes.subarray(offset, offset + length)), error });
  }
  const segment = Segment.open(seq, path, bytes.length, frames.length);
  // Damage shifts the indices, so the cursor no longer says which records it means: send all again.
  const [low, sparse] = (damages.length === 0 ? cursor.get(seq) : undefined) ?? [0, []];
  const entries: SpoolEntry[] = [];
  const acknowledged = new Set(sparse);
  frames.forEach((frame, index) => {
    if (index < low || acknowledged.has(index)) segment.acknowledge(index);
    else entries.push({ segment, index, frame });
  });
  if (segment.done) {
    segment.remove();
    return undefined;
  }
  return { segment, entries };
}

/** The first eight bytes say what it is, the others whose; a damaged header is not taken for another stream's. */
function checkHeader(path: string, bytes: Buffer, deliveryStreamName: string): void {
  const header = bytes.subarray(0, SEGMENT_HEADER_BYTES);
  const expected = segmentHeader(deliveryStreamName);
  if (header.equals(expected)) return;
  let same = 0;
  for (let i = 8; i < SEGMENT_HEADER_BYTES; i++) if (header[i] === expected[i]) same++;
  // Two different hashes agree in about a tenth of a byte; a damaged one still agrees in most.
  if (same >= 12) return;
  throw new FirehoseError(
    'INVALID_OPTION',
    `Expected \`spool.dir\` to hold records of the delivery stream ${deliveryStreamName}, but ${path} is another's.`,
  );
}
