import type { InventoryEvent, WorkshopEvent } from '@store/schema';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import { eventTypes, type EventBatch } from './event-batch.js';

/** Turns one event of a batch into an object. */
export type EventBuilder<E> = (batch: EventBatch, n: number) => E;

/** Identifier of an event: the world's fingerprint, the store and the store's sequence, all of fixed width. */
export function eventId(fingerprint: string, store: Store, sequence: number): string {
  return `${fingerprint}-${String(store.index + 1).padStart(6, '0')}-${String(sequence).padStart(10, '0')}`;
}

/** Builds full inventory events; keys come in the order of the interface, which is that of the columns. */
export function inventoryBuilder(
  fingerprint: string,
  stores: readonly Store[],
  products: readonly Product[],
): EventBuilder<InventoryEvent> {
  return (batch, n) => {
    const store = stores[batch.store[n] ?? 0];
    const product = products[batch.product[n] ?? 0];
    const type = eventTypes[batch.type[n] ?? 0];
    if (store === undefined || product === undefined || type === undefined) {
      throw new RangeError(`The batch has no event ${n}.`);
    }
    const sequence = batch.sequence[n] ?? 0;
    const stock = batch.currentStock[n] ?? 0;
    const threshold = batch.minThreshold[n] ?? 0;
    return {
      event_id: eventId(fingerprint, store, sequence),
      event_type: type,
      event_time: new Date(batch.time[n] ?? 0).toISOString(),
      sequence,
      store_id: store.store_id,
      store_name: store.store_name,
      location: { ...store.location },
      product_id: product.product_id,
      product_name: product.product_name,
      category: product.category,
      unit_price: (batch.unitPriceCents[n] ?? 0) / 100,
      quantity_delta: batch.quantityDelta[n] ?? 0,
      current_stock: stock,
      min_threshold: threshold,
      on_order: batch.onOrder[n] ?? 0,
      is_low_stock: stock < threshold,
    };
  };
}

/** Builds the workshop's nine fields. */
export function workshopBuilder(
  stores: readonly Store[],
  products: readonly Product[],
): EventBuilder<WorkshopEvent> {
  return (batch, n) => {
    const stock = batch.currentStock[n] ?? 0;
    const threshold = batch.minThreshold[n] ?? 0;
    const low = stock < threshold;
    const ordered = (batch.onOrder[n] ?? 0) > 0;
    return {
      store_id: stores[batch.store[n] ?? 0]?.store_id ?? '',
      product_id: products[batch.product[n] ?? 0]?.product_id ?? '',
      product_name: products[batch.product[n] ?? 0]?.product_name ?? '',
      current_stock: stock,
      threshold_level: threshold,
      is_stock_low: low,
      check_timestamp: Math.floor((batch.time[n] ?? 0) / 1000),
      notification_sent: low && ordered,
      restock_status: ordered ? 'ORDERED' : low ? 'NEEDED' : 'NOT_NEEDED',
    };
  };
}
