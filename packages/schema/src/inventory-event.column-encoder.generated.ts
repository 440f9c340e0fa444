// Emitted from ./inventory-event.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
// Generated from InventoryEvent by @store/glue-schema: change the type, not this file.
import {
  type ColumnEncoder,
  type Positions,
  type RowBuffer,
  copyEntry,
  digitTables,
  fragmentsOf,
  holdRows,
  noEntry,
  putFarInstant,
  putNumber,
  putPadded,
  putString,
  sizeOfNumber,
  sizeOfText,
  turnHour,
  viewOf,
} from '@store/glue-schema/runtime';
import type { InventoryEvent } from './inventory-event.js';

/** What does not change from row to row: the entries of each dictionary. */
export interface InventoryEventDictionaries {
  /** Entries with event_id: what is before its number. */
  readonly event_id: readonly Pick<InventoryEvent, 'event_id'>[];
  /** Entries with event_type. */
  readonly event_type: readonly Pick<InventoryEvent, 'event_type'>[];
  /** Entries with store_id, store_name, location. */
  readonly store: readonly Pick<InventoryEvent, 'store_id' | 'store_name' | 'location'>[];
  /** Entries with product_id, product_name, category. */
  readonly product: readonly Pick<InventoryEvent, 'product_id' | 'product_name' | 'category'>[];
}

/** Columns of {@link InventoryEvent}: entry n of each is row n. */
export interface InventoryEventColumns {
  /** Unique; the same for every retry and every shard layout. Position in the dictionary of the same name. */
  readonly event_id: Positions;
  /** What happened. Position in the dictionary of the same name. */
  readonly event_type: Positions;
  /** When it happened, UTC, in milliseconds. Milliseconds since 1970. */
  readonly event_time: Float64Array;
  /** Rises by one for each event of a store; breaks ties in time. Whole numbers. */
  readonly sequence: Float64Array;
  /** Position in the dictionary of the same name. */
  readonly store: Positions;
  /** Position in the dictionary of the same name. */
  readonly product: Positions;
  /** Selling price of one unit in the store's currency. Hundredths. */
  readonly unit_price: Int32Array | Float64Array;
  /** Signed change of the stock on hand; 0 where nothing moved. Whole numbers. */
  readonly quantity_delta: Int32Array;
  /** Stock on hand after the event. Whole numbers. */
  readonly current_stock: Int32Array;
  /** Reorder point. Whole numbers. */
  readonly min_threshold: Int32Array;
  /** Units ordered and not yet delivered. Whole numbers. */
  readonly on_order: Int32Array;
}

const eventIdSize = (row: { readonly event_id: unknown; }): number =>
  37 + sizeOfText(row.event_id);

function eventIdBytes(row: { readonly event_id: unknown; }, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
  // "{\"event_id\":"
  view.setFloat64(at, 6.687941503038544e+151, true);
  view.setUint32(at + 8, 975332457, true);
  at += 12;
  at = putString(row.event_id, buffer, at, view);
  return at;
}

const eventTypeSize = (row: { readonly event_type: unknown; }): number =>
  39 + sizeOfText(row.event_type);

function eventTypeBytes(row: { readonly event_type: unknown; }, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
  // ",\"event_type\":"
  view.setFloat64(at, 6.687941503038452e+151, true);
  view.setUint32(at + 8, 1701869940, true);
  buffer[at + 12] = 34;
  buffer[at + 13] = 58;
  at += 14;
  at = putString(row.event_type, buffer, at, view);
  return at;
}

const storeSize = (row: { readonly store_id: unknown; readonly store_name: unknown; readonly location: { readonly city: unknown; readonly region: unknown; readonly country: unknown; readonly latitude: unknown; readonly longitude: unknown; }; }): number =>
  269 + sizeOfText(row.store_id) + sizeOfText(row.store_name) + sizeOfText(row.location.city) + sizeOfText(row.location.region) + sizeOfText(row.location.country) + sizeOfNumber(row.location.latitude) + sizeOfNumber(row.location.longitude);

function storeBytes(row: { readonly store_id: unknown; readonly store_name: unknown; readonly location: { readonly city: unknown; readonly region: unknown; readonly country: unknown; readonly latitude: unknown; readonly longitude: unknown; }; }, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
  // ",\"store_id\":"
  view.setFloat64(at, 3.510222573337428e+151, true);
  view.setUint32(at + 8, 975332457, true);
  at += 12;
  at = putString(row.store_id, buffer, at, view);
  // ",\"store_name\":"
  view.setFloat64(at, 3.510222573337428e+151, true);
  view.setUint32(at + 8, 1701667182, true);
  buffer[at + 12] = 34;
  buffer[at + 13] = 58;
  at += 14;
  at = putString(row.store_name, buffer, at, view);
  // ",\"location\":{\"city\":"
  view.setFloat64(at, 9.750128574626244e+199, true);
  view.setFloat64(at + 8, 4.577081405936e+199, true);
  view.setUint32(at + 16, 975337844, true);
  at += 20;
  at = putString(row.location.city, buffer, at, view);
  // ",\"region\":"
  view.setFloat64(at, 9.083614735097914e+223, true);
  buffer[at + 8] = 34;
  buffer[at + 9] = 58;
  at += 10;
  at = putString(row.location.region, buffer, at, view);
  // ",\"country\":"
  view.setFloat64(at, 2.1797983942574774e+243, true);
  buffer[at + 8] = 121;
  buffer[at + 9] = 34;
  buffer[at + 10] = 58;
  at += 11;
  at = putString(row.location.country, buffer, at, view);
  // ",\"latitude\":"
  view.setFloat64(at, 6.129716942867221e+257, true);
  view.setUint32(at + 8, 975332708, true);
  at += 12;
  at = putNumber(row.location.latitude, buffer, at);
  // ",\"longitude\":"
  view.setFloat64(at, 5.820348332871862e+252, true);
  view.setUint32(at + 8, 577070197, true);
  buffer[at + 12] = 58;
  at += 13;
  at = putNumber(row.location.longitude, buffer, at);
  buffer[at++] = 125;
  return at;
}

const productSize = (row: { readonly product_id: unknown; readonly product_name: unknown; readonly category: unknown; }): number =>
  117 + sizeOfText(row.product_id) + sizeOfText(row.product_name) + sizeOfText(row.category);

function productBytes(row: { readonly product_id: unknown; readonly product_name: unknown; readonly category: unknown; }, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
  // ",\"product_id\":"
  view.setFloat64(at, 1.2917413246801157e+171, true);
  view.setUint32(at + 8, 1684627316, true);
  buffer[at + 12] = 34;
  buffer[at + 13] = 58;
  at += 14;
  at = putString(row.product_id, buffer, at, view);
  // ",\"product_name\":"
  view.setFloat64(at, 1.2917413246801157e+171, true);
  view.setFloat64(at + 8, 1.1609634555164943e-28, true);
  at += 16;
  at = putString(row.product_name, buffer, at, view);
  // ",\"category\":"
  view.setFloat64(at, 4.433983157448308e+228, true);
  view.setUint32(at + 8, 975337842, true);
  at += 12;
  at = putString(row.category, buffer, at, view);
  return at;
}

function prepare(dictionaries: InventoryEventDictionaries) {
  const eventIdEntries = fragmentsOf(dictionaries.event_id, eventIdBytes, eventIdSize, 13);
  const eventTypeEntries = fragmentsOf(dictionaries.event_type, eventTypeBytes, eventTypeSize, ',"event_time":"');
  const eventTimeHour = { startMs: Number.NaN, high: 0, low: 0 };
  const storeEntries = fragmentsOf(dictionaries.store, storeBytes, storeSize, '');
  const productEntries = fragmentsOf(dictionaries.product, productBytes, productSize, ',"unit_price":');
  const rowBytes = 533 + eventIdEntries.copied + eventTypeEntries.copied + storeEntries.copied + productEntries.copied;
  return { eventIdEntries, eventTypeEntries, eventTimeHour, storeEntries, productEntries, rowBytes, ...digitTables() };
}

// All that is read for a row is a variable of this function: what is in a closure is read again each time.
function encodeRows(
  prepared: ReturnType<typeof prepare>,
  columns: InventoryEventColumns,
  from: number,
  to: number,
  output: RowBuffer,
): number {
  const { rowBytes, padded, clock, plain, digitsOf, hundredths, hundredthsLength, eventIdEntries, eventTypeEntries, eventTimeHour, storeEntries, productEntries } = prepared;
  const { event_id: eventIdValues, event_type: eventTypeValues, event_time: eventTimeValues, sequence: sequenceValues, store: storeValues, product: productValues, unit_price: unitPriceValues, quantity_delta: quantityDeltaValues, current_stock: currentStockValues, min_threshold: minThresholdValues, on_order: onOrderValues } = columns;
  holdRows(to, [eventIdValues, eventTypeValues, eventTimeValues, sequenceValues, storeValues, productValues, unitPriceValues, quantityDeltaValues, currentStockValues, minThresholdValues, onOrderValues]);
  const { view: eventIdEntriesView, lengthOf: eventIdEntriesLengths, copied: eventIdEntriesCopied, unsafe: eventIdEntriesUnsafe } = eventIdEntries;
  const { view: eventTypeEntriesView, lengthOf: eventTypeEntriesLengths, copied: eventTypeEntriesCopied, unsafe: eventTypeEntriesUnsafe } = eventTypeEntries;
  let { startMs: eventTimeHourStart, high: eventTimeHourHigh, low: eventTimeHourLow } = eventTimeHour;
  const { view: storeEntriesView, lengthOf: storeEntriesLengths, copied: storeEntriesCopied, unsafe: storeEntriesUnsafe } = storeEntries;
  const { view: productEntriesView, lengthOf: productEntriesLengths, copied: productEntriesCopied, unsafe: productEntriesUnsafe } = productEntries;
  const buffer = output.bytes;
  const view = viewOf(buffer);
  const { ending } = output;
  const last = buffer.length - rowBytes - (ending?.bytes ?? 0);
  let at = output.length;
  let n = from;
  for (; n < to && at <= last; n++) {
    // "{\"event_id\":\""
    view.setFloat64(at, 6.687941503038544e+151, true);
    view.setFloat64(at + 8, 6.013481975637954e-154, true);
    at += 13;
    const eventIdEntriesPosition = eventIdValues[n] ?? 0;
    const eventIdEntriesLength = eventIdEntriesLengths[eventIdEntriesPosition] ?? noEntry('event_id', eventIdEntriesPosition);
    const eventIdEntriesFrom = eventIdEntriesPosition * eventIdEntriesCopied;
    for (let eventIdEntriesOffset = 0; eventIdEntriesOffset < eventIdEntriesCopied; eventIdEntriesOffset += 16) {
      view.setFloat64(at + eventIdEntriesOffset, eventIdEntriesView.getFloat64(eventIdEntriesFrom + eventIdEntriesOffset, true), true);
      view.setFloat64(at + eventIdEntriesOffset + 8, eventIdEntriesView.getFloat64(eventIdEntriesFrom + eventIdEntriesOffset + 8, true), true);
    }
    if (eventIdEntriesUnsafe) copyEntry(eventIdEntries, eventIdEntriesPosition, buffer, at);
    at += eventIdEntriesLength;
    const sequenceValue = (sequenceValues[n] ?? 0) | 0;
    const sequenceFits = sequenceValue === sequenceValues[n] && sequenceValue >= 0 && sequenceValue < 100_000_000;
    const sequenceUpper = (sequenceValue / 10_000) | 0;
    const sequenceLower = sequenceValue - sequenceUpper * 10_000;
    if (sequenceFits) {
      // "00"
      view.setUint32(at, 538980400, true);
      at += 2;
      view.setUint32(at, padded[sequenceUpper] ?? 0, true);
      view.setUint32(at + 4, padded[sequenceLower] ?? 0, true);
      at += 8;
    } else {
      at = putPadded(sequenceValues[n] ?? 0, 10, buffer, at);
    }
    // "\""
    view.setUint8(at, 34);
    at += 1;
    const eventTypeEntriesPosition = eventTypeValues[n] ?? 0;
    const eventTypeEntriesLength = eventTypeEntriesLengths[eventTypeEntriesPosition] ?? noEntry('event_type', eventTypeEntriesPosition);
    const eventTypeEntriesFrom = eventTypeEntriesPosition * eventTypeEntriesCopied;
    for (let eventTypeEntriesOffset = 0; eventTypeEntriesOffset < eventTypeEntriesCopied; eventTypeEntriesOffset += 32) {
      view.setFloat64(at + eventTypeEntriesOffset, eventTypeEntriesView.getFloat64(eventTypeEntriesFrom + eventTypeEntriesOffset, true), true);
      view.setFloat64(at + eventTypeEntriesOffset + 8, eventTypeEntriesView.getFloat64(eventTypeEntriesFrom + eventTypeEntriesOffset + 8, true), true);
      view.setFloat64(at + eventTypeEntriesOffset + 16, eventTypeEntriesView.getFloat64(eventTypeEntriesFrom + eventTypeEntriesOffset + 16, true), true);
      view.setFloat64(at + eventTypeEntriesOffset + 24, eventTypeEntriesView.getFloat64(eventTypeEntriesFrom + eventTypeEntriesOffset + 24, true), true);
    }
    if (eventTypeEntriesUnsafe) copyEntry(eventTypeEntries, eventTypeEntriesPosition, buffer, at);
    at += eventTypeEntriesLength;
    let eventTimeValue = (eventTimeValues[n] ?? 0) - eventTimeHourStart;
    if (!(eventTimeValue >= 0 && eventTimeValue < 3_600_000)) {
      turnHour(eventTimeHour, eventTimeValues[n] ?? 0);
      ({ startMs: eventTimeHourStart, high: eventTimeHourHigh, low: eventTimeHourLow } = eventTimeHour);
      eventTimeValue = (eventTimeValues[n] ?? 0) - eventTimeHourStart;
    }
    if (eventTimeValue >= 0) {
      const milliseconds = eventTimeValue | 0;
      const seconds = (milliseconds / 1000) | 0;
      view.setFloat64(at, eventTimeHourHigh, true);
      view.setFloat64(at + 8, eventTimeHourLow, true);
      view.setUint32(at + 14, clock[seconds * 2] ?? 0, true);
      view.setUint16(at + 18, clock[seconds * 2 + 1] ?? 0, true);
      view.setUint32(at + 20, ((padded[milliseconds - seconds * 1000] ?? 0) >>> 8) | 0x5a00_0000, true);
      at += 24;
    } else {
      at = putFarInstant(eventTimeValues[n] ?? 0, buffer, at);
    }
    // "\",\"sequence\":"
    view.setFloat64(at, 5.561117031496813e+180, true);
    view.setFloat64(at + 8, 6.013618014290466e-154, true);
    at += 13;
    if (!sequenceFits) {
      at = putNumber(sequenceValues[n] ?? 0, buffer, at);
    } else if (sequenceUpper === 0) {
      view.setUint32(at, plain[sequenceLower] ?? 0, true);
      at += digitsOf[sequenceLower] ?? 0;
    } else {
      view.setUint32(at, plain[sequenceUpper] ?? 0, true);
      at += digitsOf[sequenceUpper] ?? 0;
      view.setUint32(at, padded[sequenceLower] ?? 0, true);
      at += 4;
    }
    const storeEntriesPosition = storeValues[n] ?? 0;
    const storeEntriesLength = storeEntriesLengths[storeEntriesPosition] ?? noEntry('store', storeEntriesPosition);
    const storeEntriesFrom = storeEntriesPosition * storeEntriesCopied;
    for (let storeEntriesOffset = 0; storeEntriesOffset < storeEntriesCopied; storeEntriesOffset += 32) {
      view.setFloat64(at + storeEntriesOffset, storeEntriesView.getFloat64(storeEntriesFrom + storeEntriesOffset, true), true);
      view.setFloat64(at + storeEntriesOffset + 8, storeEntriesView.getFloat64(storeEntriesFrom + storeEntriesOffset + 8, true), true);
      view.setFloat64(at + storeEntriesOffset + 16, storeEntriesView.getFloat64(storeEntriesFrom + storeEntriesOffset + 16, true), true);
      view.setFloat64(at + storeEntriesOffset + 24, storeEntriesView.getFloat64(storeEntriesFrom + storeEntriesOffset + 24, true), true);
    }
    if (storeEntriesUnsafe) copyEntry(storeEntries, storeEntriesPosition, buffer, at);
    at += storeEntriesLength;
    const productEntriesPosition = productValues[n] ?? 0;
    const productEntriesLength = productEntriesLengths[productEntriesPosition] ?? noEntry('product', productEntriesPosition);
    const productEntriesFrom = productEntriesPosition * productEntriesCopied;
    for (let productEntriesOffset = 0; productEntriesOffset < productEntriesCopied; productEntriesOffset += 32) {
      view.setFloat64(at + productEntriesOffset, productEntriesView.getFloat64(productEntriesFrom + productEntriesOffset, true), true);
      view.setFloat64(at + productEntriesOffset + 8, productEntriesView.getFloat64(productEntriesFrom + productEntriesOffset + 8, true), true);
      view.setFloat64(at + productEntriesOffset + 16, productEntriesView.getFloat64(productEntriesFrom + productEntriesOffset + 16, true), true);
      view.setFloat64(at + productEntriesOffset + 24, productEntriesView.getFloat64(productEntriesFrom + productEntriesOffset + 24, true), true);
    }
    if (productEntriesUnsafe) copyEntry(productEntries, productEntriesPosition, buffer, at);
    at += productEntriesLength;
    const unitPriceValue = (unitPriceValues[n] ?? 0) | 0;
    if (unitPriceValue !== unitPriceValues[n] || unitPriceValue < 0 || unitPriceValue >= 1_000_000) {
      at = putNumber((unitPriceValues[n] ?? 0) / 100, buffer, at);
    } else {
      const whole = (unitPriceValue / 100) | 0;
      const rest = unitPriceValue - whole * 100;
      view.setUint32(at, plain[whole] ?? 0, true);
      at += digitsOf[whole] ?? 0;
      view.setUint32(at, hundredths[rest] ?? 0, true);
      at += hundredthsLength[rest] ?? 0;
    }
    // ",\"quantity_delta\":"
    view.setFloat64(at, 9.774408230265444e+199, true);
    view.setFloat64(at + 8, 2.8713504846624206e+161, true);
    view.setUint32(at + 16, 538982946, true);
    at += 18;
    const quantityDeltaValue = quantityDeltaValues[n] ?? 0;
    const quantityDeltaSign = quantityDeltaValue >> 31;
    const quantityDeltaSize = (quantityDeltaValue ^ quantityDeltaSign) - quantityDeltaSign;
    view.setUint8(at, 45);
    at -= quantityDeltaSign;
    if (quantityDeltaSize >>> 0 < 10_000) {
      view.setUint32(at, plain[quantityDeltaSize] ?? 0, true);
      at += digitsOf[quantityDeltaSize] ?? 0;
    } else {
      at = putNumber(quantityDeltaValue, buffer, at + quantityDeltaSign);
    }
    // ",\"current_stock\":"
    view.setFloat64(at, 6.202039704144631e+223, true);
    view.setFloat64(at + 8, 7.018738114269898e-143, true);
    view.setUint8(at + 16, 58);
    at += 17;
    const currentStockValue = currentStockValues[n] ?? 0;
    const currentStockSign = currentStockValue >> 31;
    const currentStockSize = (currentStockValue ^ currentStockSign) - currentStockSign;
    view.setUint8(at, 45);
    at -= currentStockSign;
    if (currentStockSize >>> 0 < 10_000) {
      view.setUint32(at, plain[currentStockSize] ?? 0, true);
      at += digitsOf[currentStockSize] ?? 0;
    } else {
      at = putNumber(currentStockValue, buffer, at + currentStockSign);
    }
    // ",\"min_threshold\":"
    view.setFloat64(at, 1.4871934740061985e+195, true);
    view.setFloat64(at + 8, 5.2338808516193785e-143, true);
    view.setUint8(at + 16, 58);
    at += 17;
    const minThresholdValue = minThresholdValues[n] ?? 0;
    const minThresholdSign = minThresholdValue >> 31;
    const minThresholdSize = (minThresholdValue ^ minThresholdSign) - minThresholdSign;
    view.setUint8(at, 45);
    at -= minThresholdSign;
    if (minThresholdSize >>> 0 < 10_000) {
      view.setUint32(at, plain[minThresholdSize] ?? 0, true);
      at += digitsOf[minThresholdSize] ?? 0;
    } else {
      at = putNumber(minThresholdValue, buffer, at + minThresholdSign);
    }
    // ",\"on_order\":"
    view.setFloat64(at, 7.295277275574706e+175, true);
    view.setUint32(at + 8, 975336037, true);
    at += 12;
    const onOrderValue = onOrderValues[n] ?? 0;
    const onOrderSign = onOrderValue >> 31;
    const onOrderSize = (onOrderValue ^ onOrderSign) - onOrderSign;
    view.setUint8(at, 45);
    at -= onOrderSign;
    if (onOrderSize >>> 0 < 10_000) {
      view.setUint32(at, plain[onOrderSize] ?? 0, true);
      at += digitsOf[onOrderSize] ?? 0;
    } else {
      at = putNumber(onOrderValue, buffer, at + onOrderSign);
    }
    // ",\"is_low_stock\":"
    view.setFloat64(at, 2.0264616897559102e+267, true);
    view.setFloat64(at + 8, 1.162432992815514e-28, true);
    at += 16;
    const isLowStockValue = Number(currentStockValue < minThresholdValue);
    view.setUint32(at, 0x736c_6166 ^ (isLowStockValue * 0x1619_1312), true); // "fals" or "true"
    view.setUint8(at + 4, 101); // "e"
    at += 5 - isLowStockValue;
    // "}\n"
    view.setUint32(at, 538970749, true);
    at += 2;
    if (ending !== undefined) at = ending.write(view, at - 2, n);
  }
  output.length = at;
  return n;
}

/**
 * Returns what writes rows of {@link InventoryEventColumns} as lines of JSON: the bytes of `inventoryEventEncoder` for the same
 * events. Entries of the dictionaries are written once, here.
 *
 * @example
 * ```ts
 * import { inventoryEventColumnEncoder, type InventoryEventColumns, type InventoryEventDictionaries } from '@store/schema';
 *
 * function toLines(entries: InventoryEventDictionaries, columns: InventoryEventColumns, rows: number): Uint8Array {
 *   const encoder = inventoryEventColumnEncoder(entries);
 *   const buffer = { bytes: new Uint8Array(rows * encoder.rowBytes), length: 0 };
 *   encoder.encode(columns, 0, rows, buffer);
 *   return buffer.bytes.subarray(0, buffer.length);
 * }
 * ```
 */
export function inventoryEventColumnEncoder(dictionaries: InventoryEventDictionaries): ColumnEncoder<InventoryEventColumns> {
  const prepared = prepare(dictionaries);
  return {
    rowBytes: prepared.rowBytes,
    encode: (columns, from, to, output) => encodeRows(prepared, columns, from, to, output),
  };
}
