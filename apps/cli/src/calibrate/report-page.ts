import type { SeasonInput } from '@store/generator';
import type { Calibration } from '@store/generator/calibrate';
import { formatCount } from '../output/format.js';
import { barPlot, escaped, linePlot, type PlotLine } from './plots.js';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Curves in one plot: more cannot be told apart. */
const MOST_CURVES = 6;
/** Names under the weeks. */
const WEEK_NAMES = 6;

/** The report as one page: plots as inline SVG, no script and no request, light and dark. */
export function reportPage({ world, report, weeks }: Calibration, source: string): string {
  const { rows, series, holdOutDays, coverage, zeroShare, classes, totals, warnings } = report;
  const { byCluster = {}, byCategory = {} } = world.calendar ?? {};
  const held =
    holdOutDays === 0 ? 'every day (it was fitted to all of them)' : `the last ${holdOutDays} days`;
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const figures = [
    ['units sold', formatCount(Math.round(totals.history)), formatCount(Math.round(totals.model))],
    ['days without a sale', share(zeroShare.history), share(zeroShare.model)],
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Calibration of ${escaped(source)}</title><style>${style}</style></head><body>
<h1>Calibration of ${escaped(source)}</h1>
<p>${formatCount(rows)} rows, ${formatCount(series)} series; the model against ${held}.</p>
<table><thead><tr><th scope="col"></th><th scope="col">history</th><th scope="col">model</th></tr></thead><tbody>
${figures.map(([name = '', ...cells]) => `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody></table>
${coveragePlot(coverage)}
${weeksPlot(weeks)}
${curves('Weekdays', weekdays, 'weekdays', 'all stores', world.calendar ?? {}, byCluster)}
${curves('Months', months, 'months', 'all products', world.calendar ?? {}, byCategory)}
${barPlot(
  'Classes of series',
  (['intermittent', 'lumpy', 'smooth', 'erratic'] as const).map((name) => ({
    name,
    history: classes.history[name],
    model: classes.model[name],
  })),
)}
<h2>What the history cannot tell</h2>
${warnings.length === 0 ? '<p>Nothing was found.</p>' : `<ul>${warnings.map((warning) => `<li>${escaped(warning)}</li>`).join('')}</ul>`}
</body></html>
`;
}

function coveragePlot(coverage: Calibration['report']['coverage']): string {
  const points = Object.entries(coverage)
    .map(([key, value]) => [Number(key), value] as const)
    .sort(([a], [b]) => a - b);
  return linePlot({
    title: 'Share of days at or below the quantiles of the model',
    lines: [
      {
        name: 'a right model',
        colour: 2,
        dashed: true,
        points: [
          [0, 0],
          [1, 1],
        ],
      },
      { name: 'this model', colour: 1, points },
    ],
    ticks: points.map(([x]) => [x, String(x)]),
    range: [0, 1],
  });
}

function weeksPlot(weeks: Calibration['weeks']): string {
  const top = weeks.reduce((most, { history, model }) => Math.max(most, history, model), 1);
  const step = Math.max(1, Math.ceil(weeks.length / WEEK_NAMES));
  const firstHeld = weeks.findIndex(({ heldOut }) => heldOut);
  const line = (name: 'history' | 'model', colour: number): PlotLine => ({
    name,
    colour,
    points: weeks.map((week, n) => [n, week[name]]),
  });
  return linePlot({
    title: `Units sold by week${firstHeld < 0 ? '' : '; held-out weeks are shaded'}`,
    lines: [line('history', 1), line('model', 2)],
    ticks: weeks.flatMap(({ from }, n) => (n % step === 0 ? [[n, from] as const] : [])),
    range: [0, top * 1.05],
    ...(firstHeld < 0 ? {} : { shaded: [firstHeld, weeks.length - 1] as const }),
  });
}

function curves(
  title: string,
  names: readonly string[],
  kind: 'weekdays' | 'months',
  every: string,
  base: SeasonInput,
  parts: Readonly<Record<string, SeasonInput>>,
): string {
  const own = Object.entries(parts).flatMap(([name, season]) => {
    const factors = season[kind];
    return factors === undefined ? [] : [{ name, factors }];
  });
  const all = own.length > 0 ? own : [{ name: every, factors: base[kind] ?? [] }];
  const shown = all.slice(0, MOST_CURVES);
  const top = Math.max(1.2, ...shown.flatMap(({ factors }) => factors));
  const more = all.length > shown.length ? `, ${shown.length} of ${all.length}` : '';
  return linePlot({
    title: `${title}${more}: factors of demand`,
    lines: shown.map(({ name, factors }, n) => ({
      name,
      colour: n + 1,
      points: factors.map((factor, at) => [at, factor]),
    })),
    ticks: names.map((name, n) => [n, name]),
    range: [0, top * 1.05],
  });
}

const colours = ['#2563eb', '#d97706', '#059669', '#c026d3', '#dc2626', '#64748b'];
const style = `
:root { color-scheme: light dark; --line: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; background: Canvas; color: CanvasText; }
table { border-collapse: collapse; } th, td { padding: .2rem .8rem .2rem 0; text-align: right; } th[scope=row] { text-align: left; font-weight: normal; }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; } figcaption small { font-weight: normal; margin-left: 1rem; }
svg { width: 100%; height: auto; } text { font: 11px system-ui, sans-serif; fill: CanvasText; }
.grid { stroke: var(--line); } .shaded { fill: var(--line); } .line { fill: none; stroke-width: 2; }
${colours.map((colour, n) => `.c${n + 1} { stroke: ${colour}; } .b${n + 1} { fill: ${colour}; } .k${n + 1}::before { content: "■ "; color: ${colour}; }`).join('\n')}
`;
