import {
  ConcurrentModificationException,
  type GlueClient,
  type Table,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { abortSignal, checkOptions, flag, type OptionRules, required, text } from '@store/foundation';
import { GlueSchemaError, invalidOption } from '../errors.js';
import type { GlueColumn } from '../glue-type.js';
import {
  addressOf,
  readExistingTable,
  readVersions,
  sameValue,
  type TableAddress,
  tableAddressRules,
  toInput,
} from './catalog-table.js';
import { checkGlueClient } from '../check-arguments.js';
import { modeRule } from '../check-compatibility.js';
import type { CompatibilityMode } from '../compatibility/change.js';
import { type CascadeResult, countPartitions, registersPartitions } from './cascade.js';
import { callGlue } from './glue-call.js';
import { mostCounted, partitionWarning } from './plan-warnings.js';
import { rollbackCascade } from './rollback-cascade.js';
import { refusalOf, tableKind } from './table-kind.js';

/** One archived version of a table. */
export interface TableVersionSummary {
  /** As {@link rollbackTable} takes it. */
  readonly versionId: string;
  /** When the table became that version. */
  readonly updatedAt: Date | undefined;
  /** Its columns, without the partition keys. */
  readonly columns: readonly GlueColumn[];
}

/** Settings of {@link listTableVersions}. */
export interface ListTableVersionsOptions extends TableAddress {
  /** Ends the calls. */
  readonly signal?: AbortSignal;
}

const listRules: OptionRules<ListTableVersionsOptions> = { ...tableAddressRules, signal: abortSignal() };

/** Settings of {@link rollbackTable}. */
export interface RollbackTableOptions extends ListTableVersionsOptions {
  /** Version to go back to, as {@link listTableVersions} names it. */
  readonly versionId: string;
  /**
   * Tells what would be restored, and changes nothing.
   *
   * @defaultValue false
   */
  readonly dryRun?: boolean;
  /**
   * Takes the registered partitions along: each gets the version's columns, and keeps those that only it has.
   *
   * @defaultValue false: they keep the columns that they have
   */
  readonly cascade?: boolean;
  /**
   * What must stay readable of the partitions of a `cascade`.
   *
   * @defaultValue 'BACKWARD'
   */
  readonly compatibility?: CompatibilityMode;
  /**
   * Takes changes of partitions whose effect depends on the readers for compatible.
   *
   * @defaultValue false
   */
  readonly allowConditional?: boolean;
}

const rollbackRules: OptionRules<RollbackTableOptions> = {
  ...listRules,
  versionId: required(text()),
  dryRun: flag(),
  cascade: flag(),
  compatibility: modeRule,
  allowConditional: flag(),
};

/** What a rollback did. */
export interface RollbackResult {
  /** What was done; `planned`: nothing, by `dryRun`. */
  readonly action: 'restored' | 'unchanged' | 'planned';
  /** The table as it was in that version. */
  readonly table: TableInput;
  /** Version in the catalog now: a new one, since history is never rewritten. */
  readonly versionId: string | undefined;
  /** What people should know, and nothing refuses. */
  readonly warnings: readonly string[];
  /** What became of the registered partitions; absent without `cascade`, and where partitions are not registered. */
  readonly cascade?: CascadeResult;
}

/**
 * The table's versions, newest first.
 *
 * @example
 * ```ts
 * import { GlueClient } from '@aws-sdk/client-glue';
 * import { listTableVersions } from '@store/glue-schema/catalog';
 *
 * const versions = await listTableVersions(new GlueClient(), { databaseName: 'shop', tableName: 'order' });
 * console.log(versions.map(({ versionId, updatedAt }) => [versionId, updatedAt]));
 * ```
 */
export async function listTableVersions(
  glue: GlueClient,
  options: ListTableVersionsOptions,
): Promise<TableVersionSummary[]> {
  checkGlueClient(glue);
  checkOptions(options, listRules, invalidOption);
  const versions = await readVersions(glue, options, options.signal);
  return versions.map((version) => ({
    versionId: version.VersionId ?? '',
    updatedAt: version.Table?.UpdateTime,
    columns: (version.Table?.StorageDescriptor?.Columns ?? []).map((column) => ({
      Name: column.Name ?? '',
      Type: column.Type ?? '',
      ...(column.Comment === undefined ? {} : { Comment: column.Comment }),
    })),
  }));
}

/**
 * Makes an archived version the newest one.
 *
 * @throws GlueSchemaError `TABLE_NOT_FOUND` for an unknown version, `UNSUPPORTED_TABLE` where the table or the version
 * is a view or of an open table format, `INCOMPATIBLE_CHANGE` for a `cascade` that would make files of a partition
 * unreadable, `CONCURRENT_CHANGE` when somebody changed the table meanwhile: a rollback
 * undoes what was seen, not what came after.
 *
 * @example
 * ```ts
 * import { GlueClient } from '@aws-sdk/client-glue';
 * import { rollbackTable } from '@store/glue-schema/catalog';
 *
 * const address = { databaseName: 'shop', tableName: 'order' };
 * const { action } = await rollbackTable(new GlueClient(), { ...address, versionId: '3', dryRun: true });
 * console.log(action); // planned
 * ```
 */
export async function rollbackTable(
  glue: GlueClient,
  options: RollbackTableOptions,
): Promise<RollbackResult> {
  checkGlueClient(glue);
  checkOptions(options, rollbackRules, invalidOption);
  const live = await readExistingTable(glue, options, options.signal);
  const versions = await readVersions(glue, options, options.signal);
  const old = versions.find((version) => version.VersionId === options.versionId)?.Table;
  if (old === undefined) {
    const name = `${options.databaseName}.${options.tableName}`;
    throw new GlueSchemaError(
      'TABLE_NOT_FOUND',
      `Version "${options.versionId}" of "${name}" is not archived; \`store schema versions\` (\`listTableVersions\`) lists those that are`,
      { table: name, versionId: options.versionId },
    );
  }
  for (const [what, side] of [
    ['', live],
    [` in version ${options.versionId}`, old],
  ] as const) {
    refuseKind(`Table "${options.databaseName}.${options.tableName}"${what}`, side);
  }
  const table = withoutBoth(toInput(old));
  const now = live.VersionId;
  const cascade = rollbackCascade(glue, options, live, table);
  const warnings = (await cascade?.check()) ?? (await partitionWarnings(glue, options, live, table));
  const followed = async (): Promise<Pick<RollbackResult, 'cascade'>> => {
    const result = await cascade?.run();
    return result === undefined ? {} : { cascade: result };
  };
  if (sameValue(table, withoutBoth(toInput(live))))
    return { action: 'unchanged', table, versionId: now, warnings, ...(await followed()) };
  if (options.dryRun === true)
    return { action: 'planned', table, versionId: now, warnings, ...(await followed()) };
  const command = new UpdateTableCommand({
    ...addressOf(options),
    TableInput: table,
    ...(now === undefined ? {} : { VersionId: now }),
  });
  try {
    await callGlue({ action: 'UpdateTable', table: options, signal: options.signal }, (call) =>
      glue.send(command, call),
    );
  } catch (error) {
    if (!(error instanceof ConcurrentModificationException)) throw error;
    throw new GlueSchemaError(
      'CONCURRENT_CHANGE',
      `Table "${options.databaseName}.${options.tableName}" was changed by another writer; look again, then roll back`,
      { table: options.tableName },
      { cause: error },
    );
  }
  const restored = await readExistingTable(glue, options, options.signal);
  return { action: 'restored', table, versionId: restored.VersionId, warnings, ...(await followed()) };
}

/** A rollback of columns leaves registered partitions as they are. */
async function partitionWarnings(
  glue: GlueClient,
  options: RollbackTableOptions,
  live: Table,
  table: TableInput,
): Promise<readonly string[]> {
  const isSame = sameValue(live.StorageDescriptor?.Columns, table.StorageDescriptor?.Columns);
  if (isSame || !registersPartitions(live)) return [];
  const count = await countPartitions(glue, options, mostCounted, options.signal);
  return count === 0 ? [] : [partitionWarning(count, 'rollback')];
}

/** Going back would bring back an old place of the metadata, and with it lose all that was written since. */
function refuseKind(name: string, table: Table): void {
  const kind = tableKind(table);
  const refusal = refusalOf(kind, table);
  if (refusal === undefined) return;
  throw new GlueSchemaError('UNSUPPORTED_TABLE', `${name} ${refusal}`, { table: name, kind });
}

/** Glue gives columns beside a SchemaReference, and refuses to take both. */
function withoutBoth(input: TableInput): TableInput {
  if (input.StorageDescriptor?.SchemaReference === undefined) return input;
  const storage = Object.entries(input.StorageDescriptor).filter(([member]) => member !== 'Columns');
  return { ...input, StorageDescriptor: Object.fromEntries(storage) };
}
