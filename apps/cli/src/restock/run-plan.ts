import { planRestock, type RestockPlan } from '@store/restock';
import { names } from '../inventory/names.js';
import { coloursFor, formatCount, plural } from '../output/format.js';
import { formatTable } from '../output/table.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { allRows } from '../query/lake.js';
import { openLake } from '../query/open-lake.js';
import { objectsOf } from '../query/query-result.js';
import type { Terminal } from '../terminal/terminal.js';
import type { CommonFlags } from '../options/common-options.js';

/** Flags of `store restock plan`. */
export interface RestockPlanFlags extends CommonFlags {
  readonly data: string;
  readonly athena?: boolean;
  readonly workgroup?: string;
  readonly queue: string;
  readonly send?: boolean;
}

/** Runs `store restock plan`. */
export async function runRestockPlan(flags: RestockPlanFlags, terminal: Terminal): Promise<void> {
  const lake = await openLake(flags, terminal);
  const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> =>
    objectsOf(await allRows(lake, sql, terminal.signal));
  const plan = await planRestock(rowsOf, { table: names.table }).finally(async () => lake.close());
  const sent = flags.send === true ? await send(plan, flags, terminal) : 0;
  const { episodes, requests, loads } = plan;
  const units = loads.reduce((sum, load) => sum + load.units, 0);
  if (flags.json === true) {
    await writeJson(terminal.stdout, {
      lowStockPairs: episodes.length,
      restockRequests: requests.length,
      units,
      sent,
      loads,
    });
    return;
  }
  const { bold, dim } = coloursFor(terminal.stdout, terminal.env);
  const table = formatTable(
    [
      { title: 'store' },
      { title: 'city' },
      { title: 'products', align: 'right' },
      { title: 'units', align: 'right' },
      { title: 'load' },
    ],
    loads.map((load) => [
      load.store_name,
      load.city,
      formatCount(load.items.length),
      formatCount(load.units),
      load.load_id,
    ]),
    dim,
  );
  const covered = episodes.length - requests.length;
  await writeOut(
    terminal.stdout,
    `${loads.length === 0 ? '' : `${table}\n\n`}${bold(`${plural(episodes.length, 'shelf', 'shelves')} below the reorder point, ${plural(loads.length, 'load')}, ${plural(units, 'unit')}`)}` +
      `${covered > 0 ? dim(` (${formatCount(covered)} covered by what is on order)`) : ''}\n` +
      `${flags.send === true ? `${plural(sent, 'request')} sent to ${flags.queue}` : dim('Nothing was sent: add --send.')}\n`,
  );
}

async function send(plan: RestockPlan, flags: RestockPlanFlags, terminal: Terminal): Promise<number> {
  const [{ SQSClient }, { findTruckQueue, sendToTrucks }, { clientOptions }] = await Promise.all([
    import('@aws-sdk/client-sqs'),
    import('../aws/truck-queue.js'),
    import('../aws/client-options.js'),
  ]);
  const sqs = new SQSClient(clientOptions('SQS', terminal.env));
  try {
    return await sendToTrucks(sqs, await findTruckQueue(sqs, flags.queue), plan.requests);
  } finally {
    sqs.destroy();
  }
}
