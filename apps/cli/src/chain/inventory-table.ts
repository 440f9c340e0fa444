import { toTableInput, type GlueTableInput } from '@store/glue-schema';
import { inventoryEventSchema, type EventPartitioning } from '@store/schema';
import { names } from './names.js';

/** The first moment for which partitions are projected; the lake may hold events from then on. */
const firstProjected: Readonly<Record<EventPartitioning['key'], string>> = {
  datehour: '2020-01-01-00',
  date: '2020-01-01',
};

/** The Glue table of inventory events: columns from the TypeScript type, partitions computed instead of crawled. */
export function inventoryTableInput(partitioning: EventPartitioning): GlueTableInput {
  const { key, projection } = partitioning;
  return toTableInput(inventoryEventSchema, {
    tableName: names.table,
    location: `s3://${names.bucket}/inventory/`,
    partitionKeys: [{ name: key, type: 'string' }],
    projection: { keys: { [key]: { ...projection, range: [firstProjected[key], 'NOW+1YEARS'] } } },
  });
}
