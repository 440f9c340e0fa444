import {
  AlreadyExistsException,
  ConcurrentModificationException,
  CreateTableCommand,
  type GlueClient,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import {
  abortSignal,
  callback,
  checkOptions,
  type Clock,
  flag,
  having,
  type OptionRules,
  required,
  satisfying,
  systemClock,
  text,
  wait,
} from '@store/foundation';
import { GlueSchemaError, invalidOption } from '../errors.js';
import type { GlueTableInput } from '../table-input.js';
import {
  abortable,
  addressOf,
  getTable,
  readExistingTable,
  readVersions,
  type TableAddress,
} from './catalog-table.js';
import { planFrom, type PlanOptions, planRules, requireCompatible, type TablePlan } from './plan-table.js';
import { checkGlueClient } from '../check-arguments.js';

/** The wanted table, and where. */
export interface DiffTableOptions extends PlanOptions {
  /** Glue database. */
  readonly databaseName: string;
  /** What `toTableInput` gives. */
  readonly table: GlueTableInput;
  /**
   * Id of the Data Catalog.
   *
   * @defaultValue the account's own catalog
   */
  readonly catalogId?: string;
  /** Ends the calls, and the waits between them. */
  readonly signal?: AbortSignal;
}

const diffTableRules: OptionRules<DiffTableOptions> = {
  ...planRules,
  databaseName: required(text()),
  table: required(
    satisfying(
      'what `toTableInput` gives',
      (value) => typeof value === 'object' && value !== null && 'StorageDescriptor' in value,
    ),
  ),
  catalogId: text(),
  signal: abortSignal(),
};

/** Settings of {@link pushTable}. */
export interface PushTableOptions extends DiffTableOptions {
  /**
   * Plans and checks, and changes nothing.
   *
   * @defaultValue false
   */
  readonly dryRun?: boolean;
  /**
   * Updates without an archived version, which cannot be rolled back to.
   *
   * @defaultValue false
   */
  readonly skipArchive?: boolean;
  /**
   * Number from 0 to 1 that spreads the waits between attempts.
   *
   * @defaultValue Math.random
   */
  readonly random?: () => number;
  /**
   * Clock of the waits between attempts.
   *
   * @defaultValue the machine's own
   */
  readonly clock?: Clock;
}

const pushTableRules: OptionRules<PushTableOptions> = {
  ...diffTableRules,
  dryRun: flag(),
  skipArchive: flag(),
  random: callback(),
  clock: having('now', 'schedule'),
};

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
  return planFrom(live, options.table, options, versions);
}

/**
 * Creates the table, or changes it to what the manifest says: keeps what it does not own, makes no call when
 * nothing differs, and starts over from a fresh read when another writer was faster.
 *
 * @throws GlueSchemaError `INCOMPATIBLE_CHANGE` before any change, `CONCURRENT_CHANGE` after five attempts.
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
  const { random = Math.random, clock = systemClock } = options;
  for (let attempts = 1; ; attempts += 1) {
    const plan = await diff(glue, options);
    requireCompatible(plan, options.compatibility ?? 'BACKWARD');
    const version = plan.versionId === undefined ? {} : { versionId: plan.versionId };
    if (plan.action === 'none') return { action: 'unchanged', plan, ...version, attempts };
    if (options.dryRun === true) return { action: 'planned', plan, ...version, attempts };
    try {
      await apply(glue, plan, options);
      const live = await readExistingTable(glue, addressIn(options), options.signal);
      const now = live.VersionId === undefined ? {} : { versionId: live.VersionId };
      return { action: plan.action === 'create' ? 'created' : 'updated', plan, ...now, attempts };
    } catch (error) {
      if (!isRace(error)) throw error;
      if (attempts === maxPushAttempts) throw gaveUp(options, error);
      await wait(clock, random() * 50 * 2 ** attempts, options.signal);
    }
  }
}

function addressIn(options: DiffTableOptions): TableAddress {
  return {
    databaseName: options.databaseName,
    tableName: options.table.Name,
    ...(options.catalogId === undefined ? {} : { catalogId: options.catalogId }),
  };
}

async function apply(glue: GlueClient, plan: TablePlan, options: PushTableOptions): Promise<void> {
  const input = { ...addressOf(addressIn(options)), TableInput: plan.table };
  if (plan.action === 'create') {
    await glue.send(new CreateTableCommand(input), abortable(options.signal));
    return;
  }
  const guarded = {
    ...input,
    ...(plan.versionId === undefined ? {} : { VersionId: plan.versionId }),
    SkipArchive: options.skipArchive ?? false,
  };
  await glue.send(new UpdateTableCommand(guarded), abortable(options.signal));
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
