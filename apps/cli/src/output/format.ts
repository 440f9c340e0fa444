import pc from 'picocolors';
import type { Output, Terminal } from '../terminal/terminal.js';

const grouped = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** `12345` as `12,345`. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** `12345` as `12.3K`: for rates and narrow places. */
export function formatCompact(value: number): string {
  return compact.format(value);
}

/** Bytes in binary units: `4.8 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${value} B` : `${value.toFixed(value < 10 ? 2 : 1)} ${units[unit] ?? ''}`;
}

/** A duration as people say it: `420 ms`, `3.2 s`, `4 min 05 s`, `2 h 03 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
}

/** Dollars with as many digits as the amount needs: `$0.0106`, `$12.40`. */
export function formatDollars(dollars: number): string {
  if (dollars === 0) return '$0';
  if (Math.abs(dollars) >= 1)
    return `$${new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(dollars)}`;
  const digits = Math.min(8, Math.max(2, 2 - Math.floor(Math.log10(Math.abs(dollars)))));
  return `$${dollars.toFixed(digits)}`;
}

/** One of something, or many: `1 row`, `2,000 rows`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Functions that colour a text, or leave it alone. */
export type Colours = ReturnType<typeof pc.createColors>;

/** Colours for one output: on a terminal, unless NO_COLOR is set or FORCE_COLOR is 0; elsewhere only by FORCE_COLOR. */
export function coloursFor(output: Output, env: Terminal['env']): Colours {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return pc.createColors(false);
  const { FORCE_COLOR: forced = '' } = env;
  if (forced !== '') return pc.createColors(!['0', 'false'].includes(forced));
  return pc.createColors(output.isTTY === true && env.TERM !== 'dumb');
}

const bars = '▁▂▃▄▅▆▇█';

/** The latest values as a row of bars, the largest the tallest. */
export function sparkLine(values: readonly number[], width = 16): string {
  const shown = values.slice(-width);
  const top = Math.max(...shown, 1e-9);
  return shown
    .map((value) => bars[Math.min(7, Math.floor((Math.max(0, value) / top) * 7.999))] ?? ' ')
    .join('');
}

/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection", 2026). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Returns one field of a CSV file (RFC 4180). A text that a spreadsheet would run as a formula gets a `'` in front;
 * numbers stay numbers. `raw` leaves every text as it is, for programs.
 */
export function csvField(text: string, raw: boolean): string {
  const guarded = !raw && formula.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
