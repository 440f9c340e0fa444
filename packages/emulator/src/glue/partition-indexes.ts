import { action, type Actions } from '../wire/service-entry.js';
import { structure, text } from '../wire/shape.js';
import { notFound, pageOf } from './glue-answers.js';
import type { CatalogContext, StoredIndex, TableRecord } from './glue-state.js';
import { checkIndex, MOST_INDEXES, partitionIndex, partitionKeyColumns } from './partition-index.js';
import { nameText } from './table-input.js';
import { requireTable, tableName } from './tables.js';

const table = ['DatabaseName', 'TableName'] as const;

/** The actions on partition indexes. An index is active immediately: partitions here are found without one. */
export const partitionIndexActions: Actions<CatalogContext> = new Map([
  [
    'CreatePartitionIndex',
    action(
      structure({ ...tableName, PartitionIndex: partitionIndex }, [...table, 'PartitionIndex']),
      async ({ PartitionIndex: given, ...input }, catalog: CatalogContext) => {
        const record = requireTable(catalog.state, input);
        await putIndexes(record, [...record.indexes, checkIndex(given, record)], catalog);
        return {};
      },
    ),
  ],
  [
    'GetPartitionIndexes',
    action(structure({ ...tableName, NextToken: text() }, table), (input, { state }: CatalogContext) => {
      const record = requireTable(state, input);
      const { items, nextToken } = pageOf(record.indexes, input, MOST_INDEXES);
      return {
        PartitionIndexDescriptorList: items.map((index) => describe(index, record)),
        NextToken: nextToken,
      };
    }),
  ],
  [
    'DeletePartitionIndex',
    action(
      structure({ ...tableName, IndexName: nameText }, [...table, 'IndexName']),
      async ({ IndexName, ...input }, catalog: CatalogContext) => {
        const record = requireTable(catalog.state, input);
        const left = record.indexes.filter((index) => index.IndexName !== IndexName);
        if (left.length === record.indexes.length)
          throw notFound(`Index with the given indexName : ${IndexName}`);
        await putIndexes(record, left, catalog);
        return {};
      },
    ),
  ],
]);

async function putIndexes(
  { current }: TableRecord,
  indexes: readonly StoredIndex[],
  catalog: CatalogContext,
): Promise<void> {
  await catalog.commit({ op: 'put-indexes', database: current.DatabaseName, table: current.Name, indexes });
}

function describe({ IndexName, Keys }: StoredIndex, { current }: TableRecord): unknown {
  const types = new Map(partitionKeyColumns(current).map(({ Name, Type }) => [Name.toLowerCase(), Type]));
  return {
    IndexName,
    Keys: Keys.map((Name) => ({ Name, Type: types.get(Name) })),
    IndexStatus: 'ACTIVE',
    BackfillErrors: [],
  };
}
