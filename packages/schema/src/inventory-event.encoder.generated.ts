// Emitted from ./inventory-event.ts by scripts/emit.ts. Change the type, then run `pnpm --filter @store/schema emit`.
// Generated from InventoryEvent by @store/glue-schema: change the type, not this file.
import { bytesOf, encodeTight, mostBytes, putBoolean, putBytes, putNumber, putScalar, putString, type RecordEncoder } from '@store/glue-schema';
import type { InventoryEvent } from './inventory-event.js';

// What the properties hold on their way to JSON, whatever their types promise at compile time.
interface Wire { readonly event_id: unknown; readonly event_type: unknown; readonly event_time: unknown; readonly sequence: unknown; readonly store_id: unknown; readonly store_name: unknown; readonly location: { readonly city: unknown; readonly region: unknown; readonly country: unknown; readonly latitude: unknown; readonly longitude: unknown; }; readonly product_id: unknown; readonly product_name: unknown; readonly category: unknown; readonly unit_price: unknown; readonly quantity_delta: unknown; readonly current_stock: unknown; readonly min_threshold: unknown; readonly on_order: unknown; readonly is_low_stock: unknown; }

const key0 = bytesOf(',"event_id":');
const key1 = bytesOf(',"event_type":');
const key2 = bytesOf(',"event_time":');
const key3 = bytesOf(',"sequence":');
const key4 = bytesOf(',"store_id":');
const key5 = bytesOf(',"store_name":');
const key6 = bytesOf(',"location":');
const key7 = bytesOf(',"city":');
const key8 = bytesOf(',"region":');
const key9 = bytesOf(',"country":');
const key10 = bytesOf(',"latitude":');
const key11 = bytesOf(',"longitude":');
const key12 = bytesOf(',"product_id":');
const key13 = bytesOf(',"product_name":');
const key14 = bytesOf(',"category":');
const key15 = bytesOf(',"unit_price":');
const key16 = bytesOf(',"quantity_delta":');
const key17 = bytesOf(',"current_stock":');
const key18 = bytesOf(',"min_threshold":');
const key19 = bytesOf(',"on_order":');
const key20 = bytesOf(',"is_low_stock":');

function mostBytesOf(event: Wire): number {
  return 286 + mostBytes(event.event_id) + mostBytes(event.event_type) + mostBytes(event.event_time) + mostBytes(event.sequence) + mostBytes(event.store_id) + mostBytes(event.store_name) + mostBytes(event.location.city) + mostBytes(event.location.region) + mostBytes(event.location.country) + mostBytes(event.location.latitude) + mostBytes(event.location.longitude) + mostBytes(event.product_id) + mostBytes(event.product_name) + mostBytes(event.category) + mostBytes(event.unit_price) + mostBytes(event.quantity_delta) + mostBytes(event.current_stock) + mostBytes(event.min_threshold) + mostBytes(event.on_order) + mostBytes(event.is_low_stock);
}

function write(event: Wire, buffer: Uint8Array, start: number): number {
  let at = start;
  at = putBytes(key0, buffer, at);
  at = putString(event.event_id, buffer, at);
  at = putBytes(key1, buffer, at);
  at = putString(event.event_type, buffer, at);
  at = putBytes(key2, buffer, at);
  at = putScalar(event.event_time, buffer, at);
  at = putBytes(key3, buffer, at);
  at = putNumber(event.sequence, buffer, at);
  at = putBytes(key4, buffer, at);
  at = putString(event.store_id, buffer, at);
  at = putBytes(key5, buffer, at);
  at = putString(event.store_name, buffer, at);
  at = putBytes(key6, buffer, at);
  const from7 = at;
  at = putBytes(key7, buffer, at);
  at = putString(event.location.city, buffer, at);
  at = putBytes(key8, buffer, at);
  at = putString(event.location.region, buffer, at);
  at = putBytes(key9, buffer, at);
  at = putString(event.location.country, buffer, at);
  at = putBytes(key10, buffer, at);
  at = putNumber(event.location.latitude, buffer, at);
  at = putBytes(key11, buffer, at);
  at = putNumber(event.location.longitude, buffer, at);
  buffer[from7] = 123;
  buffer[at++] = 125;
  at = putBytes(key12, buffer, at);
  at = putString(event.product_id, buffer, at);
  at = putBytes(key13, buffer, at);
  at = putString(event.product_name, buffer, at);
  at = putBytes(key14, buffer, at);
  at = putString(event.category, buffer, at);
  at = putBytes(key15, buffer, at);
  at = putScalar(event.unit_price, buffer, at);
  at = putBytes(key16, buffer, at);
  at = putNumber(event.quantity_delta, buffer, at);
  at = putBytes(key17, buffer, at);
  at = putNumber(event.current_stock, buffer, at);
  at = putBytes(key18, buffer, at);
  at = putNumber(event.min_threshold, buffer, at);
  at = putBytes(key19, buffer, at);
  at = putNumber(event.on_order, buffer, at);
  at = putBytes(key20, buffer, at);
  at = putBoolean(event.is_low_stock, buffer, at);
  buffer[start] = 123;
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
      : encodeTight(write, wire, most, buffer, offset);
  },
};
