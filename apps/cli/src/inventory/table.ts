import type { TableInput } from '@aws-sdk/client-glue';
import { toTableInput } from '@store/glue-schema';
import { inventoryEventSchema, type EventPartitioning } from '@store/schema';
import { names } from './names.js';

/** The first moment for which partitions are projected; the lake may hold events from then on. */
const firstProjected: Readonly<Record<EventPartitioning['key'], string>> = {
  datehour: '2020-01-01-00',
  date: '2020-01-01',
};

/**
 * The Glue table of inventory events: columns from the TypeScript type, partitions computed instead of crawled, rows
 * of a file sorted by store, which the embedded endpoint does where the table says so.
 */
export function inventoryTableInput(partitioning: EventPartitioning): TableInput {
  const { key, projection } = partitioning;
  const input = toTableInput(inventoryEventSchema, {
    tableName: names.table,
    location: `s3://${names.bucket}/inventory/`,
    partitionKeys: [{ name: key, type: 'string' }],
    projection: { keys: { [key]: { ...projection, range: [firstProjected[key], 'NOW+1YEARS'] } } },
  });
  const SortColumns = [{ Column: 'store_id', SortOrder: 1 }];
  return { ...input, StorageDescriptor: { ...input.StorageDescriptor, SortColumns } };
}
