// Emitted from ./inventory-event.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
// Generated from InventoryEvent by @store/glue-schema: change the type, not this file.
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
import type { InventoryEvent } from './inventory-event.js';

// What the properties hold on their way to JSON, whatever their types promise at compile time.
interface Wire { readonly event_id: unknown; readonly event_type: unknown; readonly event_time: unknown; readonly sequence: unknown; readonly store_id: unknown; readonly store_name: unknown; readonly location: { readonly city: unknown; readonly region: unknown; readonly country: unknown; readonly latitude: unknown; readonly longitude: unknown; }; readonly product_id: unknown; readonly product_name: unknown; readonly category: unknown; readonly unit_price: unknown; readonly quantity_delta: unknown; readonly current_stock: unknown; readonly min_threshold: unknown; readonly on_order: unknown; readonly is_low_stock: unknown; }

const members = { event_id: null, event_type: null, event_time: null, sequence: null, store_id: null, store_name: null, location: { city: null, region: null, country: null, latitude: null, longitude: null }, product_id: null, product_name: null, category: null, unit_price: null, quantity_delta: null, current_stock: null, min_threshold: null, on_order: null, is_low_stock: null };

// NaN where a value says itself what its JSON is, or is not what its column says.
function mostBytesOf(event: Wire): number {
  if (hasToJson(event) || typeof event.event_id !== 'string' || typeof event.event_type !== 'string' || typeof event.store_id !== 'string' || typeof event.store_name !== 'string' || hasToJson(event.location) || typeof event.location.city !== 'string' || typeof event.location.region !== 'string' || typeof event.location.country !== 'string' || typeof event.location.latitude !== 'number' || typeof event.location.longitude !== 'number' || typeof event.product_id !== 'string' || typeof event.product_name !== 'string' || typeof event.category !== 'string' || typeof event.quantity_delta !== 'number' || typeof event.current_stock !== 'number' || typeof event.min_threshold !== 'number' || typeof event.on_order !== 'number' || typeof event.is_low_stock !== 'boolean') return NaN;
  return 784 + 6 * (event.event_id.length + event.event_type.length + event.store_id.length + event.store_name.length + event.location.city.length + event.location.region.length + event.location.country.length + event.product_id.length + event.product_name.length + event.category.length) + sizeOfScalar(event.event_time) + sizeOfScalar(event.sequence) + sizeOfScalar(event.unit_price);
}

function write(event: Wire, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
  // "{\"event_id\":"
  view.setFloat64(at, 6.687941503038544e+151, true);
  view.setUint32(at + 8, 975332457, true);
  at += 12;
  at = putString(event.event_id, buffer, at, view);
  // ",\"event_type\":"
  view.setFloat64(at, 6.687941503038452e+151, true);
  view.setUint32(at + 8, 1701869940, true);
  buffer[at + 12] = 34;
  buffer[at + 13] = 58;
  at += 14;
  at = putString(event.event_type, buffer, at, view);
  // ",\"event_time\":"
  view.setFloat64(at, 6.687941503038452e+151, true);
  view.setUint32(at + 8, 1701669236, true);
  buffer[at + 12] = 34;
  buffer[at + 13] = 58;
  at += 14;
  at = putScalar(event.event_time, buffer, at, view);
  // ",\"sequence\":"
  view.setFloat64(at, 6.205423833667933e+223, true);
  view.setUint32(at + 8, 975332707, true);
  at += 12;
  at = putScalar(event.sequence, buffer, at, view);
  // ",\"store_id\":"
  view.setFloat64(at, 3.510222573337428e+151, true);
  view.setUint32(at + 8, 975332457, true);
  at += 12;
  at = putString(event.store_id, buffer, at, view);
  // ",\"store_name\":"
  view.setFloat64(at, 3.510222573337428e+151, true);
  view.setUint32(at + 8, 1701667182, true);
  buffer[at + 12] = 34;
  buffer[at + 13] = 58;
  at += 14;
  at = putString(event.store_name, buffer, at, view);
  // ",\"location\":{\"city\":"
  view.setFloat64(at, 9.750128574626244e+199, true);
  view.setFloat64(at + 8, 4.577081405936e+199, true);
  view.setUint32(at + 16, 975337844, true);
  at += 20;
  at = putString(event.location.city, buffer, at, view);
  // ",\"region\":"
  view.setFloat64(at, 9.083614735097914e+223, true);
  buffer[at + 8] = 34;
  buffer[at + 9] = 58;
  at += 10;
  at = putString(event.location.region, buffer, at, view);
  // ",\"country\":"
  view.setFloat64(at, 2.1797983942574774e+243, true);
  buffer[at + 8] = 121;
  buffer[at + 9] = 34;
  buffer[at + 10] = 58;
  at += 11;
  at = putString(event.location.country, buffer, at, view);
  // ",\"latitude\":"
  view.setFloat64(at, 6.129716942867221e+257, true);
  view.setUint32(at + 8, 975332708, true);
  at += 12;
  at = putNumber(event.location.latitude, buffer, at);
  // ",\"longitude\":"
  view.setFloat64(at, 5.820348332871862e+252, true);
  view.setUint32(at + 8, 577070197, true);
  buffer[at + 12] = 58;
  at += 13;
  at = putNumber(event.location.longitude, buffer, at);
  buffer[at++] = 125;
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
  // ",\"category\":"
  view.setFloat64(at, 4.433983157448308e+228, true);
  view.setUint32(at + 8, 975337842, true);
  at += 12;
  at = putString(event.category, buffer, at, view);
  // ",\"unit_price\":"
  view.setFloat64(at, 1.953361729827092e+233, true);
  view.setUint32(at + 8, 1701013874, true);
  buffer[at + 12] = 34;
  buffer[at + 13] = 58;
  at += 14;
  at = putScalar(event.unit_price, buffer, at, view);
  // ",\"quantity_delta\":"
  view.setFloat64(at, 9.774408230265444e+199, true);
  view.setFloat64(at + 8, 2.8713504846624206e+161, true);
  buffer[at + 16] = 34;
  buffer[at + 17] = 58;
  at += 18;
  at = putNumber(event.quantity_delta, buffer, at);
  // ",\"current_stock\":"
  view.setFloat64(at, 6.202039704144631e+223, true);
  view.setFloat64(at + 8, 7.018738114269898e-143, true);
  buffer[at + 16] = 58;
  at += 17;
  at = putNumber(event.current_stock, buffer, at);
  // ",\"min_threshold\":"
  view.setFloat64(at, 1.4871934740061985e+195, true);
  view.setFloat64(at + 8, 5.2338808516193785e-143, true);
  buffer[at + 16] = 58;
  at += 17;
  at = putNumber(event.min_threshold, buffer, at);
  // ",\"on_order\":"
  view.setFloat64(at, 7.295277275574706e+175, true);
  view.setUint32(at + 8, 975336037, true);
  at += 12;
  at = putNumber(event.on_order, buffer, at);
  // ",\"is_low_stock\":"
  view.setFloat64(at, 2.0264616897559102e+267, true);
  view.setFloat64(at + 8, 1.162432992815514e-28, true);
  at += 16;
  at = putBoolean(event.is_low_stock, buffer, at, view);
  buffer[at++] = 125;
  return at;
}

/** Writes {@link InventoryEvent} as JSON bytes, in column order. */
export const inventoryEventEncoder: RecordEncoder<InventoryEvent> = {
  encodeInto(event, buffer, offset) {
    // The encoder looks only at the columns, and takes each for what it finds.
    const wire = event as unknown as Wire;
    const most = mostBytesOf(wire);
    return offset + most <= buffer.length
      ? write(wire, buffer, offset)
      : encodeTight(write, wire, most, buffer, offset, members);
  },
};
