import type { DuckDBValue } from '@duckdb/node-api';
import { duckDbApi } from './duckdb-api.js';

const {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBArrayValue,
} = duckDbApi();

/**
 * A DuckDB value as plain JavaScript: whole numbers as `number` where that is exact and as `bigint` where it is
 * not, decimals as their text, dates and times as SQL text, nested values as arrays and objects.
 */
export function plainValue(value: DuckDBValue): unknown {
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [key, plainValue(item)]));
  }
  if (value instanceof DuckDBMapValue) {
    return Object.fromEntries(
      value.entries.map(({ key, value: item }) => [String(plainValue(key)), plainValue(item)]),
    );
  }
  return single(value, plainValue);
}

/**
 * A DuckDB value as {@link plainValue} gives it, except that a row is the list of its values and a map the list of its
 * pairs: an object would bring names that are numbers into another order, and make text of a map's keys.
 */
export function orderedValue(value: DuckDBValue): unknown {
  if (value instanceof DuckDBStructValue) return Object.values(value.entries).map(orderedValue);
  if (value instanceof DuckDBMapValue) {
    return value.entries.map(({ key, value: item }) => [orderedValue(key), orderedValue(item)]);
  }
  return single(value, orderedValue);
}

function single(value: DuckDBValue, inner: (value: DuckDBValue) => unknown): unknown {
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(inner);
  if (value instanceof DuckDBBlobValue) return value.bytes;
  if (value instanceof DuckDBDecimalValue || value instanceof DuckDBDateValue) return value.toString();
  if (isTimestamp(value)) return timestampText(value.toString());
  return value.toString();
}

function isTimestamp(value: object): boolean {
  return (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampTZValue ||
    value instanceof DuckDBTimestampSecondsValue ||
    value instanceof DuckDBTimestampMillisecondsValue ||
    value instanceof DuckDBTimestampNanosecondsValue
  );
}

/** Milliseconds are always written, as Athena does; what is finer only where it is there. */
function timestampText(text: string): string {
  const [, head = text, fraction = '', zone = ''] =
    /^(.{10,} \d\d:\d\d:\d\d)(?:\.(\d+))?([+-].*)?$/.exec(text) ?? [];
  return `${head}.${fraction.padEnd(3, '0')}${zone}`;
}
