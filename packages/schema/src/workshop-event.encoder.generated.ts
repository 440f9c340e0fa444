// Emitted from ./workshop-event.ts by scripts/emit.ts. Change the type, then run `pnpm --filter @store/schema emit`.
// Generated from WorkshopEvent by @store/glue-schema: change the type, not this file.
import { bytesOf, encodeTight, mostBytes, putBoolean, putBytes, putNumber, putScalar, putString, type RecordEncoder } from '@store/glue-schema';
import type { WorkshopEvent } from './workshop-event.js';

// What the properties hold on their way to JSON, whatever their types promise at compile time.
interface Wire { readonly store_id: unknown; readonly product_id: unknown; readonly product_name: unknown; readonly current_stock: unknown; readonly threshold_level: unknown; readonly is_stock_low: unknown; readonly check_timestamp: unknown; readonly notification_sent: unknown; readonly restock_status: unknown; }

const key0 = bytesOf(',"store_id":');
const key1 = bytesOf(',"product_id":');
const key2 = bytesOf(',"product_name":');
const key3 = bytesOf(',"current_stock":');
const key4 = bytesOf(',"threshold_level":');
const key5 = bytesOf(',"is_stock_low":');
const key6 = bytesOf(',"check_timestamp":');
const key7 = bytesOf(',"notification_sent":');
const key8 = bytesOf(',"restock_status":');

function mostBytesOf(event: Wire): number {
  return 156 + mostBytes(event.store_id) + mostBytes(event.product_id) + mostBytes(event.product_name) + mostBytes(event.current_stock) + mostBytes(event.threshold_level) + mostBytes(event.is_stock_low) + mostBytes(event.check_timestamp) + mostBytes(event.notification_sent) + mostBytes(event.restock_status);
}

function write(event: Wire, buffer: Uint8Array, start: number): number {
  let at = start;
  at = putBytes(key0, buffer, at);
  at = putString(event.store_id, buffer, at);
  at = putBytes(key1, buffer, at);
  at = putString(event.product_id, buffer, at);
  at = putBytes(key2, buffer, at);
  at = putString(event.product_name, buffer, at);
  at = putBytes(key3, buffer, at);
  at = putNumber(event.current_stock, buffer, at);
  at = putBytes(key4, buffer, at);
  at = putNumber(event.threshold_level, buffer, at);
  at = putBytes(key5, buffer, at);
  at = putBoolean(event.is_stock_low, buffer, at);
  at = putBytes(key6, buffer, at);
  at = putScalar(event.check_timestamp, buffer, at);
  at = putBytes(key7, buffer, at);
  at = putBoolean(event.notification_sent, buffer, at);
  at = putBytes(key8, buffer, at);
  at = putString(event.restock_status, buffer, at);
  buffer[start] = 123;
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
      : encodeTight(write, wire, most, buffer, offset);
  },
};
