import {
  AlreadyExistsException,
  ConcurrentModificationException,
  type GlueClient,
  type Table,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { checkOptions, systemClock, wait } from '@store/foundation';
import type { ChangeKind } from '../compatibility/change.js';
import { GlueSchemaError, invalidOption } from '../errors.js';
import { addressOf, getTable, readExistingTable, readVersions, type TableAddress } from './catalog-table.js';
import { cascadeTable } from './cascade-table.js';
import { type CascadeResult, checkPartitions, countPartitions, registersPartitions } from './cascade.js';
import { checkNewDatabase, createTable } from './create-table.js';
import { callGlue } from './glue-call.js';
import { type PartitionCheck, partitionCheck } from './partition-check.js';
import { planFrom, requireCompatible, storageKind, type TablePlan } from './plan-table.js';
import { mostCounted } from './plan-warnings.js';
import {
  type DiffTableOptions,
  diffTableRules,
  type PushTableOptions,
  pushTableRules,
} from './push-options.js';
import { checkGlueClient } from '../check-arguments.js';

/** What a push did. */
export interface PushResult {
  /** What was done; `planned`: nothing, by `dryRun`. */
  readonly action: 'created' | 'updated' | 'unchanged' | 'planned';
  /** What the push was planned to do. */
  readonly plan: TablePlan;
  /** Version in the catalog now; of a dry run, the one it was planned from. */
  readonly versionId?: string;
  /** Plans made: more than one when others changed the table meanwhile. */
  readonly attempts: number;
  /** What became of the registered partitions; absent without `cascade`, and where partitions are not registered. */
  readonly cascade?: CascadeResult;
}

/** Plans made before a push gives up on a table that others keep changing. */
const maxPushAttempts = 5;

/**
 * Compares the wanted table with the one in the catalog, and tells what a push would do.
 *
 * @example
 * ```ts
 * import { GlueClient } from '@aws-sdk/client-glue';
 * import { toTableInput, type TableSchema } from '@store/glue-schema';
 * import { diffTable } from '@store/glue-schema/catalog';
 *
 * const order: TableSchema = { name: 'Order', columns: [{ name: 'order_id', type: { kind: 'string' } }] };
 * const table = toTableInput(order, { location: 's3://lake/orders/' });
 * const plan = await diffTable(new GlueClient(), { databaseName: 'shop', table });
 * console.log(plan.action, plan.report.changes);
 * ```
 */
export async function diffTable(glue: GlueClient, options: DiffTableOptions): Promise<TablePlan> {
  checkGlueClient(glue);
  checkOptions(options, diffTableRules, invalidOption);
  return await diff(glue, options);
}

async function diff(glue: GlueClient, options: DiffTableOptions): Promise<TablePlan> {
  const address = addressIn(options);
  const live = await getTable(glue, address, options.signal);
  const withHistory = live !== undefined && options.compatibility?.endsWith('_ALL') === true;
  const versions = withHistory ? await readVersions(glue, address, options.signal) : [];
  const plan = planFrom(live, options.table, options, versions, 0);
  if (live !== undefined && options.cascade === true) return await withPartitions(glue, live, plan, options);
  // Listing partitions takes a call for each thousand: only a change of columns asks for it.
  const changes = plan.report.changes.some(({ kind }) => columnKinds.has(kind));
  if (live === undefined || plan.action !== 'update' || !changes || !registersPartitions(live)) return plan;
  const count = await countPartitions(glue, address, mostCounted, options.signal);
  return count === 0 ? plan : planFrom(live, options.table, options, versions, count);
}

/** The plan of a cascade, with what becomes of each registered partition. */
async function withPartitions(
  glue: GlueClient,
  live: Table,
  plan: TablePlan,
  options: DiffTableOptions,
): Promise<TablePlan> {
  if (plan.action === 'refuse' || !registersPartitions(live)) return plan;
  const isReferenced = live.StorageDescriptor?.SchemaReference !== undefined;
  const ours = isReferenced ? [] : options.table.StorageDescriptor.Columns;
  const after = isReferenced ? live : { ...live, ...plan.table };
  const { report } = plan;
  const given = { report, check: checkFor(options), signal: options.signal };
  return { ...plan, report: await checkPartitions(glue, addressIn(options), after, ours, given) };
}

function checkFor(options: DiffTableOptions): PartitionCheck {
  const { compatibility: mode = 'BACKWARD', allowConditional = false, table } = options;
  return partitionCheck({ mode, allowConditional, format: storageKind(table) });
}

/** Changes that the columns of a registered partition do not follow. */
const columnKinds: ReadonlySet<ChangeKind> = new Set([
  'ADDED',
  'REMOVED',
  'RENAMED',
  'REORDERED',
  'WIDENED',
  'TYPE_CHANGED',
]);

/**
 * Creates the table, or changes it to what the manifest says: keeps what it does not own, makes no call when
 * nothing differs, and starts over from a fresh read when another writer was faster. With `cascade` the registered
 * partitions follow, whether the table had to change or not.
 *
 * @throws GlueSchemaError before any change `INCOMPATIBLE_CHANGE`, `UNSUPPORTED_TABLE` for a view or an open table
 * format, `DATABASE_NOT_FOUND`; `CONCURRENT_CHANGE` after five attempts; `ACCESS_DENIED` with the denied action.
 *
 * @example
 * ```ts
 * import { GlueClient } from '@aws-sdk/client-glue';
 * import { toTableInput, type TableSchema } from '@store/glue-schema';
 * import { pushTable } from '@store/glue-schema/catalog';
 *
 * const order: TableSchema = { name: 'Order', columns: [{ name: 'order_id', type: { kind: 'string' } }] };
 * const table = toTableInput(order, { location: 's3://lake/orders/' });
 * const { action, versionId } = await pushTable(new GlueClient(), { databaseName: 'shop', table });
 * console.log(action, versionId);
 * ```
 */
export async function pushTable(glue: GlueClient, options: PushTableOptions): Promise<PushResult> {
  checkGlueClient(glue);
  checkOptions(options, pushTableRules, invalidOption);
  if (options.createDatabase === true) checkNewDatabase(options.databaseName);
  const { random = Math.random, clock = systemClock } = options;
  for (let attempts = 1; ; attempts += 1) {
    const plan = await diff(glue, options);
    requireCompatible(plan, options.compatibility ?? 'BACKWARD');
    const version = plan.versionId === undefined ? {} : { versionId: plan.versionId };
    const done = { plan, ...version, attempts };
    if (plan.action === 'none')
      return { action: 'unchanged', ...done, ...(await cascaded(glue, plan, options)) };
    if (options.dryRun === true)
      return { action: 'planned', ...done, ...(await cascaded(glue, plan, options)) };
    try {
      await apply(glue, plan, options);
      const live = await readExistingTable(glue, addressIn(options), options.signal);
      const now = live.VersionId === undefined ? {} : { versionId: live.VersionId };
      const action = plan.action === 'create' ? 'created' : 'updated';
      return { action, plan, ...now, attempts, ...(await cascaded(glue, plan, options)) };
    } catch (error) {
      if (!isRace(error)) throw error;
      if (attempts === maxPushAttempts) throw gaveUp(options, error);
      await wait(clock, random() * 50 * 2 ** attempts, options.signal);
    }
  }
}

async function cascaded(
  glue: GlueClient,
  plan: TablePlan,
  options: PushTableOptions,
): Promise<{ readonly cascade?: CascadeResult }> {
  if (options.cascade !== true || plan.action === 'create') return {};
  const { dryRun = false, signal } = options;
  const ours = options.table.StorageDescriptor.Columns;
  const given = { dryRun, planned: plan.table, ours, check: checkFor(options), signal };
  const cascade = await cascadeTable(glue, addressIn(options), given);
  return cascade === undefined ? {} : { cascade };
}

function addressIn(options: DiffTableOptions): TableAddress {
  return {
    databaseName: options.databaseName,
    tableName: options.table.Name,
    ...(options.catalogId === undefined ? {} : { catalogId: options.catalogId }),
  };
}

async function apply(glue: GlueClient, plan: TablePlan, options: PushTableOptions): Promise<void> {
  const { signal } = options;
  const table = addressIn(options);
  const input = { ...addressOf(table), TableInput: plan.table };
  if (plan.action === 'create') {
    await createTable(glue, table, plan.table, { createDatabase: options.createDatabase ?? false, signal });
    return;
  }
  const guarded = {
    ...input,
    ...(plan.versionId === undefined ? {} : { VersionId: plan.versionId }),
    SkipArchive: options.skipArchive ?? false,
  };
  await callGlue({ action: 'UpdateTable', table, signal }, (call) =>
    glue.send(new UpdateTableCommand(guarded), call),
  );
}

function isRace(error: unknown): boolean {
  return error instanceof ConcurrentModificationException || error instanceof AlreadyExistsException;
}

function gaveUp(options: PushTableOptions, cause: unknown): GlueSchemaError {
  const name = `${options.databaseName}.${options.table.Name}`;
  return new GlueSchemaError(
    'CONCURRENT_CHANGE',
    `Table "${name}" was changed by others ${maxPushAttempts} times meanwhile; push again when they are done`,
    { table: name },
    { cause },
  );
}
