import { expect, test } from 'vitest';
import { tableCatalogOf } from '../../src/glue/catalog-lookup.js';
import { GlueState } from '../../src/glue/glue-state.js';

const columns = (...names: string[]): object => ({
  Columns: names.map((Name) => ({ Name, Type: 'int' })),
  Location: 's3://lake/t/',
});

test('a partition is compared with its table once, until one of them changes', () => {
  const state = new GlueState();
  const put = (VersionId: string, StorageDescriptor: object): void => {
    const PartitionKeys = [{ Name: 'k', Type: 'string' }];
    const table = {
      DatabaseName: 'd',
      Name: 't',
      VersionId,
      CreateTime: 0,
      StorageDescriptor,
      PartitionKeys,
    };
    state.apply({ op: 'put-table', table, archive: true });
  };
  const add = (value: string, StorageDescriptor: object): void => {
    state.apply({
      op: 'put-partition',
      database: 'd',
      table: 't',
      partition: { Values: [value], StorageDescriptor },
    });
  };
  const partitions = () => tableCatalogOf(state).getTable('d', 't')?.partitions?.() ?? [];
  state.apply({ op: 'put-database', database: { Name: 'd' } });
  put('0', columns('a'));
  add('1', columns('a'));
  add('2', columns('b'));
  add('3', columns('b'));

  const [same, other, another] = partitions();
  expect(same).not.toHaveProperty('storage');
  expect(other?.storage?.columns).toEqual([{ Name: 'b', Type: 'int' }]);
  expect(another?.storage).toBe(other?.storage);
  expect(partitions()[1]).toBe(other);

  add('2', columns('c'));
  expect(partitions()[1]?.storage?.columns).toEqual([{ Name: 'c', Type: 'int' }]);
  put('1', columns('b'));
  expect(partitions().map(({ storage }) => storage?.columns[0]?.Name)).toEqual(['a', 'c', undefined]);
});
