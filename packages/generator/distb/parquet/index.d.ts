import type { World } from '../world/world.js';
/** How a Parquet file is written. */
export interface ParquetOptions {
    /** Ends after so many events; the next reading goes on behind them. @defaultValue to the world's end */
    readonly maxEvents?: number;
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
export declare function writeParquet(path: string, world: Pick<World, 'stores' | 'products' | 'extraColumns' | 'batches'>, options?: ParquetOptions): Promise<number>;
//# sourceMappingURL=index.d.ts.map