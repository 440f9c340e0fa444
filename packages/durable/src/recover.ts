import { closeSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DurableError } from './errors.js';
import {
  decodeSegmentHeader,
  frameAt,
  isTorn,
  isTornHeader,
  nextFrame,
  noSegment,
  SEGMENT_HEADER_BYTES,
  type SegmentEnd,
  type SegmentHeader,
} from './frame.js';
import { cutTail, type FoundTail, type TornTail } from './torn-tail.js';

/** Where an entry's payload lies; a later entry compares greater. */
export interface LogPosition {
  /** Number of the segment. */
  readonly segment: number;
  /** Where the payload begins in its file, in bytes from 0. */
  readonly offset: number;
  /** Length of the payload, bytes. */
  readonly length: number;
}

/** An entry as its reader gets it. */
export interface LogEntry {
  /** The number that it was appended with. */
  readonly tag: number;
  /** Lent: valid until the reader returns. */
  readonly payload: Buffer;
  /** Where the entry is in the log. */
  readonly position: LogPosition;
}

/** A place of a log that is not as it was written. */
export interface LogDamage {
  /** The damaged file. */
  readonly path: string;
  /** Number of the damaged segment. */
  readonly segment: number;
  /** Where the damage begins in that file, in bytes from 0. */
  readonly offset: number;
  /** What stands there and cannot be read; empty where something is missing. */
  readonly bytes: Buffer;
  /** What is wrong there, as a sentence. */
  readonly problem: string;
}

/** What was found when a log was opened. */
export interface Recovery {
  /** Sound entries. */
  readonly entries: number;
  /** What was passed over; always empty unless the log was opened with `salvage`. */
  readonly damages: readonly LogDamage[];
  /** What was left out at the end of the newest segment, or as the newest one that was never begun. */
  readonly torn: TornTail | undefined;
}

/** What recovery needs to know. */
export interface RecoverOptions {
  readonly folder: string;
  readonly from: number | undefined;
  readonly owner: Buffer;
  readonly ownerName: string | undefined;
  readonly gaps: boolean;
  readonly salvage: boolean;
  readonly visit: (entry: LogEntry) => void;
}

/** The log as recovery leaves it. */
export interface Recovered extends Recovery {
  /** Bytes of each segment by its number, in order. */
  readonly segments: Map<number, number>;
  readonly last: SegmentEnd;
}

/** The file of a segment. */
export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(9, '0')}.log`);
}

interface Found {
  readonly number: number;
  readonly path: string;
  readonly header: SegmentHeader | undefined;
}

/** Reads every entry that counts, in order; refuses what is damaged, unless it is to be salvaged. */
export function recover(options: RecoverOptions): Recovered {
  const damages: LogDamage[] = [];
  const report = (damage: LogDamage): void => {
    if (!options.salvage) throw damaged(damage);
    damages.push(damage);
  };
  const segments = new Map<number, number>();
  let entries = 0;
  let tail: FoundTail | undefined;
  let last: SegmentEnd = noSegment;
  const { found, obsolete, unfinished } = findSegments(options, report);
  for (const [index, { number, path, header }] of found.entries()) {
    const whole = readFileSync(path);
    const next = found[index + 1]?.header?.previous;
    // What stands behind the end that the next header names was torn, and was passed over then, too.
    const end = next?.number === number ? next.end : whole.length;
    segments.set(number, whole.length);
    if (header !== undefined && !follows(header, last, index === 0, options)) {
      const problem = `it does not follow the end of segment ${last.number}: a file is missing, or of another time`;
      report({ path, segment: number, offset: 0, bytes: Buffer.alloc(0), problem });
    }
    const bytes = whole.subarray(0, end);
    const newest = index === found.length - 1;
    const scan = scanSegment({ bytes, segment: number, sum: header?.sum, path, newest }, report, (entry) => {
      entries += 1;
      options.visit(entry);
    });
    tail = scan.torn;
    if (whole.length < end) {
      const problem = `it ends there, and had ${end} bytes when the next segment was begun`;
      report({ path, segment: number, offset: whole.length, bytes: Buffer.alloc(0), problem });
    }
    last = { number, end: scan.end, sum: scan.sum };
  }
  // Not before all is read: a log that is refused stays as it is.
  for (const path of obsolete) rmSync(path, { force: true });
  const begun = unfinished === undefined ? undefined : cutTail(unfinished);
  const torn = tail === undefined ? begun : cutTail(tail);
  if (tail !== undefined && torn?.keptAt !== tail.path) segments.set(last.number, tail.offset);
  return { segments, entries, damages, torn, last };
}

/** Lists the segments that count, and the files that earlier calls meant to remove. */
function findSegments(
  { folder, from, owner, ownerName }: RecoverOptions,
  report: Report,
): {
  readonly found: readonly Found[];
  readonly obsolete: readonly string[];
  /** Made by a process that ended before it put anything in. */
  readonly unfinished: FoundTail | undefined;
} {
  const numbers: number[] = [];
  const obsolete: string[] = [];
  for (const name of readdirSync(folder)) {
    const [, digits, draft] = /^(\d{9,})\.log(\.draft)?$/.exec(name) ?? [];
    if (digits === undefined) continue;
    if (draft !== undefined || Number(digits) < (from ?? 0)) obsolete.push(join(folder, name));
    else numbers.push(Number(digits));
  }
  numbers.sort((a, b) => a - b);
  const found: Found[] = [];
  let unfinished: FoundTail | undefined;
  for (const number of numbers) {
    const path = segmentPath(folder, number);
    const start = readStart(path);
    const header = decodeSegmentHeader(start);
    if (typeof header === 'object') {
      if (!header.owner.equals(owner)) throw wrongOwner(path, ownerName);
      // It holds what the earlier ones added up to: they were to be removed.
      if (header.base) obsolete.push(...found.splice(0).map(({ path: old }) => old));
      if (header.number !== number) {
        const problem = `it is named ${number}, and was written as ${header.number}`;
        report({ path, segment: number, offset: 0, bytes: Buffer.alloc(0), problem });
      }
      found.push({ number, path, header });
    } else if (number === numbers.at(-1) && isTornHeader(readFileSync(path))) {
      unfinished = { path, offset: 0, content: readFileSync(path) };
    } else if (header === 'foreign') {
      throw foreign(path);
    } else {
      report({ path, segment: number, offset: 0, bytes: start, problem: 'its header is damaged' });
      found.push({ number, path, header: undefined });
    }
  }
  return { found, obsolete, unfinished };
}

type Report = (damage: LogDamage) => void;

function follows(
  header: SegmentHeader,
  last: SegmentEnd,
  first: boolean,
  { from, gaps }: RecoverOptions,
): boolean {
  const { previous } = header;
  if (first) return header.base || gaps || header.number === (from ?? 1);
  if (previous.number === last.number) return last.sum === previous.sum && last.end === previous.end;
  return gaps && previous.number > last.number;
}

interface SegmentBytes {
  readonly bytes: Buffer;
  readonly segment: number;
  readonly path: string;
  /** What the first frame follows; undefined if the header does not say. */
  readonly sum: number | undefined;
  /** Only its end may be torn. */
  readonly newest: boolean;
}

function scanSegment(
  { bytes, segment, path, sum: first, newest }: SegmentBytes,
  report: Report,
  visit: (entry: LogEntry) => void,
): { readonly end: number; readonly sum: number; readonly torn: FoundTail | undefined } {
  let at = SEGMENT_HEADER_BYTES;
  let sum = first;
  let lastSum = first ?? 0;
  while (at < bytes.length) {
    const frame = frameAt(bytes, at);
    if (frame === undefined) {
      if (newest && isTorn(bytes, at, lastSum)) {
        return { end: at, sum: lastSum, torn: { path, offset: at, content: bytes.subarray(at) } };
      }
      const end = nextFrame(bytes, at) ?? bytes.length;
      const problem = `${end - at} bytes there do not fit their checksum`;
      report({ path, segment, offset: at, bytes: Buffer.from(bytes.subarray(at, end)), problem });
      at = end;
      sum = undefined;
      continue;
    }
    if (sum !== undefined && frame.previous !== sum) {
      const problem = 'the entry there does not follow the one before it';
      report({ path, segment, offset: at, bytes: Buffer.alloc(0), problem });
    }
    const { tag, start, end } = frame;
    const position = { segment, offset: start, length: end - start };
    visit({ tag, payload: bytes.subarray(start, end), position });
    sum = lastSum = frame.sum;
    at = end;
  }
  return { end: bytes.length, sum: lastSum, torn: undefined };
}

function readStart(path: string): Buffer {
  const fd = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(fd);
  }
}

/** Keeps a damaged segment under a name that no log reads, instead of removing it. */
export function putAside(path: string): void {
  renameSync(path, `${path}.damaged`);
}

function damaged({ path, offset, problem }: LogDamage): DurableError {
  return new DurableError(
    'LOG_DAMAGED',
    `The log ${path} is damaged at byte ${offset}: ${problem}. Nothing was changed. Bring the folder back from a copy, or open the log with \`onDamage: 'salvage'\`, which passes over what is damaged and says what that was.`,
    { path, offset },
  );
}

function foreign(path: string): DurableError {
  return new DurableError(
    'LOG_FORMAT',
    `${path} is no log of a format that this version reads; another version wrote it. Nothing was changed. Use that version, or another folder.`,
    { path },
  );
}

function wrongOwner(path: string, ownerName: string | undefined): DurableError {
  return new DurableError(
    'LOG_OWNER',
    `The log ${path} belongs to another owner than ${ownerName ?? 'nobody in particular'}. Use another folder.`,
    { path },
  );
}
