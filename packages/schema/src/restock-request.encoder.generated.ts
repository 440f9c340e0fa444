// Emitted from ./restock-request.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
// Generated from RestockRequest by @store/glue-schema: change the type, not this file.
import {
  type RecordEncoder,
  encodeTight,
  hasToJson,
  putNumber,
  putScalar,
  putString,
  sizeOfScalar,
  viewOf,
} from '@store/glue-schema/runtime';
import type { RestockRequest } from './restock-request.js';

// What the properties hold on their way to JSON, whatever their types promise at compile time.
interface Wire { readonly request_id: unknown; readonly episode_sequence: unknown; readonly episode_started_at: unknown; readonly store_id: unknown; readonly store_name: unknown; readonly city: unknown; readonly country: unknown; readonly product_id: unknown; readonly product_name: unknown; readonly category: unknown; readonly current_stock: unknown; readonly min_threshold: unknown; readonly on_order: unknown; readonly quantity: unknown; }

const members = { request_id: null, episode_sequence: null, episode_started_at: null, store_id: null, store_name: null, city: null, country: null, product_id: null, product_name: null, category: null, current_stock: null, min_threshold: null, on_order: null, quantity: null };

// NaN where a value says itself what its JSON is, or is not what its column says.
function mostBytesOf(event: Wire): number {
  if (hasToJson(event) || typeof event.request_id !== 'string' || typeof event.store_id !== 'string' || typeof event.store_name !== 'string' || typeof event.city !== 'string' || typeof event.country !== 'string' || typeof event.product_id !== 'string' || typeof event.product_name !== 'string' || typeof event.category !== 'string' || typeof event.current_stock !== 'number' || typeof event.min_threshold !== 'number' || typeof event.on_order !== 'number' || typeof event.quantity !== 'number') return NaN;
  return 553 + 6 * (event.request_id.length + event.store_id.length + event.store_name.length + event.city.length + event.country.length + event.product_id.length + event.product_name.length + event.category.length) + sizeOfScalar(event.episode_sequence) + sizeOfScalar(event.episode_started_at);
}

function write(event: Wire, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
  // "{\"request_id\":"
  view.setFloat64(at, 7.501897094091862e+247, true);
  view.setUint32(at + 8, 1684627316, true);
  buffer[at + 12] = 34;
  buffer[at + 13] = 58;
  at += 14;
  at = putString(event.request_id, buffer, at, view);
  // ",\"episode_sequence\":"
  view.setFloat64(at, 6.222996657952029e+175, true);
  view.setFloat64(at + 8, 6.205423833684035e+223, true);
  view.setUint32(at + 16, 975332707, true);
  at += 20;
  at = putScalar(event.episode_sequence, buffer, at, view);
  // ",\"episode_started_at\":"
  view.setFloat64(at, 6.222996657952029e+175, true);
  view.setFloat64(at + 8, 5.302769564981787e+180, true);
  view.setUint32(at + 16, 1952538468, true);
  buffer[at + 20] = 34;
  buffer[at + 21] = 58;
  at += 22;
  at = putScalar(event.episode_started_at, buffer, at, view);
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
  // ",\"city\":"
  view.setFloat64(at, 1.1659006068564385e-28, true);
  at += 8;
  at = putString(event.city, buffer, at, view);
  // ",\"country\":"
  view.setFloat64(at, 2.1797983942574774e+243, true);
  buffer[at + 8] = 121;
  buffer[at + 9] = 34;
  buffer[at + 10] = 58;
  at += 11;
  at = putString(event.country, buffer, at, view);
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
  // ",\"quantity\":"
  view.setFloat64(at, 9.774408230265444e+199, true);
  view.setUint32(at + 8, 975337844, true);
  at += 12;
  at = putNumber(event.quantity, buffer, at);
  buffer[at++] = 125;
  return at;
}

/** Writes {@link RestockRequest} as JSON bytes, in column order. */
export const restockRequestEncoder: RecordEncoder<RestockRequest> = {
  encodeInto(event, buffer, offset) {
    // The encoder looks only at the columns, and takes each for what it finds.
    const wire = event as unknown as Wire;
    const most = mostBytesOf(wire);
    return offset + most <= buffer.length
      ? write(wire, buffer, offset)
      : encodeTight(write, wire, most, buffer, offset, members);
  },
};
