import { relative } from 'node:path';
import { formatDiagnostic, type SchemaDiagnostic } from '@store/glue-schema/compiler';

/** What of the source the output of diagnostics depends on. */
interface Shown {
  readonly cwd: string;
  /** Every one, in full. */
  readonly all?: boolean;
  /** Leaves notes out. */
  readonly quiet?: boolean;
}

/** Diagnostics that are printed without `--all`. */
const mostPrinted = 50;

/** Up to this many are printed in full: with more, ways out are printed once for each code, and all fits a screen. */
const mostInFull = 25;

/** Diagnostics as tsc prints them: at most 50, errors first where there are more, and how many are left. */
export function diagnosticsText(diagnostics: readonly SchemaDiagnostic[], shown: Shown): string {
  const { all } = shown;
  const local = localized(diagnostics, shown);
  if (all === true || local.length <= mostInFull)
    return local.map((each) => `${formatDiagnostic(each)}\n`).join('');
  const first = local.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostPrinted);
  const lines = first.map((each) => formatDiagnostic(each).split('\n')[0] ?? '');
  const fixes = new Map(first.map(({ code, fix }) => [code, fix] as const).reverse());
  const left = local.length - first.length;
  return [
    ...lines,
    ...[...fixes]
      .reverse()
      .slice(0, mostFixes)
      .map(([code, fix]) => `  Fix of ${code}: ${fix}`),
    ...(left > 0
      ? [`and ${left} more: --all prints every one in full.`]
      : ['--all prints each with its own fix.']),
    '',
  ].join('\n');
}

const mostFixes = 8;

/** Every diagnostic as one JSON document. */
export function diagnosticsJson(diagnostics: readonly SchemaDiagnostic[], shown: Shown): string {
  const local = localized(diagnostics, shown);
  if (local.length === 0) return '';
  return `${JSON.stringify({ diagnostics: local })}\n`;
}

function localized(diagnostics: readonly SchemaDiagnostic[], { cwd, quiet }: Shown): SchemaDiagnostic[] {
  return diagnostics
    .filter(({ severity }) => quiet !== true || severity !== 'info')
    .map((each) => ({ ...each, file: relative(cwd, each.file) }));
}

const rank = ({ severity }: SchemaDiagnostic): number => ['error', 'warning', 'info'].indexOf(severity);
