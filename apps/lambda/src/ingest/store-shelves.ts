import type { KnownStock } from '@store/intake';
import type { InventoryEvent } from '@store/schema';

/** A count as it is kept; the last number is when it was written down, in milliseconds since 1970, and 0 once it was delivered. */
type Line = readonly [
  productId: string,
  timeMs: number,
  stock: number,
  sequence: number,
  delta: number,
  openSinceMs?: number,
];

/** What is known of one shelf. */
interface Shelf {
  last: Line;
  /** Counts before the last one that may come again, by time and stock: not delivered yet, or at the time of the last one. */
  readonly before: Map<string, Line>;
}

/** How long a count is known that was not delivered: a day more than SQS keeps a message (Service quotas, 2026). */
const OPEN_MS = 15 * 86_400_000;

/** What is known of the shelves of one store. */
export interface StoreShelves {
  /** How many there are. */
  readonly size: number;
  /** The last count. */
  last(productId: string): KnownStock | undefined;
  /** The last count, or one before it that may come again: it is the same event when its message comes again. */
  earlier(productId: string, timeMs: number, stock: number): KnownStock | undefined;
  /** Takes a count as the last one, before its event is sent. */
  claim(productId: string, count: KnownStock, nowMs: number): void;
  /** Takes note of delivered events; true where some were not known to be. */
  settle(events: readonly InventoryEvent[]): boolean;
  /** The text of their object, without counts that cannot come again. */
  text(nowMs: number): string;
}

/** Reads the object of a store; `undefined` where there is none. */
export function readShelves(storeId: string, text: string | undefined): StoreShelves {
  // A parse boundary: nobody else may write below the prefix.
  const { shelves: lines = [], earlier = [] } = JSON.parse(text ?? '{}') as {
    readonly shelves?: readonly Line[];
    readonly earlier?: readonly Line[];
  };
  const shelves = new Map(lines.map((last): [string, Shelf] => [last[0], { last, before: new Map() }]));
  for (const line of earlier) shelves.get(line[0])?.before.set(keyOf(line), line);

  const settleOne = ({ product_id, event_time, current_stock }: InventoryEvent): boolean => {
    const shelf = shelves.get(product_id);
    const key = `${Date.parse(event_time)} ${current_stock}`;
    const line = shelf === undefined || keyOf(shelf.last) === key ? shelf?.last : shelf.before.get(key);
    if (shelf === undefined || line === undefined || !isOpen(line)) return false;
    const settled: Line = [...countOf(line), 0];
    if (line === shelf.last) shelf.last = settled;
    else if (line[1] === shelf.last[1]) shelf.before.set(key, settled);
    else shelf.before.delete(key);
    return true;
  };

  return {
    get size() {
      return shelves.size;
    },
    last(productId) {
      const shelf = shelves.get(productId);
      return shelf === undefined ? undefined : knownOf(shelf.last);
    },
    earlier(productId, timeMs, stock) {
      const shelf = shelves.get(productId);
      const key = `${timeMs} ${stock}`;
      if (shelf === undefined) return undefined;
      // The last one, too: in a batch, it may come after a later one of its shelf.
      const line = keyOf(shelf.last) === key ? shelf.last : shelf.before.get(key);
      return line === undefined ? undefined : knownOf(line);
    },
    claim(productId, { timeMs, stock, sequence, delta }, nowMs) {
      const line: Line = [productId, timeMs, stock, sequence, delta, nowMs];
      const shelf = shelves.get(productId);
      if (shelf === undefined) {
        shelves.set(productId, { last: line, before: new Map() });
        return;
      }
      shelf.before.set(keyOf(shelf.last), shelf.last);
      shelf.last = line;
    },
    // Each of them: one that is known to be delivered does not keep the others from it.
    settle: (events) => events.map(settleOne).includes(true),
    text: (nowMs) =>
      JSON.stringify({
        store_id: storeId,
        shelves: [...shelves.values()].map(({ last }) => last),
        earlier: [...shelves.values()].flatMap(({ last, before }) =>
          [...before.values()].filter((line) => line[1] === last[1] || isOpen(line, nowMs)),
        ),
      }),
  };
}

const keyOf = ([, timeMs, stock]: Line): string => `${timeMs} ${stock}`;

/** True for a count that is not known to be delivered, and may still come again. */
const isOpen = ([, , , , , openSinceMs = 0]: Line, nowMs = openSinceMs): boolean =>
  openSinceMs !== 0 && nowMs - openSinceMs < OPEN_MS;

const countOf = ([productId, timeMs, stock, sequence, delta]: Line): readonly [
  string,
  number,
  number,
  number,
  number,
] => [productId, timeMs, stock, sequence, delta];

const knownOf = ([, timeMs, stock, sequence, delta]: Line): KnownStock => ({
  timeMs,
  stock,
  sequence,
  delta,
});
