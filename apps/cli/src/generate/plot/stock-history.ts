import type { EventBatch, Product, Store, World } from '@store/generator';
import { eventTypes } from '@store/generator';

/** Stock of one series over time, as its events tell it. */
export interface StockHistory {
  readonly store: Store;
  readonly product: Product;
  readonly startMs: number;
  readonly endMs: number;
  /** Each change of stock, in the order of time; the first is where the history begins. */
  readonly points: readonly StockPoint[];
  readonly deliveries: readonly { readonly atMs: number; readonly units: number }[];
}

/** From `atMs` on, this is on the shelf, and this is the reorder point. */
export interface StockPoint {
  readonly atMs: number;
  readonly stock: number;
  readonly threshold: number;
}

/** A series by its positions in `world.stores` and `world.products`. */
export interface Series {
  readonly store: number;
  readonly product: number;
}

type Readable = Pick<World, 'stores' | 'products' | 'batches' | 'startMs' | 'endMs'>;

const restock = eventTypes.indexOf('restock');

/** Series named `STORE/PRODUCT`; the name that this world does not have is given back as a text. */
export function seriesNamed(world: Readable, name: string): Series | string {
  const [storeId, productId] = name.split('/');
  const store = world.stores.findIndex(({ store_id }) => store_id === storeId);
  const product = world.products.findIndex(({ product_id }) => product_id === productId);
  if (store >= 0 && product >= 0) return { store, product };
  const first = `${world.stores[0]?.store_id ?? ''}/${world.products[0]?.product_id ?? ''}`;
  const last = `${world.stores.at(-1)?.store_id ?? ''}/${world.products.at(-1)?.product_id ?? ''}`;
  return `Expected --series as STORE/PRODUCT from ${first} to ${last}, got ${name}.`;
}

/** The series with the most deliveries, then the most events: those with something to see. */
export function liveliest(world: Readable, count: number): Series[] {
  const width = world.products.length;
  const deliveries = new Uint32Array(world.stores.length * width);
  const events = new Uint32Array(deliveries.length);
  for (const batch of world.batches({ lend: true })) {
    for (let n = 0; n < batch.length; n++) {
      const at = (batch.store[n] ?? 0) * width + (batch.product[n] ?? 0);
      events[at] = (events[at] ?? 0) + 1;
      if (batch.type[n] === restock) deliveries[at] = (deliveries[at] ?? 0) + 1;
    }
  }
  const score = (at: number): number => (deliveries[at] ?? 0) * 1e6 + (events[at] ?? 0);
  const best: number[] = [];
  for (let at = 0; at < events.length; at++) {
    if (best.length === count && score(at) <= score(best.at(-1) ?? 0)) continue;
    best.push(at);
    best.sort((x, y) => score(y) - score(x));
    best.length = Math.min(best.length, count);
  }
  return best.map((at) => ({ store: Math.floor(at / width), product: at % width }));
}

/** Reads a world to its end and keeps what happened to some series. */
export function stockHistories(world: Readable, wanted: readonly Series[]): StockHistory[] {
  const found = wanted.map((series) => {
    const points: StockPoint[] = [];
    const deliveries: { atMs: number; units: number }[] = [];
    return { series, points, deliveries };
  });
  const width = world.products.length;
  const byKey = new Map(found.map((one) => [one.series.store * width + one.series.product, one]));
  for (const batch of world.batches({ lend: true })) {
    for (let n = 0; n < batch.length; n++) {
      const one = byKey.get((batch.store[n] ?? 0) * width + (batch.product[n] ?? 0));
      if (one !== undefined) keep(one, batch, n, world.startMs);
    }
  }
  return found.flatMap(({ series, points, deliveries }) => {
    const [store, product] = [world.stores[series.store], world.products[series.product]];
    if (store === undefined || product === undefined) return [];
    return [{ store, product, startMs: world.startMs, endMs: world.endMs, points, deliveries }];
  });
}

function keep(
  one: { readonly points: StockPoint[]; readonly deliveries: { atMs: number; units: number }[] },
  batch: EventBatch,
  n: number,
  startMs: number,
): void {
  const [atMs, stock, threshold] = [
    batch.time[n] ?? 0,
    batch.currentStock[n] ?? 0,
    batch.minThreshold[n] ?? 0,
  ];
  const units = batch.quantityDelta[n] ?? 0;
  // What was there before the first event is what the event leaves, less its change.
  if (one.points.length === 0) one.points.push({ atMs: startMs, stock: stock - units, threshold });
  one.points.push({ atMs, stock, threshold });
  if (batch.type[n] === restock) one.deliveries.push({ atMs, units });
}

/** Share of the time at which there was nothing, and at which there was less than the reorder point. */
export function sharesOf({ points, startMs, endMs }: StockHistory): {
  readonly empty: number;
  readonly low: number;
} {
  let [empty, low] = [0, 0];
  for (const [n, { atMs, stock, threshold }] of points.entries()) {
    const lasts = (points[n + 1]?.atMs ?? endMs) - atMs;
    if (stock <= 0) empty += lasts;
    if (stock < threshold) low += lasts;
  }
  return { empty: empty / (endMs - startMs), low: low / (endMs - startMs) };
}
