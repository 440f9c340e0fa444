import { stockLevel, unknownLevel, type LowStockRow, type SeriesAnswer } from '@store/page-protocol';
import type { InventoryEvent } from '@store/schema';

/** Points of a shelf's history that are kept; at some forty events a day that is a week and more. */
const maxPoints = 512;

/** Low shelves that are sent to the page; the total is sent beside them. */
const shownLow = 50;

interface Shelf {
  name: string;
  storeName: string;
  threshold: number;
  readonly at: number[];
  readonly stock: number[];
  readonly deliveries: number[];
}

/** What the page shows of the shelves: the newest stock of each, its history, and which are low. */
export class ShelfBoard {
  readonly #storeIndex: ReadonlyMap<string, number>;
  readonly #productIndex: ReadonlyMap<string, number>;
  readonly #levels: Uint8Array;
  readonly #shelves = new Map<number, Shelf>();
  /** Ordered by when they fell below, the newest last. */
  readonly #low = new Map<number, LowStockRow>();

  constructor(storeIds: readonly string[], productIds: readonly string[]) {
    this.#storeIndex = new Map(storeIds.map((id, index) => [id, index]));
    this.#productIndex = new Map(productIds.map((id, index) => [id, index]));
    this.#levels = new Uint8Array(storeIds.length * productIds.length).fill(unknownLevel);
  }

  /** Takes an event in the order of its store. */
  apply(event: InventoryEvent): void {
    const cell = this.#cell(event.store_id, event.product_id);
    if (cell === undefined) return;
    this.#levels[cell] = stockLevel(event.current_stock, event.min_threshold);
    const second = Math.floor(Date.parse(event.event_time) / 1000);
    this.#point(cell, event, second);
    if (!event.is_low_stock) this.#low.delete(cell);
    else {
      this.#low.set(cell, {
        storeId: event.store_id,
        productId: event.product_id,
        storeName: event.store_name,
        productName: event.product_name,
        currentStock: event.current_stock,
        minThreshold: event.min_threshold,
        onOrder: event.on_order,
        since: this.#low.get(cell)?.since ?? event.event_time,
      });
    }
  }

  /** Forgets everything: the world was moved to another day. */
  clear(): void {
    this.#levels.fill(unknownLevel);
    this.#shelves.clear();
    this.#low.clear();
  }

  /** One byte a shelf, in base64. */
  cells(): string {
    return Buffer.from(this.#levels.buffer).toString('base64');
  }

  /** The shelves that fell below last, and how many there are. */
  low(): { readonly rows: readonly LowStockRow[]; readonly total: number } {
    const rows = [...this.#low.values()].slice(-shownLow).reverse();
    return { rows, total: this.#low.size };
  }

  /** The history of one shelf; undefined for a shelf that does not exist. */
  series(storeId: string, productId: string): SeriesAnswer | undefined {
    const cell = this.#cell(storeId, productId);
    if (cell === undefined) return undefined;
    const shelf = this.#shelves.get(cell);
    return {
      storeName: shelf?.storeName ?? storeId,
      productName: shelf?.name ?? productId,
      at: shelf?.at ?? [],
      stock: shelf?.stock ?? [],
      threshold: shelf?.threshold ?? 0,
      deliveries: shelf?.deliveries ?? [],
    };
  }

  #cell(storeId: string, productId: string): number | undefined {
    const store = this.#storeIndex.get(storeId);
    const product = this.#productIndex.get(productId);
    return store === undefined || product === undefined
      ? undefined
      : store * this.#productIndex.size + product;
  }

  #point(cell: number, event: InventoryEvent, second: number): void {
    let shelf = this.#shelves.get(cell);
    if (shelf === undefined) {
      shelf = {
        name: event.product_name,
        storeName: event.store_name,
        threshold: 0,
        at: [],
        stock: [],
        deliveries: [],
      };
      this.#shelves.set(cell, shelf);
    }
    shelf.threshold = event.min_threshold;
    // A chart has one value a moment: the last one of a second stands.
    if (shelf.at.at(-1) === second) shelf.stock[shelf.stock.length - 1] = event.current_stock;
    else {
      shelf.at.push(second);
      shelf.stock.push(event.current_stock);
    }
    if (event.event_type === 'restock') shelf.deliveries.push(second);
    if (shelf.at.length > maxPoints) {
      shelf.at.shift();
      shelf.stock.shift();
      while ((shelf.deliveries[0] ?? Infinity) < (shelf.at[0] ?? 0)) shelf.deliveries.shift();
    }
  }
}
