const grouped = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** `12345` as `12,345`, and from a million on as `1.23M`. */
export function count(value: number): string {
  return Math.abs(value) < 1e6 ? grouped.format(Math.round(value)) : compact.format(value);
}

/** Bytes in binary units. */
export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const unit = Math.min(4, Math.floor(Math.log2(value) / 10));
  return `${(value / 1024 ** unit).toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][unit] ?? ''}`;
}

/** Milliseconds as `383 ms`, `6.2 s`, `41 s` or `3 min`. */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** How old news is: tenths of a second, since milliseconds would flicker. */
export const age = (ms: number): string =>
  ms < 9950 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : span(ms);

/** A span of the world as `48 min`, `2 h 05` or `3 d 4 h`. */
export function worldSpan(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/**
 * `2026-01-05T08:30:00.000Z` as `Mon 5 Jan, 08:30`, in UTC. Out of the text of the date itself: `toLocaleString` took a
 * fifth of the page's script.
 */
export function worldTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '–';
  const [weekday = '', day = '', month = '', , time = ''] = at.toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${Number(day)} ${month}, ${time.slice(0, 5)}`;
}

/** An instant in milliseconds as `Mon 5 Jan`, in UTC. */
export const worldDay = (atMs: number): string => worldTime(new Date(atMs).toISOString()).slice(0, -7);

/** Real time as `15:27:22`, where the reader is. */
export const wallTime = (atMs: number): string => new Date(atMs).toLocaleTimeString('en-GB');
