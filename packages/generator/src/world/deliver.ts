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
  /** When the truck is there, an ISO instant or a Date. */
  readonly at: string | Date;
}

/** What became of a delivery. */
export interface DeliveryReceipt {
  /**
   * When the units will reach the shelf, milliseconds since 1970: the instant asked for, or else the first one that
   * is not simulated yet. A store's business day is simulated as a unit.
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

/** Accepts deliveries for the series of a shard. */
export function deliveryDesk(clock: ShardClock): (order: DeliveryOrder) => DeliveryReceipt {
  const stores = new Map(clock.stores.map(({ store_id }, s) => [store_id, s]));
  const products = new Map(clock.products.map(({ product_id }, p) => [product_id, p]));
  return (order) => {
    checkOptions(order, orderRules, invalidOption);
    const { store_id, product_id, quantity, at } = order;
    const s = stores.get(store_id);
    const p = products.get(product_id);
    const store = clock.stores[s ?? -1];
    if (s === undefined || store === undefined) {
      throw new WorldError('UNKNOWN_SERIES', 'store_id', store_id, 'a store of this shard');
    }
    if (p === undefined)
      throw new WorldError('UNKNOWN_SERIES', 'product_id', product_id, 'a product of this world');
    const atMs = instantMs('at', at);
    const offsetMs = (day: number): number => offsetMinutes(store.timeZone, day) * MINUTE_MS;
    let day = Math.floor((atMs + offsetMs(Math.floor(atMs / DAY_MS))) / DAY_MS);
    let time = atMs + offsetMs(day) - day * DAY_MS;
    if (time > LAST_TRUCK_MS) {
      day++;
      time = FIRST_TRUCK_MS;
    }
    if (day < clock.day) {
      day = clock.day;
      time = FIRST_TRUCK_MS;
    }
    time = Math.max(FIRST_TRUCK_MS, time);
    clock.deliveries.add({
      series: s * clock.products.length + p,
      day,
      time,
      units: quantity,
      announcedDay: clock.day,
    });
    return { atMs: day * DAY_MS + time - offsetMs(day) };
  };
}
