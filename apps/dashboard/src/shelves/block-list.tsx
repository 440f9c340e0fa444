import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ShelfState, WorldMessage } from '@store/page-protocol';
import type { Cell } from './layout.js';

/** How a shelf stands, in words. */
export const stateWords: Readonly<Record<ShelfState, string>> = {
  unknown: 'not sold here',
  plenty: 'plenty',
  enough: 'enough',
  coming: 'short, truck on the way',
  short: 'short, nothing ordered',
  empty: 'empty',
};

/** What the list needs. */
export interface BlockListProps {
  readonly title: string;
  readonly rows: readonly { readonly cell: Cell; readonly state: ShelfState }[];
  readonly world: WorldMessage;
  readonly onSelect: (cell: Cell) => void;
  readonly onClose: () => void;
}

/** The shelves of one city and category as a list; a press chooses one. */
export function BlockList({ title, rows, world, onSelect, onClose }: BlockListProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="block" aria-labelledby="block-title" onClose={onClose}>
      <form method="dialog" class="head">
        <h2 id="block-title">{title}</h2>
        <span class="fill" />
        <button type="submit">Close</button>
      </form>
      <ul class="scroll">
        {rows.map(({ cell, state }) => (
          <li key={`${cell.store}/${cell.product}`}>
            <button
              type="button"
              onClick={() => {
                onSelect(cell);
                dialog.current?.close();
              }}
            >
              <i class={`swatch ${state}`} />
              <span>{world.products[cell.product]?.name}</span>
              <small>{world.stores[cell.store]?.name}</small>
              <small>{stateWords[state]}</small>
            </button>
          </li>
        ))}
      </ul>
    </dialog>
  );
}
