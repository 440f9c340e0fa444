import type { WorkshopEvent } from '@store/schema';
import type { EventMapping } from './normalize-event.js';
import { toUtcIso } from './values/instant.js';

const fields = [
  'store_id',
  'product_id',
  'product_name',
  'current_stock',
  'threshold_level',
  'check_timestamp',
] as const satisfies readonly (keyof WorkshopEvent)[];

/**
 * The nine-field record of the workshop: a stock count. It knows neither place, price nor what moved, so
 * those say that they are unknown; its order in time is the time of the check.
 */
export const workshopMapping: EventMapping = {
  name: 'workshop',
  matches: (record) => fields.every((field) => field in record) && !('event_type' in record),
  toEvent: (record) => {
    const time = toUtcIso(record.check_timestamp);
    return {
      event_type: 'stock_count',
      event_time: time ?? record.check_timestamp,
      ...(time === undefined ? {} : { sequence: Date.parse(time) }),
      store_id: record.store_id,
      store_name: record.store_id,
      location: { city: 'unknown', region: 'unknown', country: 'ZZ', latitude: 0, longitude: 0 },
      product_id: record.product_id,
      product_name: record.product_name,
      category: 'unknown',
      unit_price: 0,
      quantity_delta: 0,
      current_stock: record.current_stock,
      min_threshold: record.threshold_level,
      on_order: 0,
    };
  },
};

/** Records that have the event's own names. */
export const inventoryMapping: EventMapping = {
  name: 'inventory',
  matches: () => true,
  toEvent: (record) => record,
};

/**
 * The sources that are known, the special ones first. Put yours in front: `[yours, ...mappings]`.
 *
 * @example
 * ```ts
 * import { mappings } from '@store/intake';
 *
 * console.log(mappings.map(({ name }) => name)); // [ 'workshop', 'inventory' ]
 * ```
 */
export const mappings: readonly EventMapping[] = Object.freeze([workshopMapping, inventoryMapping]);
