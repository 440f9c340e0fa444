import { queryLimits } from '../query/query-limits.js';
import { readJson, stringifyJson } from '@store/foundation';
import type { DuckDbType } from './duckdb-type.js';

/** Whether a type is that of a timestamp with time zone, which the engine holds as a row. */
export function isZoned(type: DuckDbType): boolean {
  return type.kind === 'struct' && type.fields[0]?.name === '$utc';
}

/** Whether a type is that of JSON, which the engine holds as a row. */
export function isJson(type: DuckDbType): boolean {
  return type.kind === 'struct' && type.fields[0]?.name === '$json';
}

const field = (value: unknown, at: number): unknown => (Array.isArray(value) ? value[at] : undefined);

/** An instant in its zone: `2020-05-11 11:15:05.000 +05:00`. */
export function zonedText(value: unknown): string | undefined {
  const utc = field(value, 0);
  const zone = field(value, 1);
  if (typeof utc !== 'string' || typeof zone !== 'string') return undefined;
  const ms = Date.parse(`${utc.slice(0, 23).replace(' ', 'T')}Z`);
  const local = new Date(ms + offsetMinutes(zone, ms) * 60_000);
  return `${local.toISOString().slice(0, 23).replace('T', ' ')} ${zone}`;
}

function offsetMinutes(zone: string, ms: number): number {
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    return fixed[1] === '-' ? -minutes : minutes;
  }
  if (zone === 'UTC') return 0;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return Math.round((local - Math.floor(ms / 1000) * 1000) / 60_000);
}

/** JSON as it was made: with its keys in order where `json_parse` or a cast made it, and it is not too deep. */
export function jsonText(value: unknown): string | undefined {
  const text = field(value, 0);
  if (typeof text !== 'string') return undefined;
  if (field(value, 1) !== true) return text;
  const read = readJson(text, { maxDepth: queryLimits.sortedJsonDepth });
  return read.ok ? inOrder(read.value) : text;
}

// As text, since an object has its keys that are numbers first.
function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return stringifyJson(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${stringifyJson(key)}:${inOrder(item)}`).join(',')}}`;
}

/** An interval as Trino writes it: `3-5` for years and months, else `2 03:00:00.000`. */
export function intervalText(text: string): string {
  const of = (unit: string): number => Number(new RegExp(`(-?\\d+) ${unit}`).exec(text)?.[1] ?? 0);
  const months = of('year') * 12 + of('month');
  const clock = /(-?)(\d+):(\d\d):(\d\d)(?:\.(\d+))?/.exec(text);
  const days = of('day');
  if (months !== 0 && days === 0 && clock === null) {
    const size = Math.abs(months);
    return `${months < 0 ? '-' : ''}${Math.floor(size / 12)}-${size % 12}`;
  }
  const [, sign = '', hours = '0', minutes = '0', seconds = '0', fraction = ''] = clock ?? [];
  const timeMs =
    (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 +
    Number(fraction.padEnd(3, '0').slice(0, 3));
  const ms = days * 86_400_000 + (sign === '-' ? -timeMs : timeMs);
  const size = Math.abs(ms);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = size % 86_400_000;
  return `${ms < 0 ? '-' : ''}${Math.floor(size / 86_400_000)} ${two(rest / 3_600_000)}:${two((rest / 60_000) % 60)}:${two((rest / 1000) % 60)}.${String(rest % 1000).padStart(3, '0')}`;
}
