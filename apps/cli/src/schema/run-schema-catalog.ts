import type { GlueClient } from '@aws-sdk/client-glue';
import {
  type CompatibilityMode,
  type GlueTableInput,
  type TableChange,
  type TableSchema,
  toTableInput,
} from '@store/glue-schema';
import {
  diffTable,
  FINGERPRINT_PARAMETER,
  type PlanOptions,
  pushTable,
  schemaFingerprint,
  type TablePlan,
} from '@store/glue-schema/catalog';
import { readType } from './read-type.js';
import type { SchemaOutput, SchemaSource } from './schema-output.js';
import { renamesOf, type TableFlags, tableInputOptions } from './table-options.js';

/** Flags of `store schema diff` and `store schema push`. */
export interface SchemaPushOptions extends SchemaSource, TableFlags {
  readonly database: string;
  /** @defaultValue 'BACKWARD' */
  readonly compatibility?: CompatibilityMode;
  /** Takes changes that depend on the readers, such as a wider integer. */
  readonly allowWiden?: boolean;
  /** Removes columns that only the catalog has. */
  readonly prune?: boolean;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

/** `store schema diff`: 0 when the catalog's table is the same, 2 when compatible, 3 when not. */
export async function runSchemaDiff(
  options: SchemaPushOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const { schema } = readType(options, output);
  if (schema === undefined) return 1;
  const { database, signal } = options;
  const plan = await diffTable(glue, {
    databaseName: database,
    table: catalogTable(schema, options),
    ...planOptions(options, renamesOf(schema)),
    ...(signal === undefined ? {} : { signal }),
  });
  output.stdout(
    options.json === true ? planJson(plan) : planText(plan, `${database}.${plan.table.Name ?? ''}`),
  );
  if (plan.action === 'none') return 0;
  return plan.report.compatible ? 2 : 3;
}

// The fingerprint tells the catalog's readers which manifest the table follows.
const catalogTable = (schema: TableSchema, flags: TableFlags): GlueTableInput =>
  toTableInput(schema, {
    ...tableInputOptions(flags),
    parameters: { [FINGERPRINT_PARAMETER]: schemaFingerprint(schema) },
  });

/** `store schema push`: creates or updates the table. Exit code 0 or 1, and 3 for a change that is refused. */
export async function runSchemaPush(
  options: SchemaPushOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const { schema } = readType(options, output);
  if (schema === undefined) return 1;
  const { database, dryRun = false, signal } = options;
  const wanted = {
    databaseName: database,
    table: catalogTable(schema, options),
    ...planOptions(options, renamesOf(schema)),
    ...(signal === undefined ? {} : { signal }),
  };
  const name = `${database}.${wanted.table.Name}`;
  const before = await diffTable(glue, wanted);
  if (!before.report.compatible) {
    output.stderr(planText(before, name));
    return 3;
  }
  const { action, versionId, plan } = await pushTable(glue, { ...wanted, dryRun });
  output.stdout(
    options.json === true
      ? `${JSON.stringify({ action, table: name, versionId })}\n`
      : `${planText(plan, name)}${name}: ${action}${versionId === undefined ? '' : `, version ${versionId}`}\n`,
  );
  return 0;
}

function planOptions(
  { compatibility, allowWiden, prune }: SchemaPushOptions,
  renames: Readonly<Record<string, string>>,
): PlanOptions {
  return {
    ...(compatibility === undefined ? {} : { compatibility }),
    allowConditional: allowWiden ?? false,
    prune: prune ?? false,
    renames,
  };
}

const orders = {
  table: 'Push the table first, then the producers.',
  producers: 'Deploy the producers first, then push the table.',
  split: 'Split it: push what is added, deploy the producers, then remove.',
  any: 'The order does not matter.',
} as const;

function planText({ action, report, table, warnings }: TablePlan, name: string): string {
  const count = table.StorageDescriptor?.Columns?.length ?? 0;
  const columns = count === 1 ? '1 column' : `${count} columns`;
  const lines = [
    ...(action === 'create' ? [`${name} is not in the catalog: create it with ${columns}`] : []),
    ...(action === 'none' ? [`${name} is what the type says: ${columns}`] : []),
    ...report.changes.map(changeLine),
    ...report.violations.filter((change) => !report.changes.includes(change)).map(changeLine),
    ...warnings.map((warning) => `! ${warning}`),
    ...(action === 'update' && report.changes.length > 0 ? [orders[report.first]] : []),
    ...(report.compatible ? [] : [`Refused: ${report.violations.length} change(s) break readers.`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const changeLine = ({ path, kind, impact, message }: TableChange): string =>
  `${impact.padEnd(11)} ${kind.padEnd(12)} ${path === '' ? '' : `${path}: `}${message}`;

const planJson = ({ action, versionId, report, warnings }: TablePlan): string =>
  `${JSON.stringify({ action, versionId, warnings, ...report }, null, 2)}\n`;
