import uPlot from 'uplot';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { WorldWorker } from './ask-worker.js';
import type { ShelfHistory } from './sample.js';
import type { WorldForm } from './world-form.js';

/** Which shelf of which world. */
export interface ShelfPlotProps {
  readonly form: WorldForm;
  readonly worker: WorldWorker;
  readonly store: number;
  readonly product: number;
}

const heightPx = 320;
const stepped = uPlot.paths.stepped?.({ align: 1 });

/** Stock, reorder point and units on order of one shelf over time. */
export function ShelfPlot({ form, worker, store, product }: ShelfPlotProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [history, setHistory] = useState<ShelfHistory>();
  useEffect(() => {
    let wanted = true;
    void worker.history(form, { store, product }).then((outcome) => {
      // Its form is the one that made the sample, so nothing of it is wrong.
      if (wanted && 'result' in outcome) setHistory(outcome.result);
    });
    return () => {
      wanted = false;
    };
  }, [form, worker, store, product]);

  useEffect(() => {
    if (box.current === null || history === undefined) return undefined;
    const { seconds, stock, reorderPoint, onOrder } = history;
    const plot = new uPlot(
      options(box.current),
      [[...seconds], [...stock], [...reorderPoint], [...onOrder]],
      box.current,
    );
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) plot.setSize({ width: entry.contentRect.width, height: heightPx });
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [history]);

  return (
    <>
      <div ref={box} class="plot" role="img" aria-label="Stock, reorder point and units on order over time" />
      <p role="status">{history === undefined ? 'Reading…' : summary(history)}</p>
    </>
  );
}

/** The plot in words. */
function summary({ stock, reorderPoint }: ShelfHistory): string {
  if (stock.length === 0) return 'This shelf has no events.';
  const low = stock.filter((units, n) => units <= (reorderPoint[n] ?? 0)).length;
  const range = `${Math.min(...stock)} to ${Math.max(...stock)} units in stock`;
  return `${stock.length} events, ${range}, at or below the reorder point in ${low} of them.`;
}

/** Midnight by its day, as `Mon 5 Jan`, every other moment by its hour. */
function tick(second: number): string {
  const [weekday = '', day = '', month = '', , time = ''] = new Date(second * 1000).toUTCString().split(' ');
  return second % 86_400 === 0 ? `${weekday.slice(0, 3)} ${Number(day)} ${month}` : time.slice(0, 5);
}

function options(parent: HTMLElement): uPlot.Options {
  const style = getComputedStyle(parent);
  const text = style.getPropertyValue('--vp-c-text-2');
  const axis = { stroke: text, grid: { stroke: style.getPropertyValue('--vp-c-divider'), width: 1 } };
  const line = (label: string, color: string): uPlot.Series => ({
    label,
    stroke: style.getPropertyValue(color),
    width: 2,
    ...(stepped === undefined ? {} : { paths: stepped }),
    points: { show: false },
  });
  return {
    width: parent.clientWidth,
    height: heightPx,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    series: [
      { label: 'UTC', value: '{YYYY}-{MM}-{DD} {HH}:{mm}' },
      line('in stock', '--vp-c-indigo-1'),
      line('reorder point', '--vp-c-red-1'),
      line('on order', '--vp-c-green-1'),
    ],
    axes: [{ ...axis, space: 72, values: (_plot, splits) => splits.map(tick) }, axis],
  };
}
