import { callback, listOf, required, satisfying, text, type OptionRules } from '@store/foundation';
import {
  inventoryEventColumnEncoder,
  inventoryEventColumns,
  workshopEventColumnEncoder,
  workshopEventColumns,
  type GlueColumn,
  type InventoryEvent,
  type InventoryEventColumns,
  type RowBuffer,
  type WorkshopEvent,
} from '@store/schema';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import { eventId, eventIdPrefix } from '../world/identity.js';
import { eventTypes, type EventBatch } from './event-batch.js';

/** What a format knows of the world whose events it writes. */
export interface FormatWorld {
  /** Eight hexadecimal digits that set the world apart from others. */
  readonly fingerprint: string;
  /** The world's stores, at the positions that `EventBatch.store` holds. */
  readonly stores: readonly Store[];
  /** The world's products, at the positions that `EventBatch.product` holds. */
  readonly products: readonly Product[];
}

/** Writes events of a batch as lines of JSON. */
export interface BatchEncoder {
  /** More than any line takes: a buffer with less room left is full. */
  readonly rowBytes: number;
  /** Whether it lets the buffer's `ending` write further columns, given places in the batch as rows. @defaultValue false */
  readonly takesEnding?: boolean;
  /**
   * Writes events `from` up to `to`, not included, behind what the buffer holds, while another line is sure to fit.
   * Returns the first event that it did not write.
   */
  encode(batch: EventBatch, from: number, to: number, buffer: RowBuffer): number;
}

/** How a world's events look: the type of their objects, their columns and their bytes. */
export interface EventFormat<E> {
  /** Its name, part of what sets one world apart from another. */
  readonly name: string;
  /** Columns of the table that the events fill, as Glue takes them. */
  readonly columns: readonly GlueColumn[];
  /** Builds the object of event `n` of a batch; its keys come in the order of the columns. */
  readonly eventAt: (world: FormatWorld, batch: EventBatch, n: number) => E;
  /** Opens what writes the bytes: those of `JSON.stringify` of the object. */
  readonly encoder: (world: FormatWorld) => BatchEncoder;
}

/** What a format of one's own must have, for `checkOptions`. */
export const formatRules: OptionRules<EventFormat<unknown>> = {
  name: required(text()),
  columns: required(
    listOf(satisfying('a Glue column', (value) => typeof value === 'object' && value !== null)),
  ),
  eventAt: required(callback()),
  encoder: required(callback()),
};

const frozenColumns = (columns: readonly GlueColumn[]): readonly GlueColumn[] =>
  Object.freeze(columns.map((column) => Object.freeze({ ...column })));

/** Full inventory events. */
export const inventoryFormat: EventFormat<InventoryEvent> = Object.freeze({
  name: 'inventory',
  columns: frozenColumns(inventoryEventColumns),
  eventAt: inventoryEventAt,
  encoder: inventoryEncoder,
});

function inventoryEventAt(world: FormatWorld, batch: EventBatch, n: number): InventoryEvent {
  const { store, product } = placeOf(world, batch, n);
  const type = eventTypes[batch.type[n] ?? 0];
  if (type === undefined) throw new RangeError(`The batch has no event ${n}.`);
  const sequence = batch.sequence[n] ?? 0;
  const stock = batch.currentStock[n] ?? 0;
  const threshold = batch.minThreshold[n] ?? 0;
  return {
    event_id: eventId(world.fingerprint, store, sequence),
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
}

function inventoryEncoder({ fingerprint, stores, products }: FormatWorld): BatchEncoder {
  const rows = inventoryEventColumnEncoder({
    event_id: stores.map((store) => ({ event_id: eventIdPrefix(fingerprint, store) })),
    event_type: eventTypes.map((type) => ({ event_type: type })),
    store: stores,
    product: products,
  });
  // One object for each batch, which is written in several parts.
  let columns: { readonly of: EventBatch; readonly arrays: InventoryEventColumns } | undefined;
  return {
    rowBytes: rows.rowBytes,
    takesEnding: true,
    encode(batch, from, to, buffer) {
      if (columns?.of !== batch) columns = { of: batch, arrays: arraysOf(batch) };
      return rows.encode(columns.arrays, from, to, buffer);
    },
  };
}

const arraysOf = (batch: EventBatch): InventoryEventColumns => ({
  event_id: batch.store,
  event_type: batch.type,
  event_time: batch.time,
  sequence: batch.sequence,
  store: batch.store,
  product: batch.product,
  unit_price: batch.unitPriceCents,
  quantity_delta: batch.quantityDelta,
  current_stock: batch.currentStock,
  min_threshold: batch.minThreshold,
  on_order: batch.onOrder,
});

/** The workshop's nine fields. */
export const workshopFormat: EventFormat<WorkshopEvent> = Object.freeze({
  name: 'workshop',
  columns: frozenColumns(workshopEventColumns),
  eventAt: workshopEventAt,
  encoder: workshopEncoder,
});

const restockStatuses = ['NOT_NEEDED', 'NEEDED', 'ORDERED'] as const;

/** Position of a status: what is on order counts before what is needed. */
function statusOf(low: boolean, onOrder: number): 0 | 1 | 2 {
  return onOrder > 0 ? 2 : low ? 1 : 0;
}

function workshopEventAt(world: FormatWorld, batch: EventBatch, n: number): WorkshopEvent {
  const { store, product } = placeOf(world, batch, n);
  const stock = batch.currentStock[n] ?? 0;
  const threshold = batch.minThreshold[n] ?? 0;
  const low = stock < threshold;
  const onOrder = batch.onOrder[n] ?? 0;
  return {
    store_id: store.store_id,
    product_id: product.product_id,
    product_name: product.product_name,
    current_stock: stock,
    threshold_level: threshold,
    is_stock_low: low,
    check_timestamp: Math.floor((batch.time[n] ?? 0) / 1000),
    notification_sent: low && onOrder > 0,
    restock_status: restockStatuses[statusOf(low, onOrder)],
  };
}

/** Events whose derived columns are made at a time. */
const AT_ONCE = 256;

function workshopEncoder({ stores, products }: FormatWorld): BatchEncoder {
  const rows = workshopEventColumnEncoder({
    store_id: stores,
    product: products,
    restock_status: restockStatuses.map((status) => ({ restock_status: status })),
  });
  const seconds = new Float64Array(AT_ONCE);
  const notified = new Uint8Array(AT_ONCE);
  const status = new Uint8Array(AT_ONCE);
  return {
    rowBytes: rows.rowBytes,
    encode(batch, from, to, buffer) {
      const count = Math.min(to - from, AT_ONCE);
      for (let k = 0, n = from; k < count; k++, n++) {
        const low = (batch.currentStock[n] ?? 0) < (batch.minThreshold[n] ?? 0);
        const onOrder = batch.onOrder[n] ?? 0;
        seconds[k] = Math.floor((batch.time[n] ?? 0) / 1000);
        notified[k] = low && onOrder > 0 ? 1 : 0;
        status[k] = statusOf(low, onOrder);
      }
      const columns = {
        store_id: batch.store.subarray(from, from + count),
        product: batch.product.subarray(from, from + count),
        current_stock: batch.currentStock.subarray(from, from + count),
        threshold_level: batch.minThreshold.subarray(from, from + count),
        check_timestamp: seconds,
        notification_sent: notified,
        restock_status: status,
      };
      return from + rows.encode(columns, 0, count, buffer);
    },
  };
}

function placeOf(
  { stores, products }: FormatWorld,
  batch: EventBatch,
  n: number,
): { readonly store: Store; readonly product: Product } {
  const store = stores[batch.store[n] ?? -1];
  const product = products[batch.product[n] ?? -1];
  if (store === undefined || product === undefined) throw new RangeError(`The batch has no event ${n}.`);
  return { store, product };
}
