import type { Column, Table, TableInput, TableVersion } from '@aws-sdk/client-glue';
import { checkOptions, flag, mapOf, type OptionRules, text } from '@store/foundation';
import { checkCompatibility, type CompatibilityReport, modeRule } from '../check-compatibility.js';
import type { CompatibilityMode, StorageKind } from '../compatibility/change.js';
import type { ComparableTable } from '../compatibility/table-shape.js';
import { GlueSchemaError, invalidOption } from '../errors.js';
import type { GlueColumn } from '../glue-type.js';
import type { GlueTableInput } from '../table-input.js';
import { sameValue, toInput } from './catalog-table.js';
import { checkObject } from '../check-arguments.js';

/** What a change of the table may do. */
export interface PlanOptions {
  /**
   * What must stay readable.
   *
   * @defaultValue 'BACKWARD'
   */
  readonly compatibility?: CompatibilityMode;
  /**
   * Takes changes whose effect depends on the readers, such as a wider integer, for compatible.
   *
   * @defaultValue false
   */
  readonly allowConditional?: boolean;
  /**
   * Removes columns that the catalog has and the manifest has not.
   *
   * @defaultValue false: they stay, at the end
   */
  readonly prune?: boolean;
  /** Columns that have another name now: new name to old name. */
  readonly renames?: Readonly<Record<string, string>>;
}

/** How each of {@link PlanOptions} is checked. */
export const planRules: OptionRules<PlanOptions> = {
  compatibility: modeRule,
  allowConditional: flag(),
  prune: flag(),
  renames: mapOf(text()),
};

/** What a push would do. */
export interface TablePlan {
  /** What the catalog needs. */
  readonly action: 'create' | 'update' | 'none';
  /** The whole table as it would stand. */
  readonly table: TableInput;
  /** Version that the plan was made from; absent where there is no table yet. */
  readonly versionId?: string;
  /** What the change means for readers and producers. */
  readonly report: CompatibilityReport;
  /** What people should know, and no check refuses. */
  readonly warnings: readonly string[];
}

/**
 * Plans the way from the table in the catalog to the wanted one, without a call.
 *
 * @param live the table as it stands, or `undefined` where there is none
 * @param versions its archived versions, for the `_ALL` modes
 *
 * @example
 * ```ts
 * import { toTableInput, type TableSchema } from '@store/glue-schema';
 * import { planTable } from '@store/glue-schema/catalog';
 *
 * const order: TableSchema = { name: 'Order', columns: [{ name: 'order_id', type: { kind: 'string' } }] };
 * console.log(planTable(undefined, toTableInput(order, { location: 's3://lake/orders/' })).action); // create
 * ```
 */
export function planTable(
  live: Table | undefined,
  wanted: GlueTableInput,
  options: PlanOptions = {},
  versions: readonly TableVersion[] = [],
): TablePlan {
  if (live !== undefined) checkObject('live', live);
  checkObject('wanted', wanted);
  checkOptions(options, planRules, invalidOption);
  return planFrom(live, wanted, options, versions);
}

/** {@link planTable} with options that have been checked, and may be more than a plan's own. */
export function planFrom(
  live: Table | undefined,
  wanted: GlueTableInput,
  options: PlanOptions,
  versions: readonly TableVersion[],
): TablePlan {
  const { compatibility: mode = 'BACKWARD', allowConditional = false, prune = false, renames = {} } = options;
  const check = { mode, allowConditional, renames, format: storageKind(wanted) };
  if (live === undefined) {
    const report = checkCompatibility([], comparable(wanted), check);
    return { action: 'create', table: wanted, report, warnings: projectionWarnings(wanted) };
  }
  const table = mergeTable(live, wanted, prune);
  const older = [...versions]
    .sort((a, b) => Number(a.VersionId ?? 0) - Number(b.VersionId ?? 0))
    .filter((version) => version.VersionId !== live.VersionId)
    .map((version) => comparable(version.Table ?? { Name: undefined }));
  return {
    action: sameValue(toInput(live), table) ? 'none' : 'update',
    table,
    ...(live.VersionId === undefined ? {} : { versionId: live.VersionId }),
    report: checkCompatibility([...older, comparable(live)], comparable(table), check),
    warnings: warningsOf(live, table, wanted),
  };
}

function storageKind(wanted: GlueTableInput): StorageKind {
  return wanted.Parameters.classification === 'json' ? 'hive-json' : 'hive-parquet';
}

/** Glue's columns as comparison reads them; a column without a type is how Glue shows a view's. */
function comparable(table: Table | TableInput): ComparableTable {
  const columns = (list: TableInput['PartitionKeys']): GlueColumn[] =>
    (list ?? []).map((column) => ({
      Name: column.Name ?? '',
      Type: column.Type ?? 'string',
      ...(column.Comment === undefined ? {} : { Comment: column.Comment }),
    }));
  const storage = table.StorageDescriptor;
  return {
    PartitionKeys: columns(table.PartitionKeys),
    StorageDescriptor: {
      Columns: columns(storage?.Columns),
      Location: storage?.Location,
      InputFormat: storage?.InputFormat,
      SerdeInfo: { SerializationLibrary: storage?.SerdeInfo?.SerializationLibrary },
    },
  };
}

function warningsOf(live: Table, table: TableInput, wanted: GlueTableInput): readonly string[] {
  const warnings = [...projectionWarnings(wanted)];
  const crawler = live.Parameters?.UPDATED_BY_CRAWLER;
  if (crawler !== undefined) {
    warnings.push(`Crawler "${crawler}" updates this table and may undo the change; let it log only`);
  }
  const kept = (table.StorageDescriptor?.Columns?.length ?? 0) - wanted.StorageDescriptor.Columns.length;
  if (kept > 0) {
    warnings.push(`${kept} column(s) of the catalog are not in the type, and stay; prune removes them`);
  }
  return warnings;
}

function projectionWarnings({ Parameters }: GlueTableInput): readonly string[] {
  const partitions = projectedPartitions(Parameters);
  if (partitions <= manyPartitions) return [];
  return [
    `The projection makes ${partitions} partitions of one day, each of which a query lists; project a date alone, ` +
      'or fewer values',
  ];
}

/** Throws when the plan has a change that its mode does not allow. */
export function requireCompatible(plan: TablePlan, mode: CompatibilityMode): void {
  const { violations } = plan.report;
  if (violations.length === 0) return;
  throw new GlueSchemaError(
    'INCOMPATIBLE_CHANGE',
    `${violations.length} change(s) are not ${mode}: ${violations.map((change) => change.message).join('; ')}`,
    { mode, violations },
  );
}

/**
 * The table that a push would leave: what the manifest says, laid over what is there.
 *
 * Kept from the live table: columns that the manifest does not have (unless `prune`), other people's
 * parameters, SerDe options, owner, retention.
 */
function mergeTable(live: Table, wanted: GlueTableInput, prune: boolean): TableInput {
  const base = toInput(live);
  const storage = base.StorageDescriptor ?? {};
  const ours = wanted.StorageDescriptor;
  return {
    ...base,
    ...(wanted.Description === undefined ? {} : { Description: wanted.Description }),
    TableType: wanted.TableType,
    PartitionKeys: mergeColumns(base.PartitionKeys ?? [], wanted.PartitionKeys, true),
    Parameters: { ...foreign(base.Parameters, projectionKey), ...wanted.Parameters },
    StorageDescriptor: {
      ...storage,
      Columns: mergeColumns(storage.Columns ?? [], ours.Columns, prune),
      Location: ours.Location,
      InputFormat: ours.InputFormat,
      OutputFormat: ours.OutputFormat,
      Compressed: ours.Compressed,
      SerdeInfo: {
        ...storage.SerdeInfo,
        SerializationLibrary: ours.SerdeInfo.SerializationLibrary,
        Parameters: { ...foreign(storage.SerdeInfo?.Parameters, mappingKey), ...ours.SerdeInfo.Parameters },
      },
    },
  };
}
// Keys of which the manifest has the whole set: one that it no longer has would linger on.
const projectionKey = /^(projection\.|storage\.location\.template$)/;
const mappingKey = /^mapping\./;

function foreign(parameters: Record<string, string> | undefined, owned: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters ?? {}).filter(([key]) => !owned.test(key)));
}

function mergeColumns(live: readonly Column[], wanted: readonly Column[], prune: boolean): Column[] {
  const before = new Map(live.map((column) => [column.Name, column]));
  const names = new Set(wanted.map((column) => column.Name));
  const merged = wanted.map((column) => ({ ...before.get(column.Name), ...column }));
  return prune ? merged : [...merged, ...live.filter((column) => !names.has(column.Name))];
}

const hoursOf: Readonly<Record<string, number>> = {
  MILLIS: 1 / 3_600_000,
  SECONDS: 1 / 3600,
  MINUTES: 1 / 60,
  HOURS: 1,
  DAYS: 24,
  WEEKS: 168,
  MONTHS: 672,
  YEARS: 8760,
};

/** Partitions of one day from which on a query over it is slow: each is a listing of S3. */
const manyPartitions = 10_000;

/**
 * How many places Athena would list for a query over one day that names no other key: the product of what every
 * projected key may be. Injected keys count once, since a query must name them.
 */
function projectedPartitions(parameters: Readonly<Record<string, string>>): number {
  return Object.entries(parameters).reduce((product, [name, type]) => {
    const key = /^projection\.(.+)\.type$/.exec(name)?.[1];
    if (key === undefined) return product;
    const setting = (of: string): string | undefined => parameters[`projection.${key}.${of}`];
    const interval = Number(setting('interval') ?? 1);
    if (type === 'enum') return product * (setting('values') ?? '').split(',').length;
    if (type === 'integer') {
      const [first = 0, last = 0] = (setting('range') ?? '').split(',').map(Number);
      return product * (Math.floor((last - first) / interval) + 1);
    }
    if (type === 'date') {
      const hours = interval * (hoursOf[setting('interval.unit') ?? 'DAYS'] ?? 24);
      return product * Math.max(1, Math.floor(24 / hours));
    }
    return product;
  }, 1);
}
