import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckDbApi } from './duckdb-api.js';

/** How much of the machine DuckDB may take. */
export interface DuckDbOptions {
  readonly threads: number;
  readonly memoryBytes: number;
  /** Where it spills what does not fit. */
  readonly temporaryFolder: string;
}

/** One in-memory DuckDB for conversion, started when it is first needed, since loading it takes tens of milliseconds. */
export class DuckDb {
  readonly #options: DuckDbOptions;
  #instance: Promise<DuckDBInstance> | undefined;

  constructor(options: DuckDbOptions) {
    this.#options = options;
  }

  /** Opens a connection. */
  async connect(): Promise<DuckDBConnection> {
    this.#instance ??= this.#start();
    const instance = await this.#instance;
    return instance.connect();
  }

  /** Frees everything. */
  async close(): Promise<void> {
    const instance = await this.#instance;
    instance?.closeSync();
    this.#instance = undefined;
  }

  async #start(): Promise<DuckDBInstance> {
    const { DuckDBInstance: Instance } = duckDbApi();
    const { threads, memoryBytes, temporaryFolder } = this.#options;
    return Instance.create(':memory:', {
      threads: String(threads),
      memory_limit: `${Math.round(memoryBytes / 1024 / 1024)}MiB`,
      temp_directory: temporaryFolder,
      // Rows may leave in any order, as from Firehose; keeping the order costs memory.
      preserve_insertion_order: 'false',
      // What a statement leaves free goes back to the system: half a hundred megabytes less resident at full load.
      allocator_background_threads: 'true',
    });
  }
}
