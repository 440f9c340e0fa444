import {
  checkOptions,
  flag,
  mapOf,
  oneOf,
  type OptionRule,
  type OptionRules,
  required,
  text,
} from '@store/foundation';
import type { CompareContext, CompatibilityMode, StorageKind, TableChange } from './compatibility/change.js';
import { compareColumns } from './compatibility/compare-columns.js';
import { type ComparableTable, shapeOf, type TableShape } from './compatibility/table-shape.js';
import { invalidOption } from './errors.js';
import type { TableSchema } from './table-schema.js';
import { checkObject } from './check-arguments.js';

/** Settings of {@link checkCompatibility}. */
export interface CompatibilityOptions {
  /** What must stay readable. */
  readonly mode: CompatibilityMode;
  /** How the table's data is stored. */
  readonly format: StorageKind;
  /**
   * Takes changes whose effect depends on the readers, such as a wider integer, for compatible.
   *
   * @defaultValue false
   */
  readonly allowConditional?: boolean;
  /**
   * Whether readers find columns by name or, as with `parquet.column.index.access`, by position.
   *
   * @defaultValue 'name'
   */
  readonly columnsBy?: 'name' | 'index';
  /**
   * Whether partitions are registered whose columns stay as they are: Athena then reads a struct only where the
   * table's has the partition's fields first, and new ones behind them.
   *
   * @defaultValue false
   */
  readonly registeredPartitions?: boolean;
  /**
   * Columns that have another name now: new name to old name.
   *
   * @defaultValue `@renamedFrom` of the new manifest, then columns that agree in type and comment
   */
  readonly renames?: Readonly<Record<string, string>>;
}

/** The rule for a {@link CompatibilityMode}. */
export const modeRule: OptionRule = oneOf(
  'NONE',
  'BACKWARD',
  'FORWARD',
  'FULL',
  'BACKWARD_ALL',
  'FORWARD_ALL',
  'FULL_ALL',
);

const compatibilityRules: OptionRules<CompatibilityOptions> = {
  mode: required(modeRule),
  format: required(oneOf('hive-parquet', 'hive-json', 'iceberg')),
  allowConditional: flag(),
  columnsBy: oneOf('name', 'index'),
  registeredPartitions: flag(),
  renames: mapOf(text()),
};

/** What a change of the table means. */
export interface CompatibilityReport {
  /** True when the mode allows every change. */
  readonly compatible: boolean;
  /** Everything that differs from the newest of the old tables. */
  readonly changes: readonly TableChange[];
  /** The changes that the mode does not allow, of older versions too. */
  readonly violations: readonly TableChange[];
  /**
   * What to deploy first: `table` before producers when columns come, `producers` when columns go, `split` into
   * two changes when both, `any` when nothing of it matters.
   */
  readonly first: 'table' | 'producers' | 'split' | 'any';
}

/** A manifest, a Glue table, or a `TableInput`. */
export type TableSource = TableSchema | ComparableTable;

/**
 * Tells whether `to` may follow `from`: one table, or its versions from oldest to newest for the `_ALL` modes.
 *
 * @example
 * ```ts
 * import { checkCompatibility, type TableSchema } from '@store/glue-schema';
 *
 * const order: TableSchema = {
 *   name: 'Order',
 *   columns: [
 *     { name: 'order_id', type: { kind: 'string' } },
 *     { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
 *   ],
 * };
 * const next: TableSchema = { ...order, columns: [...order.columns, { name: 'note', type: { kind: 'string' }, optional: true }] };
 * const report = checkCompatibility(order, next, { mode: 'BACKWARD', format: 'hive-parquet' });
 * console.log(report.compatible, report.first); // true table
 * ```
 */
export function checkCompatibility(
  from: TableSource | readonly TableSource[],
  to: TableSource,
  options: CompatibilityOptions,
): CompatibilityReport {
  checkOptions(options, compatibilityRules, invalidOption);
  const history: readonly TableSource[] = isHistory(from) ? from : [from];
  for (const source of history) checkObject('from', source);
  checkObject('to', to);
  const next = shapeOf(to);
  const context: CompareContext = {
    format: options.format,
    columnsBy: options.columnsBy ?? 'name',
    renames: new Map([...statedRenames(to), ...Object.entries(options.renames ?? {})]),
    nested: false,
    registeredPartitions: options.registeredPartitions ?? false,
    compareColumns,
  };
  const newest = history.at(-1);
  const changes = newest === undefined ? [] : compareTables(shapeOf(newest), next, context);
  const older = options.mode.endsWith('_ALL') ? history.slice(0, -1) : [];
  const all = [...changes, ...older.flatMap((source) => compareTables(shapeOf(source), next, context))];
  const violations = all.filter((change) => !allows(options, change));
  return { compatible: violations.length === 0, changes, violations, first: firstOf(changes) };
}

/** What a manifest says of its own columns: `@renamedFrom`. */
function statedRenames(to: TableSource): readonly (readonly [string, string])[] {
  if (!('columns' in to)) return [];
  return to.columns.flatMap(({ name, renamedFrom }) =>
    renamedFrom === undefined ? [] : [[name, renamedFrom] as const],
  );
}

function isHistory(from: TableSource | readonly TableSource[]): from is readonly TableSource[] {
  return Array.isArray(from);
}

function compareTables(from: TableShape, to: TableShape, context: CompareContext): readonly TableChange[] {
  const changes = [...compareColumns(from.columns, to.columns, '', context)];
  const broken = { impact: 'BREAKING', forward: false } as const;
  const keys = (shape: TableShape): string | undefined =>
    shape.partitionKeys?.map((key) => `${key.Name} ${key.Type}`).join(', ');
  const [before, after] = [keys(from), keys(to)];
  if (before !== undefined && after !== undefined && before !== after) {
    const impact =
      context.format === 'iceberg' ? ({ impact: 'CONDITIONAL', forward: false } as const) : broken;
    const message = `Partition keys become (${after}), were (${before}); make a new table`;
    changes.push({ kind: 'PARTITION_KEYS', path: '', ...impact, message });
  }
  if (from.storage !== undefined && to.storage !== undefined && from.storage !== to.storage) {
    const message = `Storage becomes "${to.storage}", was "${from.storage}"; make a new table`;
    changes.push({ kind: 'STORAGE', path: '', ...broken, message });
  }
  return changes;
}

function allows(options: CompatibilityOptions, change: TableChange): boolean {
  const mode = options.mode.replace('_ALL', '');
  if (mode === 'NONE') return true;
  const conditional = change.impact === 'CONDITIONAL' || change.impact === 'WIRE';
  const backward =
    change.impact === 'NONE' ||
    change.impact === 'BACKWARD' ||
    (conditional && options.allowConditional === true);
  if (mode === 'BACKWARD') return backward;
  if (mode === 'FORWARD') return change.forward;
  return backward && change.forward;
}

function firstOf(changes: readonly TableChange[]): CompatibilityReport['first'] {
  const expands = changes.some((change) => change.kind === 'ADDED' || change.kind === 'WIDENED');
  const contracts = changes.some((change) => change.kind === 'REMOVED');
  if (expands && contracts) return 'split';
  if (expands) return 'table';
  return contracts ? 'producers' : 'any';
}
