// Emitted from ./workshop-event.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
// Generated from WorkshopEvent by @store/glue-schema: change the type, not this file.
import {
  type ColumnEncoder,
  type Positions,
  type RowBuffer,
  copyEntry,
  digitTables,
  fragmentsOf,
  holdRows,
  noEntry,
  putNumber,
  putString,
  sizeOfText,
  viewOf,
} from '@store/glue-schema/runtime';
import type { WorkshopEvent } from './workshop-event.js';

/** What does not change from row to row: the entries of each dictionary. */
export interface WorkshopEventDictionaries {
  /** Entries with store_id. */
  readonly store_id: readonly Pick<WorkshopEvent, 'store_id'>[];
  /** Entries with product_id, product_name. */
  readonly product: readonly Pick<WorkshopEvent, 'product_id' | 'product_name'>[];
  /** Entries with restock_status. */
  readonly restock_status: readonly Pick<WorkshopEvent, 'restock_status'>[];
}

/** Columns of {@link WorkshopEvent}: entry n of each is row n. */
export interface WorkshopEventColumns {
  /** Store that reports. Position in the dictionary of the same name. */
  readonly store_id: Positions;
  /** Position in the dictionary of the same name. */
  readonly product: Positions;
  /** Stock on hand. Whole numbers. */
  readonly current_stock: Int32Array;
  /** Reorder point. Whole numbers. */
  readonly threshold_level: Int32Array;
  /** When the shelf was checked, seconds since 1970-01-01 UTC. Whole numbers. */
  readonly check_timestamp: Float64Array;
  /** True once the low stock was reported. 0 is false, 1 is true. */
  readonly notification_sent: Uint8Array;
  /** State of the replenishment: NOT_NEEDED, NEEDED or ORDERED. Position in the dictionary of the same name. */
  readonly restock_status: Positions;
}

const storeIdSize = (row: { readonly store_id: unknown; }): number =>
  37 + sizeOfText(row.store_id);

function storeIdBytes(row: { readonly store_id: unknown; }, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
  // "{\"store_id\":"
  view.setFloat64(at, 3.510222573337474e+151, true);
  view.setUint32(at + 8, 975332457, true);
  at += 12;
  at = putString(row.store_id, buffer, at, view);
  return at;
}

const productSize = (row: { readonly product_id: unknown; readonly product_name: unknown; }): number =>
  80 + sizeOfText(row.product_id) + sizeOfText(row.product_name);

function productBytes(row: { readonly product_id: unknown; readonly product_name: unknown; }, buffer: Uint8Array, start: number): number {
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
  return at;
}

const restockStatusSize = (row: { readonly restock_status: unknown; }): number =>
  43 + sizeOfText(row.restock_status);

function restockStatusBytes(row: { readonly restock_status: unknown; }, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
  // ",\"restock_status\":"
  view.setFloat64(at, 9.496764569129895e+170, true);
  view.setFloat64(at + 8, 1.500089289363043e+248, true);
  buffer[at + 16] = 34;
  buffer[at + 17] = 58;
  at += 18;
  at = putString(row.restock_status, buffer, at, view);
  return at;
}

function prepare(dictionaries: WorkshopEventDictionaries) {
  const storeIdEntries = fragmentsOf(dictionaries.store_id, storeIdBytes, storeIdSize, '');
  const productEntries = fragmentsOf(dictionaries.product, productBytes, productSize, ',"current_stock":');
  const restockStatusEntries = fragmentsOf(dictionaries.restock_status, restockStatusBytes, restockStatusSize, '}\n');
  const rowBytes = 331 + storeIdEntries.copied + productEntries.copied + restockStatusEntries.copied;
  return { storeIdEntries, productEntries, restockStatusEntries, rowBytes, ...digitTables() };
}

// All that is read for a row is a variable of this function: what is in a closure is read again each time.
function encodeRows(
  prepared: ReturnType<typeof prepare>,
  columns: WorkshopEventColumns,
  from: number,
  to: number,
  output: RowBuffer,
): number {
  const { rowBytes, plain, digitsOf, padded, storeIdEntries, productEntries, restockStatusEntries } = prepared;
  const { store_id: storeIdValues, product: productValues, current_stock: currentStockValues, threshold_level: thresholdLevelValues, check_timestamp: checkTimestampValues, notification_sent: notificationSentValues, restock_status: restockStatusValues } = columns;
  holdRows(to, [storeIdValues, productValues, currentStockValues, thresholdLevelValues, checkTimestampValues, notificationSentValues, restockStatusValues]);
  const { view: storeIdEntriesView, lengthOf: storeIdEntriesLengths, copied: storeIdEntriesCopied, unsafe: storeIdEntriesUnsafe } = storeIdEntries;
  const { view: productEntriesView, lengthOf: productEntriesLengths, copied: productEntriesCopied, unsafe: productEntriesUnsafe } = productEntries;
  const { view: restockStatusEntriesView, lengthOf: restockStatusEntriesLengths, copied: restockStatusEntriesCopied, unsafe: restockStatusEntriesUnsafe } = restockStatusEntries;
  const buffer = output.bytes;
  const view = viewOf(buffer);
  const { ending } = output;
  const last = buffer.length - rowBytes - (ending?.bytes ?? 0);
  let at = output.length;
  let n = from;
  for (; n < to && at <= last; n++) {
    const storeIdEntriesPosition = storeIdValues[n] ?? 0;
    const storeIdEntriesLength = storeIdEntriesLengths[storeIdEntriesPosition] ?? noEntry('store_id', storeIdEntriesPosition);
    const storeIdEntriesFrom = storeIdEntriesPosition * storeIdEntriesCopied;
    for (let storeIdEntriesOffset = 0; storeIdEntriesOffset < storeIdEntriesCopied; storeIdEntriesOffset += 32) {
      view.setFloat64(at + storeIdEntriesOffset, storeIdEntriesView.getFloat64(storeIdEntriesFrom + storeIdEntriesOffset, true), true);
      view.setFloat64(at + storeIdEntriesOffset + 8, storeIdEntriesView.getFloat64(storeIdEntriesFrom + storeIdEntriesOffset + 8, true), true);
      view.setFloat64(at + storeIdEntriesOffset + 16, storeIdEntriesView.getFloat64(storeIdEntriesFrom + storeIdEntriesOffset + 16, true), true);
      view.setFloat64(at + storeIdEntriesOffset + 24, storeIdEntriesView.getFloat64(storeIdEntriesFrom + storeIdEntriesOffset + 24, true), true);
    }
    if (storeIdEntriesUnsafe) copyEntry(storeIdEntries, storeIdEntriesPosition, buffer, at);
    at += storeIdEntriesLength;
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
    // ",\"threshold_level\":"
    view.setFloat64(at, 1.4159097906321598e+195, true);
    view.setFloat64(at + 8, 5.808332366501103e+180, true);
    view.setUint32(at + 16, 540680812, true);
    at += 19;
    const thresholdLevelValue = thresholdLevelValues[n] ?? 0;
    const thresholdLevelSign = thresholdLevelValue >> 31;
    const thresholdLevelSize = (thresholdLevelValue ^ thresholdLevelSign) - thresholdLevelSign;
    view.setUint8(at, 45);
    at -= thresholdLevelSign;
    if (thresholdLevelSize >>> 0 < 10_000) {
      view.setUint32(at, plain[thresholdLevelSize] ?? 0, true);
      at += digitsOf[thresholdLevelSize] ?? 0;
    } else {
      at = putNumber(thresholdLevelValue, buffer, at + thresholdLevelSign);
    }
    // ",\"is_stock_low\":"
    view.setFloat64(at, 7.751475407582849e+228, true);
    view.setFloat64(at + 8, 1.1654027651959877e-28, true);
    at += 16;
    const isStockLowValue = Number(currentStockValue < thresholdLevelValue);
    view.setUint32(at, 0x736c_6166 ^ (isStockLowValue * 0x1619_1312), true); // "fals" or "true"
    view.setUint8(at + 4, 101); // "e"
    at += 5 - isStockLowValue;
    // ",\"check_timestamp\":"
    view.setFloat64(at, 4.4826246524960104e+151, true);
    view.setFloat64(at + 8, 7.702006431970144e+218, true);
    view.setUint32(at + 16, 540680816, true);
    at += 19;
    const checkTimestampValue = (checkTimestampValues[n] ?? 0) | 0;
    const checkTimestampFits = checkTimestampValue === checkTimestampValues[n] && checkTimestampValue >= 0 && checkTimestampValue < 100_000_000;
    const checkTimestampUpper = (checkTimestampValue / 10_000) | 0;
    const checkTimestampLower = checkTimestampValue - checkTimestampUpper * 10_000;
    if (!checkTimestampFits) {
      at = putNumber(checkTimestampValues[n] ?? 0, buffer, at);
    } else if (checkTimestampUpper === 0) {
      view.setUint32(at, plain[checkTimestampLower] ?? 0, true);
      at += digitsOf[checkTimestampLower] ?? 0;
    } else {
      view.setUint32(at, plain[checkTimestampUpper] ?? 0, true);
      at += digitsOf[checkTimestampUpper] ?? 0;
      view.setUint32(at, padded[checkTimestampLower] ?? 0, true);
      at += 4;
    }
    // ",\"notification_sent\":"
    view.setFloat64(at, 5.361008012631203e+199, true);
    view.setFloat64(at + 8, 5.49414359714824e+247, true);
    view.setFloat64(at + 16, 6.013618015596583e-154, true);
    at += 21;
    const notificationSentValue = notificationSentValues[n] ?? 0;
    view.setUint32(at, 0x736c_6166 ^ (notificationSentValue * 0x1619_1312), true); // "fals" or "true"
    view.setUint8(at + 4, 101); // "e"
    at += 5 - notificationSentValue;
    const restockStatusEntriesPosition = restockStatusValues[n] ?? 0;
    const restockStatusEntriesLength = restockStatusEntriesLengths[restockStatusEntriesPosition] ?? noEntry('restock_status', restockStatusEntriesPosition);
    const restockStatusEntriesFrom = restockStatusEntriesPosition * restockStatusEntriesCopied;
    for (let restockStatusEntriesOffset = 0; restockStatusEntriesOffset < restockStatusEntriesCopied; restockStatusEntriesOffset += 32) {
      view.setFloat64(at + restockStatusEntriesOffset, restockStatusEntriesView.getFloat64(restockStatusEntriesFrom + restockStatusEntriesOffset, true), true);
      view.setFloat64(at + restockStatusEntriesOffset + 8, restockStatusEntriesView.getFloat64(restockStatusEntriesFrom + restockStatusEntriesOffset + 8, true), true);
      view.setFloat64(at + restockStatusEntriesOffset + 16, restockStatusEntriesView.getFloat64(restockStatusEntriesFrom + restockStatusEntriesOffset + 16, true), true);
      view.setFloat64(at + restockStatusEntriesOffset + 24, restockStatusEntriesView.getFloat64(restockStatusEntriesFrom + restockStatusEntriesOffset + 24, true), true);
    }
    if (restockStatusEntriesUnsafe) copyEntry(restockStatusEntries, restockStatusEntriesPosition, buffer, at);
    at += restockStatusEntriesLength;
    if (ending !== undefined) at = ending.write(view, at - 2, n);
  }
  output.length = at;
  return n;
}

/**
 * Returns what writes rows of {@link WorkshopEventColumns} as lines of JSON: the bytes of `workshopEventEncoder` for the same
 * events. Entries of the dictionaries are written once, here.
 *
 * @example
 * ```ts
 * import { workshopEventColumnEncoder, type WorkshopEventColumns, type WorkshopEventDictionaries } from '@store/schema';
 *
 * function toLines(entries: WorkshopEventDictionaries, columns: WorkshopEventColumns, rows: number): Uint8Array {
 *   const encoder = workshopEventColumnEncoder(entries);
 *   const buffer = { bytes: new Uint8Array(rows * encoder.rowBytes), length: 0 };
 *   encoder.encode(columns, 0, rows, buffer);
 *   return buffer.bytes.subarray(0, buffer.length);
 * }
 * ```
 */
export function workshopEventColumnEncoder(dictionaries: WorkshopEventDictionaries): ColumnEncoder<WorkshopEventColumns> {
  const prepared = prepare(dictionaries);
  return {
    rowBytes: prepared.rowBytes,
    encode: (columns, from, to, output) => encodeRows(prepared, columns, from, to, output),
  };
}
