import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type KeyProjection,
  type ParquetField,
  type TableInputOptions,
  type TableSchema,
  toAthenaDdl,
  toDuckDbColumns,
  toFirehoseConversion,
  toIcebergSchema,
  toJsonSchema,
  toParquetSchema,
  toTableInput,
} from '../src/index.js';
import { inventoryEvent, sampleEvent } from './inventory-event-schema.js';

const order: TableSchema = {
  name: 'Order',
  comment: "A customer's order.",
  columns: [
    { name: 'id', comment: "Unique; it's a ULID.", type: { kind: 'string' } },
    { name: 'userid', jsonKey: 'userId', type: { kind: 'int' } },
    { name: 'at', jsonKey: 'timestamp', type: { kind: 'timestamp', wire: 'iso' } },
    {
      name: 'lines',
      optional: true,
      type: {
        kind: 'array',
        element: { kind: 'struct', fields: [{ name: 'date', type: { kind: 'date' } }] },
      },
    },
    {
      name: 'tags',
      nullable: true,
      type: { kind: 'map', key: { kind: 'string' }, value: { kind: 'decimal', precision: 20, scale: 2 } },
    },
  ],
};
const location = 's3://lake/orders/';
const daily: TableInputOptions = {
  location,
  partitionKeys: [{ name: 'day', type: 'string' }],
  projection: {
    keys: { day: { type: 'date', range: ['2026-01-01', 'NOW'], format: 'yyyy-MM-dd' } },
    locationTemplate: 's3://lake/orders/day=${day}/',
  },
};

describe('table input', () => {
  test('a Parquet table with projected partitions', () => {
    expect(toTableInput(order, daily)).toMatchSnapshot();
  });

  test('a JSON table maps the keys that folding does not find', () => {
    const { StorageDescriptor } = toTableInput(order, { location, format: 'json' });
    expect(StorageDescriptor.SerdeInfo.Parameters).toEqual({
      'serialization.format': '1',
      'mapping.at': 'timestamp',
    });
    expect(() => toTableInput(order, { location, format: 'json', serde: 'hive' })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED' }),
    );
  });

  const project = (type: string, rule: KeyProjection, template = 's3://l/${k}/'): unknown =>
    toTableInput(order, {
      location,
      partitionKeys: [{ name: 'k', type }],
      projection: { keys: { k: rule }, locationTemplate: template },
    });
  const hourly = { type: 'date', range: ['2026-01-01-00', 'NOW'], format: 'yyyy-MM-dd-HH' } as const;

  test.each<[string, () => unknown]>([
    ['has "a,b" among its values', () => project('string', { type: 'enum', values: ['a,b'] })],
    ['finer than a day', () => project('string', hourly)],
    [
      'only one of interval and intervalUnit',
      () => project('string', { ...hourly, format: 'yyyy', interval: 1 }),
    ],
    ['is not in the location template', () => project('string', { type: 'injected' }, 's3://l/x/')],
    ['but is no partition key', () => project('string', { type: 'injected' }, 's3://l/${k}/${other}/')],
    ['an injected key is a string', () => project('int', { type: 'injected' })],
    ['the smaller first', () => project('int', { type: 'integer', range: [9, 0] })],
    ['wants an integer or a string', () => project('date', { type: 'integer', range: [0, 9] })],
    [
      'in its range',
      () =>
        project('string', {
          ...hourly,
          range: ['NOW-3FORTNIGHTS', 'NOW'],
          interval: 1,
          intervalUnit: 'HOURS',
        }),
    ],
    [
      'has no projection',
      () =>
        toTableInput(order, {
          ...daily,
          partitionKeys: [
            { name: 'day', type: 'string' },
            { name: 'b', type: 'string' },
          ],
        }),
    ],
    [
      'is a column too',
      () => toTableInput(order, { location, partitionKeys: [{ name: 'id', type: 'string' }] }),
    ],
    [
      'a partition key is a primitive',
      () => toTableInput(order, { location, partitionKeys: [{ name: 'k', type: 'array<int>' }] }),
    ],
  ])('projection that no query could use: %s', (message, make) => {
    expect(make).toThrow(message);
  });
});

test('Athena DDL quotes names and text', () => {
  expect(toAthenaDdl(order, { ...daily, databaseName: 'lake' })).toMatchSnapshot();
  expect(toAthenaDdl(order, { location, format: 'json' })).toContain("'mapping.at' = 'timestamp'");
});

test('JSON Schema in both drafts', () => {
  const schema = toJsonSchema(order, { target: 'draft-2020-12' });
  expect(schema).toMatchSnapshot();
  expect({ ...toJsonSchema(order, { target: 'draft-07' }), $schema: schema.$schema }).toEqual(schema);
});

test('Iceberg ids are unique, the top level first', () => {
  const ids = [...JSON.stringify(toIcebergSchema(order)).matchAll(/"(?:[a-z]+-)?id":(\d+)/g)]
    .map((match) => Number(match[1]))
    .filter((id) => id > 0);
  expect([...ids].sort((a, b) => a - b)).toEqual(ids.map((_, index) => index + 1));
  expect(toIcebergSchema(order).fields.map((field) => field.id)).toEqual([1, 2, 3, 4, 5]);
});

test('Firehose conversion reads with OpenX and the mappings', () => {
  const conversion = toFirehoseConversion(order, {
    databaseName: 'lake',
    tableName: 'order',
    roleArn: 'arn:aws:iam::000000000000:role/read',
  });
  expect(conversion.InputFormatConfiguration).toEqual({
    Deserializer: { OpenXJsonSerDe: { CaseInsensitive: true, ColumnToJsonKeyMappings: { at: 'timestamp' } } },
  });
});

describe('Parquet as DuckDB writes it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outputs-'));
  const file = path.join(folder, 'rows.parquet');
  let instance: DuckDBInstance;
  beforeAll(async () => {
    instance = await DuckDBInstance.create();
  });
  afterAll(() => {
    instance.closeSync();
    rmSync(folder, { recursive: true });
  });

  test.each([inventoryEvent, order])('has the schema that toParquetSchema says: $name', async (schema) => {
    const connection = await instance.connect();
    const columns = toDuckDbColumns(schema).map((column) => `"${column.name}" ${column.type}`);
    await connection.run(`CREATE OR REPLACE TABLE t (${columns.join(', ')})`);
    await connection.run(`COPY t TO '${file}' (FORMAT parquet)`);
    const reader = await connection.runAndReadAll(
      `SELECT name, type, type_length, repetition_type, logical_type FROM parquet_schema('${file}') OFFSET 1`,
    );
    const written = reader.getRowObjectsJson().map((row) => [row.name, row.type, row.repetition_type]);
    expect(written).toEqual(flatten(toParquetSchema(schema)));
  });

  test('an event goes in and comes out the same', async () => {
    const connection = await instance.connect();
    const columns = toDuckDbColumns(inventoryEvent).map((column) => `${column.name}: '${column.type}'`);
    const json = path.join(folder, 'rows.ndjson');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(json, JSON.stringify(sampleEvent));
    await connection.run(
      `COPY (SELECT * FROM read_json('${json}', columns = {${columns.join(', ')}})) TO '${file}' (FORMAT parquet)`,
    );
    const rows: unknown[] = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    expect(rows).toEqual([
      {
        ...sampleEvent,
        event_time: new Date(sampleEvent.event_time),
        sequence: BigInt(sampleEvent.sequence),
        unit_price: 12.5,
      },
    ]);
  });
});

function flatten(fields: readonly ParquetField[]): unknown[] {
  return fields.flatMap((field) => [
    [field.name, field.physicalType ?? null, field.repetition],
    ...flatten(field.fields ?? []),
  ]);
}
