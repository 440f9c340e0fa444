// Emitted from ./workshop-event.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
// Generated from WorkshopEvent by @store/glue-schema: change the type, not this file.
import {
  type RecordEncoder,
  encodeTight,
  hasToJson,
  putBoolean,
  putNumber,
  putScalar,
  putString,
  sizeOfScalar,
  viewOf,
} from '@store/glue-schema/runtime';
import type { WorkshopEvent } from './workshop-event.js';

// What the properties hold on their way to JSON, whatever their types promise at compile time.
interface Wire { readonly store_id: unknown; readonly product_id: unknown; readonly product_name: unknown; readonly current_stock: unknown; readonly threshold_level: unknown; readonly is_stock_low: unknown; readonly check_timestamp: unknown; readonly notification_sent: unknown; readonly restock_status: unknown; }

const members = { store_id: null, product_id: null, product_name: null, current_stock: null, threshold_level: null, is_stock_low: null, check_timestamp: null, notification_sent: null, restock_status: null };

// NaN where a value says itself what its JSON is, or is not what its column says.
function mostBytesOf(event: Wire): number {
  if (hasToJson(event) || typeof event.store_id !== 'string' || typeof event.product_id !== 'string' || typeof event.product_name !== 'string' || typeof event.current_stock !== 'number' || typeof event.threshold_level !== 'number' || typeof event.is_stock_low !== 'boolean' || typeof event.notification_sent !== 'boolean' || typeof event.restock_status !== 'string') return NaN;
  return 379 + 6 * (event.store_id.length + event.product_id.length + event.product_name.length + event.restock_status.length) + sizeOfScalar(event.check_timestamp);
}

function write(event: Wire, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
  // "{\"store_id\":"
  view.setFloat64(at, 3.510222573337474e+151, true);
  view.setUint32(at + 8, 975332457, true);
  at += 12;
  at = putString(event.store_id, buffer, at, view);
  // ",\"product_id\":"
  view.setFloat64(at, 1.2917413246801157e+171, true);
  view.setUint32(at + 8, 1684627316, true);
  buffer[at + 12] = 34;
  buffer[at + 13] = 58;
  at += 14;
  at = putString(event.product_id, buffer, at, view);
  // ",\"product_name\":"
  view.setFloat64(at, 1.2917413246801157e+171, true);
  view.setFloat64(at + 8, 1.1609634555164943e-28, true);
  at += 16;
  at = putString(event.product_name, buffer, at, view);
  // ",\"current_stock\":"
  view.setFloat64(at, 6.202039704144631e+223, true);
  view.setFloat64(at + 8, 7.018738114269898e-143, true);
  buffer[at + 16] = 58;
  at += 17;
  at = putNumber(event.current_stock, buffer, at);
  // ",\"threshold_level\":"
  view.setFloat64(at, 1.4159097906321598e+195, true);
  view.setFloat64(at + 8, 5.808332366501103e+180, true);
  buffer[at + 16] = 108;
  buffer[at + 17] = 34;
  buffer[at + 18] = 58;
  at += 19;
  at = putNumber(event.threshold_level, buffer, at);
  // ",\"is_stock_low\":"
  view.setFloat64(at, 7.751475407582849e+228, true);
  view.setFloat64(at + 8, 1.1654027651959877e-28, true);
  at += 16;
  at = putBoolean(event.is_stock_low, buffer, at, view);
  // ",\"check_timestamp\":"
  view.setFloat64(at, 4.4826246524960104e+151, true);
  view.setFloat64(at + 8, 7.702006431970144e+218, true);
  buffer[at + 16] = 112;
  buffer[at + 17] = 34;
  buffer[at + 18] = 58;
  at += 19;
  at = putScalar(event.check_timestamp, buffer, at, view);
  // ",\"notification_sent\":"
  view.setFloat64(at, 5.361008012631203e+199, true);
  view.setFloat64(at + 8, 5.49414359714824e+247, true);
  view.setUint32(at + 16, 578055781, true);
  buffer[at + 20] = 58;
  at += 21;
  at = putBoolean(event.notification_sent, buffer, at, view);
  // ",\"restock_status\":"
  view.setFloat64(at, 9.496764569129895e+170, true);
  view.setFloat64(at + 8, 1.500089289363043e+248, true);
  buffer[at + 16] = 34;
  buffer[at + 17] = 58;
  at += 18;
  at = putString(event.restock_status, buffer, at, view);
  buffer[at++] = 125;
  return at;
}

/** Writes {@link WorkshopEvent} as JSON bytes, in column order. */
export const workshopEventEncoder: RecordEncoder<WorkshopEvent> = {
  encodeInto(event, buffer, offset) {
    // The encoder looks only at the columns, and takes each for what it finds.
    const wire = event as unknown as Wire;
    const most = mostBytesOf(wire);
    return offset + most <= buffer.length
      ? write(wire, buffer, offset)
      : encodeTight(write, wire, most, buffer, offset, members);
  },
};
