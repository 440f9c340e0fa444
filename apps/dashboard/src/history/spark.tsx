import type uPlot from 'uplot';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FaultBand, FaultName, HistoryColumns } from '@store/page-protocol';
import { count } from '../format.js';
import { colour, faint, usePlot } from '../plot.js';

/** One of the history's series, or two on one scale. */
export interface SparkSeries {
  readonly title: string;
  /** What it counts, for who points at it. */
  readonly about: string;
  /** The title where room is short. */
  readonly short?: string;
  readonly columns: readonly Exclude<keyof HistoryColumns, 'at'>[];
  /** Names of the colours of the style sheets. */
  readonly colours: readonly string[];
  readonly format: (value: number) => string;
  /** A value far beyond what is made is cut off and labelled. */
  readonly clips?: boolean;
}

/** What a spark draws. */
export interface SparkProps {
  readonly series: SparkSeries;
  /** What is said while nothing is pointed at. */
  readonly newest: number;
  readonly range: { readonly columns: HistoryColumns; readonly from: number; readonly to: number };
  readonly bands: readonly FaultBand[];
  readonly theme: string;
  /** Whether the bands have their names here. */
  readonly named: boolean;
}

const bandNames: Readonly<Record<FaultName, string>> = {
  throttle: 'throttled',
  reset: 'cut',
  kill: 'killed',
};
/** A spike beyond this many times what is made at most is clipped. */
const clipAt = 1.5;

/** One series over real time, with its newest value or the one under the shared cross-hair. */
export function Spark({ series, newest, range, bands, theme, named }: SparkProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number>();
  const shown = useRef({ range, bands });
  shown.current = { range, bands };
  const { columns, from, to } = range;

  const plot = usePlot(
    box,
    () => ({
      legend: { show: false },
      cursor: {
        sync: { key: 'history' },
        points: { show: false },
        y: false,
        drag: { x: false, y: false },
      },
      padding: [12, 0, 2, 0],
      scales: {
        x: { range: () => [shown.current.range.from, shown.current.range.to] },
        y: { range: () => [0, topOf(series, shown.current.range.columns)] },
      },
      axes: [{ show: false }, { show: false }],
      series: [
        {},
        ...series.colours.map((name, index) => ({
          stroke: colour(name),
          width: 1.5,
          points: { show: false },
          ...(index === 0 ? { fill: faint(name, 0.1) } : {}),
        })),
      ],
      hooks: {
        drawClear: [
          (own) => {
            drawBands(own, shown.current.bands, named);
          },
        ],
        draw: [
          (own) => {
            if (series.clips === true) drawSpike(own, shown.current.range.columns);
          },
        ],
        setCursor: [
          ({ cursor }) => {
            setPointed(cursor.idx ?? undefined);
          },
        ],
      },
    }),
    [theme, series, named],
  );

  useEffect(() => {
    plot.current?.setData([[...columns.at], ...series.columns.map((name) => [...columns[name]])]);
  }, [columns, from, to, bands, theme]);

  const [first = 'made'] = series.columns;
  const value = series.format((pointed === undefined ? undefined : columns[first][pointed]) ?? newest);
  return (
    <div class="spark">
      <div class="h" title={series.about}>
        <span class="note">
          {series.short ?? series.title}
          {series.columns.length > 1 &&
            series.columns.map((name, index) => (
              <i key={name} class={`series-${series.colours[index] ?? ''}`}>
                {` ${name}`}
              </i>
            ))}
        </span>
        <b>{value}</b>
      </div>
      <div
        ref={box}
        class="plot"
        role="img"
        aria-label={`${series.title}, newest ${series.format(newest)}`}
      />
    </div>
  );
}

/** The highest value that is shown in full. */
function topOf({ columns: names, clips }: SparkSeries, columns: HistoryColumns): number {
  const peak = Math.max(1, ...names.map((name) => greatest(columns[name])));
  return clips === true ? Math.min(peak * 1.05, Math.max(1, greatest(columns.made) * clipAt)) : peak * 1.08;
}

// A spread of thousands of numbers would be a call with as many arguments.
const greatest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);

function drawBands(plot: uPlot, bands: readonly FaultBand[], named: boolean): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.font = `${10.5 * devicePixelRatio}px system-ui, sans-serif`;
  // Names that would be on one another are left out: the log has them all.
  let free = bbox.left;
  for (const { fault, from, to } of bands) {
    const left = Math.max(bbox.left, plot.valToPos(from / 1000, 'x', true));
    const right = Math.min(
      bbox.left + bbox.width,
      to === undefined ? Infinity : plot.valToPos(to / 1000, 'x', true),
    );
    if (right < bbox.left || left > bbox.left + bbox.width) continue;
    ctx.fillStyle = faint(fault === 'kill' ? 'bad' : 'warn', 0.13);
    ctx.fillRect(left, 0, Math.max(2 * devicePixelRatio, right - left), bbox.top + bbox.height);
    const width = ctx.measureText(bandNames[fault]).width;
    const at = Math.min(left + 3, bbox.left + bbox.width - width);
    if (!named || at < free) continue;
    free = at + width + 6 * devicePixelRatio;
    ctx.fillStyle = colour('mute');
    ctx.textAlign = 'left';
    ctx.fillText(bandNames[fault], at, 9 * devicePixelRatio);
  }
  ctx.restore();
}

function drawSpike(plot: uPlot, columns: HistoryColumns): void {
  const { ctx, bbox, scales } = plot;
  const top = scales.y?.max ?? Infinity;
  const peak = greatest(columns.landed);
  if (peak <= top) return;
  const x = plot.valToPos(columns.at[columns.landed.indexOf(peak)] ?? 0, 'x', true);
  const atEnd = x > bbox.left + bbox.width - 60 * devicePixelRatio;
  ctx.save();
  ctx.font = `${10.5 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.fillStyle = colour('mute');
  ctx.textAlign = atEnd ? 'right' : 'left';
  ctx.fillText(`↑ ${count(peak)}`, x + (atEnd ? -5 : 5), bbox.top + 10 * devicePixelRatio);
  ctx.restore();
}
