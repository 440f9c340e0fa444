import { hash } from 'node:crypto';
import { validateInventoryEvent, type InventoryEvent } from '@store/schema';
import type { FieldContext } from './field-source.js';
import { numberField, textField, timeField } from './fields.js';
import type { Shelves } from './known-stock.js';
import { textOf, type Getter, type MappingReject, type Row } from './row.js';

/** What a row's event is made with. */
export interface EventMakerOptions extends FieldContext {
  /** Time of counts whose source tells none, in milliseconds since 1970. */
  readonly asOfMs: number | undefined;
  /** Undefined where the document maps events. */
  readonly shelves: Shelves | undefined;
}

/** A field by its name in the event, as the row has it now. */
type Draft = { -readonly [Key in keyof InventoryEvent]: InventoryEvent[Key] };

/** Returns what makes the event of a row, or the reason why there is none. */
export function eventMaker(options: EventMakerOptions): (row: Row) => InventoryEvent | MappingReject {
  const { document, shelves, asOfMs } = options;
  const { fields, mode = 'events' } = document;
  const isSnapshot = mode === 'snapshot';
  const eventId = fields.event_id === undefined ? undefined : textField('event_id', options, '');
  const eventType = textField('event_type', options, isSnapshot ? 'stock_count' : undefined);
  const eventTime = timeField(options, asOfMs);
  const sequence =
    fields.sequence === undefined ? undefined : numberField('sequence', options, 'whole', undefined);
  const storeId = textField('store_id', options, undefined);
  const storeName = fields.store_name === undefined ? undefined : textField('store_name', options, '');
  const locationOf = locationMaker(options);
  const productId = textField('product_id', options, undefined);
  const productName = textField('product_name', options, 'unknown');
  const category = textField('category', options, 'unknown');
  const price = numberField('unit_price', options, 'price', 0);
  const delta = numberField('quantity_delta', options, 'whole', 0);
  const stock = numberField('current_stock', options, 'whole', 0);
  const threshold = numberField('min_threshold', options, 'whole', 0);
  const onOrder = numberField('on_order', options, 'whole', 0);
  const unsigned = fields.quantity_delta?.unsigned === true;
  const countsDelta = isSnapshot && fields.quantity_delta === undefined;
  const keyOf = keyMaker(options);

  return (row) => {
    const type = eventType(row);
    const timeMs = eventTime(row);
    const store = storeId(row);
    const product = productId(row);
    const name = storeName?.(row);
    const location = locationOf(row);
    const productTitle = productName(row);
    const department = category(row);
    const unitPrice = price(row);
    const moved = delta(row);
    const change = unsigned && moved !== undefined && lowers(type) ? 0 - moved : moved;
    const count = stock(row);
    const least = threshold(row);
    const ordered = onOrder(row);
    const place = sequence?.(row);
    const id = eventId?.(row);
    if (
      row.problem !== undefined ||
      timeMs === undefined ||
      store === undefined ||
      product === undefined ||
      count === undefined ||
      least === undefined
    )
      return row.problem ?? unexplained;
    const counted = countsDelta ? shelves?.count(store, product, timeMs, count) : undefined;
    if (counted === 'OUT_OF_ORDER') return older;
    const event = {
      event_id: id ?? '',
      event_type: type,
      event_time: new Date(timeMs).toISOString(),
      sequence: place ?? counted?.known.sequence ?? timeMs,
      store_id: store,
      store_name: name === undefined || name === '' ? store : name,
      location,
      product_id: product,
      product_name: productTitle,
      category: department,
      unit_price: unitPrice,
      quantity_delta: counted?.known.delta ?? change,
      current_stock: count,
      min_threshold: least,
      on_order: ordered,
      is_low_stock: count < least,
    };
    if (event.event_id === '')
      event.event_id = idOf(keyOf === undefined ? contentsOf(event) : keyOf(event, row));
    const sign = signProblem(type, event.quantity_delta);
    if (sign !== undefined) return sign;
    const result = validateInventoryEvent(event);
    if (result.ok) {
      if (counted?.isNew === true) shelves?.take(store, product, counted.known);
      return result.value;
    }
    const [issue] = result.issues;
    return {
      code: issue?.code ?? 'INVALID',
      field: issue?.path.join('.') ?? '',
      message: issue?.message ?? 'The event is not valid.',
    };
  };
}

const lowers = (type: string | undefined): boolean => type === 'sale' || type === 'shrinkage';

/** What is sold lowers the stock, and what comes raises it: a mapping that forgets a sign would turn all of it round. */
function signProblem(type: string | undefined, delta: number | undefined): MappingReject | undefined {
  if (delta === undefined || delta === 0) return undefined;
  if (delta < 0 ? type !== 'return' && type !== 'restock' : !lowers(type)) return undefined;
  const message = `Expected a ${type ?? ''} to ${lowers(type) ? 'lower' : 'raise'} the stock, got ${delta}: fields.quantity_delta needs "negate" or "unsigned", or the row is of another type.`;
  return { code: 'WRONG_SIGN', field: 'quantity_delta', message };
}

const unexplained: MappingReject = Object.freeze({ code: 'INVALID', message: 'The row is no event.' });

const older: MappingReject = Object.freeze({
  code: 'OUT_OF_ORDER',
  field: 'event_time',
  message:
    'Expected counts of a shelf in the order of time, got one that is older than the last one known. Sort the file by time.',
});

type Location = {
  readonly [Key in keyof InventoryEvent['location']]: InventoryEvent['location'][Key] | undefined;
};

const nowhere: Location = Object.freeze({
  city: 'unknown',
  region: 'unknown',
  country: 'ZZ',
  latitude: 0,
  longitude: 0,
});

function locationMaker(options: EventMakerOptions): Getter<Location> {
  const { fields } = options.document;
  const own = ['city', 'region', 'country', 'latitude', 'longitude'] as const;
  // Events whose source names no place share one, which nobody can change.
  if (own.every((field) => fields[field] === undefined)) return () => nowhere;
  const city = textField('city', options, 'unknown');
  const region = textField('region', options, 'unknown');
  const country = textField('country', options, 'ZZ');
  const latitude = numberField('latitude', options, 'any', 0);
  const longitude = numberField('longitude', options, 'any', 0);
  return (row) => ({
    city: city(row),
    region: region(row),
    country: country(row),
    latitude: latitude(row),
    longitude: longitude(row),
  });
}

/** What a key's values are taken from. */
type KeyPart = (event: Readonly<Record<string, unknown>>, row: Row) => unknown;

function keyMaker(
  options: EventMakerOptions,
): ((event: Readonly<Record<string, unknown>>, row: Row) => string) | undefined {
  const { document, columns } = options;
  // A shelf may be counted twice in the same minute, or day: another count is another event.
  const ofCounts = ['store_id', 'product_id', 'event_time', 'current_stock'];
  const key = document.key ?? (document.mode === 'snapshot' ? ofCounts : undefined);
  if (key === undefined) return undefined;
  const parts = key.map((name): KeyPart => {
    if (name === 'record') return (_event, row) => (row.nth === 0 ? row.line : [row.line, row.nth]);
    if (name.startsWith('column:')) {
      const get = columns.getter(name.slice('column:'.length));
      return (_event, row) => textOf(get(row) ?? '') ?? null;
    }
    return (event) => event[name];
  });
  return (event, row) => JSON.stringify(parts.map((part) => part(event, row)));
}

const contentsOf = (event: Readonly<Draft> | object): string => JSON.stringify(Object.values(event));

/** The same contents give the same id. */
const idOf = (contents: string): string => `in-${hash('sha256', contents).slice(0, 32)}`;
