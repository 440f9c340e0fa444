import { join } from 'node:path';
import type { Clock } from '@store/foundation';
import { createAthenaService } from './athena/athena-service.js';
import { trinoMacros, trinoSettings } from './athena/prelude.js';
import { tailOfStreams } from './delivery/tail-of-streams.js';
import type { DamagePolicy } from './damage-policy.js';
import type { FaultInjector } from './faults/fault-injector.js';
import { createFirehoseService } from './firehose/firehose-service.js';
import { openStreams } from './firehose/open-streams.js';
import type { StreamHost } from './firehose/stream-host.js';
import { createGlueService } from './glue/glue-service.js';
import { DuckDb } from './lake/duckdb.js';
import type { LakeFolder } from './lake/lake-folder.js';
import { QueryEngine } from './lake/query-engine.js';
import { queryBounds } from './query/query-limits.js';
import { QueryPool } from './query/query-pool.js';
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
  /** Takes what is to be undone, in reverse, when the endpoint closes or its start fails. */
  readonly onClose: (undo: () => Promise<void>) => void;
}

/** The services at work, and what the endpoint itself needs of them. */
export interface Services {
  /** The service table: everything that is served is an entry of it, and the server knows nothing else. */
  readonly table: readonly ServiceEntry[];
  readonly streams: StreamHost;
  readonly engine: QueryEngine;
}

/** Opens every service on the state folder. */
export async function openServices(parts: ServiceParts): Promise<Services> {
  const { settings, state, lake, clock, faults, memory, onClose } = parts;
  const journals = await convertOlderState(state);
  const { onDamage, onTrouble: report = () => undefined } = settings;
  const policy: DamagePolicy = { onDamage, report };
  const bounds = queryBounds(settings.queries, settings.duckDbMemoryBytes);
  const pool = new QueryPool({
    threads: settings.duckDbThreads,
    memoryBytes: settings.duckDbMemoryBytes,
    residentBytes: bounds.memoryBytes,
    spillBytes: bounds.maxSpillBytes,
    timeoutMs: bounds.timeoutMs,
    temporaryFolder: join(state, 'duckdb'),
    // A statement reads the lake and what is staged for it, and no other file of this machine.
    folders: [lake.root, state],
    settings: trinoSettings,
    macros: trinoMacros,
  });
  onClose(() => pool.close());
  // A COPY on one thread costs 1.4 µs an event, on two that share it 1.8: deliveries run side by side instead.
  const writers = new DuckDb({
    threads: 1,
    memoryBytes: (settings.duckDbMemoryBytes * 2) / 3,
    temporaryFolder: join(state, 'duckdb-writers'),
  });
  onClose(() => writers.close());
  const beforeWrite = (): void => {
    faults.beforeWrite();
  };

  const glue = await createGlueService({ journal: journals.glue, clock, beforeWrite, policy });
  onClose(() => glue.close());
  const { catalog } = glue;
  const sqs = await createSqsService({ journal: journals.sqs, clock, beforeWrite, policy });
  onClose(() => sqs.close());
  const streams = openStreams({
    settings,
    state,
    lake,
    database: writers,
    catalog,
    clock,
    faults,
    memory,
    policy,
  });
  onClose(() => streams.close());
  await streams.open();
  const engine = new QueryEngine({
    pool,
    lake,
    catalog,
    tail: () => tailOfStreams(streams.allRunning()),
    maxRows: bounds.maxRows,
    maxResultBytes: bounds.maxResultBytes,
  });
  const athena = await createAthenaService({
    engine,
    catalog,
    clock,
    journal: journals.athena,
    policy,
    results: join(state, 'athena-results'),
  });
  onClose(() => athena.close());

  return {
    table: [createFirehoseService(streams), glue, athena, sqs, createS3Service(lake)],
    streams,
    engine,
  };
}
