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

/** `2026-01-05T08:30:00.000Z` as `Mon 5 Jan, 08:30`, in UTC. */
export function worldTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '–';
  const part = (options: Intl.DateTimeFormatOptions): string =>
    at.toLocaleString('en-GB', { timeZone: 'UTC', ...options });
  return `${part({ weekday: 'short' })} ${part({ day: 'numeric', month: 'short' })}, ${part({ hour: '2-digit', minute: '2-digit' })}`;
}
