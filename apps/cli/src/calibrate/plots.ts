/** One line of a plot. */
export interface PlotLine {
  readonly name: string;
  /** Class of its colour, 1 to 6. */
  readonly colour: number;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly dashed?: boolean;
}

/** What a plot of lines shows. */
export interface LinePlot {
  readonly title: string;
  readonly lines: readonly PlotLine[];
  /** Names along the horizontal axis, each with its place. */
  readonly ticks: readonly (readonly [x: number, name: string])[];
  /** Least and greatest value of the vertical axis. */
  readonly range: readonly [least: number, most: number];
  /** A part of the horizontal axis to set off. */
  readonly shaded?: readonly [from: number, to: number];
}

const width = 640;
const height = 260;
const left = 52;
const right = 24;
const top = 10;
const bottom = 34;

/** Text for HTML, and for attributes in double quotes. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A plot of lines as SVG, with its legend. */
export function linePlot({ title, lines, ticks, range, shaded }: LinePlot): string {
  const xs = lines.flatMap(({ points }) => points.map(([x]) => x));
  const [x0, x1] = [least(xs), Math.max(least(xs) + 1e-9, most(xs))];
  const [y0, y1] = range;
  const atX = (x: number): string => (left + ((x - x0) / (x1 - x0)) * (width - left - right)).toFixed(1);
  const atY = (y: number): string =>
    (height - bottom - ((y - y0) / (y1 - y0)) * (height - top - bottom)).toFixed(1);
  const levels = [0, 0.25, 0.5, 0.75, 1].map((part) => y0 + part * (y1 - y0));
  const digits = y1 - y0 > 20 ? 0 : 2;
  const grid = levels.map(
    (y) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${atY(y)}" y2="${atY(y)}"/>` +
      `<text x="${left - 6}" y="${atY(y)}" text-anchor="end" dominant-baseline="middle">${y.toFixed(digits)}</text>`,
  );
  const names = ticks.map(
    ([x, name]) =>
      `<text x="${atX(x)}" y="${height - bottom + 18}" text-anchor="middle">${escaped(name)}</text>`,
  );
  const area =
    shaded === undefined
      ? ''
      : `<rect class="shaded" x="${atX(shaded[0])}" y="${top}" width="${Math.max(1, Number(atX(shaded[1])) - Number(atX(shaded[0]))).toFixed(1)}" height="${height - top - bottom}"/>`;
  const drawn = lines.map(
    ({ points, colour, dashed = false }) =>
      `<polyline class="line c${colour}"${dashed ? ' stroke-dasharray="5 4"' : ''} points="${points.map(([x, y]) => `${atX(x)},${atY(y)}`).join(' ')}"/>`,
  );
  const legend = lines
    .map(({ name, colour }) => `<span class="k${colour}">${escaped(name)}</span>`)
    .join(' ');
  return `<figure><figcaption>${escaped(title)}<small>${legend}</small></figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">${area}${grid.join('')}${names.join('')}${drawn.join('')}</svg></figure>`;
}

/** Pairs of bars, shares from 0 to 1. */
export function barPlot(
  title: string,
  bars: readonly { readonly name: string; readonly history: number; readonly model: number }[],
): string {
  const row = 46;
  const full = width - 190;
  const drawn = bars.map(({ name, history, model }, n) => {
    const bar = (value: number, y: number, colour: number): string =>
      `<rect class="bar b${colour}" x="120" y="${y}" width="${Math.max(0.5, value * full).toFixed(1)}" height="15"/>` +
      `<text x="${(126 + value * full).toFixed(1)}" y="${y + 12}">${(100 * value).toFixed(1)} %</text>`;
    const y = top + n * row;
    return `<text x="110" y="${y + 21}" text-anchor="end">${escaped(name)}</text>${bar(history, y, 1)}${bar(model, y + 17, 2)}`;
  });
  return `<figure><figcaption>${escaped(title)}<small><span class="k1">history</span> <span class="k2">model</span></small></figcaption>
<svg viewBox="0 0 ${width} ${top + bars.length * row}" role="img" aria-label="${escaped(title)}">${drawn.join('')}</svg></figure>`;
}

// Not spread into one call: a long history has more points than a call has arguments.
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
