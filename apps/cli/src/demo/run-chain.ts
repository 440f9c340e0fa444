import { AthenaClient } from '@aws-sdk/client-athena';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { SQSClient } from '@aws-sdk/client-sqs';
import { planDeliveries, planRestock, type RestockPlan } from '@store/restock';
import { eventDayPartitioning, eventHourPartitioning, type EventPartitioning } from '@store/schema';
import { managedWorkGroup, queryAthena } from '../aws/athena.js';
import { clientOptions } from '../aws/client-options.js';
import { openEndpoint } from '../local/endpoint.js';
import { createInventoryLake, inventoryTableInput } from '../inventory/lake.js';
import { schemaOf, worldOf } from '../inventory/world.js';
import { deliveryReport, firehoseDollars } from '../inventory/producer.js';
import { names } from '../inventory/names.js';
import { maxActivePartitions } from '../inventory/runs.js';
import { createTruckQueue, receiveAtTrucks, refusalText, sendToTrucks } from '../aws/truck-queue.js';
import type { DemoFlags } from './flags.js';
import { plural } from '../output/format.js';
import type { Progress } from '../output/progress.js';
import { objectsOf } from '../query/query-result.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import type { DemoResult, LowStockShelf } from './demo-result.js';
import { sendWorld } from './send-world.js';

const hoursPerDay = 24;
/** Shelves that the summary lists. */
const listedShelves = 10;

/** One folder an hour, or an hour's worth of folders a day where hours would be too many at the same time. */
export function choosePartitioning({ days }: Pick<DemoFlags, 'days'>): {
  readonly partitioning: EventPartitioning;
  readonly note?: string;
} {
  const hours = days * hoursPerDay;
  if (hours <= maxActivePartitions) return { partitioning: eventHourPartitioning };
  if (days > maxActivePartitions) {
    throw new CliError(
      'USAGE',
      `Expected --days to be 1 to ${maxActivePartitions} for a demo, got ${days}; a longer run is for \`store stream\`.`,
    );
  }
  return {
    partitioning: eventDayPartitioning,
    note: `${days} days are ${hours} hours, more than the ${maxActivePartitions} partitions that Firehose keeps open: the lake gets one folder a day.`,
  };
}

/** What a run of the chain needs. */
export interface ChainOptions {
  readonly flags: DemoFlags;
  readonly partitioning: EventPartitioning;
  readonly dataDir: string;
  readonly progress: Progress;
}

/** World, Firehose, Parquet, SQL, restock requests, trucks: each by the client that AWS would be used with. */
export async function runChain(options: ChainOptions, terminal: Terminal): Promise<DemoResult> {
  const { flags, partitioning, dataDir, progress } = options;
  const startedAt = performance.now();
  const world = worldOf(flags);
  progress.step('Starting the endpoint');
  const endpoint = await openEndpoint(dataDir);
  const glue = new GlueClient(clientOptions('GLUE', terminal.env, endpoint.url));
  const firehose = new FirehoseClient(clientOptions('FIREHOSE', terminal.env, endpoint.url));
  const athena = new AthenaClient(clientOptions('ATHENA', terminal.env, endpoint.url));
  const sqs = new SQSClient(clientOptions('SQS', terminal.env, endpoint.url));
  try {
    await createInventoryLake({
      glue,
      firehose,
      partitioning,
      tableInput: inventoryTableInput(partitioning, schemaOf(world, flags)),
    });

    const sent = await sendWorld({ world, flags, firehose, progress }, terminal);
    if (terminal.signal.aborted) {
      await endpoint.flush();
      const { rows } = await endpoint.countLake();
      throw interruption(
        terminal.signal,
        `${deliveryReport(sent.stats)} ${plural(rows, 'row')} of them are in the lake, in ${endpoint.lakeDir}.`,
      );
    }
    progress.step('Writing Parquet');
    await endpoint.flush();
    const lake = await endpoint.countLake();
    progress.update(lake.rows);

    progress.step('Asking for low stock in SQL');
    const workGroup = await managedWorkGroup(athena);
    const query = { database: names.database, signal: terminal.signal, workGroup };
    const plan = await planRestock(async (sql) => objectsOf(await queryAthena(athena, sql, query)), {
      table: names.table,
    });
    progress.update(plan.episodes.length);

    progress.step('Sending the trucks');
    const queueUrl = await createTruckQueue(sqs, names.truckQueue);
    const messages = await sendToTrucks(sqs, queueUrl, plan.requests);
    const receipts = await receiveAtTrucks(sqs, queueUrl, messages);
    progress.update(receipts.deleted);
    const [refused] = receipts.refused;
    if (refused !== undefined) throw new CliError('BAD_MESSAGE', refusalText(refused));
    const loads = planDeliveries(receipts.requests);
    if (receipts.deleted !== plan.requests.length) {
      throw new CliError(
        'TRUCKS_DISAGREE',
        `${plan.requests.length} requests were sent, ${receipts.deleted} reached the trucks.`,
        { fix: 'This is a defect of the toolkit: keep the folder and report it.' },
      );
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const { stats } = sent;
    return {
      stores: flags.stores,
      products: flags.products,
      days: flags.days,
      seed: flags.seed,
      eventsGenerated: sent.generated,
      eventsAccepted: stats.delivered,
      rowsInLake: lake.rows,
      partitions: lake.partitions,
      files: lake.files,
      lakeBytes: lake.bytes,
      partitionedBy: partitioning.key,
      lowStockPairs: plan.episodes.length,
      restockRequests: plan.requests.length,
      truckMessages: receipts.deleted,
      truckLoads: loads.length,
      truckUnits: loads.reduce((sum, { units }) => sum + units, 0),
      eventBytes: stats.eventBytes,
      billedBytes: stats.billedBytes,
      dollars: firehoseDollars(stats.billedBytes),
      retries: stats.retriedRecords,
      ambiguous: stats.ambiguous,
      seconds,
      eventsPerSecond: stats.delivered / (sent.elapsedMs / 1000),
      endpoint: endpoint.url,
      lakeDir: endpoint.lakeDir,
      lowStock: furthestBelow(plan),
    };
  } finally {
    for (const client of [glue, firehose, athena, sqs]) client.destroy();
    await endpoint.close();
  }
}

/** The emptiest shelves against their reorder points. */
function furthestBelow({ episodes }: RestockPlan): LowStockShelf[] {
  const missing = ({ current_stock, min_threshold }: RestockPlan['episodes'][number]): number =>
    current_stock / Math.max(1, min_threshold);
  return [...episodes]
    .sort(
      (a, b) =>
        missing(a) - missing(b) ||
        b.min_threshold - a.min_threshold ||
        (a.request_id < b.request_id ? -1 : 1),
    )
    .slice(0, listedShelves)
    .map((request) => ({
      store: request.store_name,
      city: request.city,
      product: request.product_name,
      currentStock: request.current_stock,
      minThreshold: request.min_threshold,
      onOrder: request.on_order,
    }));
}
