import type { GlueClient, Table, TableInput } from '@aws-sdk/client-glue';
import type { CompatibilityMode } from '../compatibility/change.js';
import { GlueSchemaError } from '../errors.js';
import { cascadeTable } from './cascade-table.js';
import { type CascadeResult, checkPartitions, registersPartitions } from './cascade.js';
import type { TableAddress } from './catalog-table.js';
import { partitionCheck } from './partition-check.js';

/** What a rollback says of its partitions. */
interface RollbackCascadeOptions extends TableAddress {
  readonly cascade?: boolean;
  readonly compatibility?: CompatibilityMode;
  readonly allowConditional?: boolean;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

/** The two steps of a rollback's cascade. */
interface RollbackCascade {
  /** Throws where files of a partition would become unreadable; otherwise what people should know. */
  readonly check: () => Promise<readonly string[]>;
  /** Gives the partitions their columns, once the table has them. */
  readonly run: () => Promise<CascadeResult | undefined>;
}

/**
 * How the registered partitions follow a rollback; `undefined` where nobody asked for it, or none are registered.
 *
 * @param live the table as it stands
 * @param table the version that comes back
 */
export function rollbackCascade(
  glue: GlueClient,
  options: RollbackCascadeOptions,
  live: Table,
  table: TableInput,
): RollbackCascade | undefined {
  if (options.cascade !== true || !registersPartitions(live)) return undefined;
  const { compatibility: mode = 'BACKWARD', allowConditional = false, dryRun = false, signal } = options;
  const storage = table.StorageDescriptor;
  const isJson = /json/i.test(storage?.SerdeInfo?.SerializationLibrary ?? '');
  const check = partitionCheck({ mode, allowConditional, format: isJson ? 'hive-json' : 'hive-parquet' });
  // The columns of a schema registry are no version's.
  const isReferenced = storage?.SchemaReference !== undefined;
  const ours = (isReferenced ? [] : (storage?.Columns ?? [])).map(({ Name = '', Type = '' }) => ({
    Name,
    Type,
  }));
  return {
    check: async () => {
      const after = isReferenced ? live : { ...live, ...table };
      const report = { compatible: true, changes: [], violations: [], first: 'any' } as const;
      const { changes, violations } = await checkPartitions(glue, options, after, ours, {
        report,
        check,
        signal,
      });
      if (violations.length === 0) return changes.map(({ message }) => message);
      const name = `${options.databaseName}.${options.tableName}`;
      throw new GlueSchemaError(
        'INCOMPATIBLE_CHANGE',
        `${violations.length} change(s) of partitions of "${name}" are not ${mode}: ${violations.map(({ message, impact }) => `${impact} ${message}`).join('; ')}`,
        { table: name, mode, violations },
      );
    },
    run: async () => await cascadeTable(glue, options, { dryRun, planned: table, ours, check, signal }),
  };
}
