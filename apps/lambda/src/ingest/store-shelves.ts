import type { KnownStock, ShelfTable } from '@store/intake';
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

/** How long a count is known that was not delivered: a day more than SQS keeps a message (Service quotas, 2026). */
const OPEN_MS = 15 * 86_400_000;
/** Counts of one shelf that were not delivered. */
const MOST_OPEN = 1000;

/** What is known of the shelves of one store. */
export interface StoreShelves {
  /** Puts the last count of each shelf into a table. */
  fill(table: ShelfTable): void;
  /** The last count, or an older one that is not known to be delivered: it is the same event when its message comes again. */
  earlier(productId: string, timeMs: number, stock: number): KnownStock | undefined;
  /** Takes events in before they are sent; true where some are new. */
  claim(events: readonly InventoryEvent[], nowMs: number): boolean;
  /** Takes note of delivered events; true where some were not known to be. */
  settle(events: readonly InventoryEvent[]): boolean;
  /** The text of their object. */
  text(): string;
}

/** Reads the object of a store; `undefined` where there is none. */
export function readShelves(storeId: string, text: string | undefined): StoreShelves {
  // A parse boundary: nobody else may write below the prefix.
  const { shelves = [], earlier = [] } = JSON.parse(text ?? '{}') as {
    readonly shelves?: readonly Line[];
    readonly earlier?: readonly Line[];
  };
  const latest = new Map(shelves.map((line) => [line[0], line]));
  const open = new Map<string, readonly Line[]>();
  for (const line of earlier) open.set(line[0], [...(open.get(line[0]) ?? []), line]);

  const claimOne = (line: Line, nowMs: number): boolean => {
    const [productId, , , , , claimedAt = 0] = line;
    const known = latest.get(productId);
    const before = open.get(productId) ?? [];
    if (known !== undefined) {
      if ([known, ...before].some((one) => isSame(one, line)) || !isLater(line, known)) return false;
      const left = [...before, known].filter(([, , , , , since = 0]) => since > 0 && nowMs - since < OPEN_MS);
      if (left.length > MOST_OPEN)
        throw new Error(`Expected at most ${MOST_OPEN} counts of a shelf on their way, got more.`);
      open.set(productId, left);
    }
    latest.set(productId, [...countOf(line), claimedAt]);
    return true;
  };
  const settleOne = (line: Line): boolean => {
    const [productId] = line;
    const known = latest.get(productId);
    const before = open.get(productId) ?? [];
    const left = before.filter((one) => !isSame(one, line));
    open.set(productId, left);
    if (known === undefined || !isSame(known, line) || (known[5] ?? 0) === 0)
      return left.length < before.length;
    latest.set(productId, [...countOf(known), 0]);
    return true;
  };

  return {
    fill(table) {
      for (const line of latest.values()) table.set(storeId, line[0], knownOf(line));
    },
    earlier(productId, timeMs, stock) {
      // The last one, too: in a batch, it may come after a later one of its shelf.
      const isIt = (one: Line | undefined): boolean => one?.[1] === timeMs && one[2] === stock;
      const last = latest.get(productId);
      const line = isIt(last) ? last : open.get(productId)?.find(isIt);
      return line === undefined ? undefined : knownOf(line);
    },
    // Each of them: one that is there already does not keep the others from it.
    claim: (events, nowMs) => events.map((event) => claimOne(lineOf(event, nowMs), nowMs)).includes(true),
    settle: (events) => events.map((event) => settleOne(lineOf(event, 0))).includes(true),
    text: () =>
      JSON.stringify({
        store_id: storeId,
        shelves: [...latest.values()],
        earlier: [...open.values()].flat(),
      }),
  };
}

const lineOf = (
  { product_id, event_time, current_stock, sequence, quantity_delta }: InventoryEvent,
  openSinceMs: number,
): Line => [product_id, Date.parse(event_time), current_stock, sequence, quantity_delta, openSinceMs];

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

const isSame = (one: Line, other: Line): boolean => one[1] === other[1] && one[2] === other[2];

const isLater = (one: Line, other: Line): boolean =>
  one[1] > other[1] || (one[1] === other[1] && one[3] > other[3]);
