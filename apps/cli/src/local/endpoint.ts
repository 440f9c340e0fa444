import { startEmulator } from '@store/emulator';
import { join } from 'node:path';
import { names } from '../inventory/names.js';
import { countLake, type LakeCount } from '../inventory/parquet-lake.js';

/** The endpoint of a chain, in this process. */
export interface ChainEndpoint {
  readonly url: string;
  /** Where the Parquet files lie. */
  readonly lakeDir: string;
  /** Has everything that was acknowledged written to Parquet. */
  flush(): Promise<void>;
  /** Counts what lies in the lake, by a reader that is not ours. */
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
    flush: async () => emulator.flush(),
    countLake: async () => countLake(lakeDir),
    close: async () => emulator.close(),
  };
}
