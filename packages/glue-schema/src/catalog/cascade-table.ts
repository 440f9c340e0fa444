import type { GlueClient, TableInput } from '@aws-sdk/client-glue';
import { GlueSchemaError } from '../errors.js';
import type { GlueColumn } from '../glue-type.js';
import { cascadeOnce, type CascadeResult, registersPartitions } from './cascade.js';
import { readExistingTable, type TableAddress } from './catalog-table.js';
import type { PartitionCheck } from './partition-check.js';

/** Walks over all partitions before a cascade gives up on a table that others keep changing. */
const maxWalks = 8;

/** What a cascade needs to know of the push. */
export interface CascadeInput {
  /** Counts, and changes nothing. */
  readonly dryRun: boolean;
  /** The table as the push leaves it, for a dry run. */
  readonly planned: TableInput;
  /** The columns that are the type's. */
  readonly ours: readonly GlueColumn[];
  /** What may become of the columns of a partition. */
  readonly check: PartitionCheck;
  readonly signal: AbortSignal | undefined;
}

/**
 * Gives each registered partition the columns of its table, and returns what became of them; `undefined` where
 * partitions are not registered.
 *
 * Partitions have no version that would guard an update. So the table's is: what was written from an older version
 * than the table has afterwards is rewritten, and a walk that changes nothing is the last. Whoever cascades
 * at the same time does the same, so that the last to finish leaves what the newest table says.
 *
 * @throws GlueSchemaError `CONCURRENT_CHANGE` where the table kept changing.
 */
export async function cascadeTable(
  glue: GlueClient,
  table: TableAddress,
  { dryRun, planned, ours, check, signal }: CascadeInput,
): Promise<CascadeResult | undefined> {
  let live = await readExistingTable(glue, table, signal);
  if (!registersPartitions(live)) return undefined;
  // What a registry's table shows are the registry's columns: no type's.
  const wanted = live.StorageDescriptor?.SchemaReference === undefined ? ours : [];
  if (dryRun)
    return await cascadeOnce(glue, table, { ...live, ...planned }, wanted, { dryRun, check, signal });
  let updated = 0;
  for (let walk = 1; walk <= maxWalks; walk += 1) {
    const result = await cascadeOnce(glue, table, live, wanted, { dryRun, check, signal });
    updated += result.updated;
    const now = await readExistingTable(glue, table, signal);
    const isNewest = now.VersionId === live.VersionId;
    if (isNewest && result.updated === 0) {
      return { updated, unchanged: Math.max(0, result.unchanged - updated), failed: result.failed };
    }
    live = now;
  }
  throw new GlueSchemaError(
    'CONCURRENT_CHANGE',
    `Table "${table.databaseName}.${table.tableName}" has its columns, but others changed it or its partitions ${maxWalks} times meanwhile; push with cascade again when they are done`,
    { table: `${table.databaseName}.${table.tableName}` },
  );
}
