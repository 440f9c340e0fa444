/** What was last known of a shelf: one product in one store. */
export interface KnownStock {
  /** Time of the event that said so, in milliseconds since 1970. */
  readonly timeMs: number;
  /** Stock on hand after it. */
  readonly stock: number;
  /** Its place in the order of the store. */
  readonly sequence: number;
  /** The change that it told. */
  readonly delta: number;
}

/** What is known of many shelves, in a few dozen bytes each that are no objects: a chain has millions. */
export interface ShelfTable {
  /** Shelves that are known. */
  readonly size: number;
  /** What is known of a shelf; undefined for one that is not there. */
  get(storeId: string, productId: string): KnownStock | undefined;
  /** Takes what is known of a shelf, in place of what was. */
  set(storeId: string, productId: string, known: KnownStock): void;
  /**
   * What became of a count before the last one, which may come again: undefined for one that was never taken, or is not known
   * any more. Those at the time of the last one are to be known: which of them came first is told by nothing else.
   * @defaultValue none is known
   */
  earlier?(storeId: string, productId: string, timeMs: number, stock: number): KnownStock | undefined;
}

const FIRST_SLOTS = 1 << 10;

/** The arrays of a table: one row for each slot; a slot whose first hash is 0 is free. */
interface Slots {
  readonly hashes: Uint32Array;
  /** Time, sequence, stock and change, as doubles, which hold every one of them exactly. */
  readonly values: Float64Array;
}

/**
 * Returns an empty table. Shelves are told apart by 64 bits of a hash: among ten million, the chance that any two are taken for
 * one is 1 to 370,000.
 *
 * @example
 * ```ts
 * import { createShelfTable } from '@store/intake';
 *
 * const shelves = createShelfTable();
 * shelves.set('S1', 'A-7', { timeMs: 1_767_600_000_000, stock: 8, sequence: 17, delta: -3 });
 * console.log(shelves.get('S1', 'A-7')?.stock, shelves.size); // 8 1
 * ```
 */
export function createShelfTable(): ShelfTable {
  let slots = emptySlots(FIRST_SLOTS);
  let size = 0;
  /** Counts at the time of the last one, by the hashes of their shelf and by stock. Few shelves have any. */
  const sameTime = new Map<string, Map<number, KnownStock>>();
  return {
    get size() {
      return size;
    },
    get(storeId, productId) {
      const [first, second] = hashesOf(storeId, productId);
      const slot = slotOf(slots, first, second);
      return slots.hashes[slot * 2] === 0 ? undefined : knownAt(slots, slot);
    },
    set(storeId, productId, known) {
      const [first, second] = hashesOf(storeId, productId);
      let slot = slotOf(slots, first, second);
      if (slots.hashes[slot * 2] === 0) {
        if (size * 4 >= slots.hashes.length) {
          slots = doubled(slots);
          slot = slotOf(slots, first, second);
        }
        size++;
        slots.hashes[slot * 2] = first;
        slots.hashes[slot * 2 + 1] = second;
      } else if (slots.values[slot * 4] === known.timeMs) {
        const shelf = `${first} ${second}`;
        const before = knownAt(slots, slot);
        sameTime.set(shelf, (sameTime.get(shelf) ?? new Map<number, KnownStock>()).set(before.stock, before));
      } else if (sameTime.size > 0) {
        sameTime.delete(`${first} ${second}`);
      }
      slots.values.set([known.timeMs, known.sequence, known.stock, known.delta], slot * 4);
    },
    earlier(storeId, productId, timeMs, stock) {
      if (sameTime.size === 0) return undefined;
      const known = sameTime.get(hashesOf(storeId, productId).join(' '))?.get(stock);
      return known?.timeMs === timeMs ? known : undefined;
    },
  };
}

const knownAt = ({ values }: Slots, slot: number): KnownStock => ({
  timeMs: values[slot * 4] ?? 0,
  sequence: values[slot * 4 + 1] ?? 0,
  stock: values[slot * 4 + 2] ?? 0,
  delta: values[slot * 4 + 3] ?? 0,
});

const emptySlots = (count: number): Slots => ({
  hashes: new Uint32Array(count * 2),
  values: new Float64Array(count * 4),
});

/** The slot of a shelf, or the free one that it would take. At most half of the slots are taken, so there is one. */
function slotOf({ hashes }: Slots, first: number, second: number): number {
  const mask = hashes.length / 2 - 1;
  let slot = second & mask;
  while (hashes[slot * 2] !== 0 && !(hashes[slot * 2] === first && hashes[slot * 2 + 1] === second))
    slot = (slot + 1) & mask;
  return slot;
}

function doubled(old: Slots): Slots {
  const next = emptySlots(old.hashes.length);
  for (let slot = 0; slot < old.hashes.length / 2; slot++) {
    const [first = 0, second = 0] = old.hashes.subarray(slot * 2, slot * 2 + 2);
    if (first === 0) continue;
    const to = slotOf(next, first, second);
    next.hashes[to * 2] = first;
    next.hashes[to * 2 + 1] = second;
    next.values.set(old.values.subarray(slot * 4, slot * 4 + 4), to * 4);
  }
  return next;
}

/** Two hashes of 32 bits over both texts and where each ends; the first is never 0. */
function hashesOf(storeId: string, productId: string): readonly [number, number] {
  let first = 0x9747b28c;
  let second = 0x85ebca6b;
  for (const text of [storeId, productId]) {
    for (let at = 0; at <= text.length; at++) {
      // Behind the last character stands what none is.
      const code = at < text.length ? text.charCodeAt(at) : 0x10000;
      first = Math.imul(first ^ code, 0x85ebca6b);
      first ^= first >>> 15;
      second = Math.imul(second ^ code, 0xc2b2ae35);
      second ^= second >>> 13;
    }
  }
  first = Math.imul(first ^ (first >>> 16), 0x7feb352d) >>> 0;
  second = Math.imul(second ^ (second >>> 16), 0x846ca68b);
  return [first === 0 ? 1 : first, (second ^ (second >>> 15)) >>> 0];
}
