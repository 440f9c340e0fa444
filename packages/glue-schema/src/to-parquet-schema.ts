import type { GlueType } from './glue-type.js';
import type { TableSchema } from './table-schema.js';
import { toGlueColumns, toGlueType } from './to-glue-columns.js';

/** How Parquet stores a primitive. */
export type ParquetPhysicalType =
  'BOOLEAN' | 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE' | 'BYTE_ARRAY' | 'FIXED_LEN_BYTE_ARRAY';

/** One node of a Parquet schema: a primitive has a physical type, a group has fields. */
export interface ParquetField {
  /** Name of the node. */
  readonly name: string;
  /** `REPEATED` inside a list or map only. */
  readonly repetition: 'REQUIRED' | 'OPTIONAL' | 'REPEATED';
  /** Of a primitive. */
  readonly physicalType?: ParquetPhysicalType;
  /** Bytes of a `FIXED_LEN_BYTE_ARRAY`. */
  readonly typeLength?: number;
  /** `STRING`, `DECIMAL(10,2)`, `TIMESTAMP(MICROS,false)`, `LIST`, … */
  readonly logicalType?: string;
  /** Of a group. */
  readonly fields?: readonly ParquetField[];
}

/**
 * The Parquet schema of the table's data files, as DuckDB writes them: every column nullable, lists in three levels.
 *
 * @example
 * ```ts
 * import { type TableSchema, toParquetSchema } from '@store/glue-schema';
 *
 * const order: TableSchema = {
 *   name: 'Order',
 *   columns: [
 *     { name: 'order_id', type: { kind: 'string' } },
 *     { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
 *   ],
 * };
 * console.log(toParquetSchema(order).map(({ name, logicalType }) => `${name} ${logicalType ?? ''}`));
 * // [ 'order_id STRING', 'total DECIMAL(10,2)' ]
 * ```
 */
export function toParquetSchema(schema: TableSchema): ParquetField[] {
  toGlueColumns(schema); // throws where the columns themselves are unfit
  // A partition key's value is in the path, not in the file.
  return schema.columns
    .filter(({ partitionKey }) => partitionKey === undefined)
    .map((column) => field(column.name, toGlueType(column.type)));
}

function field(name: string, type: GlueType): ParquetField {
  const primitive = (physicalType: ParquetPhysicalType, logicalType?: string): ParquetField => ({
    name,
    repetition: 'OPTIONAL',
    physicalType,
    ...(logicalType === undefined ? {} : { logicalType }),
  });
  switch (type.kind) {
    case 'boolean':
      return primitive('BOOLEAN');
    case 'tinyint':
      return primitive('INT32', 'INT(8,true)');
    case 'smallint':
      return primitive('INT32', 'INT(16,true)');
    case 'int':
      return primitive('INT32', 'INT(32,true)');
    case 'bigint':
      return primitive('INT64', 'INT(64,true)');
    case 'float':
      return primitive('FLOAT');
    case 'double':
      return primitive('DOUBLE');
    case 'string':
    case 'char':
    case 'varchar':
      return primitive('BYTE_ARRAY', 'STRING');
    case 'binary':
      return primitive('BYTE_ARRAY');
    case 'date':
      return primitive('INT32', 'DATE');
    case 'timestamp':
      return primitive('INT64', 'TIMESTAMP(MICROS,false)');
    case 'decimal':
      return decimalField(name, type.precision, type.scale);
    case 'array':
      return group(name, 'OPTIONAL', [group('list', 'REPEATED', [field('element', type.element)])], 'LIST');
    case 'map': {
      const key: ParquetField = { ...field('key', type.key), repetition: 'REQUIRED' };
      return group(
        name,
        'OPTIONAL',
        [group('key_value', 'REPEATED', [key, field('value', type.value)])],
        'MAP',
      );
    }
    case 'struct':
      return group(
        name,
        'OPTIONAL',
        type.fields.map((member) => field(member.name, member.type)),
      );
  }
}

function group(
  name: string,
  repetition: ParquetField['repetition'],
  fields: readonly ParquetField[],
  logicalType?: string,
): ParquetField {
  return { name, repetition, ...(logicalType === undefined ? {} : { logicalType }), fields };
}

// Nine digits fit 32 bits, eighteen fit 64; DuckDB stores more than that in 16 bytes.
function decimalField(name: string, precision: number, scale: number): ParquetField {
  const logicalType = `DECIMAL(${precision},${scale})`;
  const base = { name, repetition: 'OPTIONAL', logicalType } as const;
  if (precision <= 9) return { ...base, physicalType: 'INT32' };
  if (precision <= 18) return { ...base, physicalType: 'INT64' };
  return { ...base, physicalType: 'FIXED_LEN_BYTE_ARRAY', typeLength: 16 };
}
