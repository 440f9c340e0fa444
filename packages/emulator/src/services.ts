import { basename, join } from 'node:path';
import { platformOf } from '@store/durable';
import type { Clock } from '@store/foundation';
import { createAthenaService } from './athena/athena-service.js';
import { tailOfStreams } from './delivery/tail-of-streams.js';
import type { DamagePolicy } from './damage-policy.js';
import { createDynamoDbService } from './dynamodb/dynamodb-service.js';
import type { Engines } from './engines.js';
import type { FaultInjector } from './faults/fault-injector.js';
import { createFirehoseService } from './firehose/firehose-service.js';
import { openStreams } from './firehose/open-streams.js';
import type { StreamHost } from './firehose/stream-host.js';
import { createGlueService } from './glue/glue-service.js';
import { LakeFolder } from './lake/lake-folder.js';
import { ObjectRecords } from './lake/object-records.js';
import { QueryEngine } from './lake/query-engine.js';
import { convertOlderState } from './older-state.js';
import type { EmulatorSettings } from './options.js';
import { createS3Service } from './s3/s3-service.js';
import { createSqsService } from './sqs/sqs-service.js';
import { StateContents } from './state-contents.js';
import type { BufferPool } from './wire/buffer-pool.js';
import type { RequestContext } from './wire/request-context.js';
import { answerCall, type ServiceEntry } from './wire/service-entry.js';

/** What the services depend on. */
export interface ServiceParts {
  readonly settings: EmulatorSettings;
  /** The endpoint's state folder. */
  readonly state: string;
  /** Folder of the lake. */
  readonly lakeDir: string;
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
  const late: Closing[] = [];
  const close = (): Promise<void> => closeAll([...late, ...table]);
  try {
    return { ...(await fill(table, late, parts)), table, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/** Those that depend on others come after them. */
async function fill(
  table: ServiceEntry[],
  late: Closing[],
  { settings, state, lakeDir, clock, faults, memory, engines }: ServiceParts,
): Promise<Pick<Services, 'streams' | 'engine'>> {
  const journals = await convertOlderState(state);
  const { onDamage, onTrouble: report = () => undefined } = settings;
  const policy: DamagePolicy = { onDamage, report };
  const beforeWrite = (): void => {
    faults.beforeWrite();
  };

  const contents = await StateContents.open(state, policy);
  const records = await ObjectRecords.open({ journal: journals.s3, beforeWrite, policy });
  // The last to be closed: what streams deliver is recorded too.
  late.push(records);
  const lake = await LakeFolder.open(lakeDir, platformOf(), records);
  const s3 = await createS3Service({ lake, state, now: () => clock.wallNow(), policy });
  const glue = await createGlueService({ journal: journals.glue, clock, beforeWrite, policy });
  table.push(glue);
  const { catalog } = glue;
  const sqs = await createSqsService({
    ...{ journal: journals.sqs, clock, beforeWrite, policy },
    ...{ region: settings.region, reuseQueueNames: settings.reuseQueueNames },
  });
  table.push(sqs, await createDynamoDbService({ journal: journals.dynamodb, clock, beforeWrite, policy }));
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
    contents,
  });
  table.push(createFirehoseService(streams));
  await streams.open();
  const engine = new QueryEngine({
    pool: engines.pool,
    lake,
    catalog,
    tail: () => tailOfStreams(streams.allRunning()),
    visibilityOf: ({ databaseName, name }) => ({
      now: clock.wallNow(),
      fed: streams.feeds(databaseName, name),
    }),
    maxRows: engines.bounds.maxRows,
    maxResultBytes: engines.bounds.maxResultBytes,
  });
  const athena = await createAthenaService({
    engine,
    catalog,
    clock,
    journal: journals.athena,
    policy,
    onTrouble: settings.onTrouble,
    results: join(state, 'athena-results'),
    workflow: {
      lake,
      folder: join(state, 'athena-writes'),
      copy: (sql, target, options) => engine.copy(sql, target, options),
      glue: (action, input) => answerCall(glue, action, input, ownContext(settings)),
    },
  });
  // S3 answers everything that speaks no other service's protocol.
  table.push(athena, s3);
  await contents.add(...Object.values(journals).map((path: string) => basename(path)));
  return { streams, engine };
}

type Closing = Pick<ServiceEntry, 'close'>;

async function closeAll(table: readonly Closing[]): Promise<void> {
  const failed: unknown[] = [];
  for (const service of [...table].reverse()) {
    // One that fails leaves nothing open that another one closes.
    await service.close().catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) throw failed[0];
}

/** The context of a call that one service makes to another. */
function ownContext({ region, accountId }: EmulatorSettings): RequestContext {
  const { signal } = new AbortController();
  return { region, accountId, requestId: '', endpoint: '', headers: {}, payload: undefined, signal };
}
