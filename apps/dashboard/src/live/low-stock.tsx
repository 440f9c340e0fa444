import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { lowSorts, type LowAnswer, type LowSort, type LowStockRow } from '@store/page-protocol';
import { lowStock } from '../feed.js';
import { count, worldSpan } from '../format.js';
import { usePoll } from '../poll.js';
import { useRows, type Rows } from '../rows.js';
import type { ViewProps } from '../views/view-props.js';

/** What the list needs beside what every view is given. */
export interface LowStockProps extends ViewProps {
  /** `store_id/product_id` of the chosen shelf. */
  readonly chosen: string | undefined;
  readonly onChoose: (storeId: string, productId: string) => void;
}

const rowHeight = 38;
/** Rows in the tree, and how far they begin above the first that is seen. */
const windowRows = 30;
const rowsAbove = 6;
const refreshMs = 1000;

const heads: readonly (readonly [sort: LowSort, label: string, className: string])[] = [
  ['name', 'Shelf', ''],
  ['missing', 'Stock / reorder at', 'number'],
  ['order', 'On order', ''],
  ['since', 'Short for', 'number last'],
];

/** Every shelf below its reorder point: searched and sorted by the server, and only the rows that are seen are here. */
export function LowStock(props: LowStockProps): JSX.Element {
  const { status, address, go, chosen, onChoose } = props;
  const sort = address.sort ?? 'missing';
  const down = sort.startsWith('-');
  const by = lowSorts.find((one) => one === sort.replace('-', '')) ?? 'missing';
  const q = address.q ?? '';
  const box = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState(0);
  const [answer, setAnswer] = useState<LowAnswer>();
  const running = status.state === 'running';

  usePoll(
    {
      ask: async (signal) => lowStock({ sort, q, from, count: windowRows }, signal),
      take: setAnswer,
      everyMs: refreshMs,
    },
    [sort, q, from, running, status.run],
  );

  const onScroll = (): void => {
    const first = Math.max(0, Math.floor((box.current?.scrollTop ?? 0) / rowHeight) - rowsAbove);
    // In steps, so that not every pixel is a request.
    setFrom(first - (first % rowsAbove));
  };
  const rows = answer?.rows ?? [];
  const start = answer?.from ?? 0;
  const total = answer?.total ?? 0;
  const { onKeyDown, stop } = useRows(box, rows.map(keyOf), chosen);

  return (
    <section class="panel low" id="low" aria-labelledby="low-title">
      <div class="head">
        <h2 id="low-title">Low stock</h2>
        <small>
          {q === '' ? `${count(status.low)} of ${count(status.shelves)} shelves` : `${count(total)} found`}
        </small>
        <input
          class="search"
          type="search"
          value={q}
          placeholder="Find a store or product"
          aria-label="Find a store or product"
          onInput={(event) => {
            if (box.current !== null) box.current.scrollTop = 0;
            go({ q: event.currentTarget.value }, 'replace');
          }}
        />
      </div>
      <div
        ref={box}
        class="scroll"
        role="group"
        aria-labelledby="low-title"
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <table aria-rowcount={total + 1}>
          <thead>
            <tr>
              {heads.map(([name, label, className]) => (
                <th
                  key={name}
                  scope="col"
                  class={className}
                  aria-sort={name === by ? (down ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    onClick={() => {
                      go({ sort: name === by && !down ? `-${name}` : name });
                    }}
                  >
                    {label}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Space rows={start} />
            {rows.map((row, index) => (
              <Row
                key={keyOf(row)}
                row={row}
                number={start + index + 2}
                now={answer?.at ?? status.at}
                chosen={chosen === keyOf(row)}
                stop={stop}
                onChoose={onChoose}
              />
            ))}
            <Space rows={total - start - rows.length} />
          </tbody>
        </table>
        {answer !== undefined && total === 0 && (
          <p class="note none">
            {q === '' ? 'Every shelf is at or above its reorder point.' : 'No low shelf has this name.'}
          </p>
        )}
      </div>
    </section>
  );
}

/** Stands for rows that are not in the tree. */
function Space({ rows }: { readonly rows: number }): JSX.Element | null {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true" class="space">
      <td colSpan={3} style={{ height: `${rows * rowHeight}px` }} />
    </tr>
  );
}

const keyOf = ({ storeId, productId }: LowStockRow): string => `${storeId}/${productId}`;

interface RowProps extends Pick<Rows, 'stop'> {
  readonly row: LowStockRow;
  readonly number: number;
  /** World time, ISO 8601. */
  readonly now: string;
  readonly chosen: boolean;
  readonly onChoose: (storeId: string, productId: string) => void;
}

function Row({ row, number, now, chosen, stop, onChoose }: RowProps): JSX.Element {
  const { storeId, productId, storeName, productName, currentStock, minThreshold, since } = row;
  const share = Math.min(1, currentStock / Math.max(1, minThreshold));
  const choose = (): void => {
    onChoose(storeId, productId);
  };
  return (
    <tr class={chosen ? 'chosen' : ''} aria-rowindex={number} onClick={choose}>
      <td>
        <button type="button" class="name" aria-pressed={chosen} {...stop(keyOf(row))}>
          {productName}
        </button>
        <span class="store">{storeName}</span>
      </td>
      <td class="number">
        {`${count(currentStock)} / ${count(minThreshold)}`}
        <span class="bullet" aria-hidden="true">
          <i style={{ width: `${share * 66}%` }} />
          <u />
        </span>
      </td>
      <td>{onOrder(row, now)}</td>
      <td class="number last note">{worldSpan(Date.parse(now) - Date.parse(since))}</td>
    </tr>
  );
}

function onOrder({ onOrder: units, arrivesAt }: LowStockRow, now: string): JSX.Element {
  if (units <= 0) return <span class="pill no">not yet</span>;
  const due = arrivesAt === undefined ? '' : `, in ${worldSpan(Date.parse(arrivesAt) - Date.parse(now))}`;
  return <span class="pill">{`${count(units)}${due}`}</span>;
}
