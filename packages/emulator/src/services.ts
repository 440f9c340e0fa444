import { join } from 'node:path';
import type { Clock } from '@store/foundation';
import { createAthenaService } from './athena/athena-service.js';
import { tailOfStreams } from './delivery/tail-of-streams.js';
import type { DamagePolicy } from './damage-policy.js';
import type { Engines } from './engines.js';
import type { FaultInjector } from './faults/fault-injector.js';
import { createFirehoseService } from './firehose/firehose-service.js';
import { openStreams } from './firehose/open-streams.js';
import type { StreamHost } from './firehose/stream-host.js';
import { createGlueService } from './glue/glue-service.js';
import type { LakeFolder } from './lake/lake-folder.js';
import { QueryEngine } from './lake/query-engine.js';
import { convertOlderState } from './older-state.js';
import type { EmulatorSettings } from './options.js';
import { createS3Service } from './s3/s3-service.js';
import { createSqsService } from './sqs/sqs-service.js';
import type { BufferPool } from './wire/buffer-pool.js';
import type { ServiceEntry } from './wire/service-entry.js';

/** What the services stand on. */
export interface ServiceParts {
  readonly settings: EmulatorSettings;
  /** The endpoint's state folder. */
  readonly state: string;
  readonly lake: LakeFolder;
  readonly clock: Clock;
  readonly faults: FaultInjector;
  readonly memory: BufferPool;
  readonly engines: Engines;
}

/** The services at work, and what the endpoint itself needs of them. */
export interface Services {
  /** The service table: everything that is served is an entry of it, and the server knows nothing else. */
  readonly table: readonly ServiceEntry[];
  readonly streams: StreamHost;
  readonly engine: QueryEngine;
  /** Closes every service of the table, the last one first. */
  close(): Promise<void>;
}

/** Opens every service on the state folder; closes those that are open if one cannot be opened. */
export async function openServices(parts: ServiceParts): Promise<Services> {
  const table: ServiceEntry[] = [];
  try {
    return { ...(await fill(table, parts)), table, close: () => closeAll(table) };
  } catch (error) {
    await closeAll(table).catch(() => undefined);
    throw error;
  }
}

/** Those that stand on others come after them. */
async function fill(
  table: ServiceEntry[],
  { settings, state, lake, clock, faults, memory, engines }: ServiceParts,
): Promise<Pick<Services, 'streams' | 'engine'>> {
  const journals = await convertOlderState(state);
  const { onDamage, onTrouble: report = () => undefined } = settings;
  const policy: DamagePolicy = { onDamage, report };
  const beforeWrite = (): void => {
    faults.beforeWrite();
  };

  const glue = await createGlueService({ journal: journals.glue, clock, beforeWrite, policy });
  table.push(glue);
  const { catalog } = glue;
  const sqs = await createSqsService({ journal: journals.sqs, clock, beforeWrite, policy });
  table.push(sqs);
  const streams = openStreams({
    settings,
    state,
    lake,
    database: engines.writers,
    catalog,
    clock,
    faults,
    memory,
    policy,
  });
  table.push(createFirehoseService(streams));
  await streams.open();
  const engine = new QueryEngine({
    pool: engines.pool,
    lake,
    catalog,
    tail: () => tailOfStreams(streams.allRunning()),
    maxRows: engines.bounds.maxRows,
    maxResultBytes: engines.bounds.maxResultBytes,
  });
  const athena = await createAthenaService({
    engine,
    catalog,
    clock,
    journal: journals.athena,
    policy,
    results: join(state, 'athena-results'),
  });
  // S3 answers everything that speaks no other service's protocol.
  table.push(athena, createS3Service(lake));
  return { streams, engine };
}

async function closeAll(table: readonly ServiceEntry[]): Promise<void> {
  const failed: unknown[] = [];
  for (const service of [...table].reverse()) {
    // One that fails leaves nothing open that another one closes.
    await service.close().catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) throw failed[0];
}
