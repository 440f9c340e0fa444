import { inertText } from '@store/foundation';
import { IntakeError } from '../errors.js';

/** A place's clock. */
export interface TimeZone {
  /** Returns the instant, in milliseconds since 1970, at which the place's clock shows `localMs` (read as if it were UTC). */
  toUtc(localMs: number): number;
}

const DAY_MS = 86_400_000;
/** No zone of the time zone database has had two changes within a week since clocks are set by law. */
const PROBE_MS = 7 * DAY_MS;
/** Years whose changes are kept for a zone: a file of other years is read, only slower. */
const YEARS_KEPT = 128;

const known = new Map<string, TimeZone>();
/** Zones that are kept: there are about 600 names. */
const ZONES_KEPT = 1_000;

/**
 * Returns the clock of a zone by its name in the IANA time zone database (`Europe/Vienna`), of `UTC`, or of a fixed offset
 * (`+01:00`). It does not depend on the machine's own zone.
 *
 * A time that a clock shows twice, when it is put back, is the first of the two; a time that it leaves out, when it is put
 * forward, counts as if it had not been put forward yet (02:30 becomes 03:30): as `Temporal` does by default.
 *
 * @throws IntakeError `UNKNOWN_ZONE` when there is no such zone
 *
 * @example
 * ```ts
 * import { timeZone } from '@store/intake';
 *
 * const noon = timeZone('Europe/Vienna').toUtc(Date.UTC(2026, 6, 1, 12));
 * console.log(new Date(noon).toISOString()); // 2026-07-01T10:00:00.000Z
 * ```
 */
export function timeZone(name: string): TimeZone {
  const found = known.get(name);
  if (found !== undefined) return found;
  const zone = fixedZone(name) ?? namedZone(name);
  if (known.size < ZONES_KEPT) known.set(name, zone);
  return zone;
}

function fixedZone(name: string): TimeZone | undefined {
  if (name === 'UTC' || name === 'Z') return { toUtc: (localMs) => localMs };
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(name) ?? [];
  if (sign === undefined || Number(hours) > 18 || Number(minutes) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  return { toUtc: (localMs) => localMs - offset };
}

/** The offsets of a year, in order: `offsets[i]` holds from the instant `starts[i]` on. */
interface YearOffsets {
  /** Local times for which this table is asked. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

function namedZone(name: string): TimeZone {
  const offsetAt = offsetReader(name);
  const years = new Map<number, YearOffsets>();
  let last: YearOffsets | undefined;
  return {
    toUtc(localMs) {
      if (last === undefined || localMs < last.fromMs || localMs >= last.toMs) last = yearOf(localMs);
      const { starts, offsets } = last;
      let before = offsets[0] ?? 0;
      for (let index = 0; index < starts.length; index++) {
        const offset = offsets[index] ?? 0;
        const instant = localMs - offset;
        // Before this offset begins and after the one before has ended: the clock never showed it.
        if (instant < (starts[index] ?? 0)) return localMs - before;
        if (instant < (starts[index + 1] ?? Infinity)) return instant;
        before = offset;
      }
      return localMs - before;
    },
  };

  function yearOf(localMs: number): YearOffsets {
    const year = new Date(localMs).getUTCFullYear();
    const kept = years.get(year);
    if (kept !== undefined) return kept;
    const made = offsetsOfYear(year, offsetAt);
    if (years.size >= YEARS_KEPT) years.clear();
    years.set(year, made);
    return made;
  }
}

function offsetsOfYear(year: number, offsetAt: (ms: number) => number): YearOffsets {
  const fromMs = new Date(0).setUTCFullYear(year, 0, 1);
  const toMs = new Date(0).setUTCFullYear(year + 1, 0, 1);
  // Local and universal time differ by less than two days.
  let at = fromMs - 2 * DAY_MS;
  let offset = offsetAt(at);
  const starts = [-Infinity];
  const offsets = [offset];
  for (let next = at + PROBE_MS; at < toMs + 2 * DAY_MS; at = next, next += PROBE_MS) {
    const after = offsetAt(next);
    if (after === offset) continue;
    let [low, high] = [at, next];
    while (high - low > 1_000) {
      const middle = low + Math.floor((high - low) / 2_000) * 1_000;
      if (offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    offset = after;
    starts.push(high);
    offsets.push(offset);
  }
  return { fromMs, toMs, starts, offsets };
}

function offsetReader(name: string): (ms: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch (cause) {
    const message = `Expected a time zone such as Europe/Vienna, UTC or +01:00, got ${JSON.stringify(inertText(name, 80))}.`;
    throw new IntakeError('UNKNOWN_ZONE', message, [], { cause });
  }
  return (ms) => {
    const [, sign, hours = '0', minutes = '0', seconds = '0'] =
      /GMT(?:([+-])(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(format.format(ms)) ?? [];
    const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
    return sign === '-' ? -offset : offset;
  };
}
