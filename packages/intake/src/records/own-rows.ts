import { validateInventoryEvent, type InventoryEvent } from '@store/schema';
import { toInventoryEvent, type TransformResult } from '../to-inventory-event.js';
import { toUtcIso } from '../values/instant.js';
import { readNumber } from '../values/number.js';
import { ownColumns, ownPlaces } from './own-columns.js';

/** An event that a row gave as it stands: it was validated when it was made. */
class ReadyEvent {
  readonly event: InventoryEvent;

  constructor(event: InventoryEvent) {
    this.event = event;
  }
}

/** Makes events of rows with the event's own columns. */
export interface OwnRows {
  /** For `onHeader` of a source. */
  readonly onHeader: (names: readonly string[], line: number) => (fields: readonly unknown[]) => unknown;
  /** Returns the event of what `onHeader` made of a row, or of any record with own names. */
  readonly read: (value: unknown) => TransformResult;
}

/**
 * Returns what makes events of rows with the event's own columns, or those of the workshop's record: the same events as
 * {@link ownColumns} and `toInventoryEvent` make. A row with a plain value in every column becomes its event
 * immediately, in seven tenths of the time (bench/csv.bench.ts); any other goes that way.
 *
 * @example
 * ```ts
 * import { createOwnRows } from '@store/intake';
 *
 * const rows = createOwnRows();
 * console.log(rows.read({ store_id: 'S1' }).ok); // false
 * ```
 */
export function createOwnRows(): OwnRows {
  return {
    onHeader(names, line) {
      const place = ownColumns(names, line);
      const make = eventMaker(ownPlaces(names, line));
      return (fields) => make?.(fields) ?? place(fields);
    },
    read(value) {
      if (value instanceof ReadyEvent) return { ok: true, event: value.event, mapping: 'inventory' };
      return toInventoryEvent(value);
    },
  };
}

type Made = (fields: readonly unknown[]) => ReadyEvent | undefined;

/** Undefined where a header lacks a column, so that no row has a value for it. */
function eventMaker(places: ReadonlyMap<string, number>): Made | undefined {
  const at = (column: string): number => places.get(column) ?? -1;
  const id = at('event_id');
  const type = at('event_type');
  const time = at('event_time');
  const sequence = at('sequence');
  const storeId = at('store_id');
  const storeName = at('store_name');
  const city = at('location.city');
  const region = at('location.region');
  const country = at('location.country');
  const latitude = at('location.latitude');
  const longitude = at('location.longitude');
  const productId = at('product_id');
  const productName = at('product_name');
  const category = at('category');
  const price = at('unit_price');
  const delta = at('quantity_delta');
  const stock = at('current_stock');
  const threshold = at('min_threshold');
  const onOrder = at('on_order');
  const all = [id, type, time, sequence, storeId, storeName, city, region, country, latitude, longitude];
  if ([...all, productId, productName, category, price, delta, stock, threshold, onOrder].includes(-1))
    return undefined;

  return (fields) => {
    const current = numberIn(fields[stock]);
    const least = numberIn(fields[threshold]);
    const event = {
      event_id: textIn(fields[id]),
      event_type: textIn(fields[type]),
      event_time: instantIn(fields[time]),
      sequence: numberIn(fields[sequence]),
      store_id: textIn(fields[storeId]),
      store_name: textIn(fields[storeName]),
      location: {
        city: textIn(fields[city]),
        region: textIn(fields[region]),
        country: textIn(fields[country]),
        latitude: numberIn(fields[latitude]),
        longitude: numberIn(fields[longitude]),
      },
      product_id: textIn(fields[productId]),
      product_name: textIn(fields[productName]),
      category: textIn(fields[category]),
      unit_price: numberIn(fields[price]),
      quantity_delta: numberIn(fields[delta]),
      current_stock: current,
      min_threshold: least,
      on_order: numberIn(fields[onOrder]),
      is_low_stock: current !== undefined && least !== undefined && current < least,
      // A column that the type gets, and that is not here, does not compile.
    } satisfies Record<keyof InventoryEvent, unknown>;
    const result = validateInventoryEvent(event);
    return result.ok ? new ReadyEvent(result.value) : undefined;
  };
}

/** Text without blanks around it; undefined where there is none, so that the row goes the long way. */
function textIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  if (first > 32 && last > 32 && first < 128 && last < 128) return value;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

function numberIn(value: unknown): number | undefined {
  const number = readNumber(value);
  return typeof number === 'number' ? number : undefined;
}

/** An instant that is written as events have it stays as it is: the validator looks at its digits. */
function instantIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const isPlain =
    value.length === 24 &&
    value.charCodeAt(23) === 90 &&
    value.charCodeAt(10) === 84 &&
    value.charCodeAt(19) === 46;
  return isPlain ? value : toUtcIso(value);
}
