import { join } from 'node:path';
import { trinoMacros, trinoSettings } from './athena/prelude.js';
import { DuckDb } from './lake/duckdb.js';
import type { EmulatorSettings } from './options.js';
import { queryBounds } from './query/query-limits.js';
import { QueryPool } from './query/query-pool.js';

/** What queries and deliveries run on. It holds nothing that clients have made, so that it outlives a reset. */
export interface Engines {
  readonly pool: QueryPool;
  readonly writers: DuckDb;
  readonly bounds: ReturnType<typeof queryBounds>;
  close(): Promise<void>;
}

/** Makes the engines; each starts when it is first needed. */
export function createEngines(settings: EmulatorSettings, state: string, lakeRoot: string): Engines {
  const bounds = queryBounds(settings.queries, settings.duckDbMemoryBytes);
  const pool = new QueryPool({
    threads: settings.duckDbThreads,
    memoryBytes: settings.duckDbMemoryBytes,
    residentBytes: bounds.memoryBytes,
    spillBytes: bounds.maxSpillBytes,
    timeoutMs: bounds.timeoutMs,
    temporaryFolder: join(state, 'duckdb'),
    // A statement reads the lake and what is staged for it, and no other file of this machine.
    folders: [lakeRoot, state],
    settings: trinoSettings,
    macros: trinoMacros,
  });
  // A COPY on one thread costs 1.4 µs an event, on two that share it 1.8: deliveries run side by side instead.
  const writers = new DuckDb({
    threads: 1,
    memoryBytes: (settings.duckDbMemoryBytes * 2) / 3,
    temporaryFolder: join(state, 'duckdb-writers'),
  });
  return {
    pool,
    writers,
    bounds,
    async close() {
      await writers.close();
      await pool.close();
    },
  };
}
