import { threefry2x32 } from './threefry.js';
import { demand } from './demand-table.js';
import type { Product } from './assortment.js';
import type { Series } from './series.js';
import type { InventoryEventType } from '@store/schema';

/** What changes about one series. */
export interface Shelf {
  stock: number;
  onOrder: number;
  /** Day on which the order arrives; -1 while nothing is on order. */
  dueDay: number;
}

/** One movement before it gets its sequence. */
export interface Movement {
  /** Milliseconds since the midnight of its day. */
  readonly ms: number;
  readonly product: number;
  readonly type: InventoryEventType;
  readonly delta: number;
  readonly stock: number;
  readonly onOrder: number;
}

/** Weekday factors from Sunday on, in rate classes of 5 %: published M5 weekday shares. */
const weekdayShift = [3, 0, -2, -3, -2, 0, 3];
const hour = 3_600_000;
/** The last draw of a day; draws of sales stand below. */
const draws = { demand: 0, delivery: 1, review: 2, loss: 3, basket: 16 } as const;

const words = new Uint32Array(2);

/** Lives one series through one day, and appends its movements in time order. */
export function liveDay(
  seed: number,
  seriesId: number,
  day: number,
  weekday: number,
  product: number,
  { packSize }: Product,
  series: Series,
  shelf: Shelf,
  movements: Movement[],
): void {
  const draw = (which: number): void => {
    threefry2x32(seed >>> 0, Math.floor(seed / 2 ** 32), seriesId, (day << 8) | which, words);
  };
  const add = (ms: number, type: InventoryEventType, delta: number): void => {
    shelf.stock += delta;
    movements.push({ ms, product, type, delta, stock: shelf.stock, onOrder: shelf.onOrder });
  };

  if (shelf.dueDay === day) {
    draw(draws.delivery);
    const units = shelf.onOrder;
    shelf.onOrder = 0;
    shelf.dueDay = -1;
    add(5 * hour + ((words[0] ?? 0) % (2 * hour)), 'restock', units);
  }

  draw(draws.demand);
  const units = demand(
    Math.max(0, series.rateClass + (weekdayShift[weekday] ?? 0)),
    series.dispersion,
    words[0] ?? 0,
  );
  const times: number[] = [];
  for (let left = units, basket = 0; left > 0; basket++) {
    draw(draws.basket + (basket % 200));
    // Two uniform times averaged: a shop is fullest in the early afternoon.
    times.push(8 * hour + ((((words[0] ?? 0) % (12 * hour)) + ((words[1] ?? 0) % (12 * hour))) >> 1));
    left -= 1 + ((words[1] ?? 0) & 1);
  }
  times.sort((x, y) => x - y);
  let left = units;
  for (const [index, ms] of times.entries()) {
    const wanted = index === times.length - 1 ? left : Math.min(left, Math.ceil(units / times.length));
    left -= wanted;
    const sold = Math.min(wanted, shelf.stock);
    if (sold > 0) add(ms, 'sale', -sold);
  }

  draw(draws.loss);
  if (shelf.stock > 0 && (words[0] ?? 0) % 90 === 0)
    add(20 * hour + ((words[1] ?? 0) % hour), 'shrinkage', -1);
  if ((words[0] ?? 0) % 97 === 1 && units > 0) add(20 * hour + ((words[1] ?? 0) % hour), 'return', 1);
  if ((words[0] ?? 0) % 50 === 2) add(21 * hour + ((words[1] ?? 0) % hour), 'stock_count', 0);

  draw(draws.review);
  const missed = ((words[0] ?? 0) & 3) === 0;
  if (shelf.stock + shelf.onOrder <= series.reorderPoint && shelf.onOrder === 0 && !missed) {
    const lead = 1 + ((words[1] ?? 0) % 3) + (((words[1] ?? 0) >>> 16) % 8 === 0 ? 2 : 0);
    shelf.onOrder = Math.ceil((series.orderUpTo - shelf.stock) / packSize) * packSize;
    shelf.dueDay = day + lead;
    add(22 * hour + ((words[0] ?? 0) % hour), 'order_placed', 0);
  }
}
