import type { AthenaClient } from '@aws-sdk/client-athena';
import { startEmulator } from '@store/emulator';
import { join } from 'node:path';
import type { Terminal } from '../terminal/terminal.js';
import { queryAthena } from './athena.js';
import { endpointOf } from './client-options.js';
import { countLake, type LakeCount } from './parquet-lake.js';
import { flushRemote, listRemote } from './remote-endpoint.js';
import { names } from './names.js';

/** The endpoint of a chain: in this process, or the one that the environment names. */
export interface ChainEndpoint {
  readonly url: string;
  /** Address for the clients; undefined where the environment tells them already. */
  readonly embedded: string | undefined;
  /** Where the Parquet files lie. */
  readonly lakeDir: string;
  /** Has everything that was acknowledged written to Parquet. */
  flush(): Promise<void>;
  /** Counts what lies in the lake; in this process by a reader that is not ours. */
  countLake(athena: AthenaClient): Promise<LakeCount>;
  close(): Promise<void>;
}

/** Starts the endpoint on a free port of this machine, unless the environment names one that runs already. */
export async function openEndpoint(dataDir: string, { env, signal }: Terminal): Promise<ChainEndpoint> {
  const named = endpointOf('FIREHOSE', env);
  if (named !== undefined) return remoteEndpoint(named, signal);
  const emulator = await startEmulator({ dataDir, port: 0 });
  const lakeDir = join(emulator.lakeDir, names.bucket);
  return {
    url: emulator.endpoint,
    embedded: emulator.endpoint,
    lakeDir,
    flush: async () => emulator.flush(),
    countLake: async () => countLake(lakeDir),
    close: async () => emulator.close(),
  };
}

function remoteEndpoint(url: string, signal: AbortSignal): ChainEndpoint {
  return {
    url,
    embedded: undefined,
    lakeDir: `s3://${names.bucket}/`,
    flush: async () => flushRemote(url),
    // The files lie on another disk, perhaps: the endpoint's own Athena counts, its S3 lists.
    countLake: async (athena) => {
      const [objects, counted] = await Promise.all([
        listRemote(url, names.bucket),
        queryAthena(athena, `select count(*) as n from ${names.table}`, { database: names.database, signal }),
      ]);
      return { ...objects, rows: Number(counted.rows[0]?.[0] ?? 0) };
    },
    close: async () => undefined,
  };
}
