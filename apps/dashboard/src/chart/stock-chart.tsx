import uPlot from 'uplot';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { series } from '../feed.js';
import { worldTime } from '../format.js';
import type { Cell } from '../heat-map/painter.js';
import type { SeriesAnswer, WorldMessage } from '@store/page-protocol';

/** What the chart needs. */
export interface StockChartProps {
  readonly world: WorldMessage;
  readonly selected: Cell;
  readonly theme: 'light' | 'dark';
  readonly running: boolean;
  /** World time, ISO 8601: the line goes on until now. */
  readonly at: string;
}

const refreshMs = 500;
const heightPx = 220;
/** A chart shows this much of the world at least: one event alone is no span of time. */
const shortestSpan = 6 * 3600;

/** Stock of the chosen shelf over world time, its reorder point, and the deliveries. */
export function StockChart({ world, selected, theme, running, at }: StockChartProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const [answer, setAnswer] = useState<SeriesAnswer>();
  const storeId = world.stores[selected.store]?.id ?? '';
  const productId = world.products[selected.product]?.id ?? '';

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      series(storeId, productId, stop.signal).then(
        (next) => {
          setAnswer(next);
          if (running) timer = setTimeout(load, refreshMs);
        },
        () => {
          // The bar at the top already says that the server is gone; the chart just asks again.
          if (!stop.signal.aborted) timer = setTimeout(load, refreshMs * 4);
        },
      );
    };
    load();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [storeId, productId, running]);

  useEffect(() => {
    if (box.current === null) return undefined;
    const own = new uPlot(options(box.current, theme), [[], [], [], []], box.current);
    plot.current = own;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) own.setSize({ width: entry.contentRect.width, height: heightPx });
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      own.destroy();
    };
  }, [theme]);

  useEffect(() => {
    if (answer !== undefined) plot.current?.setData(columns(answer, Math.floor(Date.parse(at) / 1000)));
  }, [answer, theme]);

  const last = answer?.stock.at(-1);
  return (
    <section class="panel chart" aria-labelledby="chart-title">
      <h2 id="chart-title">
        {world.products[selected.product]?.name ?? 'Stock'}{' '}
        <small>{world.stores[selected.store]?.name ?? ''}</small>
      </h2>
      <div ref={box} class="plot" role="img" aria-labelledby="chart-title" aria-describedby="chart-text" />
      <p id="chart-text" class="note">
        {answer === undefined || last === undefined
          ? 'No event of this shelf yet.'
          : `${last} on hand, reorder point ${answer.threshold}, ${answer.deliveries.length} ${answer.deliveries.length === 1 ? 'delivery' : 'deliveries'}.`}
      </p>
    </section>
  );
}

/** Deliveries stand as points on the stock line; what was true at the last event is true until now. */
function columns({ at, stock, threshold, deliveries }: SeriesAnswer, now: number): uPlot.AlignedData {
  const filled = new Set(deliveries);
  const last = at.at(-1);
  const goesOn = last !== undefined && last < now;
  const seconds = goesOn ? [...at, now] : [...at];
  const onHand = goesOn ? [...stock, stock.at(-1) ?? 0] : [...stock];
  return [
    seconds,
    onHand,
    seconds.map(() => threshold),
    seconds.map((second, index) => (filled.has(second) ? (onHand[index] ?? null) : null)),
  ];
}

/** A moment as the legend shows it; uPlot hands in null while nothing is pointed at, whatever its types say. */
const moment = (second: number | null): string =>
  second === null ? '–' : worldTime(new Date(second * 1000).toISOString());

/** Midnight by its day, every other moment by its hour. */
function tick(second: number): string {
  const iso = new Date(second * 1000).toISOString();
  return second % 86_400 === 0 ? worldTime(iso).slice(0, -7) : iso.slice(11, 16);
}

function options(box: HTMLElement, theme: 'light' | 'dark'): uPlot.Options {
  const [line, dashed, point, text, rule] =
    theme === 'light'
      ? ['#2163a8', '#cd4a14', '#137a4b', '#444b54', '#e2e5e9']
      : ['#4ea0f0', '#ff8030', '#4bd394', '#aab2bd', '#2c3138'];
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const axis = { stroke: text, grid: { stroke: rule, width: 1 }, ticks: { stroke: rule, width: 1 } };
  return {
    width: Math.max(200, box.clientWidth),
    height: heightPx,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    scales: {
      x: { range: (_plot, from, to) => [Math.min(from, to - shortestSpan), to] },
      y: { range: (_plot, _low, high) => [0, Math.max(1, high * 1.1)] },
    },
    axes: [
      { ...axis, space: 76, values: (_plot, splits) => splits.map(tick) },
      { ...axis, size: 46, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] },
    ],
    legend: { live: true },
    series: [
      { label: 'World time', value: (_plot, second) => moment(second) },
      {
        label: 'On hand',
        stroke: line,
        width: 2,
        ...(stepped === undefined ? {} : { paths: stepped }),
        points: { show: false },
      },
      { label: 'Reorder point', stroke: dashed, width: 1.5, dash: [6, 4], points: { show: false } },
      { label: 'Delivery', stroke: point, paths: () => null, points: { show: true, size: 9, fill: point } },
    ],
  };
}
