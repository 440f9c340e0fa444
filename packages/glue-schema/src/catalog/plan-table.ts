import type { Table, TableInput, TableVersion } from '@aws-sdk/client-glue';
import { checkArgument, checkOptions, required, wholeNumber } from '@store/foundation';
import { checkObject } from '../check-arguments.js';
import { checkCompatibility, type CompatibilityReport } from '../check-compatibility.js';
import type { CompatibilityMode, StorageKind, TableChange } from '../compatibility/change.js';
import type { ComparableTable } from '../compatibility/table-shape.js';
import { GlueSchemaError, invalidOption } from '../errors.js';
import type { GlueColumn } from '../glue-type.js';
import type { GlueTableInput } from '../table-input.js';
import { sameValue, toInput } from './catalog-table.js';
import { folded, mergeColumns, mergeTable, sameType } from './merge-table.js';
import { type PlanOptions, planRules } from './plan-options.js';
import { projectionWarnings, warningsOf } from './plan-warnings.js';
import { settingChanges } from './table-differences.js';
import { refusalOf, registrySchema, tableKind, type TableKind } from './table-kind.js';

/** What a push would do. */
export interface TablePlan {
  /** What the catalog needs; `refuse`: it has a table of that name which no push changes, see {@link TablePlan.kind}. */
  readonly action: 'create' | 'update' | 'none' | 'refuse';
  /** What the table in the catalog is; of a new table, what it will be. */
  readonly kind: TableKind;
  /** `database.table` of the table in the catalog, as far as it is known. */
  readonly name: string;
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
 * @param registeredPartitions how many partitions the catalog has of it, each with columns of its own
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
  registeredPartitions = 0,
): TablePlan {
  if (live !== undefined) checkObject('live', live);
  checkObject('wanted', wanted);
  checkOptions(options, planRules, invalidOption);
  checkArgument('registeredPartitions', registeredPartitions, required(wholeNumber(0)), invalidOption);
  return planFrom(live, wanted, options, versions, registeredPartitions);
}

/** {@link planTable} with options that have been checked, and may be more than a plan's own. */
export function planFrom(
  live: Table | undefined,
  wanted: GlueTableInput,
  options: PlanOptions,
  versions: readonly TableVersion[],
  registered: number,
): TablePlan {
  const {
    compatibility: mode = 'BACKWARD',
    allowConditional = false,
    prune = false,
    cascade = false,
  } = options;
  const registeredPartitions = registered > 0 && !cascade;
  const renames = Object.fromEntries(
    Object.entries(options.renames ?? {}).map(([name, old]) => [name.toLowerCase(), old.toLowerCase()]),
  );
  const check = { mode, allowConditional, renames, format: storageKind(wanted), registeredPartitions };
  if (live === undefined) {
    const report = checkCompatibility([], comparable(wanted), check);
    const kind = tableKind(wanted);
    return {
      action: 'create',
      kind,
      name: wanted.Name,
      table: wanted,
      report,
      warnings: projectionWarnings(wanted),
    };
  }
  const kind = tableKind(live);
  const refusal = refusalOf(kind, live) ?? registryRefusal(kind, live, wanted);
  if (refusal !== undefined) return refused(live, kind, refusal);
  const before = toInput(live);
  const table = mergeTable(live, wanted, prune);
  const isReferenced = kind === 'registry';
  const older = [...versions]
    .sort((a, b) => Number(a.VersionId ?? 0) - Number(b.VersionId ?? 0))
    .filter(
      ({ VersionId, Table: old }) =>
        VersionId !== live.VersionId && refusalOf(tableKind(old ?? live), live) === undefined,
    )
    .map((version) => comparable(version.Table ?? { Name: undefined }));
  const report = checkCompatibility(
    [...older, comparable(before)],
    comparable(isReferenced ? withColumnsOf(table, live) : table),
    check,
  );
  return {
    action: sameValue(isReferenced ? withColumnsOf(before, undefined) : before, table) ? 'none' : 'update',
    kind,
    name: nameOf(live),
    table,
    ...(live.VersionId === undefined ? {} : { versionId: live.VersionId }),
    report: { ...report, changes: [...report.changes, ...settingChanges(before, table)] },
    warnings: warningsOf(live, table, wanted, cascade ? 0 : registered),
  };
}

function nameOf({ DatabaseName: database, Name: name = '' }: Table): string {
  return database === undefined ? name : `${database}.${name}`;
}

function refused(live: Table, kind: TableKind, refusal: string): TablePlan {
  const change: TableChange = {
    kind: 'TABLE_KIND',
    path: '',
    impact: 'BREAKING',
    forward: false,
    message: `${nameOf(live)} ${refusal}`,
  };
  return {
    action: 'refuse',
    kind,
    name: nameOf(live),
    table: toInput(live),
    ...(live.VersionId === undefined ? {} : { versionId: live.VersionId }),
    report: { compatible: false, changes: [change], violations: [change], first: 'any' },
    warnings: [],
  };
}

/** A registry's columns are changed in the registry; what else the table has, a push may change. */
function registryRefusal(kind: TableKind, live: Table, wanted: GlueTableInput): string | undefined {
  if (kind !== 'registry') return undefined;
  const columns = live.StorageDescriptor?.Columns ?? [];
  const merged = mergeColumns(columns, wanted.StorageDescriptor.Columns, false);
  const isSame =
    merged.length === columns.length &&
    merged.every(({ Type = '' }, at) => sameType(columns[at]?.Type ?? '', Type));
  if (isSame) return undefined;
  return `takes its columns from a schema registry (${registrySchema(live)}), and they are not those of the type; register a version of the schema there, or push to another table`;
}

/** The input with the columns of a table, or with none. */
function withColumnsOf(input: TableInput, table: Table | undefined): TableInput {
  const { Columns, ...storage } = input.StorageDescriptor ?? {};
  const columns = table === undefined ? undefined : (table.StorageDescriptor?.Columns ?? Columns);
  return {
    ...input,
    StorageDescriptor: { ...storage, ...(columns === undefined ? {} : { Columns: columns }) },
  };
}

/** How the objects of the wanted table are written. */
export function storageKind(wanted: GlueTableInput): StorageKind {
  return wanted.Parameters.classification === 'json' ? 'hive-json' : 'hive-parquet';
}

/** Glue's columns as comparison reads them; a column without a type is how Glue shows a view's. */
function comparable(table: Table | TableInput): ComparableTable {
  const columns = (list: TableInput['PartitionKeys']): GlueColumn[] =>
    (list ?? []).map((column) => ({
      Name: folded(column),
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

/** Throws when the plan is for a table that no push changes, or has a change that its mode does not allow. */
export function requireCompatible(plan: TablePlan, mode: CompatibilityMode): void {
  const { violations } = plan.report;
  const details = { table: plan.name, mode, violations };
  if (plan.action === 'refuse') {
    const message = violations.map((change) => change.message).join('; ');
    throw new GlueSchemaError('UNSUPPORTED_TABLE', message, { ...details, kind: plan.kind });
  }
  if (violations.length === 0) return;
  const said = violations.map(({ message, assumes, impact }) =>
    assumes === undefined || impact === 'BREAKING'
      ? message
      : `${message}; \`allowConditional\` takes it, and assumes that ${assumes}`,
  );
  throw new GlueSchemaError(
    'INCOMPATIBLE_CHANGE',
    `${violations.length} change(s) of "${plan.name}" are not ${mode}: ${said.join('; ')}`,
    details,
  );
}
