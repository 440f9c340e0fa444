import { checkOptions, required, satisfying, wholeNumber, type OptionRules } from '@store/foundation';
import type { ShardClock } from '../day/shard-clock.js';
import { invalidOption, WorldError } from '../errors.js';
import { DAY_MS } from '../model/calendar.js';
import { offsetMinutes } from '../model/time-zone.js';
import { instantMs, instantRule } from './options.js';

/** A truck's load for one series. */
export interface DeliveryOrder {
  /** Store that the truck delivers to; one of `world.stores`. */
  readonly store_id: string;
  /** SKU on the truck; one of `world.products`. */
  readonly product_id: string;
  /** Units, 1 to 1,000,000. */
  readonly quantity: number;
  /** When the truck is there, an ISO instant or a Date from the world's start until before its end. */
  readonly at: string | Date;
}

/** What became of a delivery. */
export interface DeliveryReceipt {
  /**
   * When the units will reach the shelf, milliseconds since 1970, before the world's end: the instant asked for, or else
   * the first morning on which the store is open and not simulated yet. A store's business day is simulated as a unit.
   */
  readonly atMs: number;
}

const MINUTE_MS = 60_000;
/** Orders go out until 23:00, so that a delivery later in the day waits for the morning. */
const LAST_TRUCK_MS = 22 * 60 * MINUTE_MS;
const FIRST_TRUCK_MS = 4 * 60 * MINUTE_MS;

const name = required(satisfying('text', (value) => typeof value === 'string'));
const orderRules: OptionRules<DeliveryOrder> = {
  store_id: name,
  product_id: name,
  quantity: required(wholeNumber(1, 1_000_000)),
  at: required(instantRule),
};

/** Accepts deliveries for the series of a shard, from the world's start until before its end. */
export function deliveryDesk(
  clock: ShardClock,
  startMs: number,
  endMs: number,
): (order: DeliveryOrder) => DeliveryReceipt {
  const stores = new Map(clock.stores.map(({ store_id }, s) => [store_id, s]));
  const products = new Map(clock.products.map(({ product_id }, p) => [product_id, p]));
  const range = `from ${new Date(startMs).toISOString()} until before ${new Date(endMs).toISOString()}`;

  function placeOf({ store_id, product_id }: DeliveryOrder): { readonly s: number; readonly p: number } {
    const s = stores.get(store_id);
    const p = products.get(product_id);
    if (s === undefined) {
      throw new WorldError('UNKNOWN_SERIES', 'store_id', store_id, 'a store of this shard');
    }
    if (p === undefined) {
      throw new WorldError('UNKNOWN_SERIES', 'product_id', product_id, 'a product of this world');
    }
    if (clock.plan.layout.seriesOf(s * clock.products.length + p) < 0) {
      throw new WorldError('UNKNOWN_SERIES', 'product_id', product_id, `in the assortment of ${store_id}`);
    }
    return { s, p };
  }

  return (order) => {
    checkOptions(order, orderRules, invalidOption);
    const { s, p } = placeOf(order);
    const atMs = instantMs('at', order.at);
    if (atMs < startMs || atMs >= endMs) throw new WorldError('OUT_OF_RANGE', 'at', order.at, range);
    const zone = clock.stores[s]?.timeZone;
    if (zone === undefined) throw new RangeError(`There is no store ${s}.`);
    const offsetMs = (day: number): number => offsetMinutes(zone, day) * MINUTE_MS;
    let day = Math.floor((atMs + offsetMs(Math.floor(atMs / DAY_MS))) / DAY_MS);
    let time = atMs + offsetMs(day) - day * DAY_MS;
    if (time > LAST_TRUCK_MS) {
      day++;
      time = FIRST_TRUCK_MS;
    }
    for (; day < clock.day || clock.shops.closedOn(s, p, day); day++) {
      time = FIRST_TRUCK_MS;
      if (day * DAY_MS - offsetMs(day) >= endMs) break;
    }
    time = Math.max(FIRST_TRUCK_MS, time);
    const arrivesMs = day * DAY_MS + time - offsetMs(day);
    if (arrivesMs >= endMs) {
      const allowed = `so early that the store can take it before ${new Date(endMs).toISOString()}`;
      throw new WorldError('OUT_OF_RANGE', 'at', order.at, allowed);
    }
    const { quantity: units } = order;
    const series = s * clock.products.length + p;
    clock.deliveries.add({ series, day, time, units, announcedDay: clock.day });
    return { atMs: arrivesMs };
  };
}
