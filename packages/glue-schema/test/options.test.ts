import { GlueClient } from '@aws-sdk/client-glue';
import { expect, test } from 'vitest';
import { diffTable, listTableVersions, planTable, pushTable, rollbackTable } from '../src/catalog/index.js';
import {
  emitSchema,
  emitSchemas,
  fromStandardJsonSchema,
  generateModules,
  generateValidator,
} from '../src/compiler/index.js';
import {
  checkCompatibility,
  createDeserializer,
  GlueSchemaError,
  type TableSchema,
  toAthenaDdl,
  toFirehoseConversion,
  toJsonSchema,
  toTableInput,
} from '../src/index.js';

const schema: TableSchema = { name: 'Order', columns: [{ name: 'id', type: { kind: 'string' } }] };
const location = 's3://lake/orders/';
const table = toTableInput(schema, { location });
const partitionKeys = [{ name: 'day', type: 'string' }];
const day = { type: 'date', range: ['2026-01-01', 'NOW'], format: 'yyyy-MM-dd' };
const typeImport = { name: 'Order', from: './order.js' };
const role = { databaseName: 'shop', tableName: 'orders', roleArn: 'arn:aws:iam::123456789012:role/r' };
const glue = new GlueClient({ region: 'eu-west-1' });

/** Calls with options that TypeScript would refuse. */
const calls: readonly (readonly [path: string, options: object, call: (options: never) => unknown])[] = [
  ['locaton', { location, locaton: location }, (options) => toTableInput(schema, options)],
  ['location', {}, (options) => toTableInput(schema, options)],
  ['format', { location, format: 'orc' }, (options) => toTableInput(schema, options)],
  [
    'partitionKeys[0].typ',
    { location, partitionKeys: [{ name: 'day', type: 'string', typ: 'string' }] },
    (options) => toTableInput(schema, options),
  ],
  [
    'projection.key',
    { location, partitionKeys, projection: { keys: { day }, key: {} } },
    (options) => toTableInput(schema, options),
  ],
  [
    'projection.keys["day"].intervall',
    { location, partitionKeys, projection: { keys: { day: { ...day, intervall: 1 } } } },
    (options) => toTableInput(schema, options),
  ],
  [
    'projection.keys["day"].type',
    { location, partitionKeys, projection: { keys: { day: { ...day, type: 'dates' } } } },
    (options) => toTableInput(schema, options),
  ],
  ['database', { location, database: 'shop' }, (options) => toAthenaDdl(schema, options)],
  ['target', { target: 'openapi-3.0' }, (options) => toJsonSchema(schema, options)],
  ['compresion', { ...role, compresion: 'GZIP' }, (options) => toFirehoseConversion(schema, options)],
  ['mode', { format: 'iceberg' }, (options) => checkCompatibility(schema, schema, options)],
  [
    'renames["a"]',
    { mode: 'FULL', format: 'iceberg', renames: { a: 1 } },
    (options) => checkCompatibility(schema, schema, options),
  ],
  ['timestampFormat', { timestampFormat: [] }, (options) => createDeserializer([], options)],
  ['tsConfig', { entry: 'a.ts', type: 'A', tsConfig: 'tsconfig.json' }, (options) => emitSchema(options)],
  ['types[0].typ', { entry: 'a.ts', types: [{ type: 'A', typ: 'A' }] }, (options) => emitSchemas(options)],
  ['names', { name: 'A', names: 'camel' }, (options) => fromStandardJsonSchema({ type: 'object' }, options)],
  [
    'typeImport.form',
    { typeImport: { ...typeImport, form: 'x' } },
    (options) => generateModules(schema, options),
  ],
  ['typeImport', {}, (options) => generateValidator(schema, options)],
  ['prunes', { prunes: true }, (options) => planTable(undefined, table, options)],
  [
    'compatibility',
    { databaseName: 'shop', table, compatibility: 'BACK' },
    (options) => diffTable(glue, options),
  ],
  ['dryrun', { databaseName: 'shop', table, dryrun: true }, (options) => pushTable(glue, options)],
  [
    'tablename',
    { databaseName: 'shop', tableName: 'a', tablename: 'b' },
    (options) => listTableVersions(glue, options),
  ],
  ['versionId', { databaseName: 'shop', tableName: 'a' }, (options) => rollbackTable(glue, options)],
];

test.each(calls)('the option %s is refused, before anything is done', async (path, options, call) => {
  // Every option of these calls stands for one that a program without types passes.
  const run = async (): Promise<unknown> => await call(options as never);
  const error = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GlueSchemaError);
  expect(error).toMatchObject({ code: 'INVALID_OPTION' });
  expect(Object.keys(error instanceof GlueSchemaError ? error.details : {})).toEqual([path]);
});

test('a message names the nearest option', () => {
  const options = { location, formt: 'json' } as { location: string };
  expect(() => toTableInput(schema, options)).toThrow('Unknown option `formt`. Did you mean `format`?');
});
