import uPlot from 'uplot';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SeriesAnswer } from '@store/page-protocol';
import { series } from '../feed.js';
import { worldTime } from '../format.js';
import { colour, faint, usePlot } from '../plot.js';
import { usePoll } from '../poll.js';
import type { Cell } from '../shelves/layout.js';
import { shelfName, shelfWords } from '../shelves/shelf-tip.js';
import type { ViewProps } from '../views/view-props.js';

const refreshMs = 500;
/** A chart shows this much of the world at least, and so much ahead, in seconds: one event alone is no span of time. */
const shortestSpan = 6 * 3600;
const aheadShare = 0.16;
/** A label of a truck takes this much, CSS pixels. */
const labelRoom = 76;

/** Stock of the chosen shelf as steps, its reorder point, its trucks, and what is ordered. */
export function ShelfChart({
  world,
  status,
  theme,
  cell,
}: Pick<ViewProps, 'world' | 'status' | 'theme'> & { readonly cell: Cell }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [answer, setAnswer] = useState<SeriesAnswer>();
  const shown = useRef(answer);
  const storeId = world.stores[cell.store]?.id ?? '';
  const productId = world.products[cell.product]?.id ?? '';
  const running = status.state === 'running';
  const own = answer?.storeId === storeId && answer.productId === productId ? answer : undefined;
  shown.current = own;

  usePoll(
    {
      ask: async (signal) => series(storeId, productId, signal),
      take: setAnswer,
      everyMs: running ? refreshMs : refreshMs * 4,
    },
    [storeId, productId, running, status.run],
  );

  const drawn = own !== undefined && own.at.length > 0;
  const plot = usePlot(box, () => options(() => shown.current), [theme, drawn]);
  useEffect(() => {
    if (own !== undefined && drawn) plot.current?.setData(columns(own));
  }, [answer, theme, drawn]);

  const words = own === undefined ? '…' : drawn ? shelfWords(own) : 'The store does not sell it.';
  return (
    <section class="panel shelf" id="shelf" aria-labelledby="shelf-title">
      <div class="head">
        <h2 id="shelf-title">{shelfName(world, cell)}</h2>
        <small id="shelf-words">{words}</small>
      </div>
      {drawn && (
        <div ref={box} class="plot" role="img" aria-labelledby="shelf-title" aria-describedby="shelf-words" />
      )}
    </section>
  );
}

/** Stock until now, and from now on with what trucks bring, on one axis. */
function columns(answer: SeriesAnswer): uPlot.AlignedData {
  const { at, stock, now, coming } = answer;
  const last = stock.at(-1) ?? 0;
  const past = (at.at(-1) ?? 0) < now ? [...at, now] : [...at];
  const onHand: (number | null)[] = (at.at(-1) ?? 0) < now ? [...stock, last] : [...stock];
  const ahead: (number | null)[] = past.map((_, index) => (index === past.length - 1 ? last : null));
  let level = last;
  const [, end] = rangeOf(answer);
  for (const { at: second, units } of coming) {
    if (second <= (past.at(-1) ?? 0)) continue;
    level += units;
    past.push(second);
    onHand.push(null);
    ahead.push(level);
  }
  if (coming.length > 0 && (past.at(-1) ?? 0) < end) {
    past.push(end);
    onHand.push(null);
    ahead.push(level);
  }
  return [past, onHand, ahead];
}

/** From where to where time is shown: from the first that is known to a part of that behind now, or behind the last truck. */
function rangeOf({ at, now, coming }: SeriesAnswer): [from: number, to: number] {
  const [from = now] = at;
  const span = Math.max(shortestSpan, now - from);
  const last = coming.at(-1)?.at ?? now;
  return [from, Math.max(from + span, now + span * aheadShare, last + span * 0.06)];
}

/** Midnight by its day, every other moment by its hour. */
function tick(second: number): string {
  const iso = new Date(second * 1000).toISOString();
  return second % 86_400 === 0 ? worldTime(iso).slice(0, -7) : iso.slice(11, 16);
}

function options(answer: () => SeriesAnswer | undefined): Omit<uPlot.Options, 'width' | 'height'> {
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const paths = stepped === undefined ? {} : { paths: stepped };
  const axis = {
    stroke: colour('mute'),
    font: '11px system-ui, "DejaVu Sans", sans-serif',
    grid: { stroke: colour('line2'), width: 1 },
    ticks: { show: false },
  };
  const line = colour('made');
  return {
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    legend: { show: false },
    cursor: { show: false },
    padding: [18, 30, 0, 0],
    scales: {
      x: {
        range: () => {
          const known = answer();
          return known === undefined ? [0, 1] : rangeOf(known);
        },
      },
      y: { range: (_plot, _low, high) => [0, Math.max(1, (answer()?.threshold ?? 0) * 1.2, high * 1.08)] },
    },
    axes: [
      { ...axis, size: 26, space: 84, values: (_plot, splits) => splits.map(tick) },
      { ...axis, size: 44, space: 28, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] },
    ],
    series: [
      {},
      { stroke: line, width: 1.8, fill: faint('made', 0.1), points: { show: false }, ...paths },
      { stroke: line, width: 1.8, dash: [4, 4], points: { show: false }, ...paths },
    ],
    hooks: {
      drawAxes: [
        (plot) => {
          const known = answer();
          if (known !== undefined) drawReorderPoint(plot, known);
        },
      ],
      draw: [
        (plot) => {
          const known = answer();
          if (known !== undefined) drawMarks(plot, known);
        },
      ],
    },
  };
}

function drawReorderPoint(plot: uPlot, { threshold }: SeriesAnswer): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(threshold, 'y', true);
  ctx.save();
  ctx.fillStyle = faint('short', 0.09);
  ctx.fillRect(bbox.left, y, bbox.width, bbox.top + bbox.height - y);
  ctx.strokeStyle = colour('short');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** What is written over the lines: the reorder point's name, trucks, and now. */
function drawMarks(plot: uPlot, { now, threshold, deliveries, coming, stock }: SeriesAnswer): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  ctx.fillStyle = colour('landed');
  for (const second of deliveries) {
    const x = plot.valToPos(second, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bottom - 7 * ratio);
    ctx.lineTo(x - 4 * ratio, bottom);
    ctx.lineTo(x + 4 * ratio, bottom);
    ctx.fill();
  }
  const x = plot.valToPos(now, 'x', true);
  ctx.setLineDash([]);
  ctx.strokeStyle = colour('ink');
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
  label(ctx, 'now', x, bbox.top - 6 * ratio, 'center');
  label(ctx, 'reorder point', bbox.left + 6 * ratio, plot.valToPos(threshold, 'y', true) - 4 * ratio, 'left');
  // Trucks whose labels would be on one another have one label: what they bring together.
  let level = stock.at(-1) ?? 0;
  let units = 0;
  for (const [place, truck] of coming.entries()) {
    level += truck.units;
    units += truck.units;
    const left = plot.valToPos(truck.at, 'x', true);
    const next = coming[place + 1];
    const room = next === undefined ? bbox.left + bbox.width : plot.valToPos(next.at, 'x', true);
    if (next !== undefined && room - left < labelRoom * ratio) continue;
    const isLeft = room - left < labelRoom * ratio;
    // Left of a truck is the line of before it, and right of it nothing below its own; above the plot is `now`.
    const y = Math.max(bbox.top + 9 * ratio, plot.valToPos(level, 'y', true) + (isLeft ? -5 : 12) * ratio);
    label(ctx, `truck: +${units}`, left + (isLeft ? -7 : 7) * ratio, y, isLeft ? 'right' : 'left');
    units = 0;
  }
  ctx.restore();
}

function label(
  ctx: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
): void {
  ctx.font = `${11 * devicePixelRatio}px system-ui, "DejaVu Sans", sans-serif`;
  ctx.textAlign = align;
  // A rim of the panel's colour: lines end at a word, and do not run through it.
  ctx.setLineDash([]);
  ctx.strokeStyle = colour('panel');
  ctx.lineWidth = 4 * devicePixelRatio;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour('mute');
  ctx.fillText(text, x, y);
}
