import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { thresholdLevel, unknownLevel, type WorldMessage } from '@store/page-protocol';
import { createPainter, type Cell, type Painter } from './painter.js';

/** What the heat map needs. */
export interface HeatMapProps {
  readonly world: WorldMessage;
  readonly selected: Cell;
  readonly theme: 'light' | 'dark';
  readonly onSelect: (cell: Cell) => void;
  /** Hands out the function that takes each new frame. */
  readonly onPainter: (painter: Painter | undefined) => void;
}

const steps: Readonly<Record<string, readonly [stores: number, products: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** Stores down, products across; a pointer or the arrow keys choose the shelf that the chart shows. */
export function HeatMap({ world, selected, theme, onSelect, onPainter }: HeatMapProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | undefined>(undefined);
  const [hover, setHover] = useState<Cell>();
  const stores = world.stores.length;
  const products = world.products.length;

  useEffect(() => {
    if (canvas.current === null) return undefined;
    const own = createPainter(canvas.current, products, stores, theme);
    painter.current = own;
    onPainter(own);
    return () => {
      own.stop();
      onPainter(undefined);
    };
  }, [world, theme]);

  useEffect(() => {
    painter.current?.mark(selected);
  }, [selected, world, theme]);

  const cellAt = (event: MouseEvent): Cell => {
    const box = canvas.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    const within = (share: number, count: number): number =>
      Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    return {
      store: within((event.clientY - box.top) / box.height, stores),
      product: within((event.clientX - box.left) / box.width, products),
    };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onSelect({
      store: Math.max(0, Math.min(stores - 1, selected.store + step[0])),
      product: Math.max(0, Math.min(products - 1, selected.product + step[1])),
    });
  };
  const shown = hover ?? selected;

  return (
    <section class="panel heat" aria-labelledby="heat-title">
      <h2 id="heat-title">
        Shelves <small>{`${stores} stores down, ${products} products across`}</small>
      </h2>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={`Stock against reorder point of ${stores * products} shelves. Arrow keys choose a shelf.`}
        aria-describedby="heat-cell"
        onKeyDown={onKeyDown}
        onClick={(event) => {
          onSelect(cellAt(event));
        }}
        onMouseMove={(event) => {
          setHover(cellAt(event));
        }}
        onMouseLeave={() => {
          setHover(undefined);
        }}
      />
      <p class="legend">
        <span class="swatch out" /> none <span class="ramp" /> <span>reorder point ▲ plenty</span>
      </p>
      <p id="heat-cell" class="cell" aria-live="polite">
        {describe(world, shown, painter.current?.level(shown) ?? unknownLevel)}
      </p>
    </section>
  );
}

function describe(world: WorldMessage, { store, product }: Cell, level: number): string {
  const where = `${world.stores[store]?.name ?? ''}, ${world.stores[store]?.city ?? ''} · ${world.products[product]?.name ?? ''}`;
  if (level === unknownLevel) return `${where} · no event yet`;
  if (level === 0) return `${where} · out of stock`;
  const times = (level / thresholdLevel).toFixed(1);
  return `${where} · ${level === 254 ? '4 times and more' : `${times} times`} the reorder point`;
}
