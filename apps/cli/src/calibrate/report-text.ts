import { inertText } from '@store/foundation';
import type { CalibrationReport } from '@store/generator/calibrate';
import { coloursFor, formatCount, plural } from '../output/format.js';
import { formatTable, wrapped } from '../output/table.js';
import type { Terminal } from '../terminal/terminal.js';

/** Columns of a terminal that the report fits in. */
const WIDTH = 80;

/** The report as a terminal shows it, at most 80 columns wide. */
export function reportText(
  report: CalibrationReport,
  output: string,
  terminal: Pick<Terminal, 'stdout' | 'env'>,
): string {
  const { rows, series, holdOutDays, coverage, zeroShare, classes, totals, warnings } = report;
  const days =
    holdOutDays === 0 ? 'every day, which it was fitted to' : `the last ${plural(holdOutDays, 'day')}`;
  const right = (title: string): { readonly title: string; readonly align: 'right' } => ({
    title,
    align: 'right',
  });
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const off = totals.history === 0 ? 0 : totals.model / totals.history - 1;
  const besides = formatTable(
    [{ title: '' }, right('history'), right('model')],
    [
      ['units sold', formatCount(Math.round(totals.history)), formatCount(Math.round(totals.model))],
      ['days without a sale', share(zeroShare.history), share(zeroShare.model)],
      ...(['intermittent', 'lumpy', 'smooth', 'erratic'] as const).map((name) => [
        `${name} series`,
        share(classes.history[name]),
        share(classes.model[name]),
      ]),
    ],
    terminal,
  );
  const keys = Object.entries(coverage).sort(([a], [b]) => Number(a) - Number(b));
  const quantiles = formatTable(
    [{ title: 'quantile of the model' }, ...keys.map(([key]) => right(`${Math.round(100 * Number(key))} %`))],
    [['days at or below it', ...keys.map(([, value]) => share(value))]],
    terminal,
  );
  const told = warnings.flatMap((warning) =>
    wrapped(inertText(warning), WIDTH - 2).map((line, n) => (n === 0 ? `- ${line}` : `  ${line}`)),
  );
  return [
    ...wrapped(
      `${plural(rows, 'row')}, ${plural(series, 'series', 'series')}; ${inertText(output)} was written.`,
      WIDTH,
    ),
    '',
    ...wrapped(`The model against ${days} (units ${off < 0 ? '' : '+'}${(100 * off).toFixed(1)} %):`, WIDTH),
    besides,
    '',
    quantiles,
    ...(told.length === 0
      ? []
      : ['', coloursFor(terminal.stdout, terminal.env).bold('What the history cannot tell:'), ...told]),
    '',
  ].join('\n');
}
