import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import { Deliverer } from './delivery/deliverer.js';
import { EmulatorError } from './errors.js';
import { FaultInjector } from './faults/fault-injector.js';
import { readFaultPlan } from './faults/read-fault-plan.js';
import { createFirehoseService } from './firehose/firehose-service.js';
import { StreamHost } from './firehose/stream-host.js';
import { StreamRegistry } from './firehose/stream-registry.js';
import { admissionOf } from './firehose/admission.js';
import { createGlueService } from './glue/index.js';
import { createHttpServer } from './http/server.js';
import { DuckDb } from './lake/duckdb.js';
import { LakeFolder } from './lake/lake-folder.js';
import { ParquetWriter } from './lake/parquet-writer.js';
import { QueryEngine } from './lake/query-engine.js';
import { emulatorDefaults, type EmulatorOptions } from './options.js';
import { createSqsService } from './sqs/index.js';
import { systemClock } from './clock.js';
import { tailOfStreams } from './tail-of-streams.js';
import type { Clock } from './service.js';

/** A running endpoint. */
export interface Emulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  /** Folder of the lake: one folder for each bucket. */
  readonly lakeDir: string;
  /** Delivers everything that is buffered; resolves when it lies in the lake. */
  flush(): Promise<void>;
  /** Runs SQL over the lake and every acknowledged record that is not in it yet. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Stops. Nothing is lost: what is buffered goes out after the next start. */
  close(): Promise<void>;
}

/** Starts the endpoint on a folder, going on where it was left, however it was left. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const settings = { ...emulatorDefaults, ...options };
  const dataDir = resolve(options.dataDir);
  const state = join(dataDir, 'state');
  const drafts = join(state, 'drafts');
  await mkdir(drafts, { recursive: true });

  const faults = new FaultInjector(settings.seed, options.clock ?? systemClock);
  faults.plan = await readFaultPlan(options.faults);
  const clock = skewed(options.clock ?? systemClock, faults);

  const lake = await LakeFolder.open(join(dataDir, 's3'));
  const database = new DuckDb({
    threads: settings.duckDbThreads,
    memoryBytes: settings.duckDbMemoryBytes,
    temporaryFolder: join(state, 'duckdb'),
  });
  const glue = await createGlueService({ journal: join(state, 'glue.journal'), clock });
  const sqs = await createSqsService({ journal: join(state, 'sqs.journal'), clock });
  const host = new StreamHost({
    registry: new StreamRegistry(join(state, 'firehose')),
    deliverer: new Deliverer(lake, new ParquetWriter(database), drafts),
    catalog: glue.catalog,
    clock,
    maxActivePartitions: settings.maxActivePartitions,
    conversionBlockBytes: settings.conversionBlockBytes,
    segmentBytes: settings.logSegmentBytes,
    deliveryConcurrency: settings.duckDbThreads,
    beforeWrite: () => {
      faults.beforeWrite();
    },
    beforeDelivery: () => faults.beforeDelivery(),
    transform: () => Promise.reject(new Error('The Lambda processor is not there yet.')),
    ensureBucket: (bucket) => lake.ensureBucket(bucket),
    admission: admissionOf(faults),
    onTrouble: options.onTrouble ?? (() => undefined),
  });
  await host.open();

  const engine = new QueryEngine({
    database,
    lake,
    catalog: glue.catalog,
    tail: () => tailOfStreams(host.allRunning()),
  });
  const closing = new AbortController();
  let endpoint = '';
  const server = createHttpServer({
    services: [createFirehoseService(host), glue, sqs],
    lake,
    faults,
    clock,
    region: settings.region,
    accountId: settings.accountId,
    allowedHosts: new Set(options.allowedHosts ?? []),
    secret: options.secretAccessKey,
    admin: () => Promise.resolve({}),
    endpoint: () => endpoint,
    signal: closing.signal,
  });
  const port = await listen(server, settings.port, settings.host);
  endpoint = `http://${settings.host}:${port}`;

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    await stopListening(server);
    await host.close();
    await glue.close();
    await sqs.close();
    await database.close();
  };
  return {
    endpoint,
    lakeDir: lake.root,
    flush: () => host.flush(),
    async query(sql) {
      const { columns, rows } = await engine.run(sql);
      return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
    },
    close: () => (closed ??= close()),
    [Symbol.asyncDispose]: () => (closed ??= close()),
  };
}

function skewed(clock: Clock, faults: FaultInjector): Clock {
  return {
    now: () => clock.now() + (faults.plan.clockSkewMs ?? 0),
    schedule: (callback, delayMs) => clock.schedule(callback, delayMs),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      fail(
        error.code === 'EADDRINUSE'
          ? new EmulatorError('ADDRESS_IN_USE', `Port ${port} is taken. Give another \`port\`, or 0 for any.`)
          : error,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function stopListening(server: Server): Promise<void> {
  await new Promise<void>((done) => {
    server.close(() => {
      done();
    });
    server.closeIdleConnections();
    // Calls under way get their answer; a client that only keeps its connection gets none.
    setTimeout(() => {
      server.closeAllConnections();
    }, 250).unref();
  });
}
