import type { ColumnInfo } from '../athena-value.js';

/** What the object `….metadata` beside a result says. */
export interface ResultFacts {
  readonly queryId: string;
  readonly updateType: string | undefined;
  readonly updateCount: number | undefined;
  readonly columns: readonly ColumnInfo[];
  /** The columns are of a query's result, which names their schema and table, both empty. */
  readonly isPlanned: boolean;
}

/** Nullable: unknown. */
const UNKNOWN = 3;

/**
 * Writes the metadata in the form of Protocol Buffers that Athena writes and its JDBC driver reads. A number that is zero
 * is left out. Source: lengths measured by the project athena-local (2026-09).
 */
export function resultMetadata({
  queryId,
  updateType,
  updateCount,
  columns,
  isPlanned,
}: ResultFacts): Buffer {
  return Buffer.concat([
    text(1, queryId),
    ...(updateType === undefined ? [] : [text(2, updateType)]),
    ...(updateCount === undefined ? [] : [number(3, updateCount)]),
    ...columns.map((column) => nested(4, columnMessage(column, isPlanned))),
  ]);
}

function columnMessage(column: ColumnInfo, isPlanned: boolean): Buffer {
  return Buffer.concat([
    text(1, column.CatalogName),
    ...(isPlanned ? [text(2, column.SchemaName), text(3, column.TableName)] : []),
    text(4, column.Name),
    text(5, column.Label),
    text(6, column.Type),
    ...(column.Precision === 0 ? [] : [number(7, column.Precision)]),
    ...(column.Scale === 0 ? [] : [number(8, column.Scale)]),
    number(9, UNKNOWN),
    ...(column.CaseSensitive ? [number(10, 1)] : []),
  ]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest > 0n);
  return Buffer.from(bytes);
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

function nested(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

function text(field: number, value: string): Buffer {
  return nested(field, Buffer.from(value));
}
