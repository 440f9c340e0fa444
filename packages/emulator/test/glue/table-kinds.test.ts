import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchCreatePartitionCommand,
  type Column,
  CreateTableCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GlueClient,
  type Partition,
  type Table,
  type TableInput,
} from '@aws-sdk/client-glue';
import { type GlueTableInput, toTableInput } from '@store/glue-schema';
import { diffTable, pushTable, type PushTableOptions, rollbackTable } from '@store/glue-schema/catalog';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator } from '../../src/index.js';
import { hasMoto, startMoto } from './moto.js';

const databaseName = 'shop';
const foreign: readonly Column[] = [
  { Name: 'theirs', Type: 'integer', Comment: 'Of another team.' },
  { Name: 'span', Type: 'interval_day_time' },
  { Name: 'nothing', Type: 'struct<>' },
  { Name: 'dashed', Type: 'struct<a-b:string>' },
  { Name: 'odd', Type: 'unknown' },
];

/** Our table: `id` and more columns of integers. */
function ours(
  name: string,
  more: readonly string[] = [],
  options: Partial<Parameters<typeof toTableInput>[1]> = {},
): GlueTableInput {
  const columns = ['id', ...more].map(
    (column) => ({ name: column, type: { kind: 'int' }, optional: true }) as const,
  );
  return toTableInput(
    { name: 'Order', columns },
    { tableName: name, location: `s3://lake/${name}/`, ...options },
  );
}

/** A table that others made, with its columns. */
function made(name: string, columns: readonly Column[], more: Partial<TableInput> = {}): TableInput {
  const base = ours(name);
  return {
    ...base,
    ...more,
    StorageDescriptor: { ...base.StorageDescriptor, ...more.StorageDescriptor, Columns: [...columns] },
  };
}

const endpoints = [
  { of: 'the embedded Glue', skip: false, open: openEmbedded },
  { of: 'moto', skip: !hasMoto, open: startMoto },
];

async function openEmbedded(): Promise<{ endpoint: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'table-kinds-'));
  const emulator = await startEmulator({ dataDir: folder });
  return {
    endpoint: emulator.endpoint,
    close: async () => {
      await emulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

describe.each(endpoints)('against $of', ({ skip, open }) => {
  let close: () => unknown;
  let glue: GlueClient;
  beforeAll(async () => {
    if (skip) return;
    const opened = await open();
    close = opened.close;
    glue = new GlueClient({
      endpoint: opened.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    await push(ours('first'), { createDatabase: true });
  });
  afterAll(async () => {
    if (skip) return;
    glue.destroy();
    await close();
  });

  const push = (table: GlueTableInput, more: Partial<PushTableOptions> = {}): ReturnType<typeof pushTable> =>
    pushTable(glue, { databaseName, table, ...more });
  const create = (input: TableInput): Promise<unknown> =>
    glue.send(new CreateTableCommand({ DatabaseName: databaseName, TableInput: input }));
  const read = async (Name: string): Promise<Table> => {
    const { Table: found } = await glue.send(new GetTableCommand({ DatabaseName: databaseName, Name }));
    return found ?? {};
  };
  const columnsOf = async (name: string): Promise<readonly Column[]> =>
    (await read(name)).StorageDescriptor?.Columns ?? [];
  const partitionsOf = async (name: string): Promise<readonly Partition[]> => {
    const found: Partition[] = [];
    let NextToken: string | undefined;
    do {
      const input = {
        DatabaseName: databaseName,
        TableName: name,
        ...(NextToken === undefined ? {} : { NextToken }),
      };
      const page = await glue.send(new GetPartitionsCommand(input));
      found.push(...(page.Partitions ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  };
  const register = async (
    name: string,
    days: readonly string[],
    columns: readonly Column[],
  ): Promise<void> => {
    for (let at = 0; at < days.length; at += 100) {
      const input = {
        DatabaseName: databaseName,
        TableName: name,
        PartitionInputList: days.slice(at, at + 100).map((day) => ({
          Values: [day],
          Parameters: { kept: day },
          StorageDescriptor: {
            ...ours(name).StorageDescriptor,
            Columns: [...columns],
            Location: `s3://lake/${name}/day=${day}/`,
          },
        })),
      };
      await glue.send(new BatchCreatePartitionCommand(input));
    }
  };

  test.skipIf(skip)(
    'columns that are not ours keep their types byte for byte, wherever they stand',
    async () => {
      const id = { Name: 'id', Type: 'INT' };
      await create(made('mixed', [...foreign.slice(0, 2), id, ...foreign.slice(2)]));
      const result = await push(ours('mixed', ['note']));
      expect(result.plan.report.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['ADDED note']);
      expect(await columnsOf('mixed')).toEqual([
        ...foreign.slice(0, 2),
        id,
        ...foreign.slice(2),
        { Name: 'note', Type: 'int' },
      ]);
      expect(await push(ours('mixed', ['note']))).toMatchObject({ action: 'unchanged' });
    },
  );

  test.skipIf(skip)('a column of ours that has such a type is a changed type, with both types', async () => {
    await create(made('typed', [{ Name: 'id', Type: 'integer' }]));
    const { report } = await diffTable(glue, { databaseName, table: ours('typed') });
    expect(report.violations).toMatchObject([{ kind: 'TYPE_CHANGED', path: 'id', impact: 'BREAKING' }]);
    expect(report.violations[0]?.message).toContain('becomes int, was integer');
    await expect(push(ours('typed'))).rejects.toThrow(/"shop\.typed".*`id` becomes int, was integer/);
    await push(ours('typed'), { compatibility: 'NONE' });
    expect(await columnsOf('typed')).toEqual([{ Name: 'id', Type: 'int' }]);
  });

  test.skipIf(skip).each([
    ['view', 'is a view', { TableType: 'VIRTUAL_VIEW', ViewOriginalText: '/* Presto View: e30= */' }],
    [
      'iceberg',
      'is an Iceberg table',
      { Parameters: { table_type: 'iceberg', metadata_location: 's3://lake/m.json' } },
    ],
    ['delta', 'is a Delta Lake table', { Parameters: { 'spark.sql.sources.provider': 'DELTA' } }],
    ['hudi', 'is a Hudi table', { Parameters: { table_type: 'Hudi' } }],
  ] as const)(
    'a table of the kind %s is refused by name in every mode, and stays as it is',
    async (kind, said, more) => {
      const name = `a_${kind}`;
      await create(made(name, [{ Name: 'id', Type: 'string' }], more));
      const before = await read(name);
      for (const compatibility of ['BACKWARD', 'NONE'] as const) {
        const plan = await diffTable(glue, { databaseName, table: ours(name), compatibility });
        expect(plan).toMatchObject({ action: 'refuse', kind, report: { compatible: false } });
        const pushed = push(ours(name, ['note']), { compatibility, cascade: true, prune: true });
        await expect(pushed).rejects.toMatchObject({ code: 'UNSUPPORTED_TABLE' });
        await expect(pushed).rejects.toThrow(said);
      }
      const back = rollbackTable(glue, { databaseName, tableName: name, versionId: before.VersionId ?? '0' });
      await expect(back).rejects.toThrow(said);
      expect(await read(name)).toEqual(before);
    },
  );

  test.skipIf(skip)('columns of a schema registry are never sent beside its reference', async () => {
    const SchemaReference = {
      SchemaId: { SchemaName: 'order', RegistryName: 'shop' },
      SchemaVersionNumber: 3,
    };
    const { Columns: _, ...storage } = ours('registered').StorageDescriptor;
    await create({ ...ours('registered'), StorageDescriptor: { ...storage, SchemaReference } });
    await expect(push(ours('registered', ['note']), { compatibility: 'NONE' })).rejects.toThrow(
      'takes its columns from a schema registry (schema "order" of registry "shop", version 3)',
    );
    // moto takes both, as GetTable of AWS gives both.
    if (open !== startMoto) return;
    await create({
      ...ours('both'),
      StorageDescriptor: { ...ours('both').StorageDescriptor, SchemaReference },
    });
    await push(ours('both', [], { parameters: { fresh: 'yes' } }));
    const after = await read('both');
    expect(after).toMatchObject({ Parameters: { fresh: 'yes' }, StorageDescriptor: { SchemaReference } });
    expect(after.StorageDescriptor?.Columns ?? []).toEqual([]);
  });

  test.skipIf(skip)('each parameter that differs is a change of its own', async () => {
    await push(ours('plain', [], { parameters: { a: '1', b: '2' } }));
    const plan = await diffTable(glue, {
      databaseName,
      table: ours('plain', [], { parameters: { a: '1', b: '3', c: '4' } }),
    });
    expect(plan.action).toBe('update');
    expect(plan.report.changes.map(({ message }) => message)).toEqual([
      'parameter `b` becomes "3", was "2"',
      'parameter `c` becomes "4"',
    ]);
  });

  test.skipIf(skip)(
    'a cascade gives each registered partition the columns of the table, and keeps the rest',
    async () => {
      const keyed = (more: readonly string[] = []): GlueTableInput =>
        ours('keyed', more, { partitionKeys: [{ name: 'day', type: 'string' }] });
      const days = Array.from({ length: 230 }, (_, day) => `d${day}`);
      await push(keyed());
      await register('keyed', days, [{ Name: 'id', Type: 'int' }, foreign[0] ?? {}]);
      const { plan } = await push(keyed(['note']), { dryRun: true });
      expect(plan.warnings).toEqual([
        expect.stringContaining('230 registered partitions keep their own columns'),
      ]);
      expect(plan.warnings[0]).toContain('--cascade');
      await push(keyed(['note']));
      // What was pushed before is caught up with, and what is done is not done again.
      expect((await push(keyed(['note']), { cascade: true, dryRun: true })).cascade?.updated).toBe(230);
      expect(await push(keyed(['note']), { cascade: true })).toMatchObject({
        action: 'unchanged',
        cascade: { updated: 230, unchanged: 0, failed: [] },
      });
      const after = await partitionsOf('keyed');
      expect(after).toHaveLength(230);
      for (const { StorageDescriptor, Parameters, Values } of after) {
        expect(StorageDescriptor?.Columns).toEqual([
          { Name: 'id', Type: 'int' },
          { Name: 'note', Type: 'int' },
          foreign[0],
        ]);
        expect(Parameters).toEqual({ kept: Values?.[0] });
        expect(StorageDescriptor?.Location).toBe(`s3://lake/keyed/day=${Values?.[0] ?? ''}/`);
      }
      expect((await push(keyed(['note']), { cascade: true })).cascade).toEqual({
        updated: 0,
        unchanged: 230,
        failed: [],
      });
    },
  );

  test.skipIf(skip)('a database that is not there is named, and made where that is asked for', async () => {
    const table = ours('elsewhere');
    await expect(push(table, { databaseName: 'absent' })).rejects.toMatchObject({
      code: 'DATABASE_NOT_FOUND',
    });
    expect(await push(table, { databaseName: 'absent', createDatabase: true })).toMatchObject({
      action: 'created',
    });
  });
});
