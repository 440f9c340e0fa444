// Emitted from ./restock-request.ts by scripts/emit.ts. Change the type, then run `pnpm --filter @store/schema emit`.
// Generated from RestockRequest by @store/glue-schema: change the type, not this file.
import { bytesOf, encodeTight, mostBytes, putBytes, putNumber, putScalar, putString, type RecordEncoder } from '@store/glue-schema';
import type { RestockRequest } from './restock-request.js';

// What the properties hold on their way to JSON, whatever their types promise at compile time.
interface Wire { readonly request_id: unknown; readonly episode_sequence: unknown; readonly episode_started_at: unknown; readonly store_id: unknown; readonly store_name: unknown; readonly city: unknown; readonly country: unknown; readonly product_id: unknown; readonly product_name: unknown; readonly category: unknown; readonly current_stock: unknown; readonly min_threshold: unknown; readonly on_order: unknown; readonly quantity: unknown; }

const key0 = bytesOf(',"request_id":');
const key1 = bytesOf(',"episode_sequence":');
const key2 = bytesOf(',"episode_started_at":');
const key3 = bytesOf(',"store_id":');
const key4 = bytesOf(',"store_name":');
const key5 = bytesOf(',"city":');
const key6 = bytesOf(',"country":');
const key7 = bytesOf(',"product_id":');
const key8 = bytesOf(',"product_name":');
const key9 = bytesOf(',"category":');
const key10 = bytesOf(',"current_stock":');
const key11 = bytesOf(',"min_threshold":');
const key12 = bytesOf(',"on_order":');
const key13 = bytesOf(',"quantity":');

function mostBytesOf(event: Wire): number {
  return 205 + mostBytes(event.request_id) + mostBytes(event.episode_sequence) + mostBytes(event.episode_started_at) + mostBytes(event.store_id) + mostBytes(event.store_name) + mostBytes(event.city) + mostBytes(event.country) + mostBytes(event.product_id) + mostBytes(event.product_name) + mostBytes(event.category) + mostBytes(event.current_stock) + mostBytes(event.min_threshold) + mostBytes(event.on_order) + mostBytes(event.quantity);
}

function write(event: Wire, buffer: Uint8Array, start: number): number {
  let at = start;
  at = putBytes(key0, buffer, at);
  at = putString(event.request_id, buffer, at);
  at = putBytes(key1, buffer, at);
  at = putNumber(event.episode_sequence, buffer, at);
  at = putBytes(key2, buffer, at);
  at = putScalar(event.episode_started_at, buffer, at);
  at = putBytes(key3, buffer, at);
  at = putString(event.store_id, buffer, at);
  at = putBytes(key4, buffer, at);
  at = putString(event.store_name, buffer, at);
  at = putBytes(key5, buffer, at);
  at = putString(event.city, buffer, at);
  at = putBytes(key6, buffer, at);
  at = putString(event.country, buffer, at);
  at = putBytes(key7, buffer, at);
  at = putString(event.product_id, buffer, at);
  at = putBytes(key8, buffer, at);
  at = putString(event.product_name, buffer, at);
  at = putBytes(key9, buffer, at);
  at = putString(event.category, buffer, at);
  at = putBytes(key10, buffer, at);
  at = putNumber(event.current_stock, buffer, at);
  at = putBytes(key11, buffer, at);
  at = putNumber(event.min_threshold, buffer, at);
  at = putBytes(key12, buffer, at);
  at = putNumber(event.on_order, buffer, at);
  at = putBytes(key13, buffer, at);
  at = putNumber(event.quantity, buffer, at);
  buffer[start] = 123;
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
      : encodeTight(write, wire, most, buffer, offset);
  },
};
