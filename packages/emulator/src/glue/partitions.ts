import type { JsonInput } from '../json-input.js';
import { ServiceError } from '../wire/service-error.js';
import { alreadyExists, invalid, notFound } from './glue-error.js';
import { pageOf } from './glue-paging.js';
import type { CatalogContext } from './glue-state.js';
import { partitionKey, type StoredPartition, type TableRecord } from './glue-state.js';
import { fieldsOf } from './glue-validation.js';
import { partitionFilter } from './partition-filter.js';
import { requireTable } from './tables.js';

function valuesOf(input: JsonInput, field: string, record: TableRecord): readonly string[] {
  const values = input.optionalStrings(field) ?? [];
  const keys = keysOf(record).length;
  if (values.length !== keys) {
    throw invalid(
      `The number of partition keys do not match the number of partition values: ${keys} and ${values.length}`,
    );
  }
  return values;
}

/** Names and types of a table's partition keys. */
function keysOf({ current }: TableRecord): readonly { readonly Name: string }[] {
  // Checked when the table came in.
  return (current.PartitionKeys ?? []) as readonly { readonly Name: string }[];
}

function requirePartition(record: TableRecord, values: readonly string[]): StoredPartition {
  const found = record.partitions.get(partitionKey(values));
  if (found === undefined) throw notFound(`Partition ${values.join('/')}`);
  return found;
}

async function put(
  record: TableRecord,
  given: JsonInput,
  catalog: CatalogContext,
  replace: boolean,
): Promise<void> {
  const values = valuesOf(given, 'Values', record);
  const known = record.partitions.get(partitionKey(values));
  if (known !== undefined && !replace) throw alreadyExists('Partition');
  const { DatabaseName: database, Name: table } = record.current;
  await catalog.commit({
    op: 'put-partition',
    database,
    table,
    partition: {
      ...fieldsOf(given),
      Values: values,
      DatabaseName: database,
      TableName: table,
      CreationTime: known?.CreationTime ?? catalog.seconds(),
      CatalogId: catalog.accountId,
    },
  });
}

/** `CreatePartition` */
export async function createPartition(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const record = requireTable(catalog.state, input);
  await put(record, input.object('PartitionInput'), catalog, false);
  return {};
}

/** `BatchCreatePartition`: at most 100, each for itself. */
export async function batchCreatePartition(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const record = requireTable(catalog.state, input);
  return each(input.optionalObjects('PartitionInputList', { max: 100 }) ?? [], (given) =>
    put(record, given, catalog, false),
  );
}

/** `UpdatePartition`: other values move it. */
export async function updatePartition(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const record = requireTable(catalog.state, input);
  const values = valuesOf(input, 'PartitionValueList', record);
  requirePartition(record, values);
  const given = input.object('PartitionInput');
  const moved = partitionKey(valuesOf(given, 'Values', record)) !== partitionKey(values);
  await put(record, given, catalog, !moved);
  if (moved) await drop(record, values, catalog);
  return {};
}

async function drop(record: TableRecord, values: readonly string[], catalog: CatalogContext): Promise<void> {
  requirePartition(record, values);
  const { DatabaseName: database, Name: table } = record.current;
  await catalog.commit({ op: 'drop-partition', database, table, values });
}

/** `DeletePartition` */
export async function deletePartition(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const record = requireTable(catalog.state, input);
  await drop(record, valuesOf(input, 'PartitionValues', record), catalog);
  return {};
}

/** `BatchDeletePartition`: at most 25, each for itself. */
export async function batchDeletePartition(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const record = requireTable(catalog.state, input);
  return each(input.optionalObjects('PartitionsToDelete', { max: 25 }) ?? [], (given) =>
    drop(record, valuesOf(given, 'Values', record), catalog),
  );
}

async function each(items: readonly JsonInput[], act: (item: JsonInput) => Promise<void>): Promise<unknown> {
  const errors: unknown[] = [];
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      errors.push({
        PartitionValues: item.optionalStrings('Values') ?? [],
        ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message },
      });
    }
  }
  return { Errors: errors };
}

/** `GetPartition` */
export function getPartition(input: JsonInput, { state }: CatalogContext): unknown {
  const record = requireTable(state, input);
  return { Partition: requirePartition(record, valuesOf(input, 'PartitionValues', record)) };
}

/** `BatchGetPartition`: what is not there is left out. */
export function batchGetPartition(input: JsonInput, { state }: CatalogContext): unknown {
  const record = requireTable(state, input);
  const wanted = input.optionalObjects('PartitionsToGet', { max: 1000 }) ?? [];
  const found = wanted.flatMap((given) => {
    const partition = record.partitions.get(partitionKey(valuesOf(given, 'Values', record)));
    return partition === undefined ? [] : [partition];
  });
  return { Partitions: found, UnprocessedKeys: [] };
}

/** `GetPartitions`, those that `Expression` selects. */
export function getPartitions(input: JsonInput, { state }: CatalogContext): unknown {
  const record = requireTable(state, input);
  const expression = input.optionalString('Expression', { max: 2048 });
  const keeps = partitionFilter(expression ?? '', keysOf(record));
  const all = [...record.partitions.values()].filter(({ Values }) => keeps(Values));
  const { items, nextToken } = pageOf(all, input, 1000);
  return { Partitions: items, NextToken: nextToken };
}
