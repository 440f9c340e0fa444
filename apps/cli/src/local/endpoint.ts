import { startEmulator } from '@store/emulator';
import { dirname, join } from 'node:path';
import { names } from '../inventory/names.js';
import { existsSync } from 'node:fs';
import { CliError } from '../terminal/errors.js';
import { sqlFile, withDuckDb } from './duckdb.js';
import { findFiles } from './folder.js';
import { undeliveredText } from './undelivered.js';

/** The endpoint of a chain, in this process. */
export interface ChainEndpoint {
  readonly url: string;
  /** Where the Parquet files lie. */
  readonly lakeDir: string;
  /** Has everything that was acknowledged written to Parquet. */
  flush(): Promise<void>;
  /** Counts the rows of the lake, by a reader that is not ours. */
  countLake(): Promise<LakeCount>;
  close(): Promise<void>;
}

/** Starts the endpoint on a free port of this machine. */
export async function openEndpoint(dataDir: string): Promise<ChainEndpoint> {
  const emulator = await startEmulator({ dataDir, port: 0 });
  const lakeDir = join(emulator.lakeDir, names.bucket);
  return {
    url: emulator.endpoint,
    lakeDir,
    async flush() {
      const left = undeliveredText(await emulator.flush());
      if (left !== undefined) throw new CliError('UNDELIVERED', left);
    },
    countLake: async () => countLake(lakeDir),
    async close() {
      await emulator.close();
    },
  };
}

/** What a reader that is not ours finds in the lake. */
export interface LakeCount {
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
  /** Folders that hold at least one file. */
  readonly partitions: number;
}

/** Counts the rows of every Parquet file under a folder with a DuckDB of its own; no bookkeeping of ours is asked. */
export async function countLake(lakeDir: string): Promise<LakeCount> {
  // Before the first delivery there is not even a folder.
  const files = existsSync(lakeDir) ? await findFiles(lakeDir, '.parquet') : [];
  if (files.length === 0) return { rows: 0, files: 0, bytes: 0, partitions: 0 };
  const list = files.map(({ path }) => sqlFile(path)).join(', ');
  const reader = await withDuckDb((connection) =>
    connection.runAndReadAll(`select count(*) from read_parquet([${list}], union_by_name = true)`),
  );
  return {
    rows: Number(reader.getRows()[0]?.[0] ?? 0),
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    partitions: new Set(files.map(({ path }) => dirname(path))).size,
  };
}
