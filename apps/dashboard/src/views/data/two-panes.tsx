import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useRows } from '../../rows.js';

/** What the two panes hold. */
export interface TwoPanesProps {
  /** What the list is of; it is also the list's name for screen readers. */
  readonly name: string;
  readonly head: readonly { readonly title: string; readonly isNumber?: boolean }[];
  readonly rows: readonly PaneRow[];
  /** Said where there is no row. */
  readonly empty: string;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  /** What is known of the chosen row. */
  readonly children: ComponentChildren;
}

/** One row of the list. */
export interface PaneRow {
  readonly id: string;
  /** Tells rows of one id apart. @defaultValue the id */
  readonly key?: number;
  readonly cells: readonly ComponentChildren[];
  readonly isBad?: boolean;
}

/** A list on one side, and what is known of the chosen entry on the other. */
export function TwoPanes(props: TwoPanesProps): JSX.Element {
  const { name, head, rows, empty, chosen, onChoose, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const keys = rows.map(keyOf);
  const { onKeyDown, stop } = useRows(box, keys, keys[rows.findIndex(({ id }) => id === chosen)]);
  return (
    <div class="data-panes">
      <div ref={box} class="scroll data-list" role="group" aria-label={name} onKeyDown={onKeyDown}>
        <table>
          <thead>
            <tr>
              {head.map(({ title, isNumber }) => (
                <th key={title} scope="col" class={isNumber === true ? 'number' : ''}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells, isBad }, place) => (
              <tr
                key={keys[place]}
                class={`${id === chosen ? 'chosen' : ''} ${isBad === true ? 'bad' : ''}`}
                onClick={() => {
                  onChoose(id);
                }}
              >
                {cells.map((cell, index) => (
                  <td key={index} class={head[index]?.isNumber === true ? 'number' : ''}>
                    {index === 0 ? (
                      <button
                        type="button"
                        class="data-row"
                        aria-pressed={id === chosen}
                        {...stop(keys[place] ?? id)}
                      >
                        {cell}
                      </button>
                    ) : (
                      cell
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p class="data-empty">{empty}</p>}
      </div>
      <div class="data-entry" tabIndex={0} role="group" aria-label="Chosen entry" aria-live="polite">
        {children}
      </div>
    </div>
  );
}

const keyOf = ({ id, key }: PaneRow): string => String(key ?? id);

/** A product, and the store below it. */
export function Shelf({ product, store }: { readonly product: string; readonly store: string }): JSX.Element {
  return (
    <>
      <span class="data-main">{product}</span>
      <small>{store}</small>
    </>
  );
}

/** Names and values, one below the other. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ComponentChildren])[];
}): JSX.Element {
  return (
    <dl class="data-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Real time of the day: `14:19:58`. */
export function clockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB');
}
