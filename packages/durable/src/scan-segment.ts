import type { Report } from './damage.js';
import {
  claimAt,
  encodeMark,
  FRAME_HEADER_BYTES,
  frameAt,
  markAt,
  nextFrame,
  type Frame,
  type FrameForm,
  type LogEntry,
} from './frame.js';
import { isTorn, isZero } from './torn-write.js';
import type { FoundTail } from './torn-tail.js';

/** A segment in memory, and what is known of it from outside. */
export interface SegmentBytes {
  readonly bytes: Buffer;
  readonly segment: number;
  readonly path: string;
  readonly form: FrameForm;
  /** Where its frames begin. */
  readonly start: number;
  /** What the first frame follows; undefined if the header does not say. */
  readonly sum: number | undefined;
  /** Entries before it; undefined if nothing says so. */
  readonly entries: number | undefined;
  /** Entries before the next segment, as that says. */
  readonly entriesAfter: number | undefined;
  /** Only its end may be torn. */
  readonly newest: boolean;
}

/** Where a segment ends. */
export interface Scanned {
  readonly end: number;
  readonly sum: number;
  /** Entries up to there; undefined if nothing says so. */
  readonly entries: number | undefined;
  readonly torn: FoundTail | undefined;
}

/** Calls back with every sound entry of a segment, in order; reports all that is not as it was written. */
export function scanSegment(
  {
    bytes,
    segment,
    path,
    form,
    start: first,
    sum: begin,
    entries: before,
    entriesAfter,
    newest,
  }: SegmentBytes,
  report: Report,
  visit: (entry: LogEntry) => void,
): Scanned {
  let at = first;
  let sum = begin;
  let lastSum = begin ?? 0;
  let entries = before;
  let damagedEnd = false;
  const torn = (): Scanned => ({
    end: at,
    sum: lastSum,
    entries,
    torn: { path, offset: at, content: bytes.subarray(at), mark: markOf(form, lastSum, entries) },
  });
  while (at < bytes.length) {
    const frame = frameAt(form, bytes, at);
    if (frame === undefined) {
      const mark = markAt(form, bytes, at);
      const rest = mark === undefined ? undefined : bytes.subarray(mark.end);
      if (
        mark !== undefined &&
        rest !== undefined &&
        (sum === undefined || mark.previous === sum) &&
        isZero(rest)
      ) {
        const zeros = { path, offset: mark.end, content: rest, mark: undefined };
        const known = entries ?? mark.entries;
        return { end: at, sum: lastSum, entries: known, torn: rest.length === 0 ? undefined : zeros };
      }
      if (newest && isTorn(form, bytes, at, { sum: lastSum, mark: markOf(form, lastSum, entries) }))
        return torn();
      const end = nextFrame(form, bytes, at) ?? bytes.length;
      const next = frameAt(form, bytes, end) ?? markAt(form, bytes, end);
      const claim = claimAt(form, bytes, at);
      const counted = next === undefined ? entriesAfter : next.entries;
      const lostMark = end === bytes.length && form.mark !== undefined && isLike(form.mark, bytes, at, end);
      const missing = apart(entries, counted) ?? (lostMark ? 0 : claim?.end === end ? 1 : undefined);
      damagedEnd = end === bytes.length;
      report({
        path,
        segment,
        offset: at,
        bytes: Buffer.from(bytes.subarray(at, end)),
        problem: lostMark
          ? 'the mark behind the last entry does not fit its checksum'
          : `${end - at} bytes there do not fit their checksum`,
        missing,
        tag: missing === 1 ? claim?.tag : undefined,
        payload: missing === 1 ? Buffer.from(bytes.subarray(at + form.bytes, end)) : undefined,
      });
      at = end;
      sum = undefined;
      entries = counted ?? (missing === undefined || entries === undefined ? undefined : entries + missing);
      continue;
    }
    const again = entries !== undefined && frame.entries !== undefined && isBefore(frame.entries, entries);
    if (sum !== undefined && frame.previous !== sum) {
      const problem = again
        ? 'an entry there was read before'
        : 'the entry there does not follow the one before it';
      report({ path, segment, offset: at, problem, missing: again ? 0 : apart(entries, frame.entries) });
    }
    at = frame.end;
    sum = lastSum = frame.sum;
    if (again) continue;
    entries = entriesBehind(frame, entries);
    const position = { segment, offset: frame.start, length: frame.end - frame.start };
    visit({ tag: frame.tag, payload: bytes.subarray(frame.start, frame.end), position });
  }
  // The mark of the last write is missing: that write never ended, or the file was cut just there.
  return newest && form.mark !== undefined && !damagedEnd
    ? torn()
    : { end: at, sum: lastSum, entries, torn: undefined };
}

/** A mark of which a part is damaged. */
function isLike(mark: Buffer, bytes: Buffer, at: number, end: number): boolean {
  const same = mark.filter((byte, index) => bytes[at + index] === byte).length;
  return end - at === FRAME_HEADER_BYTES && same >= mark.length - 1;
}

function markOf(form: FrameForm, sum: number, entries = 0): Buffer | undefined {
  return form.mark === undefined ? undefined : encodeMark({ salt: form.salt, sum, entries });
}

const WORD = 2 ** 32;

/** Entries behind a frame: it has the lower 32 bits of how many are before it. */
function entriesBehind(frame: Frame, entries: number | undefined): number | undefined {
  if (frame.entries === undefined) return entries === undefined ? undefined : entries + 1;
  return (entries === undefined ? frame.entries : entries + (apart(entries, frame.entries) ?? 0)) + 1;
}

/** How many entries are between two counts, of which 32 bits are known; undefined if the second is no later one. */
export function apart(from: number | undefined, to: number | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  const difference = (((to - from) % WORD) + WORD) % WORD;
  return difference < WORD / 2 ? difference : undefined;
}

const isBefore = (count: number, entries: number): boolean => apart(entries, count) === undefined;
