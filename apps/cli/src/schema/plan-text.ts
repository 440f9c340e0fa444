import type { TableChange } from '@store/glue-schema';
import type { CascadeResult, TablePlan } from '@store/glue-schema/catalog';

const orders = {
  table: 'Push the table first, then the producers.',
  producers: 'Deploy the producers first, then push the table.',
  split: 'Split it: push what is added, deploy the producers, then remove.',
  any: 'The order does not matter.',
} as const;

/** What a push would do, line by line. */
export function planText({ action, report, table, warnings }: TablePlan, name: string): string {
  const columns = counted(table.StorageDescriptor?.Columns?.length ?? 0, 'column');
  const { changes, violations } = report;
  const isOfColumns = changes.some(({ kind }) => kind !== 'PARAMETER' && kind !== 'SETTING');
  const lines = [
    ...(action === 'create' ? [`${name} is not in the catalog: create it with ${columns}`] : []),
    ...(action === 'none' ? [`${name} is what the type says: ${columns}`] : []),
    ...changes.map(changeLine),
    ...violations.filter((change) => !changes.includes(change)).map(changeLine),
    ...warnings.map((warning) => `! ${warning}`),
    ...(action === 'update' && isOfColumns ? [orders[report.first]] : []),
    ...refusal(action, report.violations, name),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Why the change is refused, and the flag with which it is taken. */
function refusal(
  action: TablePlan['action'],
  violations: readonly TableChange[],
  name: string,
): readonly string[] {
  if (action === 'refuse') return [`Refused: ${name} stays as it is.`];
  if (violations.length === 0) return [];
  const assumptions = [...new Set(violations.filter(isConditional).map(({ assumes }) => assumes))];
  return [
    `Refused: ${counted(violations.length, 'change')} of ${name} ${violations.length === 1 ? 'breaks' : 'break'} readers, or may.`,
    ...assumptions.map(
      (assumed) =>
        `--allow-widen takes what is CONDITIONAL, and assumes that ${assumed ?? 'your readers bear it'}.`,
    ),
  ];
}

const isConditional = ({ impact }: TableChange): boolean => impact === 'CONDITIONAL' || impact === 'WIRE';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const changeLine = ({ path, kind, impact, message }: TableChange): string =>
  `${impact.padEnd(11)} ${kind.padEnd(12)} ${path === '' ? '' : `${path}: `}${message}`;

/** The plan as `--json` prints it. */
export function planJson({ action, kind, versionId, report, warnings }: TablePlan, name: string): string {
  const flagged = (change: TableChange): object =>
    isConditional(change) && report.violations.includes(change)
      ? { ...change, flag: '--allow-widen' }
      : change;
  const { changes, violations, ...rest } = report;
  const document = {
    action,
    table: name,
    kind,
    versionId,
    warnings,
    ...rest,
    changes: changes.map(flagged),
    violations: violations.map(flagged),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What became of the registered partitions, each that failed by its values. */
export function cascadeText(
  { updated, unchanged, failed }: CascadeResult,
  { table }: Pick<TablePlan, 'table'>,
  dryRun: boolean,
): string {
  const keys = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  const named = (values: readonly string[]): string =>
    values.map((value, at) => `${keys[at] ?? '?'}=${value}`).join('/');
  const did = dryRun ? 'would be updated' : 'updated';
  const lines = [
    `${counted(updated, 'partition')} ${did}, ${unchanged} had the columns`,
    ...failed.map(({ values, code, message }) => `FAILED      ${named(values)}: ${code}: ${message}`),
    ...(failed.length === 0
      ? []
      : [`${counted(failed.length, 'partition')} failed; the same command continues with them.`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
