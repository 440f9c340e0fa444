import { crc32 } from 'node:zlib';
import { action, type Actions } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { boolean, integer, list, structure, text } from '../wire/shape.js';
import { alreadyExists, each, invalid, pageOf } from './glue-answers.js';
import {
  partitionKey,
  type CatalogContext,
  type Fields,
  type StoredPartition,
  type TableRecord,
} from './glue-state.js';
import { partitionFilter } from './partition-expression.js';
import { partitionKeyColumns } from './partition-index.js';
import { expressionText } from './table-input.js';
import { requireTable, tableName } from './tables.js';

/** A list of partitions, or a partition, by its values. */
interface WithValues {
  readonly Values?: readonly string[];
}

const values = list(text());
const partition = structure({ Values: values });
const table = ['DatabaseName', 'TableName'] as const;
const byValues = structure({ ...tableName, PartitionValues: values }, table);

/** The actions on partitions. */
export const partitionActions: Actions<CatalogContext> = new Map([
  [
    'CreatePartition',
    action(
      structure({ ...tableName, PartitionInput: partition }, [...table, 'PartitionInput']),
      async (input, catalog: CatalogContext) => {
        await put(requireTable(catalog.state, input), input.PartitionInput, catalog, false);
        return {};
      },
    ),
  ],
  [
    'BatchCreatePartition',
    action(
      structure({ ...tableName, PartitionInputList: list(partition, undefined, 100) }, table),
      ({ PartitionInputList = [], ...input }, catalog: CatalogContext) => {
        const record = requireTable(catalog.state, input);
        return each(PartitionInputList, (given) => put(record, given, catalog, false), named);
      },
    ),
  ],
  [
    // Other values move it.
    'UpdatePartition',
    action(
      structure({ ...tableName, PartitionValueList: values, PartitionInput: partition }, [
        ...table,
        'PartitionInput',
      ]),
      async (input, catalog: CatalogContext) => {
        await update(requireTable(catalog.state, input), input, catalog);
        return {};
      },
    ),
  ],
  [
    'BatchUpdatePartition',
    action(
      structure(
        {
          ...tableName,
          Entries: list(
            structure({ PartitionValueList: values, PartitionInput: partition }, [
              'PartitionValueList',
              'PartitionInput',
            ]),
            1,
            100,
          ),
        },
        [...table, 'Entries'],
      ),
      ({ Entries, ...input }, catalog: CatalogContext) => {
        const record = requireTable(catalog.state, input);
        return each(
          Entries,
          (entry) => update(record, entry, catalog),
          ({ PartitionValueList }) => ({ PartitionValueList }),
        );
      },
    ),
  ],
  [
    'DeletePartition',
    action(byValues, async ({ PartitionValues, ...input }, catalog: CatalogContext) => {
      const record = requireTable(catalog.state, input);
      await drop(record, checkValues(PartitionValues, record), catalog);
      return {};
    }),
  ],
  [
    'BatchDeletePartition',
    action(
      structure({ ...tableName, PartitionsToDelete: list(partition, undefined, 25) }, table),
      ({ PartitionsToDelete = [], ...input }, catalog: CatalogContext) => {
        const record = requireTable(catalog.state, input);
        const dropOne = async ({ Values }: WithValues): Promise<void> => {
          await drop(record, checkValues(Values, record), catalog);
        };
        return each(PartitionsToDelete, dropOne, named);
      },
    ),
  ],
  [
    'GetPartition',
    action(byValues, ({ PartitionValues, ...input }, { state }: CatalogContext) => {
      const record = requireTable(state, input);
      return { Partition: requirePartition(record, checkValues(PartitionValues, record)) };
    }),
  ],
  [
    // What is not there is left out.
    'BatchGetPartition',
    action(
      structure({ ...tableName, PartitionsToGet: list(partition, undefined, 1000) }, table),
      ({ PartitionsToGet = [], ...input }, { state }: CatalogContext) => {
        const record = requireTable(state, input);
        const found = PartitionsToGet.flatMap(
          ({ Values }) => record.partitions.get(partitionKey(checkValues(Values, record))) ?? [],
        );
        return { Partitions: found, UnprocessedKeys: [] };
      },
    ),
  ],
  [
    // Those that `Expression` selects.
    'GetPartitions',
    action(
      structure(
        {
          ...tableName,
          Expression: expressionText,
          Segment: structure({ SegmentNumber: integer(0), TotalSegments: integer(1, 10) }, [
            'SegmentNumber',
            'TotalSegments',
          ]),
          ExcludeColumnSchema: boolean,
          MaxResults: integer(1, 1000),
          NextToken: text(),
        },
        table,
      ),
      (input, { state }: CatalogContext) => {
        const record = requireTable(state, input);
        const keeps = partitionFilter(input.Expression ?? '', partitionKeyColumns(record.current));
        const isIn = input.Segment === undefined ? () => true : segmentOf(input.Segment);
        const all = [...record.partitions.values()].filter(({ Values }) => isIn(Values) && keeps(Values));
        const { items, nextToken } = pageOf(all, input, 1000);
        const isShort = input.ExcludeColumnSchema === true;
        return { Partitions: isShort ? items.map(withoutColumns) : items, NextToken: nextToken };
      },
    ),
  ],
]);

/** Names a partition that failed, in a batch's report. */
function named({ Values = [] }: WithValues): { readonly PartitionValues: readonly string[] } {
  return { PartitionValues: Values };
}

function checkValues(given: readonly string[] = [], record: TableRecord): readonly string[] {
  const keys = partitionKeyColumns(record.current).length;
  if (given.length !== keys) {
    throw invalid(
      `The number of partition keys do not match the number of partition values: ${keys} and ${given.length}`,
    );
  }
  return given;
}

function requirePartition(record: TableRecord, wanted: readonly string[]): StoredPartition {
  const found = record.partitions.get(partitionKey(wanted));
  if (found === undefined) throw new ServiceError('EntityNotFoundException', 'Cannot find partition.');
  return found;
}

async function put(
  record: TableRecord,
  given: WithValues,
  catalog: CatalogContext,
  replace: boolean,
): Promise<void> {
  const Values = checkValues(given.Values, record);
  const known = record.partitions.get(partitionKey(Values));
  if (known !== undefined && !replace) throw alreadyExists('Partition');
  const { DatabaseName, Name: TableName } = record.current;
  await catalog.commit({
    op: 'put-partition',
    database: DatabaseName,
    table: TableName,
    partition: {
      ...given,
      Values,
      DatabaseName,
      TableName,
      CreationTime: known?.CreationTime ?? catalog.seconds(),
      CatalogId: catalog.accountId,
    },
  });
}

async function update(
  record: TableRecord,
  change: { readonly PartitionValueList?: readonly string[]; readonly PartitionInput: WithValues },
  catalog: CatalogContext,
): Promise<void> {
  const before = checkValues(change.PartitionValueList, record);
  requirePartition(record, before);
  const given = { ...change.PartitionInput, Values: change.PartitionInput.Values ?? before };
  const moved = partitionKey(checkValues(given.Values, record)) !== partitionKey(before);
  await put(record, given, catalog, !moved);
  if (moved) await drop(record, before, catalog);
}

/** As `ExcludeColumnSchema` asks for it. */
function withoutColumns(found: StoredPartition): StoredPartition {
  // Kept as it came in; a storage descriptor that is none stays so.
  const storage = found.StorageDescriptor as Fields | undefined;
  if (storage === undefined) return found;
  return { ...found, StorageDescriptor: { ...storage, Columns: [] } };
}

async function drop(record: TableRecord, wanted: readonly string[], catalog: CatalogContext): Promise<void> {
  requirePartition(record, wanted);
  const { DatabaseName: database, Name } = record.current;
  await catalog.commit({ op: 'drop-partition', database, table: Name, values: wanted });
}

/** One of several parts of a table's partitions, for readers that work in parallel. */
interface Segment {
  readonly SegmentNumber: number;
  readonly TotalSegments: number;
}

/**
 * Returns a test of whether a partition is in a segment. The hash of a partition's values names its segment, so that
 * segments are disjoint and together complete, whatever is added or dropped while they are read.
 */
function segmentOf({ SegmentNumber, TotalSegments }: Segment): (values: readonly string[]) => boolean {
  if (SegmentNumber >= TotalSegments) {
    throw invalid(
      `Expected \`Segment.SegmentNumber\` to be less than \`TotalSegments\`, ${TotalSegments}, got ${SegmentNumber}`,
    );
  }
  return (values) => crc32(partitionKey(values)) % TotalSegments === SegmentNumber;
}
