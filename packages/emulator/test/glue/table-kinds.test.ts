import type { GlueTableInput } from '@store/glue-schema';
import { diffTable, pushTable, rollbackTable } from '@store/glue-schema/catalog';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogUnderTest, databaseName, endpoints, foreign, made, ours } from './catalog-under-test.js';

describe.each(endpoints)('against $of', ({ of, skip, open }) => {
  let catalog: CatalogUnderTest;
  beforeAll(async () => {
    if (skip) return;
    catalog = new CatalogUnderTest(await open());
    await catalog.push(ours('first'), { createDatabase: true });
  });
  afterAll(async () => {
    if (!skip) await catalog.close();
  });

  test.skipIf(skip)(
    'columns that are not ours keep their types byte for byte, wherever they stand',
    async () => {
      const id = { Name: 'id', Type: 'INT' };
      await catalog.create(made('mixed', [...foreign.slice(0, 2), id, ...foreign.slice(2)]));
      const result = await catalog.push(ours('mixed', ['note']));
      expect(result.plan.report.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['ADDED note']);
      expect(await catalog.columnsOf('mixed')).toEqual([
        ...foreign.slice(0, 2),
        id,
        ...foreign.slice(2),
        { Name: 'note', Type: 'int' },
      ]);
      expect(await catalog.push(ours('mixed', ['note']))).toMatchObject({ action: 'unchanged' });
    },
  );

  test.skipIf(skip)('a column of ours that has such a type is a changed type, with both types', async () => {
    await catalog.create(made('typed', [{ Name: 'id', Type: 'integer' }]));
    const { report } = await diffTable(catalog.glue, { databaseName, table: ours('typed') });
    expect(report.violations).toMatchObject([{ kind: 'TYPE_CHANGED', path: 'id', impact: 'BREAKING' }]);
    expect(report.violations[0]?.message).toContain('becomes int, was integer');
    await expect(catalog.push(ours('typed'))).rejects.toThrow(/"shop\.typed".*`id` becomes int, was integer/);
    await catalog.push(ours('typed'), { compatibility: 'NONE' });
    expect(await catalog.columnsOf('typed')).toEqual([{ Name: 'id', Type: 'int' }]);
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
      await catalog.create(made(name, [{ Name: 'id', Type: 'string' }], more));
      const before = await catalog.read(name);
      for (const compatibility of ['BACKWARD', 'NONE'] as const) {
        const plan = await diffTable(catalog.glue, { databaseName, table: ours(name), compatibility });
        expect(plan).toMatchObject({ action: 'refuse', kind, report: { compatible: false } });
        const pushed = catalog.push(ours(name, ['note']), { compatibility, cascade: true, prune: true });
        await expect(pushed).rejects.toMatchObject({ code: 'UNSUPPORTED_TABLE' });
        await expect(pushed).rejects.toThrow(said);
      }
      const back = rollbackTable(catalog.glue, {
        databaseName,
        tableName: name,
        versionId: before.VersionId ?? '0',
      });
      await expect(back).rejects.toThrow(said);
      expect(await catalog.read(name)).toEqual(before);
    },
  );

  test.skipIf(skip)('columns of a schema registry are never sent beside its reference', async () => {
    const SchemaReference = {
      SchemaId: { SchemaName: 'order', RegistryName: 'shop' },
      SchemaVersionNumber: 3,
    };
    const storage = { ...ours('registered').StorageDescriptor, Columns: [] };
    await catalog.create({ ...ours('registered'), StorageDescriptor: { ...storage, SchemaReference } });
    await expect(catalog.push(ours('registered', ['note']), { compatibility: 'NONE' })).rejects.toThrow(
      'takes its columns from a schema registry (schema "order" of registry "shop", version 3)',
    );
    // moto takes both, as GetTable of AWS gives both.
    if (of !== 'moto') return;
    await catalog.create({
      ...ours('both'),
      StorageDescriptor: { ...ours('both').StorageDescriptor, SchemaReference },
    });
    await catalog.push(ours('both', [], { parameters: { fresh: 'yes' } }));
    const after = await catalog.read('both');
    expect(after).toMatchObject({ Parameters: { fresh: 'yes' }, StorageDescriptor: { SchemaReference } });
    expect(after.StorageDescriptor?.Columns ?? []).toEqual([]);
  });

  test.skipIf(skip)('each parameter that differs is a change of its own', async () => {
    await catalog.push(ours('plain', [], { parameters: { a: '1', b: '2' } }));
    const plan = await diffTable(catalog.glue, {
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
      await catalog.push(keyed());
      await catalog.register('keyed', days, [{ Name: 'id', Type: 'int' }, ...foreign.slice(0, 1)]);
      const { plan } = await catalog.push(keyed(['note']), { dryRun: true });
      expect(plan.warnings).toEqual([
        expect.stringContaining('230 registered partitions keep their own columns'),
      ]);
      expect(plan.warnings[0]).toContain('--cascade');
      await catalog.push(keyed(['note']));
      // What was pushed before is caught up with, and what is done is not done again.
      expect((await catalog.push(keyed(['note']), { cascade: true, dryRun: true })).cascade?.updated).toBe(
        230,
      );
      expect(await catalog.push(keyed(['note']), { cascade: true })).toMatchObject({
        action: 'unchanged',
        cascade: { updated: 230, unchanged: 0, failed: [] },
      });
      const after = await catalog.partitionsOf('keyed');
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
      expect((await catalog.push(keyed(['note']), { cascade: true })).cascade).toEqual({
        updated: 0,
        unchanged: 230,
        failed: [],
      });
    },
  );

  test.skipIf(skip)('a database that is not there is named, and made where that is asked for', async () => {
    const table = ours('elsewhere');
    await expect(catalog.push(table, { databaseName: 'absent' })).rejects.toMatchObject({
      code: 'DATABASE_NOT_FOUND',
    });
    expect(await catalog.push(table, { databaseName: 'absent', createDatabase: true })).toMatchObject({
      action: 'created',
    });
  });

  test.skipIf(skip)(
    'partitions that fail are named one by one, and the next cascade continues with them',
    async () => {
      const keyed = ours('failing', [], { partitionKeys: [{ name: 'day', type: 'string' }] });
      await catalog.push(keyed);
      await catalog.register('failing', ['a', 'b', 'c'], []);
      const glue = catalog.client();
      glue.middlewareStack.add(
        (next) => (args) => {
          // What the endpoint itself refuses: more values than keys.
          const { Entries = [] } = args.input as { Entries?: { PartitionValueList: string[] }[] };
          for (const entry of Entries)
            if (entry.PartitionValueList[0] === 'b') entry.PartitionValueList = ['b', 'x'];
          return next(args);
        },
        { step: 'initialize' },
      );
      const { cascade } = await pushTable(glue, { databaseName, table: keyed, cascade: true });
      glue.destroy();
      expect(cascade?.updated).toBe(2);
      // moto says of such a partition that it is not there, as of one that was dropped meanwhile.
      if (of === 'moto') return;
      expect(cascade?.failed).toEqual([
        {
          values: ['b', 'x'],
          code: 'InvalidInputException',
          message: expect.stringContaining('partition values') as string,
        },
      ]);
      expect((await catalog.push(keyed, { cascade: true })).cascade).toEqual({
        updated: 1,
        unchanged: 2,
        failed: [],
      });
    },
  );
});
