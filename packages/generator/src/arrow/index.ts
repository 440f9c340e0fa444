import { checkArgument, having, satisfying } from '@store/foundation';
import {
  Bool,
  Dictionary,
  Float64,
  Int32,
  Int64,
  makeData,
  makeVector,
  Table,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
  type DataType,
  type Vector,
} from 'apache-arrow';
import { invalidOption } from '../errors.js';
import { EventBatch, eventTypes } from '../output/event-batch.js';
import type { ExtraValues } from '../own/extra-values.js';
import type { World } from '../world/world.js';

/** What `toArrow` looks up names in: a world. */
export type ArrowWorld = Pick<World, 'stores' | 'products' | 'extraColumns'>;

const aWorld = satisfying(
  'a world',
  (value) => having('batches').problem(value, '') === undefined || hasLists(value),
);
const aBatch = satisfying('a batch of a world', (value) => value instanceof EventBatch);

function hasLists(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['stores', 'products', 'extraColumns'].every((name) => Array.isArray(Reflect.get(value, name)))
  );
}

/**
 * Returns an Arrow table of a batch: `event_time`, `sequence`, `store_id`, `product_id`, `event_type`, `quantity_delta`,
 * `current_stock`, `min_threshold`, `on_order`, `unit_price` and the declared extra columns, named as in the events. Names
 * are dictionaries. Whole numbers are the batch's own memory, without a copy: of a batch that was read with `lend`, copy the table
 * (`tableToIPC`) before the next batch, or be done with it by then.
 *
 * @example
 * ```ts
 * import { createWorld } from '@store/generator';
 * import { toArrow } from '@store/generator/arrow';
 * import { tableToIPC } from 'apache-arrow';
 *
 * const world = createWorld({ seed: 7, stores: 2, products: 40 });
 * for (const batch of world.batches()) console.log(tableToIPC(toArrow(world, batch)).length);
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function toArrow(world: ArrowWorld, batch: EventBatch): Table {
  checkArgument('world', world, aWorld, invalidOption);
  checkArgument('batch', batch, aBatch, invalidOption);
  const { length } = batch;
  const numbers = (column: Int32Array): Vector<Int32> => makeVector(column.subarray(0, length));
  const names = (list: readonly string[], positions: ArrayLike<number>): Vector =>
    named(list, new Utf8(), Int32Array.from(positions).subarray(0, length));
  return new Table({
    // Arrow keeps times as 64-bit integers, and prices are hundredths: these columns are computed.
    event_time: makeVector(
      makeData({
        type: new TimestampMillisecond(),
        data: BigInt64Array.from(batch.time.subarray(0, length), (ms) => BigInt(ms)),
      }),
    ),
    sequence: makeVector(batch.sequence.subarray(0, length)),
    store_id: names(
      world.stores.map(({ store_id }) => store_id),
      batch.store,
    ),
    product_id: names(
      world.products.map(({ product_id }) => product_id),
      batch.product,
    ),
    event_type: names(eventTypes, batch.type),
    quantity_delta: numbers(batch.quantityDelta),
    current_stock: numbers(batch.currentStock),
    min_threshold: numbers(batch.minThreshold),
    on_order: numbers(batch.onOrder),
    unit_price: makeVector(
      Float64Array.from(batch.unitPriceCents.subarray(0, length), (cents) => cents / 100),
    ),
    ...Object.fromEntries(world.extraColumns.map((column) => [column.name, extraVector(column, batch)])),
  });
}

/** Values that a column of positions points into. */
function named(values: readonly unknown[], type: DataType, positions: Int32Array): Vector {
  return makeVector(
    makeData({
      type: new Dictionary(type, new Int32()),
      data: positions,
      dictionary: vectorFromArray(values, type),
    }),
  );
}

function extraVector({ by, values, column }: ExtraValues, { store, product, length }: EventBatch): Vector {
  const positions = by === 'world' ? new Int32Array(length) : by === 'store' ? store : product;
  const isLong = column.Type === 'bigint';
  const given = isLong ? values.map((value) => (value === null ? null : BigInt(Number(value)))) : values;
  return named(given, arrowType(column.Type), positions.slice(0, length));
}

function arrowType(type: string): DataType {
  switch (type) {
    case 'boolean':
      return new Bool();
    case 'int':
      return new Int32();
    case 'bigint':
      return new Int64();
    case 'double':
      return new Float64();
    default:
      return new Utf8();
  }
}
