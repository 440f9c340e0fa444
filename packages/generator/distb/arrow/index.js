import {
  EventBatch,
  eventTypes,
  invalidOption
} from "../chunk-RECR2M4S.js";

// src/arrow/index.ts
import { checkArgument, having, satisfying } from "@store/foundation";
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
  vectorFromArray
} from "apache-arrow";
var aWorld = satisfying(
  "a world",
  (value) => having("batches").problem(value, "") === void 0 || hasLists(value)
);
var aBatch = satisfying("a batch of a world", (value) => value instanceof EventBatch);
function hasLists(value) {
  return typeof value === "object" && value !== null && ["stores", "products", "extraColumns"].every((name) => Array.isArray(Reflect.get(value, name)));
}
function toArrow(world, batch) {
  checkArgument("world", world, aWorld, invalidOption);
  checkArgument("batch", batch, aBatch, invalidOption);
  const { length } = batch;
  const numbers = (column) => makeVector(column.subarray(0, length));
  const names = (list, positions) => named(list, new Utf8(), Int32Array.from(positions).subarray(0, length));
  return new Table({
    // Arrow keeps times as 64-bit integers, and prices are hundredths: these columns are computed.
    event_time: makeVector(
      makeData({
        type: new TimestampMillisecond(),
        data: BigInt64Array.from(batch.time.subarray(0, length), (ms) => BigInt(ms))
      })
    ),
    sequence: makeVector(batch.sequence.subarray(0, length)),
    store_id: names(
      world.stores.map(({ store_id }) => store_id),
      batch.store
    ),
    product_id: names(
      world.products.map(({ product_id }) => product_id),
      batch.product
    ),
    event_type: names(eventTypes, batch.type),
    quantity_delta: numbers(batch.quantityDelta),
    current_stock: numbers(batch.currentStock),
    min_threshold: numbers(batch.minThreshold),
    on_order: numbers(batch.onOrder),
    unit_price: makeVector(
      Float64Array.from(batch.unitPriceCents.subarray(0, length), (cents) => cents / 100)
    ),
    ...Object.fromEntries(world.extraColumns.map((column) => [column.name, extraVector(column, batch)]))
  });
}
function named(values, type, positions) {
  return makeVector(
    makeData({
      type: new Dictionary(type, new Int32()),
      data: positions,
      dictionary: vectorFromArray(values, type)
    })
  );
}
function extraVector({ by, values, column }, { store, product, length }) {
  const positions = by === "world" ? new Int32Array(length) : by === "store" ? store : product;
  const isLong = column.Type === "bigint";
  const given = isLong ? values.map((value) => value === null ? null : BigInt(Number(value))) : values;
  return named(given, arrowType(column.Type), positions.slice(0, length));
}
function arrowType(type) {
  switch (type) {
    case "boolean":
      return new Bool();
    case "int":
      return new Int32();
    case "bigint":
      return new Int64();
    case "double":
      return new Float64();
    default:
      return new Utf8();
  }
}
export {
  toArrow
};
//# sourceMappingURL=index.js.map