import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Report } from './damage.js';
import { DurableError } from './errors.js';
import { frameForms, type FrameForm } from './frame.js';
import { saltOf } from './salt.js';
import {
  decodeSegmentHeader,
  FIRST_HEADER_BYTES,
  isTornHeader,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
} from './segment-header.js';
import type { ListedSegments } from './segment-list.js';
import type { FoundTail } from './torn-tail.js';

/** The largest segment: it is read in one call. */
export const MOST_SEGMENT_BYTES: number = 2 ** 31;
/** A group may begin below that and end above; no group is larger than this. */
const MOST_FILE_BYTES = MOST_SEGMENT_BYTES + 2 ** 30;

/** The file of a segment. */
export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(9, '0')}.log`);
}

/** A segment's file; one whose header cannot be read has none. */
export interface FoundSegment {
  readonly number: number;
  readonly path: string;
  readonly header: SegmentHeader | undefined;
}

/** Files in the folder of a log. */
export interface FoundSegments {
  readonly found: readonly FoundSegment[];
  /** What earlier calls meant to remove. */
  readonly obsolete: readonly string[];
  /** Made by a process that ended before it put anything in. */
  readonly unfinished: FoundTail | undefined;
}

/** What finding needs to know. */
export interface FindOptions {
  readonly folder: string;
  readonly from: number | undefined;
  /** Undefined where anybody's log is looked at. */
  readonly owner: Buffer | undefined;
  readonly ownerName: string | undefined;
  readonly salvage: boolean;
  /** Only looks: no file is changed. */
  readonly looks: boolean;
  readonly listed: ListedSegments;
}

/** Lists the segments that count, and the files that earlier calls meant to remove. */
export function findSegments(options: FindOptions, report: Report): FoundSegments {
  const { folder, from = 0, listed } = options;
  const names = readdirSync(folder).map((name) => /^(\d{9,})\.log(\.draft)?$/.exec(name));
  const obsolete: string[] = [];
  const numbers: number[] = [];
  for (const match of names) {
    const [name = '', digits, draft] = match ?? [];
    if (digits === undefined) continue;
    if (draft !== undefined || Number(digits) < from) obsolete.push(join(folder, name));
    else numbers.push(Number(digits));
  }
  const placed = putInPlace(numbers, options, report);
  const found: FoundSegment[] = [];
  let unfinished: FoundTail | undefined;
  for (const [index, number] of placed.entries()) {
    const path = segmentPath(folder, number);
    const header = headerOf(path, options);
    if (typeof header === 'object' && isForeign(header, listed.get(number))) {
      const problem = 'it is intact, but this log did not write it: it is from another log, or an older copy';
      report({ path, segment: number, offset: 0, problem, bytes: readStart(path) });
      found.push({ number, path, header: undefined });
    } else if (typeof header === 'object') {
      // It holds what the earlier ones added up to: they were to be removed.
      if (header.base) obsolete.push(...found.splice(0).map(({ path: old }) => old));
      found.push({ number, path, header });
    } else if (index === placed.length - 1 && !listed.has(number) && isTornHeader(readFileSync(path))) {
      unfinished = { path, offset: 0, content: readFileSync(path), mark: undefined };
    } else if (header === 'foreign') {
      throw foreign(path);
    } else {
      report({ path, segment: number, offset: 0, problem: 'its header is damaged', bytes: readStart(path) });
      found.push({ number, path, header: undefined });
    }
  }
  return { found, obsolete, unfinished };
}

/** Whether a segment has another salt than the list says. Segments of the first format have no salt. */
function isForeign({ form }: SegmentHeader, listed: number | undefined): boolean {
  return listed !== undefined && form.mark !== undefined && form.salt !== listed;
}

/** Files under each other's names: those who salvage get them under their own; a second copy is kept aside. */
function putInPlace(numbers: readonly number[], options: FindOptions, report: Report): readonly number[] {
  const { folder } = options;
  const wrong = new Map<number, number>();
  for (const number of numbers) {
    const header = headerOf(segmentPath(folder, number), options);
    if (typeof header === 'object' && header.number !== number) wrong.set(number, header.number);
  }
  for (const [number, written] of wrong) {
    const problem = `it is named ${number}, and was written as ${written}`;
    report({ path: segmentPath(folder, number), segment: number, offset: 0, problem, missing: 0 });
  }
  if (options.looks) return numbers.filter((number) => !wrong.has(number)).sort((a, b) => a - b);
  // Only those who salvage come here with any.
  for (const number of wrong.keys()) {
    renameSync(segmentPath(folder, number), `${segmentPath(folder, number)}.misplaced`);
  }
  const right = new Set(numbers.filter((number) => !wrong.has(number)));
  for (const [number, written] of wrong) {
    const misplaced = `${segmentPath(folder, number)}.misplaced`;
    if (right.has(written)) renameSync(misplaced, freeName(`${segmentPath(folder, number)}.damaged`));
    else {
      renameSync(misplaced, segmentPath(folder, written));
      right.add(written);
    }
  }
  const { from = 0 } = options;
  return [...right].filter((number) => number >= from).sort((a, b) => a - b);
}

/** A name that holds nothing yet. */
function freeName(path: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${path}.${number}`;
    if (!existsSync(name)) return name;
  }
}

/** Keeps a damaged segment under a name that no log reads, instead of removing it. */
export function putAside(path: string): void {
  renameSync(path, freeName(`${path}.damaged`));
}

function headerOf(path: string, { owner, ownerName }: FindOptions): SegmentHeader | 'foreign' | 'damaged' {
  const header = decodeSegmentHeader(readStart(path));
  if (typeof header === 'object' && owner?.equals(header.owner) === false) throw wrongOwner(path, ownerName);
  return header;
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

/** Reads a segment whole; one that is larger than any log writes is refused by name instead of being taken in. */
export function readSegment(path: string): Buffer {
  const { size } = statSync(path);
  if (size <= MOST_FILE_BYTES) return readFileSync(path);
  const problem = `it has ${size} bytes, more than any segment`;
  throw new DurableError(
    'LOG_DAMAGED',
    `The log ${path} is damaged at byte ${MOST_FILE_BYTES}: ${problem}. Nothing was changed. Move the file away to continue without what is in it.`,
    { path, offset: MOST_FILE_BYTES, problem },
  );
}

/** How the frames of a segment are written; the salt of one with a damaged header is on the list, or found out. */
export function formOf(
  { number, header }: FoundSegment,
  bytes: Buffer,
  listed: ListedSegments,
): { readonly form: FrameForm; readonly start: number } {
  if (header !== undefined) return { form: header.form, start: header.bytes };
  const salt = listed.get(number) ?? saltOf(bytes, SEGMENT_HEADER_BYTES);
  if (salt === undefined) return { form: frameForms.first(), start: FIRST_HEADER_BYTES };
  return { form: frameForms.current(salt), start: SEGMENT_HEADER_BYTES };
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
