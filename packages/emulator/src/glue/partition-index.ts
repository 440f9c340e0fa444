import { ServiceError } from '../wire/service-error.js';
import { list, structure, type Shape } from '../wire/shape.js';
import { alreadyExists, invalid } from './glue-answers.js';
import type { StoredIndex, StoredTable, TableRecord } from './glue-state.js';
import { nameText } from './table-input.js';

/** Indexes of one table; source: AWS Glue developer guide, "Working with partition indexes", read 2026-11. */
export const MOST_INDEXES = 3;

/** `PartitionIndex` of a request. */
export const partitionIndex: Shape<StoredIndex> = structure(
  { Keys: list(nameText, 1), IndexName: nameText },
  ['Keys', 'IndexName'],
);

/** Checks an index against its table and returns it as it is stored. */
export function checkIndex(
  given: StoredIndex,
  { current, indexes }: Pick<TableRecord, 'current' | 'indexes'>,
): StoredIndex {
  if (indexes.some(({ IndexName }) => IndexName === given.IndexName)) throw alreadyExists('Index');
  if (indexes.length >= MOST_INDEXES) {
    throw new ServiceError(
      'ResourceNumberLimitExceededException',
      `A table has at most ${MOST_INDEXES} partition indexes; delete one first`,
    );
  }
  const names = partitionKeyColumns(current).map(({ Name }) => Name.toLowerCase());
  const keys = given.Keys.map((key) => key.toLowerCase());
  const unknown = keys.find((key, index) => !names.includes(key) || keys.indexOf(key) !== index);
  if (unknown !== undefined) {
    throw invalid(
      `Expected each key of an index to be a partition key of its table, and once, got "${unknown}"`,
    );
  }
  return { IndexName: given.IndexName, Keys: keys };
}

/** Names and types of a table's partition keys. */
export function partitionKeyColumns({
  PartitionKeys: keys = [],
}: StoredTable): readonly { readonly Name: string; readonly Type: string }[] {
  // Checked when the table came in.
  return keys as readonly { readonly Name: string; readonly Type: string }[];
}
