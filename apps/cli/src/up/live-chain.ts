import { systemClock, wait } from '@store/foundation';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LakeGauges } from '@store/page-protocol';
import { createFirehoseProducer, sdkTransport, type ProducerStats } from '@store/firehose';
import { clientOptions } from '../aws/client-options.js';
import { createInventoryLake, inventoryBuffering, runsTableInput } from '../inventory/lake.js';
import { checkNoRunColumn, runPartitioning } from '../inventory/runs.js';
import { anyWorldOf } from '../inventory/world.js';
import { names } from '../inventory/names.js';
import { createTruckQueue } from '../aws/truck-queue.js';
import { openTable } from '../restock/open-ledger.js';
import type { CommonFlags } from '../options/common-options.js';
import type { WorldFlags } from '../options/world-flags.js';
import type { Terminal } from '../terminal/terminal.js';
import { ChainWatch } from './chain-watch.js';
import { Freshness } from './freshness.js';
import { readLakeGauges } from './lake-gauges.js';
import { createLiveBackend } from './live-backend.js';
import { LiveWorld } from './live-world.js';
import type { PageBackend } from './page-server.js';
import { Planner } from './planner.js';
import { RestartableEndpoint } from './restartable-endpoint.js';
import { RunBook, runBookTable } from './run-book.js';
import type { RunEvent } from './runs.js';
import { UndeliveredEvents } from './undelivered.js';
import { openWorkbench } from './workbench.js';

const turnMs = 50;
const planEveryMs = 2000;
const driveEveryMs = 500;
/** A count may take a fifth of the endpoint's time, except where the lake's news would be older than this. */
const countEveryMs = 500;
const countShare = 5;
const bookEveryMs = 500;
const longestCountPauseMs = 2500;
const pingEveryMs = 1000;
const pingPatienceMs = 5000;
/** How long a stopped chain continues delivering accepted events. */
const closeDeadlineMs = 10_000;

/** Flags of `store up`. */
export interface UpFlags extends CommonFlags, WorldFlags {
  readonly port: number;
  readonly data: string;
  readonly speed: number;
  readonly open?: boolean;
}

/** The whole chain, running. */
export interface LiveChain {
  readonly backend: PageBackend;
  readonly endpoint: string;
  readonly lakeDir: string;
  stats(): ProducerStats;
  /** Stops the world, delivers accepted events, writes it out. */
  close(): Promise<void>;
}

const nothingYet: LakeGauges = { rows: 0, distinctEvents: 0, files: 0, bytes: 0 };

/** Starts endpoint, world, producer, planner and trucks in this process. */
export async function startLiveChain(
  flags: UpFlags,
  dataDir: string,
  { env, signal }: Terminal,
  onTrouble: (error: unknown) => void,
): Promise<LiveChain> {
  const endpoint = await RestartableEndpoint.start(dataDir, signal);
  try {
    signal.throwIfAborted();
    return await startOn(endpoint, flags, dataDir, env, onTrouble);
  } catch (error) {
    await endpoint.close();
    throw error;
  }
}

/** Starts everything that uses the endpoint. */
async function startOn(
  endpoint: RestartableEndpoint,
  flags: UpFlags,
  dataDir: string,
  env: Terminal['env'],
  onTrouble: (error: unknown) => void,
): Promise<LiveChain> {
  const glue = new GlueClient(clientOptions('GLUE', env, endpoint.url));
  const firehose = new FirehoseClient(clientOptions('FIREHOSE', env, endpoint.url));
  const athena = new AthenaClient(clientOptions('ATHENA', env, endpoint.url));
  const sqs = new SQSClient(clientOptions('SQS', env, endpoint.url));
  const dynamodb = new DynamoDB(clientOptions('DYNAMODB', env, endpoint.url));
  const { schema } = anyWorldOf(flags);
  checkNoRunColumn(schema);
  const partitioning = runPartitioning(flags.speed, inventoryBuffering.IntervalInSeconds);
  const tableInput = runsTableInput(partitioning, schema);
  await createInventoryLake({ glue, firehose, partitioning, tableInput, moreTables: [runBookTable()] });
  const queueUrl = await createTruckQueue(sqs, names.truckQueue);
  const { ledger } = await openTable(dynamodb, names.restockTable, true);

  const s3 = clientOptions('S3', env, endpoint.url);
  const book = new RunBook({ athena, s3, world: flags, folder: dataDir });
  const clients = { glue, firehose, sqs, athena };
  const workbench = openWorkbench({ ...clients, endpoint, queueUrl, dataDir, book, partitioning });
  const undelivered = new UndeliveredEvents(dataDir);
  const producer = createFirehoseProducer<RunEvent>({
    deliveryStreamName: names.deliveryStream,
    transport: workbench.wire.tap(sdkTransport({ client: firehose })),
    // The page can keep the endpoint down for as long as one likes to watch.
    retry: { capMs: 1000, maxAgeMs: 3_600_000 },
    deadLetter: async (events) => undelivered.take(events),
  });
  const stop = new AbortController();
  const startedAt = systemClock.now();
  const world = new LiveWorld(flags, workbench.events.tap(producer), startedAt);
  book.begin({ ...world.beginning(startedAt), reason: 'started' }, startedAt);
  const planner = new Planner({
    athena,
    sqs,
    queueUrl,
    ledger: workbench.requests.tap(ledger),
    worldTime: () => new Date(world.at(systemClock.now())),
    signal: stop.signal,
    onTrouble,
    onLoad: (load) => {
      world.dispatch(load, systemClock.now());
      workbench.requests.left(load);
    },
  });
  let lake = nothingYet;
  const watch = new ChainWatch(systemClock.now());
  const freshness = new Freshness(systemClock.now());
  const whileUp = (work: () => Promise<unknown>) => async (): Promise<unknown> =>
    endpoint.isDown ? undefined : work();
  const loops = [
    repeat(
      async () => {
        world.turn(systemClock.now());
        freshness.made(world.generated, systemClock.now());
      },
      turnMs,
      stop.signal,
      onTrouble,
    ),
    repeat(
      whileUp(async () => {
        const beganAt = systemClock.now();
        // The planner reads the view of the newest run.
        await book.view();
        const requests = await planner.plan();
        const now = systemClock.now();
        watch.planned(requests, now, now - beganAt);
      }),
      planEveryMs,
      stop.signal,
      onTrouble,
    ),
    repeat(
      whileUp(async () => {
        const beganAt = systemClock.now();
        await planner.drive();
        await planner.deliver(world.takeDelivered());
        const now = systemClock.now();
        watch.good('trucks', now, now - beganAt);
      }),
      driveEveryMs,
      stop.signal,
      onTrouble,
    ),
    repeat(
      whileUp(async () => book.write()),
      bookEveryMs,
      stop.signal,
      onTrouble,
    ),
    repeat(
      whileUp(async () => {
        const askedAt = systemClock.now();
        lake = await readLakeGauges(endpoint);
        const now = systemClock.now();
        freshness.seen(lake.distinctEvents + producer.stats().failed, askedAt);
        const pauseMs = Math.min(longestCountPauseMs, (now - askedAt) * countShare);
        watch.good('lake', now, now - askedAt + pauseMs);
        await wait(systemClock, Math.max(0, pauseMs - countEveryMs), stop.signal);
      }),
      countEveryMs,
      stop.signal,
      onTrouble,
    ),
    repeat(
      whileUp(async () => {
        const beganAt = systemClock.now();
        const answer = await fetch(new URL('/_emulator/health', endpoint.url), {
          signal: AbortSignal.timeout(pingPatienceMs),
        });
        await answer.body?.cancel();
        const now = systemClock.now();
        if (answer.ok) watch.good('endpoint', now, now - beganAt);
      }),
      pingEveryMs,
      stop.signal,
      onTrouble,
    ),
  ];
  const live = createLiveBackend({
    world,
    book,
    endpoint,
    watch,
    freshness,
    stats: () => producer.stats(),
    lake: () => lake,
    queueSince: () => workbench.requests.oldestAsked(),
    missing: () => workbench.wire.missing,
    routes: [...workbench.routes, undelivered.route],
  });
  return {
    backend: live.backend,
    endpoint: endpoint.url,
    lakeDir: endpoint.lakeDir,
    stats: () => producer.stats(),
    async close() {
      try {
        stop.abort();
        live.stop();
        await Promise.all(loops);
        if (endpoint.isDown) await endpoint.switchFault('kill', false);
        for (const fault of endpoint.faults) await endpoint.switchFault(fault, false);
        await producer.close({ deadlineMs: closeDeadlineMs });
        book.end(systemClock.now());
        await book.write();
        await endpoint.flush();
      } finally {
        // What could not be delivered would be tried for an hour, and the process would live as long.
        await producer.abort();
        for (const client of [glue, firehose, athena, sqs, dynamodb]) client.destroy();
        await endpoint.close();
      }
    },
  };
}

/** Does something again and again until the signal; what goes wrong is handed over, and it continues. */
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
