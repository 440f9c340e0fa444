import {
  BatchUpdatePartitionCommand,
  type Column,
  GetPartitionsCommand,
  type GlueClient,
  type Partition,
  type PartitionInput,
  type Table,
} from '@aws-sdk/client-glue';
import type { CompatibilityReport } from '../check-compatibility.js';
import type { GlueColumn } from '../glue-type.js';
import { addressOf, sameValue, type TableAddress } from './catalog-table.js';
import { callGlue } from './glue-call.js';
import { folded, mergeColumns } from './merge-table.js';
import { type PartitionCheck, PartitionFindings } from './partition-check.js';

/** Limits of the calls that read and change partitions. */
export const partitionLimits = {
  /** Entries of one BatchUpdatePartition; source: Glue API reference, read 2026-11. */
  entriesPerUpdate: 100,
  /**
   * Text of the entries of one BatchUpdatePartition. Glue names no limit, and has refused an UpdateTable of some 3,600
   * fields with "Payload size of request exceeded limit" (iceberg-go issue 701, read 2026-11).
   */
  charactersPerUpdate: 250_000,
  /** Partitions of one page of GetPartitions; source: the same. */
  partitionsPerPage: 1000,
} as const;

/** A partition that the catalog did not change. */
export interface FailedPartition {
  /** Values of its keys, in the order of the table's. */
  readonly values: readonly string[];
  /** Glue's error code. */
  readonly code: string;
  /** Glue's own words. */
  readonly message: string;
}

/** What became of the registered partitions. */
export interface CascadeResult {
  /** Partitions that have the table's columns now and had others; of a dry run, those that would. */
  readonly updated: number;
  /** Partitions that had them before. */
  readonly unchanged: number;
  /** Partitions that have other columns still; a further push tries them again. */
  readonly failed: readonly FailedPartition[];
}

/** Whether partitions of a table are registered one by one, rather than projected. */
export function registersPartitions({
  PartitionKeys: keys = [],
  Parameters: parameters = {},
}: Table): boolean {
  return keys.length > 0 && parameters['projection.enabled']?.toLowerCase() !== 'true';
}

/** How many partitions are registered, counted up to a limit. */
export async function countPartitions(
  glue: GlueClient,
  table: TableAddress,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  let count = 0;
  for await (const page of partitionPages(glue, table, true, signal)) {
    count += page.length;
    if (count >= limit) return limit;
  }
  return count;
}

/** The registered partitions, page by page. */
async function* partitionPages(
  glue: GlueClient,
  table: TableAddress,
  withoutColumns: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Partition[]> {
  let token: string | undefined;
  do {
    const input = {
      ...addressOf(table),
      TableName: table.tableName,
      // A page of one update's size keeps short the time between reading a partition and writing it.
      MaxResults: withoutColumns ? partitionLimits.partitionsPerPage : partitionLimits.entriesPerUpdate,
      ...(withoutColumns ? { ExcludeColumnSchema: true } : {}),
      ...(token === undefined ? {} : { NextToken: token }),
    };
    const page = await callGlue({ action: 'GetPartitions', table, signal }, (options) =>
      glue.send(new GetPartitionsCommand(input), options),
    );
    yield page.Partitions ?? [];
    token = page.NextToken === '' ? undefined : page.NextToken;
  } while (token !== undefined);
}

/** One walk over all partitions: each that lacks columns of the table, or has ours with another type, is rewritten. */
export async function cascadeOnce(
  glue: GlueClient,
  address: TableAddress,
  live: Table,
  ours: readonly GlueColumn[],
  {
    dryRun,
    check,
    signal,
  }: { readonly dryRun: boolean; readonly check: PartitionCheck; readonly signal: AbortSignal | undefined },
): Promise<CascadeResult> {
  const counts = { updated: 0, unchanged: 0 };
  const failed: FailedPartition[] = [];
  for await (const page of partitionPages(glue, address, false, signal)) {
    const changes = page.flatMap((partition) => changeOf(partition, live, ours) ?? []);
    counts.unchanged += page.length - changes.length;
    const allowed = changes.filter((change) => {
      // One that was registered after the plan was checked.
      const { violations } = check(change.before, change.PartitionInput.StorageDescriptor.Columns);
      const message = violations.map((violation) => violation.message).join('; ');
      if (message === '') return true;
      failed.push({ values: change.PartitionValueList, code: 'INCOMPATIBLE_CHANGE', message });
      return false;
    });
    for (const entries of batches(allowed)) {
      const errors = dryRun ? [] : await update(glue, address, entries, signal);
      counts.updated += entries.length - errors.length;
      failed.push(...errors.filter(({ code }) => code !== 'EntityNotFoundException'));
    }
  }
  return { ...counts, failed };
}

/** Adds to a report what a cascade would do to the columns of each registered partition, and changes nothing. */
export async function checkPartitions(
  glue: GlueClient,
  address: TableAddress,
  live: Table,
  ours: readonly GlueColumn[],
  {
    report,
    check,
    signal,
  }: {
    readonly report: CompatibilityReport;
    readonly check: PartitionCheck;
    readonly signal: AbortSignal | undefined;
  },
): Promise<CompatibilityReport> {
  const findings = new PartitionFindings();
  for await (const page of partitionPages(glue, address, false, signal)) {
    for (const partition of page) {
      const change = changeOf(partition, live, ours);
      if (change === undefined) continue;
      findings.add(partition, live, check(change.before, change.PartitionInput.StorageDescriptor.Columns));
    }
  }
  return findings.addTo(report);
}

type Entry = {
  readonly PartitionValueList: string[];
  readonly PartitionInput: PartitionInput & { readonly StorageDescriptor: { readonly Columns: Column[] } };
  /** The columns that the partition has. */
  readonly before: readonly Column[];
};

/** The entries by calls: of wide tables a call takes fewer, and always one. */
function batches(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const { entriesPerUpdate, charactersPerUpdate } = partitionLimits;
  const calls: Entry[][] = [];
  let characters = Infinity;
  for (const entry of entries) {
    const size = JSON.stringify(entry).length;
    const last = calls.at(-1);
    if (last === undefined || last.length === entriesPerUpdate || characters + size > charactersPerUpdate) {
      calls.push([entry]);
      characters = size;
    } else {
      last.push(entry);
      characters += size;
    }
  }
  return calls;
}

async function update(
  glue: GlueClient,
  table: TableAddress,
  entries: readonly Entry[],
  signal: AbortSignal | undefined,
): Promise<readonly FailedPartition[]> {
  const input = {
    ...addressOf(table),
    TableName: table.tableName,
    Entries: entries.map(({ PartitionValueList, PartitionInput }) => ({
      PartitionValueList,
      PartitionInput,
    })),
  };
  const { Errors = [] } = await callGlue({ action: 'BatchUpdatePartition', table, signal }, (options) =>
    glue.send(new BatchUpdatePartitionCommand(input), options),
  );
  return Errors.map(({ PartitionValueList = [], ErrorDetail }) => ({
    values: PartitionValueList,
    code: ErrorDetail?.ErrorCode ?? 'unknown',
    message: ErrorDetail?.ErrorMessage ?? 'Glue gives no reason',
  }));
}

/**
 * The partition with the table's columns: ours as the table has them, those of others added where they are absent and
 * never changed. A partition without columns follows its table by itself.
 */
function changeOf(partition: Partition, live: Table, ours: readonly GlueColumn[]): Entry | undefined {
  const storage = partition.StorageDescriptor;
  if (storage?.Columns === undefined || partition.Values === undefined) return undefined;
  const names = new Set(ours.map(folded));
  const own = new Map(storage.Columns.map((column) => [folded(column), column]));
  const table = live.StorageDescriptor?.Columns ?? [];
  const wanted = table.map((column) =>
    names.has(folded(column)) ? column : (own.get(folded(column)) ?? column),
  );
  // Partitions may have columns that the table no longer has: they stay, behind the table's.
  const rest = storage.Columns.filter((mine) => !table.some((column) => folded(column) === folded(mine)));
  const Columns = [...mergeColumns(storage.Columns, wanted, true), ...rest];
  if (sameValue(Columns, storage.Columns)) return undefined;
  const { Values, LastAccessTime, LastAnalyzedTime, Parameters } = partition;
  return {
    before: storage.Columns,
    PartitionValueList: Values,
    PartitionInput: {
      Values,
      ...(LastAccessTime === undefined ? {} : { LastAccessTime }),
      ...(LastAnalyzedTime === undefined ? {} : { LastAnalyzedTime }),
      ...(Parameters === undefined ? {} : { Parameters }),
      StorageDescriptor: { ...storage, Columns },
    },
  };
}
