import { formatGlueType, GlueSchemaError, parseGlueType } from '@store/glue-schema';
import { parseDuckDbType, type DuckDbType } from '../duckdb-type.js';
import { notSupported } from '../athena-error.js';

const plain: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'int',
  BIGINT: 'bigint',
  HUGEINT: 'bigint',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARCHAR: 'string',
  BLOB: 'binary',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
};

/** The type of a table's column that takes the values of a query's column. */
export function glueTypeOf(duckDbType: string): string {
  return written(parseDuckDbType(duckDbType));
}

function written(type: DuckDbType): string {
  switch (type.kind) {
    case 'list':
      return `array<${written(type.element)}>`;
    case 'map':
      return `map<${written(type.key)},${written(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${written(field.type)}`).join(',')}>`;
    case 'plain': {
      const decimal = /^DECIMAL\(([0-9]+),\s*([0-9]+)\)$/.exec(type.name);
      if (decimal !== null) return `decimal(${decimal[1] ?? ''},${decimal[2] ?? ''})`;
      if (type.name.startsWith('TIMESTAMP_')) return 'timestamp';
      const found = Object.hasOwn(plain, type.name) ? plain[type.name] : undefined;
      if (found !== undefined) return found;
      throw notSupported(
        `a column of the type ${type.name.toLowerCase()} in a table or view; cast it, a time with a zone to timestamp or varchar`,
      );
    }
  }
}

/** A Glue type as Trino writes it: `array(row(a integer))`; text that is no type stays as it is. */
export function trinoType(glueType: string): string {
  try {
    return trino(parseGlueType(glueType));
  } catch (error) {
    if (!(error instanceof GlueSchemaError)) throw error;
    return glueType;
  }
}

type GlueType = ReturnType<typeof parseGlueType>;

function trino(type: GlueType): string {
  switch (type.kind) {
    case 'int':
      return 'integer';
    case 'float':
      return 'real';
    case 'string':
      return 'varchar';
    case 'binary':
      return 'varbinary';
    case 'timestamp':
      return 'timestamp(3)';
    case 'array':
      return `array(${trino(type.element)})`;
    case 'map':
      return `map(${trino(type.key)}, ${trino(type.value)})`;
    case 'struct':
      return `row(${type.fields.map((field) => `${field.name} ${trino(field.type)}`).join(', ')})`;
    default:
      return formatGlueType(type);
  }
}
