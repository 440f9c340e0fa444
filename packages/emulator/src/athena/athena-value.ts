import { QueryFailure } from './athena-error.js';
import type { DuckDbType } from './duckdb-type.js';
import { intervalText, isJson, isZoned, jsonText, zonedText } from './own-values.js';

/** What `GetQueryResults` says of a column. */
export interface ColumnInfo {
  readonly CatalogName: 'hive';
  readonly SchemaName: '';
  readonly TableName: '';
  readonly Name: string;
  readonly Label: string;
  readonly Type: string;
  readonly Precision: number;
  readonly Scale: number;
  readonly Nullable: 'UNKNOWN';
  readonly CaseSensitive: boolean;
}

/** What Athena says of a type. */
export interface TypeFacts {
  readonly type: string;
  readonly precision: number;
  readonly scale?: number;
}

const facts: Readonly<Record<string, TypeFacts>> = {
  BOOLEAN: { type: 'boolean', precision: 0 },
  TINYINT: { type: 'tinyint', precision: 3 },
  SMALLINT: { type: 'smallint', precision: 5 },
  INTEGER: { type: 'integer', precision: 10 },
  BIGINT: { type: 'bigint', precision: 19 },
  HUGEINT: { type: 'bigint', precision: 19 },
  UBIGINT: { type: 'bigint', precision: 19 },
  UINTEGER: { type: 'bigint', precision: 19 },
  FLOAT: { type: 'float', precision: 17 },
  DOUBLE: { type: 'double', precision: 17 },
  VARCHAR: { type: 'varchar', precision: 2147483647 },
  BLOB: { type: 'varbinary', precision: 1073741824 },
  DATE: { type: 'date', precision: 0 },
  TIME: { type: 'time', precision: 3 },
  TIMESTAMP: { type: 'timestamp', precision: 3 },
  'TIMESTAMP WITH TIME ZONE': { type: 'timestamp with time zone', precision: 3 },
  INTERVAL: { type: 'interval day to second', precision: 0 },
  '"NULL"': { type: 'unknown', precision: 0 },
};

/** Describes a column of a result. */
export function columnInfo(name: string, type: DuckDbType): ColumnInfo {
  return columnOf(name, factsOf(type));
}

/** Describes a column of a type that Athena names. */
export function columnOf(name: string, { type: Type, precision, scale = 0 }: TypeFacts): ColumnInfo {
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type,
    Precision: precision,
    Scale: scale,
    Nullable: 'UNKNOWN',
    CaseSensitive: Type === 'varchar',
  };
}

function factsOf(type: DuckDbType): TypeFacts {
  if (type.kind === 'list') return { type: 'array', precision: 0 };
  if (type.kind === 'map') return { type: 'map', precision: 0 };
  if (isZoned(type)) return { type: 'timestamp with time zone', precision: 3 };
  if (isJson(type)) return { type: 'json', precision: 0 };
  if (type.kind === 'struct') return { type: 'row', precision: 0 };
  const decimal = /^DECIMAL\(([0-9]+),\s*([0-9]+)\)$/.exec(type.name);
  if (decimal !== null) {
    return { type: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  }
  if (type.name.startsWith('TIMESTAMP_')) return { type: 'timestamp', precision: 3 };
  const found = Object.hasOwn(facts, type.name) ? facts[type.name] : undefined;
  if (found === undefined) {
    throw new QueryFailure(`NOT_SUPPORTED: a result of the type ${type.name}`);
  }
  return found;
}

/** A value as Athena prints it; `undefined` for null, which has no text. */
export function athenaText(value: unknown, type: DuckDbType): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (isZoned(type)) return zonedText(value);
  if (isJson(type)) return jsonText(value);
  switch (type.kind) {
    case 'list':
      return Array.isArray(value)
        ? `[${value.map((item: unknown) => inner(item, type.element)).join(', ')}]`
        : plain(value);
    case 'map':
      return `{${itemsOf(value)
        .map(itemsOf)
        .map(([key, item]) => `${inner(key, type.key)}=${inner(item, type.value)}`)
        .join(', ')}}`;
    case 'struct':
      return `{${itemsOf(value)
        .map((item, at) => {
          const field = type.fields[at];
          if (field === undefined) return plain(item);
          return /^(?:\$\d+)?$/.test(field.name)
            ? inner(item, field.type)
            : `${field.name}=${inner(item, field.type)}`;
        })
        .join(', ')}}`;
    case 'plain':
      return plainText(value, type.name);
  }
}

const inner = (value: unknown, type: DuckDbType): string => athenaText(value, type) ?? 'null';

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return String(value);
  }
  return JSON.stringify(value);
}

const largest = 2n ** 63n - 1n;

function plainText(value: unknown, type: string): string {
  if (type === 'HUGEINT' && (typeof value === 'bigint' || typeof value === 'number')) {
    const whole = BigInt(value);
    if (whole > largest || whole < -largest - 1n) {
      throw new QueryFailure(`NUMERIC_VALUE_OUT_OF_RANGE: bigint overflow: ${whole}`);
    }
    return String(whole);
  }
  if (typeof value === 'number' && (type === 'DOUBLE' || type === 'FLOAT')) {
    return javaDouble(type === 'FLOAT' ? shortestFloat(value) : value);
  }
  if (value instanceof Uint8Array) {
    return [...value].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  }
  if (type === 'INTERVAL' && typeof value === 'string') return intervalText(value);
  if (type.startsWith('TIMESTAMP') && typeof value === 'string') return timestampText(value, type);
  return plain(value);
}

// A float reached JavaScript as the double nearest to it; Java prints the fewest digits that give the float again.
function shortestFloat(value: number): number {
  for (let digits = 1; digits < 10; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}

/** Java's Double.toString: always a fraction, and an exponent below 0.001 and from ten million on. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** As many digits of a second as the type has: none, three or six. */
function timestampText(text: string, type: string): string {
  const [, head = text, fraction = ''] = /^(.*?\d\d:\d\d:\d\d)(?:\.(\d+))?(?:[+-][\d:]+)?$/.exec(text) ?? [];
  const digits = type === 'TIMESTAMP_S' ? 0 : type === 'TIMESTAMP_NS' ? 6 : 3;
  const zone = type === 'TIMESTAMP WITH TIME ZONE' ? ' UTC' : '';
  return digits === 0 ? `${head}${zone}` : `${head}.${fraction.padEnd(digits, '0').slice(0, digits)}${zone}`;
}

/** A column of a statement that shows something: its type is Hive's. */
export function stringColumn(name: string): ColumnInfo {
  return columnOf(name, { type: 'string', precision: 0 });
}

/** A column of a statement that shows a view, or views. */
export function viewColumn(name: string): ColumnInfo {
  return { ...columnOf(name, { type: 'varchar', precision: 0 }), CaseSensitive: false };
}

/** A column of text in Trino's type. */
export function varcharColumn(name: string): ColumnInfo {
  return columnOf(name, { type: 'varchar', precision: 2147483647 });
}

/** The column in which a statement that writes says how many rows it has written. */
export const rowsColumn: ColumnInfo = columnOf('rows', { type: 'bigint', precision: 19 });
