import {
  shelfByte,
  unknownShelf,
  type LowAnswer,
  type SeriesAnswer,
  type SuggestedShelf,
  type WorldMessage,
} from '@store/page-protocol';
import type { OpeningShelf } from '@store/generator';
import type { InventoryEvent } from '@store/schema';
import { lowStockPage, type LowQuery, type LowShelf } from './low-stock.js';
import { ShelfHistory } from './shelf-history.js';

/** Units that a truck on the road brings to a shelf, and the world's time at which it is there. */
export interface Arrival {
  readonly store_id: string;
  readonly product_id: string;
  readonly quantity: number;
  readonly atMs: number;
}

/** What the page shows of the shelves: the newest stock of each, its history, what comes, and which are low. */
export class ShelfBoard {
  readonly #world: Pick<WorldMessage, 'stores' | 'products'>;
  readonly #storeIndex: ReadonlyMap<string, number>;
  readonly #productIndex: ReadonlyMap<string, number>;
  readonly #bytes: Uint8Array;
  readonly #stock: Int32Array;
  readonly #threshold: Int32Array;
  readonly #onOrder: Int32Array;
  /** Opening stock until a shelf's first event makes a history of it. */
  readonly #histories = new Map<number, ShelfHistory>();
  #openedSecond = 0;
  readonly #coming = new Map<number, readonly Arrival[]>();
  /** World time at which each low shelf fell below, milliseconds. */
  readonly #low = new Map<number, number>();
  #changed = new Set<number>();
  #opened = false;
  #empty = 0;
  #known = 0;

  constructor(world: Pick<WorldMessage, 'stores' | 'products'>) {
    this.#world = world;
    this.#storeIndex = new Map(world.stores.map(({ id }, index) => [id, index]));
    this.#productIndex = new Map(world.products.map(({ id }, index) => [id, index]));
    const cells = world.stores.length * world.products.length;
    this.#bytes = new Uint8Array(cells).fill(unknownShelf);
    this.#stock = new Int32Array(cells);
    this.#threshold = new Int32Array(cells);
    this.#onOrder = new Int32Array(cells);
  }

  /** Forgets everything and begins with what is on the shelves at the world's start. */
  open(shelves: Iterable<OpeningShelf & { readonly on_order?: number }>, startMs: number): void {
    this.#bytes.fill(unknownShelf);
    for (const map of [this.#histories, this.#coming, this.#low]) map.clear();
    this.#opened = true;
    this.#empty = this.#known = 0;
    this.#openedSecond = Math.floor(startMs / 1000);
    for (const { store_id, product_id, current_stock, min_threshold, on_order = 0 } of shelves) {
      const cell = this.#cell(store_id, product_id);
      if (cell !== undefined) this.#set(cell, current_stock, min_threshold, on_order, startMs);
    }
  }

  /** Takes an event in the order of its store. */
  apply(event: InventoryEvent): void {
    const cell = this.#cell(event.store_id, event.product_id);
    if (cell === undefined) return;
    const atMs = Date.parse(event.event_time);
    const second = Math.floor(atMs / 1000);
    const restock = event.event_type === 'restock';
    let history = this.#histories.get(cell);
    if (history === undefined) {
      const known = this.#bytes[cell] !== unknownShelf;
      history = new ShelfHistory(
        known ? this.#openedSecond : second,
        known ? (this.#stock[cell] ?? 0) : event.current_stock,
      );
      this.#histories.set(cell, history);
    }
    history.add(second, event.current_stock, restock);
    if (restock) this.#arrive(cell, atMs);
    this.#set(cell, event.current_stock, event.min_threshold, event.on_order, atMs);
  }

  /** Notes what a truck that has left will bring. */
  expect(arrival: Arrival): void {
    const cell = this.#cell(arrival.store_id, arrival.product_id);
    if (cell === undefined) return;
    const all = [...(this.#coming.get(cell) ?? []), arrival].sort((a, b) => a.atMs - b.atMs);
    this.#coming.set(cell, all);
  }

  /** One byte a shelf, in base64. */
  cells(): string {
    return Buffer.from(this.#bytes.buffer).toString('base64');
  }

  /** Whether it was opened since the last call: then no list of changes says all. */
  takeOpened(): boolean {
    const opened = this.#opened;
    this.#opened = false;
    return opened;
  }

  /** The shelves whose byte changed since the last call. */
  takeChanges(): readonly (readonly [index: number, byte: number])[] {
    const changes = Array.from(this.#changed, (cell) => [cell, this.#bytes[cell] ?? unknownShelf] as const);
    this.#changed = new Set();
    return changes;
  }

  /** Shelves that are low, that are empty, and all that are known. */
  counts(): { readonly low: number; readonly empty: number; readonly shelves: number } {
    return { low: this.#low.size, empty: this.#empty, shelves: this.#known };
  }

  /** A part of the low-stock list. */
  low(query: LowQuery): Omit<LowAnswer, 'at'> {
    return { low: this.#low.size, ...lowStockPage(this.#lowShelves(), query) };
  }

  /** The short shelf with most units missing, one with a truck before the others. */
  suggested(): SuggestedShelf | undefined {
    let best: LowShelf | undefined;
    const rank = ({ currentStock, minThreshold, arrivesAtMs }: LowShelf): number =>
      minThreshold - currentStock + (arrivesAtMs === undefined ? 0 : 1e9);
    for (const shelf of this.#lowShelves()) if (best === undefined || rank(shelf) > rank(best)) best = shelf;
    if (best === undefined) return undefined;
    const { storeId, productId, arrivesAtMs } = best;
    return { storeId, productId, coming: arrivesAtMs !== undefined };
  }

  /** The history of one shelf; undefined for a shelf that does not exist. */
  series(storeId: string, productId: string, nowMs: number): SeriesAnswer | undefined {
    const cell = this.#cell(storeId, productId);
    if (cell === undefined) return undefined;
    const known = this.#bytes[cell] !== unknownShelf;
    const history = this.#histories.get(cell);
    return {
      storeId,
      productId,
      now: Math.floor(nowMs / 1000),
      currentStock: this.#stock[cell] ?? 0,
      threshold: this.#threshold[cell] ?? 0,
      onOrder: this.#onOrder[cell] ?? 0,
      at: history?.at ?? (known ? [this.#openedSecond] : []),
      stock: history?.stock ?? (known ? [this.#stock[cell] ?? 0] : []),
      deliveries: history?.deliveries ?? [],
      coming: (this.#coming.get(cell) ?? []).map(({ atMs, quantity }) => ({
        at: Math.floor(atMs / 1000),
        units: quantity,
      })),
    };
  }

  *#lowShelves(): Generator<LowShelf> {
    const { stores, products } = this.#world;
    for (const [cell, sinceMs] of this.#low) {
      const store = stores[Math.floor(cell / products.length)];
      const product = products[cell % products.length];
      if (store === undefined || product === undefined) continue;
      const next = this.#coming.get(cell)?.[0];
      yield {
        storeId: store.id,
        productId: product.id,
        storeName: store.name,
        productName: product.name,
        category: product.category,
        currentStock: this.#stock[cell] ?? 0,
        minThreshold: this.#threshold[cell] ?? 0,
        onOrder: this.#onOrder[cell] ?? 0,
        sinceMs,
        ...(next === undefined ? {} : { arrivesAtMs: next.atMs }),
      };
    }
  }

  #cell(storeId: string, productId: string): number | undefined {
    const store = this.#storeIndex.get(storeId);
    const product = this.#productIndex.get(productId);
    return store === undefined || product === undefined
      ? undefined
      : store * this.#productIndex.size + product;
  }

  #set(cell: number, stock: number, threshold: number, onOrder: number, atMs: number): void {
    const before = this.#bytes[cell] ?? unknownShelf;
    if (before === unknownShelf) this.#known++;
    else if ((this.#stock[cell] ?? 0) <= 0) this.#empty--;
    if (stock <= 0) this.#empty++;
    this.#stock[cell] = stock;
    this.#threshold[cell] = threshold;
    this.#onOrder[cell] = onOrder;
    if (stock >= threshold) this.#low.delete(cell);
    else if (!this.#low.has(cell)) this.#low.set(cell, atMs);
    const byte = shelfByte(stock, threshold, onOrder);
    if (byte === before) return;
    this.#bytes[cell] = byte;
    this.#changed.add(cell);
  }

  /** What was to be there by now has come with the restock. */
  #arrive(cell: number, atMs: number): void {
    const left = (this.#coming.get(cell) ?? []).filter((arrival) => arrival.atMs > atMs);
    if (left.length === 0) this.#coming.delete(cell);
    else this.#coming.set(cell, left);
  }
}
