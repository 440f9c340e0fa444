import type { ComponentChildren, JSX, TargetedKeyboardEvent } from 'preact';

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
  // One stop of Tab for all rows, so that what is known of the chosen one is the next; the arrows lead from row to row.
  const stop = rows.some(({ id }) => id === chosen) ? chosen : rows[0]?.id;
  return (
    <div class="data-panes">
      <div class="scroll data-list" tabIndex={0} role="group" aria-label={name} onKeyDown={stepRow}>
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
            {rows.map(({ id, key = id, cells, isBad }) => (
              <tr
                key={key}
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
                        tabIndex={id === stop ? 0 : -1}
                        aria-pressed={id === chosen}
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

/** Moves the focus from a row to the one above or below it. */
function stepRow(event: TargetedKeyboardEvent<HTMLDivElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.data-row')];
  const from = all.findIndex((row) => row === document.activeElement);
  if (step === 0 || from < 0) return;
  event.preventDefault();
  all[from + step]?.focus();
}

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
