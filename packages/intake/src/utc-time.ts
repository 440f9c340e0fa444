import { JsonNumber } from '@store/foundation';

const iso =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * Returns the instant in UTC as ISO 8601 in milliseconds, from the forms that real sources use: ISO 8601 with any
 * offset, with a space for the T, without a zone (taken as UTC), and seconds or milliseconds since 1970 as
 * number or text. Undefined for anything else, and for days that no calendar has.
 *
 * @example
 * ```ts
 * import { toUtcIso } from '@store/intake';
 *
 * console.log(toUtcIso('2026-01-05 09:00:00+01:00')); // 2026-01-05T08:00:00.000Z
 * ```
 */
export function toUtcIso(value: unknown): string | undefined {
  if (typeof value === 'number') return fromEpoch(value);
  if (value instanceof JsonNumber) return fromEpoch(value.toNumber());
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^-?\d{9,16}(\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  const parts = iso.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const ms = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms));
  // Date.UTC carries 30 February over into March; such a day is an error, not another day.
  const carried =
    local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day || minute > 59 || second > 59;
  if (carried) return undefined;
  return fromMs(local.getTime() - offsetMs(parts[8]));
}

/** Below 100 billion it is seconds (until the year 5138), from there on milliseconds (since 1973). */
function fromEpoch(value: number): string | undefined {
  return fromMs(Math.abs(value) < 1e11 ? value * 1000 : value);
}

function fromMs(ms: number): string | undefined {
  const rounded = Math.round(ms);
  // Only years of four digits have the form that the lake's readers expect.
  if (!(rounded >= -62_167_219_200_000 && rounded <= 253_402_300_799_999)) return undefined;
  return new Date(rounded).toISOString();
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
