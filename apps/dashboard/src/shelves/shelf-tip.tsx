import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SeriesAnswer, WorldMessage } from '@store/page-protocol';
import { series } from '../feed.js';
import { count, worldSpan } from '../format.js';
import type { ViewProps } from '../views/view-props.js';
import type { Cell } from './layout.js';

/** Where the tip is, and what it is about: a shelf, or words of their own. */
export interface TipAt {
  readonly x: number;
  readonly y: number;
  /** Width of the box that it must stay in. */
  readonly room: number;
  readonly cell?: Cell;
  readonly title?: string;
  readonly words?: string;
}

/** `20 on hand, reorder at 39 · 63 on order, in 11 h 05`. */
export function shelfWords({ currentStock, threshold, onOrder, coming, now }: SeriesAnswer): string {
  const [next] = coming;
  const due = next === undefined ? '' : `, in ${worldSpan((next.at - now) * 1000)}`;
  const ordered = onOrder > 0 ? ` · ${count(onOrder)} on order${due}` : '';
  return `${count(currentStock)} on hand, reorder at ${count(threshold)}${ordered}`;
}

/** The name of a shelf. */
export const shelfName = (world: WorldMessage, { store, product }: Cell): string =>
  `${world.products[product]?.name ?? ''}, ${world.stores[store]?.name ?? ''}`;

/** Asks for a shelf when it is pointed at for a moment. */
function useShelf(world: WorldMessage, cell: Cell | undefined, delayMs: number): SeriesAnswer | undefined {
  const [answer, setAnswer] = useState<SeriesAnswer>();
  const storeId = cell === undefined ? undefined : world.stores[cell.store]?.id;
  const productId = cell === undefined ? undefined : world.products[cell.product]?.id;
  useEffect(() => {
    if (storeId === undefined || productId === undefined) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      series(storeId, productId, stop.signal).then(setAnswer, () => {
        // The verdict says when the server is gone; the tip then has the name alone.
      });
    }, delayMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [storeId, productId]);
  return answer?.storeId === storeId && answer?.productId === productId ? answer : undefined;
}

/** The chosen shelf in words, as it was when it was chosen. */
export function useShelfWords({ world }: Pick<ViewProps, 'world'>, cell: Cell | undefined): string {
  const answer = useShelf(world, cell, 0);
  if (cell === undefined) return 'No shelf is chosen';
  return answer === undefined ? shelfName(world, cell) : `${shelfName(world, cell)}: ${shelfWords(answer)}`;
}

/** What the pointer is over. */
export function ShelfTip({ world, tip }: { readonly world: WorldMessage; readonly tip: TipAt }): JSX.Element {
  const { x, y, room, cell, title, words } = tip;
  const answer = useShelf(world, cell, 40);
  const right = x > room / 2;
  return (
    <div
      class="tip"
      style={{ top: `${y + 16}px`, ...(right ? { right: `${room - x + 8}px` } : { left: `${x + 14}px` }) }}
    >
      <b>{cell === undefined ? title : shelfName(world, cell)}</b>
      {cell === undefined ? words : answer === undefined ? '…' : shelfWords(answer)}
    </div>
  );
}
