import { WorldError } from '../errors.js';

const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;
const EARLIEST = Date.UTC(1970, 0, 11);
const LATEST = Date.UTC(9000, 0, 1);

/** Milliseconds since 1970 of a day, an ISO instant with its offset, or a Date. @throws WorldError */
export function instantMs(option: string, value: string | Date): number {
  // A Date from another realm is not an instance of ours, but has its methods.
  const ms = typeof value === 'string' ? (iso.test(value) ? Date.parse(value) : Number.NaN) : Number(value);
  if (ms >= EARLIEST && ms <= LATEST && (typeof value !== 'string' || isRealDay(value))) return ms;
  throw new WorldError(
    'INVALID_OPTION',
    option,
    value,
    'a day such as 2026-01-05, an instant such as 2026-01-05T08:00:00Z, or a Date, from 1970-01-11 to 8999',
  );
}

// Date.parse takes 2026-02-30 for the second of March.
function isRealDay(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
