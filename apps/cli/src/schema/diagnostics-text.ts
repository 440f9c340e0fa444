import { relative } from 'node:path';
import { formatDiagnostic, type SchemaDiagnostic } from '@store/glue-schema/compiler';

/** What of the source the output of diagnostics depends on. */
interface Shown {
  readonly cwd: string;
  /** Every one, in full. */
  readonly all?: boolean;
}

/** Diagnostics that are printed without `--all`. */
const mostPrinted = 50;

/** Up to so many are printed in full: with more, ways out are printed once for each code, and all fits a screen. */
const mostInFull = 25;

/** Diagnostics as tsc prints them: at most 50, errors first where there are more, and how many are left. */
export function diagnosticsText(diagnostics: readonly SchemaDiagnostic[], { cwd, all }: Shown): string {
  const local = diagnostics.map((each) => ({ ...each, file: relative(cwd, each.file) }));
  if (all === true || local.length <= mostInFull)
    return local.map((each) => `${formatDiagnostic(each)}\n`).join('');
  const shown = local.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostPrinted);
  const lines = shown.map((each) => formatDiagnostic(each).split('\n')[0] ?? '');
  const fixes = new Map(shown.map(({ code, fix }) => [code, fix] as const).reverse());
  const left = local.length - shown.length;
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
export function diagnosticsJson(diagnostics: readonly SchemaDiagnostic[], { cwd }: Shown): string {
  if (diagnostics.length === 0) return '';
  const local = diagnostics.map((each) => ({ ...each, file: relative(cwd, each.file) }));
  return `${JSON.stringify({ diagnostics: local })}\n`;
}

const rank = ({ severity }: SchemaDiagnostic): number => ['error', 'warning', 'info'].indexOf(severity);
