import { type Clock, systemClock } from '@store/foundation';
import { describe, expect, test } from 'vitest';
import {
  fingerprintParameter,
  listTableVersions,
  pushTable,
  type PushTableOptions,
  rollbackTable,
  schemaFingerprint,
} from '../../src/catalog/index.js';
import { type Column, type TableSchema, toTableInput } from '../../src/index.js';
import { inventoryEvent } from '../inventory-event-schema.js';
import { createMemoryGlue, type MemoryGlue } from './memory-glue.js';

const location = 's3://lake/inventory/';
const address = { databaseName: 'lake', tableName: 'inventory_event' };

function withColumns(...columns: readonly Column[]): TableSchema {
  return { ...inventoryEvent, columns: [...inventoryEvent.columns, ...columns] };
}

function push(
  memory: MemoryGlue,
  schema: TableSchema,
  options: Partial<PushTableOptions> = {},
): ReturnType<typeof pushTable> {
  return pushTable(memory.glue, {
    databaseName: 'lake',
    table: toTableInput(schema, { location }),
    random: () => 0,
    clock: impatient,
    ...options,
  });
}

function columnNames(memory: MemoryGlue): readonly (string | undefined)[] {
  return (memory.versions.at(-1)?.StorageDescriptor?.Columns ?? []).map((column) => column.Name);
}

/** A clock on which every wait is over immediately. */
const impatient: Clock = {
  ...systemClock,
  schedule(callback) {
    queueMicrotask(callback);
    return () => undefined;
  },
};

const note: Column = { name: 'note', optional: true, type: { kind: 'string' } };
const colour: Column = { name: 'colour', optional: true, type: { kind: 'string' } };

describe('push', () => {
  test('creates the table, then makes no call that changes anything', async () => {
    const memory = createMemoryGlue();
    expect(await push(memory, inventoryEvent)).toMatchObject({ action: 'created', versionId: '0' });
    memory.calls.length = 0;
    expect(await push(memory, inventoryEvent)).toMatchObject({ action: 'unchanged' });
    expect(memory.calls).toEqual(['GetTableCommand']);
  });

  test('a projection of very many partitions a day is planned, with a warning', async () => {
    const projection = {
      keys: {
        store_no: { type: 'integer', range: [0, 499] },
        datehour: {
          type: 'date',
          format: 'yyyy/MM/dd/HH',
          range: ['2026/01/01/00', 'NOW'],
          interval: 1,
          intervalUnit: 'HOURS',
        },
      },
      locationTemplate: 's3://lake/inventory/${store_no}/${datehour}/',
    } as const;
    const partitionKeys = [
      { name: 'store_no', type: 'int' },
      { name: 'datehour', type: 'string' },
    ];
    const table = toTableInput(inventoryEvent, { location, partitionKeys, projection });
    const { plan } = await push(createMemoryGlue(), inventoryEvent, { table, dryRun: true });
    expect(plan.warnings).toEqual([expect.stringContaining('12000 partitions of one day')]);
    const few = { ...projection.keys.store_no, range: [0, 9] } as const;
    const small = toTableInput(inventoryEvent, {
      location,
      partitionKeys,
      projection: { ...projection, keys: { ...projection.keys, store_no: few } },
    });
    const other = await push(createMemoryGlue(), inventoryEvent, { table: small, dryRun: true });
    expect(other.plan.warnings).toEqual([]);
  });

  test('the fingerprint tells manifests apart, not the order of their keys', async () => {
    const memory = createMemoryGlue();
    const parameters = { [fingerprintParameter]: schemaFingerprint(inventoryEvent) };
    await push(memory, inventoryEvent, { table: toTableInput(inventoryEvent, { location, parameters }) });
    expect(memory.versions.at(-1)?.Parameters?.[fingerprintParameter]).toMatch(/^[0-9a-f]{64}$/);
    const turned = Object.fromEntries(Object.entries(inventoryEvent).reverse());
    expect(schemaFingerprint({ ...inventoryEvent, ...turned })).toBe(schemaFingerprint(inventoryEvent));
    expect(schemaFingerprint(withColumns(note))).not.toBe(schemaFingerprint(inventoryEvent));
  });

  test('a new column is added under the version that was read', async () => {
    const memory = createMemoryGlue();
    await push(memory, inventoryEvent);
    const result = await push(memory, withColumns(note));
    expect(result).toMatchObject({ action: 'updated', versionId: '1', plan: { report: { first: 'table' } } });
    expect(columnNames(memory).at(-1)).toBe('note');
  });

  test('what the manifest does not own stays', async () => {
    const memory = createMemoryGlue();
    await push(memory, inventoryEvent);
    memory.change((table) => ({
      ...table,
      Owner: 'data-team',
      Parameters: { ...table.Parameters, 'lf.tag': 'retail' },
      StorageDescriptor: {
        ...table.StorageDescriptor,
        Columns: [...(table.StorageDescriptor?.Columns ?? []), { Name: 'theirs', Type: 'int' }],
        SerdeInfo: {
          ...table.StorageDescriptor?.SerdeInfo,
          Parameters: { ...table.StorageDescriptor?.SerdeInfo?.Parameters, 'their.option': '1' },
        },
      },
    }));
    await push(memory, withColumns(note));
    const live = memory.versions.at(-1);
    expect(columnNames(memory).slice(-2)).toEqual(['theirs', 'note']);
    expect(live).toMatchObject({ Owner: 'data-team', Parameters: { 'lf.tag': 'retail' } });
    expect(live?.StorageDescriptor?.SerdeInfo?.Parameters).toMatchObject({ 'their.option': '1' });
  });

  test('when somebody else is faster, it plans again and keeps their column', async () => {
    const memory = createMemoryGlue();
    await push(memory, inventoryEvent);
    let races = 2;
    memory.beforeUpdate = () => {
      if (races-- > 0) {
        memory.change((table) => ({
          ...table,
          StorageDescriptor: {
            ...table.StorageDescriptor,
            Columns: [...(table.StorageDescriptor?.Columns ?? []), { Name: `race_${races}`, Type: 'int' }],
          },
        }));
      }
    };
    expect(await push(memory, withColumns(note))).toMatchObject({ action: 'updated', attempts: 3 });
    expect(columnNames(memory).slice(-3)).toEqual(['race_1', 'race_0', 'note']);
  });

  test('after five races it gives up and says so', async () => {
    const memory = createMemoryGlue();
    await push(memory, inventoryEvent);
    memory.beforeUpdate = () => {
      memory.change((table) => table);
    };
    await expect(push(memory, withColumns(note))).rejects.toMatchObject({ code: 'CONCURRENT_CHANGE' });
  });

  test('two pushes at the same time lose no column', async () => {
    const memory = createMemoryGlue();
    await push(memory, inventoryEvent);
    await Promise.all([push(memory, withColumns(note)), push(memory, withColumns(colour))]);
    expect(columnNames(memory)).toEqual(expect.arrayContaining(['note', 'colour']));
  });

  test('a breaking change is refused before any call, a dry run changes nothing', async () => {
    const memory = createMemoryGlue();
    await push(memory, inventoryEvent);
    const broken: TableSchema = {
      ...inventoryEvent,
      columns: inventoryEvent.columns.map((column) =>
        column.name === 'quantity_delta' ? { ...column, type: { kind: 'string' } } : column,
      ),
    };
    await expect(push(memory, broken)).rejects.toMatchObject({ code: 'INCOMPATIBLE_CHANGE' });
    expect(await push(memory, withColumns(note), { dryRun: true })).toMatchObject({ action: 'planned' });
    expect(memory.versions).toHaveLength(1);
    await push(memory, broken, { compatibility: 'NONE' });
    expect(memory.versions).toHaveLength(2);
  });

  test('prune removes what only the catalog has, and BACKWARD refuses that', async () => {
    const memory = createMemoryGlue();
    await push(memory, withColumns(note));
    await push(memory, inventoryEvent);
    expect(columnNames(memory)).toContain('note');
    await expect(push(memory, inventoryEvent, { prune: true })).rejects.toMatchObject({
      code: 'INCOMPATIBLE_CHANGE',
    });
    await push(memory, inventoryEvent, { prune: true, compatibility: 'FORWARD' });
    expect(columnNames(memory)).not.toContain('note');
  });

  test('BACKWARD_ALL looks at every archived version', async () => {
    const memory = createMemoryGlue();
    const typed = (kind: 'int' | 'string'): TableSchema => withColumns({ ...note, type: { kind } });
    await push(memory, typed('int'));
    await push(memory, inventoryEvent, { prune: true, compatibility: 'NONE' });
    await expect(push(memory, typed('string'), { compatibility: 'BACKWARD_ALL' })).rejects.toMatchObject({
      code: 'INCOMPATIBLE_CHANGE',
    });
    expect(await push(memory, typed('string'))).toMatchObject({ action: 'updated' });
  });
});

describe('versions', () => {
  test('an old version is restored as a new one', async () => {
    const memory = createMemoryGlue();
    await push(memory, inventoryEvent);
    await push(memory, withColumns(note));
    const versions = await listTableVersions(memory.glue, address);
    expect(versions.map((version) => version.versionId)).toEqual(['1', '0']);
    expect(await rollbackTable(memory.glue, { ...address, versionId: '0' })).toMatchObject({
      action: 'restored',
      versionId: '2',
    });
    expect(columnNames(memory)).not.toContain('note');
    expect(await rollbackTable(memory.glue, { ...address, versionId: '0' })).toMatchObject({
      action: 'unchanged',
    });
    await expect(rollbackTable(memory.glue, { ...address, versionId: '9' })).rejects.toMatchObject({
      code: 'TABLE_NOT_FOUND',
    });
  });

  test('a rollback that somebody overtakes changes nothing', async () => {
    const memory = createMemoryGlue();
    await push(memory, inventoryEvent);
    await push(memory, withColumns(note));
    memory.beforeUpdate = () => {
      memory.change((table) => table);
    };
    await expect(rollbackTable(memory.glue, { ...address, versionId: '0' })).rejects.toMatchObject({
      code: 'CONCURRENT_CHANGE',
    });
  });
});
