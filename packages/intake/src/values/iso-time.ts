import type { TimeParts } from './local-time.js';

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Reads ISO 8601 into parts: a date, or a date and a time behind `T` or a blank, with an offset or without. */
export function isoTime(text: string, parts: TimeParts): boolean {
  const found = iso.exec(text);
  if (found === null) return false;
  parts.year = Number(found[1]);
  parts.month = Number(found[2]);
  parts.day = Number(found[3]);
  parts.hasTime = found[4] !== undefined;
  parts.hour = Number(found[4] ?? 0);
  parts.minute = Number(found[5] ?? 0);
  parts.second = Number(found[6] ?? 0);
  parts.ms = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'));
  parts.offsetMs = found[8] === undefined ? undefined : readOffset(found[8]);
  return found[8] === undefined || parts.offsetMs !== undefined;
}

/** Milliseconds east of UTC that `Z`, `+01`, `+0100` or `+01:00` says; undefined for more than 18 hours or 59 minutes. */
export function readOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = text.length > 3 ? Number(text.slice(-2)) : 0;
  if (hours > 18 || minutes > 59) return undefined;
  const ms = (hours * 60 + minutes) * 60_000;
  return text.startsWith('-') ? -ms : ms;
}
