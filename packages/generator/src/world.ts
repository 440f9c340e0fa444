import type { InventoryEvent } from '@store/schema';
import { productOf, type Product } from './assortment.js';
import { settle, type WorldOptions } from './options.js';
import { placeOf } from './places.js';
import { seriesOf, type Series } from './series.js';
import { liveDay, type Movement, type Shelf } from './store-day.js';
import { threefry2x32 } from './threefry.js';

/** A deterministic world of stores. */
export interface World {
  /** Every event of the world, or of its shard, in the order of time. */
  events(): Iterable<InventoryEvent>;
  /** The same as UTF-8 JSON lines, in chunks that are lent until the next one. */
  ndjson(options?: NdjsonOptions): Iterable<Uint8Array>;
}

/** How NDJSON is cut. */
export interface NdjsonOptions {
  /** A chunk is handed out when it has at least this many bytes. @defaultValue 65536 */
  readonly chunkBytes?: number;
}

interface Store {
  readonly index: number;
  readonly frame: Pick<InventoryEvent, 'store_id' | 'store_name' | 'location'>;
  readonly series: readonly Series[];
  readonly shelves: readonly Shelf[];
  sequence: number;
}

const msPerDay = 86_400_000;

/**
 * Creates a world.
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function createWorld(options: WorldOptions = {}): World {
  const { seed, stores, products, startMs, days, shard } = settle(options);
  const words = new Uint32Array(2);
  const word = (series: number, what: number): number => {
    threefry2x32(seed >>> 0, Math.floor(seed / 2 ** 32), series, 0xfe000000 | what, words);
    return words[0] ?? 0;
  };
  const range = (index: number): number => Math.floor((stores * index) / shard.count);

  function openStore(index: number, assortment: readonly Product[]): Store {
    const location = placeOf(index);
    const series = assortment.map((product, p) => seriesOf(seed, index, p, index * products + p, product));
    return {
      index,
      frame: {
        store_id: `store-${String(index + 1).padStart(4, '0')}`,
        store_name: `${location.city} ${Math.floor(index / 16) + 1}`,
        location,
      },
      series,
      shelves: series.map(({ reorderPoint, orderUpTo }, p) => ({
        stock: reorderPoint + (word(index * products + p, 1) % (orderUpTo - reorderPoint + 1)),
        onOrder: 0,
        dueDay: -1,
      })),
      sequence: 0,
    };
  }

  function* events(): Generator<InventoryEvent> {
    const assortment = Array.from({ length: products }, (_, p) => productOf(p, word(p, 2)));
    const open: Store[] = [];
    for (let s = range(shard.index); s < range(shard.index + 1); s++) open.push(openStore(s, assortment));
    for (let day = 0; day < days; day++) {
      const midnight = startMs + day * msPerDay;
      const weekday = new Date(midnight).getUTCDay();
      const ofDay: { readonly store: Store; readonly movement: Movement; readonly sequence: number }[] = [];
      for (const store of open) {
        const movements: Movement[] = [];
        for (const [p, series] of store.series.entries()) {
          const shelf = store.shelves[p];
          const product = assortment[p];
          if (shelf === undefined || product === undefined) continue;
          liveDay(seed, store.index * products + p, day, weekday, p, product, series, shelf, movements);
        }
        movements.sort((x, y) => x.ms - y.ms || x.product - y.product);
        for (const movement of movements) ofDay.push({ store, movement, sequence: ++store.sequence });
      }
      ofDay.sort((x, y) => x.movement.ms - y.movement.ms || x.store.index - y.store.index);
      for (const { store, movement, sequence } of ofDay) {
        const product = assortment[movement.product];
        const series = store.series[movement.product];
        if (product === undefined || series === undefined) continue;
        yield {
          event_id: `${seed.toString(36)}-${store.index + 1}-${sequence}`,
          event_type: movement.type,
          event_time: new Date(midnight + movement.ms).toISOString(),
          sequence,
          ...store.frame,
          product_id: product.product_id,
          product_name: product.product_name,
          category: product.category,
          unit_price: product.priceCents / 100,
          quantity_delta: movement.delta,
          current_stock: movement.stock,
          min_threshold: series.reorderPoint,
          on_order: movement.onOrder,
          is_low_stock: movement.stock < series.reorderPoint,
        };
      }
    }
  }

  function* ndjson({ chunkBytes = 65_536 }: NdjsonOptions = {}): Generator<Uint8Array> {
    const encoder = new TextEncoder();
    let lines: string[] = [];
    let characters = 0;
    for (const event of events()) {
      const line = `${JSON.stringify(event)}\n`;
      lines.push(line);
      characters += line.length;
      if (characters < chunkBytes) continue;
      yield encoder.encode(lines.join(''));
      lines = [];
      characters = 0;
    }
    if (lines.length > 0) yield encoder.encode(lines.join(''));
  }

  return { events, ndjson };
}
