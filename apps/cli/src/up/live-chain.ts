import { systemClock, wait } from '@store/foundation';
import { AthenaClient } from '@aws-sdk/client-athena';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LakeGauges } from '@store/page-protocol';
import { createFirehoseProducer, type ProducerStats } from '@store/firehose';
import { eventHourPartitioning, type InventoryEvent } from '@store/schema';
import { clientOptions } from '../aws/client-options.js';
import { createInventoryLake, inventoryTableInput } from '../inventory/lake.js';
import { anyWorldOf } from '../inventory/world.js';
import { worldEncoder } from '../inventory/world-file.js';
import { names } from '../inventory/names.js';
import { createTruckQueue } from '../aws/truck-queue.js';
import type { UpFlags } from './flags.js';
import type { Terminal } from '../terminal/terminal.js';
import { createLiveBackend } from './live-backend.js';
import { LiveWorld } from './live-world.js';
import type { PageBackend } from './page-server.js';
import { Planner } from './planner.js';
import { RestartableEndpoint } from './restartable-endpoint.js';
import { existsSync } from 'node:fs';
import { findFiles } from '../local/folder.js';

const turnMs = 50;
const planEveryMs = 2000;
const driveEveryMs = 500;
const countEveryMs = 1000;
/** How long a stopped chain goes on delivering what it has taken. */
const closeDeadlineMs = 10_000;

/** The whole chain, running. */
export interface LiveChain {
  readonly backend: PageBackend;
  readonly endpoint: string;
  readonly lakeDir: string;
  stats(): ProducerStats;
  /** Stops the world, delivers what was taken, writes it out. */
  close(): Promise<void>;
}

const nothingYet: LakeGauges = { rows: 0, distinctEvents: 0, files: 0, bytes: 0, freshnessMs: 0 };

/** Starts endpoint, world, producer, planner and trucks in this process. */
export async function startLiveChain(
  flags: UpFlags,
  dataDir: string,
  { env }: Terminal,
  onTrouble: (error: unknown) => void,
): Promise<LiveChain> {
  const endpoint = await RestartableEndpoint.start(dataDir);
  const glue = new GlueClient(clientOptions('GLUE', env, endpoint.url));
  const firehose = new FirehoseClient(clientOptions('FIREHOSE', env, endpoint.url));
  const athena = new AthenaClient(clientOptions('ATHENA', env, endpoint.url));
  const sqs = new SQSClient(clientOptions('SQS', env, endpoint.url));
  const partitioning = eventHourPartitioning;
  const tableInput = inventoryTableInput(partitioning, anyWorldOf(flags).schema);
  await createInventoryLake({ glue, firehose, partitioning, tableInput });
  const queueUrl = await createTruckQueue(sqs, names.truckQueue);

  const producer = createFirehoseProducer<InventoryEvent>({
    deliveryStreamName: names.deliveryStream,
    client: firehose,
    encoder: worldEncoder(flags.worldFile),
    // The page can keep the endpoint down for as long as one likes to watch.
    retry: { capMs: 1000, maxAgeMs: 3_600_000 },
  });
  const stop = new AbortController();
  const world = new LiveWorld(flags, producer, systemClock.now());
  const planner = new Planner({
    athena,
    sqs,
    queueUrl,
    signal: stop.signal,
    onTrouble,
    onLoad: (load) => {
      world.dispatch(load, systemClock.now());
    },
  });
  let lake = nothingYet;
  const whileUp = (work: () => Promise<unknown>) => async (): Promise<unknown> =>
    endpoint.isDown ? undefined : work();
  const loops = [
    repeat(
      async () => {
        world.turn(systemClock.now());
      },
      turnMs,
      stop.signal,
      onTrouble,
    ),
    repeat(
      whileUp(async () => planner.plan()),
      planEveryMs,
      stop.signal,
      onTrouble,
    ),
    repeat(
      whileUp(async () => planner.drive()),
      driveEveryMs,
      stop.signal,
      onTrouble,
    ),
    repeat(
      whileUp(async () => {
        lake = await readLakeGauges(endpoint);
      }),
      countEveryMs,
      stop.signal,
      onTrouble,
    ),
  ];
  const live = createLiveBackend({ world, endpoint, stats: () => producer.stats(), lake: () => lake });
  return {
    backend: live.backend,
    endpoint: endpoint.url,
    lakeDir: endpoint.lakeDir,
    stats: () => producer.stats(),
    async close() {
      stop.abort();
      live.stop();
      await Promise.all(loops);
      if (endpoint.isDown) await endpoint.switchFault('kill', false);
      for (const fault of endpoint.faults) await endpoint.switchFault(fault, false);
      await producer.close({ deadlineMs: closeDeadlineMs });
      await endpoint.flush();
      for (const client of [glue, firehose, athena, sqs]) client.destroy();
      await endpoint.close();
    },
  };
}

/** Counts the rows of the lake, by SQL over Parquet and what is acknowledged but not written out yet. */
export async function readLakeGauges(endpoint: RestartableEndpoint): Promise<LakeGauges> {
  const startedAt = systemClock.now();
  const [row] = await endpoint.query(
    `select count(*) as n, count(distinct event_id) as d from ${names.database}.${names.table}`,
  );
  const freshnessMs = Math.round(systemClock.now() - startedAt);
  const files = existsSync(endpoint.lakeDir) ? await findFiles(endpoint.lakeDir, '.parquet') : [];
  return {
    rows: Number(row?.n ?? 0),
    distinctEvents: Number(row?.d ?? 0),
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    freshnessMs,
  };
}

/** Does something again and again until the signal; what goes wrong is handed over, and it goes on. */
export async function repeat(
  work: () => Promise<unknown>,
  pauseMs: number,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
    // An abort only cuts the pause short.
    await wait(systemClock, pauseMs, signal);
  }
}
