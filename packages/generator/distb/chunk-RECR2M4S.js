// src/output/event-batch.ts
var eventTypes = Object.freeze([
  "sale",
  "restock",
  "return",
  "shrinkage",
  "stock_count",
  "adjustment",
  "order_placed",
  "price_change"
]);
var EventBatch = class {
  /** Events in the batch now. */
  length = 0;
  /** Milliseconds since 1970. */
  time;
  /** Number of the event within its store, rising by one. */
  sequence;
  /** Position in `world.stores`. */
  store;
  /** Position in `world.products`. */
  product;
  /** Position in `eventTypes`. */
  type;
  /** Signed change of the stock on hand, units. */
  quantityDelta;
  /** Stock on hand after the event, units. */
  currentStock;
  /** Reorder point, units. */
  minThreshold;
  /** Units ordered and not yet delivered. */
  onOrder;
  /** Selling price of one unit, hundredths of the store's currency. */
  unitPriceCents;
  /** 0, or the fault that chaos gives to the event's line: 1 corrupt, 2 drifted. */
  fault;
  /** @param capacity - events the arrays can hold */
  constructor(capacity) {
    this.time = new Float64Array(capacity);
    this.sequence = new Float64Array(capacity);
    this.store = new Int32Array(capacity);
    this.product = new Int32Array(capacity);
    this.type = new Uint8Array(capacity);
    this.quantityDelta = new Int32Array(capacity);
    this.currentStock = new Int32Array(capacity);
    this.minThreshold = new Int32Array(capacity);
    this.onOrder = new Int32Array(capacity);
    this.unitPriceCents = new Int32Array(capacity);
    this.fault = new Uint8Array(capacity);
  }
  /** Events the arrays can hold. */
  get capacity() {
    return this.time.length;
  }
};
function columnsOf(batch) {
  return [
    batch.time,
    batch.sequence,
    batch.store,
    batch.product,
    batch.type,
    batch.quantityDelta,
    batch.currentStock,
    batch.minThreshold,
    batch.onOrder,
    batch.unitPriceCents,
    batch.fault
  ];
}
function copyOfBatch(batch) {
  const copy = new EventBatch(batch.length);
  copy.length = batch.length;
  const from = columnsOf(batch);
  for (const [c, column] of columnsOf(copy).entries()) column.set(from[c]?.subarray(0, batch.length) ?? []);
  return copy;
}

// src/errors.ts
import { CodedError, shown } from "@store/foundation";
var WorldError = class extends CodedError {
  /** The class's name, as logs show it. */
  name = "WorldError";
  /** The option or argument that is wrong, with dots for nested ones: `shard.index`. */
  option;
  /** What was given. */
  value;
  /** What would have been accepted. */
  allowed;
  /** Store, day and product of a `POLICY_FAILED`. */
  place;
  /** Of an `INVALID_HISTORY`: the row that is wrong, from 1; `option` is its column. */
  row;
  constructor(code, option, value, allowed, message = `Expected \`${option}\` to be ${allowed}, got ${shown(value)}.`, { place, row, ...rest } = {}) {
    super(code, message, rest);
    this.option = option;
    this.value = value;
    this.allowed = allowed;
    if (place !== void 0) this.place = place;
    if (row !== void 0) this.row = row;
  }
};
function invalidOption({ path, value, expected, message }) {
  return new WorldError("INVALID_OPTION", path, value, expected, message);
}
function wrong(path, value, message) {
  return invalidOption({ path, value, expected: message, message: `${path}: ${message}` });
}

export {
  eventTypes,
  EventBatch,
  columnsOf,
  copyOfBatch,
  WorldError,
  invalidOption,
  wrong
};
//# sourceMappingURL=chunk-RECR2M4S.js.map