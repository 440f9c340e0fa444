import { createRequire } from 'node:module';
import type * as DuckDbApi from '@duckdb/node-api';

const require = createRequire(import.meta.url);
let loaded: typeof DuckDbApi | undefined;

/**
 * Returns DuckDB's interface for Node, loaded at the first call. It is CommonJS in some 190 files: `import` reads each
 * for its names before it runs any, and takes twice the CPU of `require` (480 ms to 230 on two busy cores), which a
 * process of queries pays at its start.
 */
export function duckDbApi(): typeof DuckDbApi {
  // What the package's own declarations say that it is.
  return (loaded ??= require('@duckdb/node-api') as typeof DuckDbApi);
}
