import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { shelfState, unknownShelf, type ShelfState } from '@store/page-protocol';
import { count } from '../format.js';
import { useMedia } from '../theme.js';
import { lazy } from '../views/lazy.js';
import type { ViewProps } from '../views/view-props.js';
import { groupShelves, hitTest, layOut, type Block, type Cell, type Hit } from './layout.js';
import { createPainter, orderProducts, paintLabels, urgency, type Painter } from './painter.js';
import { stateWords } from './state-words.js';
import { ShelfTip, useShelfWords, type TipAt } from './shelf-tip.js';

const BlockList = lazy(async () => (await import('./block-list.js')).BlockList);

/** What the map needs beside what every view is given. */
export interface ShelfMapProps extends ViewProps {
  readonly selected: Cell | undefined;
  readonly onSelect: (cell: Cell) => void;
}

const steps: Readonly<Record<string, readonly [stores: number, products: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
const legend: readonly ShelfState[] = ['plenty', 'enough', 'coming', 'short', 'empty'];
/** Products stay where they are for so long, milliseconds. */
const sortEveryMs = 60_000;

/** Cities down, categories across: shares of each block, or every shelf. */
export function ShelfMap(props: ShelfMapProps): JSX.Element {
  const { world, status, theme, address, go, onFrames, selected, onSelect } = props;
  const narrow = useMedia('(max-width: 640px)');
  const zoom =
    address.zoom === 'blocks' || address.zoom === 'shelves' ? address.zoom : narrow ? 'blocks' : 'shelves';
  const by = address.order === 'name' ? 'name' : 'short';
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | undefined>(undefined);
  const cells = useRef<Uint8Array>(new Uint8Array());
  const [width, setWidth] = useState(0);
  const [order, setOrder] = useState<readonly (readonly number[])[]>([]);
  const [tip, setTip] = useState<TipAt>();
  const [list, setList] = useState<Block>();
  const groups = useMemo(() => groupShelves(world), [world]);
  // Below it there is room for the chart of one shelf.
  const height = useMedia('(max-height: 960px)') ? 335 : 400;
  const layout = useMemo(
    () => layOut(groups, zoom, Math.max(200, width), height),
    [groups, zoom, width, height],
  );
  const products = world.products.length;

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    if (box.current !== null) observer.observe(box.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  const resort = (): void => {
    setOrder(orderProducts(groups, cells.current, world.products, by));
  };
  useEffect(() => {
    resort();
    const timer = setInterval(resort, sortEveryMs);
    return () => {
      clearInterval(timer);
    };
  }, [groups, by]);
  useEffect(
    () =>
      onFrames((next) => {
        const first = cells.current.length === 0;
        cells.current = next;
        if (first) resort();
        painter.current?.show(next);
      }),
    [groups, by],
  );
  useEffect(() => {
    if (canvas.current === null || width === 0) return undefined;
    const own = createPainter(canvas.current, groups, layout, products);
    painter.current = own;
    own.sort(order);
    own.show(cells.current);
    return () => {
      own.stop();
      painter.current = undefined;
    };
  }, [groups, layout, theme]);
  useEffect(() => {
    painter.current?.sort(order);
  }, [order]);
  useEffect(() => {
    if (labels.current !== null && width > 0) paintLabels(labels.current, groups, layout, order, selected);
  }, [groups, layout, order, selected, theme]);

  const byteOf = ({ store, product }: Cell): number =>
    cells.current[store * products + product] ?? unknownShelf;
  const cellsOf = ({ city, category }: Block): Cell[] =>
    (groups.cities[city]?.members ?? []).flatMap((store) =>
      (order[category] ?? []).map((product) => ({ store, product })),
    );
  const cellAt = (hit: Hit): Cell | undefined => {
    const row = order[hit.category] ?? [];
    const stores = groups.cities[hit.city]?.members ?? [];
    // Below a city's last line is the gap to the next one.
    const store = stores[Math.min(hit.line, stores.length - 1)];
    const product = row[Math.floor(hit.across * row.length)];
    return store === undefined || product === undefined ? undefined : { store, product };
  };
  const at = (event: MouseEvent): Hit | undefined => {
    const frame = canvas.current?.getBoundingClientRect();
    if (frame === undefined) return undefined;
    const hit = hitTest(layout, event.clientX - frame.left, event.clientY - frame.top);
    // Right of the last category there is room for its name.
    return hit === undefined || order[hit.category] === undefined ? undefined : hit;
  };
  const onClick = (event: MouseEvent): void => {
    const hit = at(event);
    if (hit === undefined) return;
    if (zoom === 'blocks') {
      setList(hit);
      return;
    }
    const cell = cellAt(hit);
    if (cell !== undefined) onSelect(cell);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const hit = event.pointerType === 'touch' ? undefined : at(event);
    const frame = box.current?.getBoundingClientRect();
    if (hit === undefined || frame === undefined) {
      setTip(undefined);
      return;
    }
    const place = { x: event.clientX - frame.left, y: event.clientY - frame.top, room: frame.width };
    const cell = zoom === 'shelves' ? cellAt(hit) : undefined;
    const short = cellsOf(hit).filter((one) => urgency(byteOf(one)) < 3).length;
    setTip(
      cell === undefined
        ? {
            ...place,
            title: `${groups.cities[hit.city]?.name ?? ''}, ${groups.categories[hit.category]?.name ?? ''}`,
            words: `${short} of ${cellsOf(hit).length} shelves short`,
          }
        : { ...place, cell },
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (event.key === 'Enter' && zoom === 'blocks' && selected !== undefined)
      setList({
        city: groups.cityOf[selected.store] ?? 0,
        category: groups.categoryOf[selected.product] ?? 0,
      });
    if (step === undefined) return;
    event.preventDefault();
    const stores = groups.cities.flatMap(({ members }) => members);
    const across = order.flat();
    const from = selected ?? { store: stores[0] ?? 0, product: across[0] ?? 0 };
    const moved = (all: readonly number[], now: number, by: number): number =>
      all[Math.max(0, Math.min(all.length - 1, all.indexOf(now) + by))] ?? now;
    onSelect({ store: moved(stores, from.store, step[0]), product: moved(across, from.product, step[1]) });
  };
  const words = useShelfWords(props, selected);
  const segment = (label: string, on: boolean, change: Parameters<typeof go>[0]): JSX.Element => (
    <button
      type="button"
      aria-pressed={on}
      onClick={() => {
        go(change);
      }}
    >
      {label}
    </button>
  );

  return (
    <section class="panel" id="heat" aria-labelledby="heat-title">
      <div class="head">
        <h2 id="heat-title">Shelves</h2>
        <small>{`${count(status.low)} of ${count(status.shelves)} short, ${count(status.empty)} empty`}</small>
        <span class="fill" />
        {zoom === 'shelves' && (
          <div class="segments" role="group" aria-label="Order of the products">
            {segment('Shortest first', by === 'short', { order: undefined })}
            {segment('A to Z', by === 'name', { order: 'name' })}
          </div>
        )}
        <div class="segments" role="group" aria-label="Zoom">
          {segment('City × category', zoom === 'blocks', { zoom: 'blocks' })}
          {segment('Every shelf', zoom === 'shelves', { zoom: 'shelves' })}
        </div>
      </div>
      <div class="map-box">
        <div
          ref={box}
          class="map"
          style={{ height: `${layout.height}px` }}
          role="grid"
          tabIndex={0}
          aria-label="Shelves by city and category. Arrow keys choose a shelf."
          aria-rowcount={world.stores.length}
          aria-colcount={products}
          aria-activedescendant={selected === undefined ? undefined : 'chosen-shelf'}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onPointerMove={onPointerMove}
          onPointerLeave={() => {
            setTip(undefined);
          }}
        >
          <canvas ref={canvas} aria-hidden="true" />
          <canvas ref={labels} aria-hidden="true" />
          <div role="row" class="unseen" aria-rowindex={(selected?.store ?? 0) + 1}>
            <span
              role="gridcell"
              id="chosen-shelf"
              aria-selected="true"
              aria-colindex={(selected?.product ?? 0) + 1}
            >
              {words}
            </span>
          </div>
          {tip !== undefined && <ShelfTip world={world} tip={tip} />}
        </div>
      </div>
      <p class="unseen" aria-live="polite">
        {words}
      </p>
      <ul class="legend" aria-label="Colours">
        {legend.map((state) => (
          <li key={state}>
            <i class={`swatch ${state}`} />
            {stateWords[state]}
          </li>
        ))}
      </ul>
      {list !== undefined && (
        <BlockList
          title={`${groups.cities[list.city]?.name ?? ''}, ${groups.categories[list.category]?.name ?? ''}`}
          rows={cellsOf(list)
            .sort((a, b) => urgency(byteOf(a)) - urgency(byteOf(b)))
            .map((cell) => ({ cell, state: shelfState(byteOf(cell)) }))}
          world={world}
          onSelect={onSelect}
          onClose={() => {
            setList(undefined);
          }}
        />
      )}
    </section>
  );
}
