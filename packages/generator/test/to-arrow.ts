import { eventTypes, type EventBatch, type World } from '@store/generator';
import {
  Dictionary,
  makeData,
  makeVector,
  Table,
  Int32,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { Vector } from 'apache-arrow';

/** Names that a column of positions points into. */
function named(names: readonly string[], positions: ArrayLike<number>): Vector<Dictionary<Utf8, Int32>> {
  return makeVector(
    makeData({
      type: new Dictionary(new Utf8(), new Int32()),
      data: Int32Array.from(positions),
      dictionary: vectorFromArray(names, new Utf8()),
    }),
  );
}

/**
 * An Arrow table of a batch. Numbers are the batch's own memory, lent like it: copy the table (`tableToIPC`) before
 * the next batch, or ask for the next one only when this one is done with.
 */
export function toArrow(world: Pick<World, 'stores' | 'products'>, batch: EventBatch): Table {
  const { length } = batch;
  const numbers = (column: Int32Array): Vector<Int32> => makeVector(column.subarray(0, length));
  return new Table({
    // Arrow keeps times as 64-bit integers: this column alone is converted.
    event_time: makeVector(
      makeData({
        type: new TimestampMillisecond(),
        data: BigInt64Array.from(batch.time.subarray(0, length), (ms) => BigInt(ms)),
      }),
    ),
    sequence: makeVector(batch.sequence.subarray(0, length)),
    store_id: named(
      world.stores.map(({ store_id }) => store_id),
      batch.store.subarray(0, length),
    ),
    product_id: named(
      world.products.map(({ product_id }) => product_id),
      batch.product.subarray(0, length),
    ),
    event_type: named(eventTypes, batch.type.subarray(0, length)),
    quantity_delta: numbers(batch.quantityDelta),
    current_stock: numbers(batch.currentStock),
    min_threshold: numbers(batch.minThreshold),
    on_order: numbers(batch.onOrder),
    unit_price_cents: numbers(batch.unitPriceCents),
  });
}
