import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ShelfState, WorldMessage } from '@store/page-protocol';
import { useRows } from '../rows.js';
import type { Cell } from './layout.js';
import { stateWords } from './state-words.js';

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
  const { onKeyDown, stop } = useRows(dialog, rows.map(keyOf));
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
      <ul class="scroll" onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <li key={keyOf(row)}>
            <button
              type="button"
              {...stop(keyOf(row))}
              onClick={() => {
                onSelect(row.cell);
                dialog.current?.close();
              }}
            >
              <i class={`swatch ${row.state}`} />
              <span>{world.products[row.cell.product]?.name}</span>
              <small>{world.stores[row.cell.store]?.name}</small>
              <small>{stateWords[row.state]}</small>
            </button>
          </li>
        ))}
      </ul>
    </dialog>
  );
}

const keyOf = ({ cell }: BlockListProps['rows'][number]): string => `${cell.store}/${cell.product}`;
