import { rmSync } from 'node:fs';
import { reportTo, type LogDamage, type Report } from './damage.js';
import {
  findSegments,
  formOf,
  putAside,
  readSegment,
  segmentPath,
  type FoundSegment,
} from './find-segments.js';
import type { LogEntry } from './frame.js';
import { apart, scanSegment } from './scan-segment.js';
import {
  decodeSegmentHeader,
  isTornHeader,
  noSegment,
  type SegmentEnd,
  type SegmentHeader,
} from './segment-header.js';
import type { ListedSegments } from './segment-list.js';
import { cutTail, type FoundTail, type TornTail } from './torn-tail.js';

/** What was found when a log was opened. */
export interface Recovery {
  /** Sound entries. */
  readonly entries: number;
  /** What was passed over; always empty unless the log was opened with `salvage`. */
  readonly damages: readonly LogDamage[];
  /**
   * What was left out at the end of the newest segment, or as the newest one that was never begun. No bytes, where
   * only the mark behind the last write is missing.
   */
  readonly torn: TornTail | undefined;
}

/** What recovery needs to know. */
export interface RecoverOptions {
  readonly folder: string;
  readonly from: number | undefined;
  /** Undefined where anybody's log is looked at. */
  readonly owner: Buffer | undefined;
  readonly ownerName: string | undefined;
  readonly gaps: boolean;
  readonly salvage: boolean;
  /** Only looks: no file is changed. */
  readonly looks: boolean;
  readonly listed: ListedSegments;
  readonly visit: (entry: LogEntry) => void;
  readonly onSalvaged: (damage: LogDamage) => void;
}

/** The log as recovery leaves it. */
export interface Recovered extends Recovery {
  /** Bytes of each segment by its number, in order. */
  readonly segments: Map<number, number>;
  /** The salt of each segment of the present format. */
  readonly salts: Map<number, number>;
  readonly last: SegmentEnd;
}

/** Reads every entry that counts, in order; refuses what is damaged, unless it is to be salvaged. */
export function recover(options: RecoverOptions): Recovered {
  const { listed } = options;
  const damages: LogDamage[] = [];
  const report = reportTo(damages, options.salvage, options.onSalvaged);
  const segments = new Map<number, number>();
  const salts = new Map<number, number>();
  let read = 0;
  let tail: FoundTail | undefined;
  let last: SegmentEnd = noSegment;
  let entries: number | undefined;
  const { found, obsolete, unfinished } = findSegments(options, report);
  for (const [index, segment] of found.entries()) {
    const { number, path, header } = segment;
    const whole = readSegment(path);
    const next = found[index + 1]?.header?.previous;
    const named = next?.number === number ? next : undefined;
    // What is behind the end that the next header names was torn, and was passed over then, too.
    const end = named?.end ?? whole.length;
    segments.set(number, whole.length);
    const { form, start } = formOf(segment, whole, listed);
    if (form.mark !== undefined) salts.set(number, form.salt);
    if (header !== undefined && !follows(header, last, index === 0, options)) {
      const problem = `it does not follow the end of segment ${last.number}: a file is missing, or of another time`;
      const before = options.gaps
        ? undefined
        : apart(
            entries ?? (index === 0 && options.from === undefined ? 0 : undefined),
            header.previous.entries,
          );
      report({ path, segment: number, offset: 0, problem, missing: before });
    }
    entries = header?.previous.entries ?? entries;
    const scan = scanSegment(
      {
        bytes: whole.subarray(0, end),
        segment: number,
        path,
        form,
        start,
        sum: header?.sum,
        entries,
        entriesAfter: named?.entries,
        newest: index === found.length - 1,
      },
      report,
      (entry) => {
        read += 1;
        options.visit(entry);
      },
    );
    tail = scan.torn;
    if (whole.length < end) {
      const problem = `it ends there, and had ${end} bytes when the next segment was begun`;
      const missing = apart(scan.entries, named?.entries);
      report({ path, segment: number, offset: whole.length, problem, missing });
    }
    entries = named?.entries ?? scan.entries;
    last = { number, end: scan.end, sum: scan.sum, entries: entries ?? read };
  }
  reportMissing(found, options, report);
  if (options.looks) {
    const seen = tail ?? unfinished;
    const torn =
      seen === undefined
        ? undefined
        : { path: seen.path, offset: seen.offset, bytes: seen.content.length, keptAt: undefined };
    return { segments, salts, entries: read, damages, torn, last };
  }
  // Not before all is read: a log that is refused stays as it is.
  for (const path of obsolete) {
    if (isSound(path)) rmSync(path, { force: true });
    else putAside(path);
  }
  const begun = unfinished === undefined ? undefined : cutTail(unfinished);
  const torn = tail === undefined ? begun : cutTail(tail);
  if (tail !== undefined && torn?.keptAt !== tail.path) segments.set(last.number, tail.offset);
  return { segments, salts, entries: read, damages, torn, last };
}

/** Nothing that is damaged is removed, not even if it does not count any more. */
function isSound(path: string): boolean {
  if (path.endsWith('.draft')) return true;
  const bytes = readSegment(path);
  const header = decodeSegmentHeader(bytes);
  if (typeof header !== 'object') return isTornHeader(bytes);
  let sound = true;
  const { form, sum, bytes: start, previous, number } = header;
  const segment = { bytes, segment: number, path, form, start, sum, entries: previous.entries };
  scanSegment(
    { ...segment, entriesAfter: undefined, newest: true },
    () => (sound = false),
    () => undefined,
  );
  return sound;
}

/** Reports the segments that the list names and that nothing else misses. */
function reportMissing(
  found: readonly FoundSegment[],
  { folder, from = 0, gaps, listed }: RecoverOptions,
  report: Report,
): void {
  const there = new Set(found.map(({ number }) => number));
  const newest = Math.max(0, ...there);
  const base = found.find(({ header }) => header?.base === true)?.number ?? 0;
  for (const number of [...listed.keys()].sort((a, b) => a - b)) {
    if (there.has(number) || number < from || number < base || (!gaps && number < newest)) continue;
    const path = segmentPath(folder, number);
    report({ path, segment: number, offset: 0, problem: 'the file is missing, with all that was in it' });
  }
}

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
