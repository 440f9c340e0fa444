import {
  AlreadyExistsException,
  ConcurrentModificationException,
  CreateTableCommand,
  type GlueClient,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { GlueSchemaError } from '../errors.js';
import type { GlueTableInput } from '../table-input.js';
import {
  abortable,
  addressOf,
  readExistingTable,
  readTable,
  readVersions,
  type TableAddress,
} from './catalog-table.js';
import { planTable, type PlanOptions, requireCompatible, type TablePlan } from './plan-table.js';

/** The wanted table, and where. */
export interface DiffTableOptions extends PlanOptions {
  readonly databaseName: string;
  /** What `toTableInput` gives. */
  readonly table: GlueTableInput;
  /** @defaultValue the account's own catalog */
  readonly catalogId?: string;
  readonly signal?: AbortSignal;
}

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
  /** @defaultValue Math.random */
  readonly random?: () => number;
  /** @defaultValue a timer */
  readonly sleep?: (delayMs: number) => Promise<void>;
}

/** What a push did. */
export interface PushResult {
  readonly action: 'created' | 'updated' | 'unchanged' | 'planned';
  readonly plan: TablePlan;
  /** Version in the catalog now; of a dry run, the one it was planned from. */
  readonly versionId?: string;
  /** Plans made: more than one when others changed the table meanwhile. */
  readonly attempts: number;
}

/** Plans made before a push gives up on a table that others keep changing. */
export const MAX_PUSH_ATTEMPTS = 5;

/** Compares the wanted table with the one in the catalog, and tells what a push would do. */
export async function diffTable(glue: GlueClient, options: DiffTableOptions): Promise<TablePlan> {
  const address = addressIn(options);
  const live = await readTable(glue, address, options.signal);
  const withHistory = live !== undefined && options.compatibility?.endsWith('_ALL') === true;
  const versions = withHistory ? await readVersions(glue, address, options.signal) : [];
  return planTable(live, options.table, options, versions);
}

/**
 * Creates the table, or changes it to what the manifest says: keeps what it does not own, makes no call when
 * nothing differs, and starts over from a fresh read when somebody else was faster.
 *
 * @throws GlueSchemaError `INCOMPATIBLE_CHANGE` before any change, `CONCURRENT_CHANGE` after five attempts.
 */
export async function pushTable(glue: GlueClient, options: PushTableOptions): Promise<PushResult> {
  const { random = Math.random, sleep = timer } = options;
  for (let attempts = 1; ; attempts += 1) {
    const plan = await diffTable(glue, options);
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
      if (attempts === MAX_PUSH_ATTEMPTS) throw gaveUp(options, error);
      await sleep(random() * 50 * 2 ** attempts);
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
    `Table "${name}" was changed by others ${MAX_PUSH_ATTEMPTS} times meanwhile; push again when they are done`,
    { table: name },
    { cause },
  );
}

const timer = (delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
