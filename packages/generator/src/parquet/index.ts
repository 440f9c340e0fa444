import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBTimestampMillisecondsValue,
  INTEGER,
  TIMESTAMP_MS,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { checkArgument, checkOptions, having, required, text, wholeNumber } from '@store/foundation';
import { invalidOption } from '../errors.js';
import { eventTypes, type EventBatch } from '../output/event-batch.js';
import type { ExtraValue, ExtraValues } from '../own/extra-values.js';
import type { World } from '../world/world.js';

/** How a Parquet file is written. */
export interface ParquetOptions {
  /** Ends after this many events; the next reading continues behind them. @defaultValue to the world's end */
  readonly maxEvents?: number;
}

/** Rows of a vector of DuckDB. */
const ROWS = 2048;

/** A column of the file: its name, type and value for event `n` of a batch. */
interface FileColumn {
  readonly name: string;
  readonly type: DuckDBType;
  readonly valueAt: (batch: EventBatch, n: number) => DuckDBValue;
}

/**
 * Writes the events from where a world stands to a Parquet file and returns how many they are: `event_time`, `sequence`,
 * `store_id`, `product_id`, `event_type`, `quantity_delta`, `current_stock`, `min_threshold`, `on_order`, `unit_price` and
 * the declared extra columns, named as in the events. DuckDB (`@duckdb/node-api`) writes it, with zstd, and holds
 * the columns in memory until then: some 60 bytes an event. A file of that name is replaced.
 *
 * @example
 * ```ts
 * import { createWorld } from '@store/generator';
 * import { writeParquet } from '@store/generator/parquet';
 *
 * const world = createWorld({ seed: 7, stores: 2, products: 40, days: 7 });
 * console.log(await writeParquet('week.parquet', world), 'events');
 * ```
 *
 * @throws WorldError `INVALID_OPTION`; what DuckDB says of a file that it cannot write
 */
export async function writeParquet(
  path: string,
  world: Pick<World, 'stores' | 'products' | 'extraColumns' | 'batches'>,
  options: ParquetOptions = {},
): Promise<number> {
  checkArgument('path', path, required(text('a path')), invalidOption);
  checkArgument('world', world, required(having('batches')), invalidOption);
  checkOptions(options, { maxEvents: wholeNumber(1) }, invalidOption);
  const columns = columnsOf(world);
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    try {
      const fields = columns.map(({ name, type }) => `"${name}" ${type.toString()}`);
      await connection.run(`create table events (${fields.join(', ')})`);
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

async function append(
  connection: DuckDBConnection,
  world: Pick<World, 'batches'>,
  columns: readonly FileColumn[],
  most: number | undefined,
): Promise<number> {
  const appender = await connection.createAppender('events');
  const chunk = DuckDBDataChunk.create(columns.map(({ type }) => type));
  const end = most === undefined ? {} : { totalEvents: most };
  let events = 0;
  for (const batch of world.batches({ maxEvents: ROWS, lend: true, ...end })) {
    chunk.rowCount = batch.length;
    for (const [c, { valueAt }] of columns.entries()) {
      chunk.setColumnValues(
        c,
        Array.from({ length: batch.length }, (_, n) => valueAt(batch, n)),
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
  extraColumns,
}: Pick<World, 'stores' | 'products' | 'extraColumns'>): readonly FileColumn[] {
  const whole = (name: string, pick: (batch: EventBatch) => Int32Array): FileColumn => ({
    name,
    type: INTEGER,
    valueAt: (batch, n) => pick(batch)[n] ?? 0,
  });
  return [
    {
      name: 'event_time',
      type: TIMESTAMP_MS,
      valueAt: ({ time }, n) => new DuckDBTimestampMillisecondsValue(BigInt(time[n] ?? 0)),
    },
    { name: 'sequence', type: BIGINT, valueAt: ({ sequence }, n) => BigInt(sequence[n] ?? 0) },
    { name: 'store_id', type: VARCHAR, valueAt: ({ store }, n) => stores[store[n] ?? -1]?.store_id ?? null },
    {
      name: 'product_id',
      type: VARCHAR,
      valueAt: ({ product }, n) => products[product[n] ?? -1]?.product_id ?? null,
    },
    { name: 'event_type', type: VARCHAR, valueAt: ({ type }, n) => eventTypes[type[n] ?? -1] ?? null },
    whole('quantity_delta', ({ quantityDelta }) => quantityDelta),
    whole('current_stock', ({ currentStock }) => currentStock),
    whole('min_threshold', ({ minThreshold }) => minThreshold),
    whole('on_order', ({ onOrder }) => onOrder),
    { name: 'unit_price', type: DOUBLE, valueAt: ({ unitPriceCents }, n) => (unitPriceCents[n] ?? 0) / 100 },
    ...extraColumns.map(extraColumn),
  ];
}

const types: Readonly<Record<string, DuckDBType>> = {
  boolean: BOOLEAN,
  int: INTEGER,
  bigint: BIGINT,
  double: DOUBLE,
};

function extraColumn({ name, by, values, column }: ExtraValues): FileColumn {
  const valueOf = (value: ExtraValue): DuckDBValue =>
    column.Type === 'bigint' && value !== null ? BigInt(Number(value)) : value;
  const all = values.map(valueOf);
  return {
    name,
    type: types[column.Type] ?? VARCHAR,
    valueAt: ({ store, product }, n) =>
      all[by === 'world' ? 0 : ((by === 'store' ? store[n] : product[n]) ?? 0)] ?? null,
  };
}
