import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  toDuckDbColumns,
  toGlueColumns,
  toParquetSchema,
  type Column,
  type ColumnType,
  type GlueType,
  type ParquetField,
  type TableSchema,
} from '../src/index.js';
import { columnNames, glueType } from './arbitrary-glue-type.js';
import { glueValue, keyText, plainText, type GlueValue } from './arbitrary-glue-value.js';

interface Table {
  readonly names: readonly string[];
  readonly types: readonly GlueType[];
  readonly rows: readonly (readonly GlueValue[])[];
}

const folder = mkdtempSync(join(tmpdir(), 'round-trip-'));
const file = join(folder, 'rows.parquet');
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create();
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

const table: fc.Arbitrary<Table> = fc
  .array(glueType(4, columnNames()), { minLength: 1, maxLength: 4 })
  .chain((types) =>
    fc
      .array(fc.tuple(...types.map(glueValue)), { minLength: 1, maxLength: 5 })
      .map((rows) => ({ names: types.map((_, index) => `column_${index}`), types, rows })),
  );

test('whatever the types, the values of a Parquet file are those that went in, for DuckDB and for another reader', async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ names, types, rows }) => {
      const schema = tableSchema(names, types);
      const columns = toDuckDbColumns(toGlueColumns(schema));
      const declared = columns.map(({ name, type }) => `${identifier(name)} ${type}`);
      await connection.run(`CREATE OR REPLACE TABLE t (${declared.join(', ')})`);
      const tuples = rows.map(
        (row) => `(${row.map((value, index) => cell(types, value, index)).join(', ')})`,
      );
      await connection.run(`INSERT INTO t VALUES ${tuples.join(', ')}`);
      await connection.run(`COPY t TO '${file}' (FORMAT parquet)`);

      const written = await connection.runAndReadAll(
        `SELECT name, repetition_type, type, type_length, converted_type, logical_type FROM parquet_schema('${file}') OFFSET 1`,
      );
      expect(written.getRowsJson()).toEqual(flatten(toParquetSchema(schema)));

      const read = await connection.runAndReadAll(`FROM read_parquet('${file}')`);
      const plain = read
        .getRows()
        .map((row) => row.map((value, index) => exact(typeAt(types, index), value)));
      expect(plain).toEqual(rows);

      // Bytes without an annotation are bytes: by default hyparquet takes them for text.
      const objects = await parquetReadObjects({ file: await asyncBufferFromFile(file), utf8: false });
      const seen = objects.map((object) => names.map((name) => known(object[name])));
      expect(seen).toEqual(rows.map((row) => row.map((value, index) => asRead(typeAt(types, index), value))));
    }),
    { numRuns: 150 },
  );
});

const typeAt = (types: readonly GlueType[], index: number): GlueType => types[index] ?? { kind: 'string' };
const cell = (types: readonly GlueType[], value: GlueValue, index: number): string =>
  sql(typeAt(types, index), value);
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function tableSchema(names: readonly string[], types: readonly GlueType[]): TableSchema {
  return {
    name: 'Rows',
    columns: types.map((type, index): Column => ({ name: names[index] ?? '', type: columnType(type) })),
  };
}

function columnType(type: GlueType): ColumnType {
  switch (type.kind) {
    case 'bigint':
      return { kind: 'bigint', wire: 'number' };
    case 'timestamp':
      return { kind: 'timestamp', wire: 'iso' };
    case 'array':
      return { kind: 'array', element: columnType(type.element) };
    case 'map':
      return { kind: 'map', key: columnType(type.key), value: columnType(type.value) };
    case 'struct':
      return {
        kind: 'struct',
        fields: type.fields.map(({ name, type }) => ({ name, type: columnType(type) })),
      };
    case 'char':
    case 'varchar':
      return { kind: type.kind, length: type.length };
    case 'decimal':
      return type;
    default:
      return { kind: type.kind };
  }
}

/** The value as a SQL expression of its type. */
function sql(type: GlueType, value: GlueValue): string {
  if (value === null) return 'NULL';
  const bytes = (content: string | Uint8Array): string =>
    `from_base64('${Buffer.from(content).toString('base64')}')`;
  switch (type.kind) {
    case 'string':
    case 'char':
    case 'varchar':
      return `decode(${bytes(plainText(value))})`;
    case 'binary':
      return value instanceof Uint8Array ? bytes(value) : 'NULL';
    case 'float':
    case 'double':
      // As text: SQL reads a bare literal as a decimal, and loses the sign of zero.
      return `'${Object.is(value, -0) ? '-0.0' : plainText(value)}'::${type.kind}`;
    case 'decimal': {
      const digits = plainText(value)
        .replace('-', '')
        .padStart(type.scale + 1, '0');
      const whole = digits.slice(0, digits.length - type.scale);
      const fraction = type.scale === 0 ? '' : `.${digits.slice(-type.scale)}`;
      return `'${plainText(value).startsWith('-') ? '-' : ''}${whole}${fraction}'::DECIMAL(${type.precision},${type.scale})`;
    }
    case 'date':
      return `(DATE '1970-01-01' + (${plainText(value)})::INTEGER)`;
    case 'timestamp':
      return `make_timestamp((${plainText(value)})::BIGINT)`;
    case 'array':
      return `[${items(value)
        .map((item) => sql(type.element, item))
        .join(', ')}]`;
    case 'map': {
      const pairs = entries(value);
      const keys = pairs.map(([key]) => sql(type.key, key));
      return `MAP([${keys.join(', ')}], [${pairs.map(([, item]) => sql(type.value, item)).join(', ')}])`;
    }
    case 'struct':
      return `{${items(value)
        .map((item, index) => `${identifier(type.fields[index]?.name ?? '')}: ${fieldSql(type, item, index)}`)
        .join(', ')}}`;
    default:
      return plainText(value);
  }
}

function fieldSql(type: GlueType & { readonly kind: 'struct' }, value: GlueValue, index: number): string {
  const field = type.fields[index];
  return field === undefined ? 'NULL' : sql(field.type, value);
}

const items = (value: GlueValue): readonly GlueValue[] =>
  typeof value === 'object' && value !== null && 'items' in value ? value.items : [];
const entries = (value: GlueValue): readonly (readonly [GlueValue, GlueValue])[] =>
  typeof value === 'object' && value !== null && 'entries' in value && !(value instanceof Uint8Array)
    ? value.entries
    : [];

/** What DuckDB gave, in our plain form. */
function exact(type: GlueType, value: DuckDBValue): GlueValue {
  if (value instanceof DuckDBBlobValue) return new Uint8Array(value.bytes);
  if (value instanceof DuckDBDecimalValue) return value.value;
  if (value instanceof DuckDBDateValue) return value.days;
  if (value instanceof DuckDBTimestampValue) return value.micros;
  if (value instanceof DuckDBListValue && type.kind === 'array') {
    return { items: value.items.map((item) => exact(type.element, item)) };
  }
  if (value instanceof DuckDBMapValue && type.kind === 'map') {
    return {
      entries: value.entries.map((entry) => [exact(type.key, entry.key), exact(type.value, entry.value)]),
    };
  }
  if (value instanceof DuckDBStructValue && type.kind === 'struct') {
    return { items: type.fields.map((field) => exact(field.type, value.entries[field.name] ?? null)) };
  }
  if (value === null || typeof value !== 'object') return value;
  throw new Error(`Unexpected for ${type.kind}: ${value.constructor.name}`);
}

/**
 * The value as hyparquet gives it: decimals as numbers, maps and structs as objects. It sets the prototype of a map's
 * object where the map has the key `__proto__`, and so does not give that entry.
 */
function asRead(type: GlueType, value: GlueValue): unknown {
  if (value === null) return null;
  if (type.kind === 'decimal') return Number(value) * 10 ** -type.scale;
  if (type.kind === 'date') return new Date(Number(value) * 86_400_000);
  if (type.kind === 'timestamp') return new Date(Number(BigInt(plainText(value)) / 1000n));
  if (type.kind === 'array') return items(value).map((item) => asRead(type.element, item));
  if (type.kind === 'map') {
    return Object.fromEntries(
      entries(value)
        .filter(([key]) => keyText(type.key, key) !== '__proto__')
        .map(([key, item]) => [keyText(type.key, key), asRead(type.value, item)]),
    );
  }
  if (type.kind === 'struct') {
    return Object.fromEntries(
      type.fields.map((field, index) => [field.name, asRead(field.type, items(value)[index] ?? null)]),
    );
  }
  return value;
}

/** hyparquet's absent values are nulls, at any depth. */
function known(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, known(item)]));
}

function flatten(fields: readonly ParquetField[]): unknown[] {
  return fields.flatMap((field) => [
    [
      field.name,
      field.repetition,
      field.physicalType ?? null,
      field.typeLength === undefined ? null : String(field.typeLength),
      ...annotations(field.logicalType),
    ],
    ...flatten(field.fields ?? []),
  ]);
}

/** A logical type as DuckDB writes it: the older converted type, and the logical one where that says more. */
function annotations(
  logicalType: string | undefined,
): readonly [converted: string | null, logical: string | null] {
  const [, name = '', first = '', second = ''] = /^(\w+)(?:\((\w+),(\w+)\))?$/.exec(logicalType ?? '') ?? [];
  if (name === '') return [null, null];
  if (name === 'STRING') return ['UTF8', null];
  if (name === 'INT') return [`INT_${first}`, null];
  if (name === 'DECIMAL') return ['DECIMAL', `DecimalType(scale=${second}, precision=${first})`];
  if (name !== 'TIMESTAMP') return [name, null];
  const unit = 'TimeUnit(MILLIS=<null>, MICROS=MicroSeconds(), NANOS=<null>)';
  return [`TIMESTAMP_${first}`, `TimestampType(isAdjustedToUTC=${second === 'true' ? 1 : 0}, unit=${unit})`];
}
