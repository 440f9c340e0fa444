import {
  eventTypes,
  invalidOption
} from "../chunk-RECR2M4S.js";

// src/parquet/index.ts
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBTimestampMillisecondsValue,
  INTEGER,
  TIMESTAMP_MS,
  VARCHAR
} from "@duckdb/node-api";
import { checkArgument, checkOptions, having, required, text, wholeNumber } from "@store/foundation";
var ROWS = 2048;
async function writeParquet(path, world, options = {}) {
  checkArgument("path", path, required(text("a path")), invalidOption);
  checkArgument("world", world, required(having("batches")), invalidOption);
  checkOptions(options, { maxEvents: wholeNumber(1) }, invalidOption);
  const columns = columnsOf(world);
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const connection = await instance.connect();
    try {
      const fields = columns.map(({ name, type }) => `"${name}" ${type.toString()}`);
      await connection.run(`create table events (${fields.join(", ")})`);
      const events = await append(connection, world, columns, options.maxEvents);
      const file = path.replaceAll("'", "''");
      await connection.run(`copy events to '${file}' (format parquet, compression zstd)`);
      return events;
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}
async function append(connection, world, columns, most) {
  const appender = await connection.createAppender("events");
  const chunk = DuckDBDataChunk.create(columns.map(({ type }) => type));
  const end = most === void 0 ? {} : { totalEvents: most };
  let events = 0;
  for (const batch of world.batches({ maxEvents: ROWS, lend: true, ...end })) {
    chunk.rowCount = batch.length;
    for (const [c, { valueAt }] of columns.entries()) {
      chunk.setColumnValues(
        c,
        Array.from({ length: batch.length }, (_, n) => valueAt(batch, n))
      );
    }
    appender.appendDataChunk(chunk);
    events += batch.length;
  }
  appender.closeSync();
  return events;
}
function columnsOf({
  stores,
  products,
  extraColumns
}) {
  const whole = (name, pick) => ({
    name,
    type: INTEGER,
    valueAt: (batch, n) => pick(batch)[n] ?? 0
  });
  return [
    {
      name: "event_time",
      type: TIMESTAMP_MS,
      valueAt: ({ time }, n) => new DuckDBTimestampMillisecondsValue(BigInt(time[n] ?? 0))
    },
    { name: "sequence", type: BIGINT, valueAt: ({ sequence }, n) => BigInt(sequence[n] ?? 0) },
    { name: "store_id", type: VARCHAR, valueAt: ({ store }, n) => stores[store[n] ?? -1]?.store_id ?? null },
    {
      name: "product_id",
      type: VARCHAR,
      valueAt: ({ product }, n) => products[product[n] ?? -1]?.product_id ?? null
    },
    { name: "event_type", type: VARCHAR, valueAt: ({ type }, n) => eventTypes[type[n] ?? -1] ?? null },
    whole("quantity_delta", ({ quantityDelta }) => quantityDelta),
    whole("current_stock", ({ currentStock }) => currentStock),
    whole("min_threshold", ({ minThreshold }) => minThreshold),
    whole("on_order", ({ onOrder }) => onOrder),
    { name: "unit_price", type: DOUBLE, valueAt: ({ unitPriceCents }, n) => (unitPriceCents[n] ?? 0) / 100 },
    ...extraColumns.map(extraColumn)
  ];
}
var types = {
  boolean: BOOLEAN,
  int: INTEGER,
  bigint: BIGINT,
  double: DOUBLE
};
function extraColumn({ name, by, values, column }) {
  const valueOf = (value) => column.Type === "bigint" && value !== null ? BigInt(Number(value)) : value;
  const all = values.map(valueOf);
  return {
    name,
    type: types[column.Type] ?? VARCHAR,
    valueAt: ({ store, product }, n) => all[by === "world" ? 0 : (by === "store" ? store[n] : product[n]) ?? 0] ?? null
  };
}
export {
  writeParquet
};
//# sourceMappingURL=index.js.map