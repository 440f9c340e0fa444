import { MAX_VARCHAR_LENGTH } from '../../glue-limits.js';
import type { ColumnType } from '../../table-schema.js';
import type { TypeShape } from '../type-view.js';

/** `int` where the bounds say that every value fits it, else `bigint`. */
export function integerType(node: Readonly<Record<string, unknown>>): ColumnType {
  const low = bound(node.minimum, node.exclusiveMinimum, 1);
  const high = bound(node.maximum, node.exclusiveMaximum, -1);
  const fits = low !== undefined && high !== undefined && low >= -(2 ** 31) && high < 2 ** 31;
  return fits ? { kind: 'int' } : { kind: 'bigint', wire: 'number' };
}

function bound(inclusive: unknown, exclusive: unknown, step: number): number | undefined {
  if (typeof inclusive === 'number') return inclusive;
  return typeof exclusive === 'number' ? exclusive + step : undefined;
}

/** Formats with a column type of their own; every other text is a string. */
export function stringShape(node: Readonly<Record<string, unknown>>): TypeShape {
  if (node.format === 'date-time') return { kind: 'stated', type: { kind: 'timestamp', wire: 'iso' } };
  if (node.format === 'date') return { kind: 'stated', type: { kind: 'date' } };
  const { maxLength } = node;
  if (typeof maxLength === 'number' && maxLength >= 1 && maxLength <= MAX_VARCHAR_LENGTH)
    return { kind: 'stated', type: { kind: 'varchar', length: maxLength } };
  return { kind: 'string' };
}
