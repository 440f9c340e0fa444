import type { AskOutcome, RestockPlan } from '@store/restock';
import { coloursFor, formatCount, plural } from '../output/format.js';
import { formatTable } from '../output/table.js';
import { writeJson, writeOut } from '../output/write-out.js';
import type { Terminal } from '../terminal/terminal.js';
import type { CommonFlags } from '../options/common-options.js';
import { openLedger, type LedgerChoice } from './open-ledger.js';
import { planLake } from './plan-lake.js';
import { writeOwedEvents } from './write-owed-events.js';

/** Flags of `store restock plan`. */
export interface RestockPlanFlags extends CommonFlags, LedgerChoice {
  readonly workgroup?: string;
  readonly rebuild?: boolean;
  readonly truckCapacity?: number;
  readonly maxStops?: number;
  readonly minimumLoad?: number;
  readonly packSize?: number;
  readonly queue: string;
  readonly send?: boolean;
}

/** Runs `store restock plan`. */
export async function runRestockPlan(flags: RestockPlanFlags, terminal: Terminal): Promise<void> {
  const { truckCapacity, maxStops, minimumLoad, packSize } = flags;
  const plan = await planLake(flags, terminal, {
    ...(truckCapacity === undefined ? {} : { truckCapacity }),
    ...(maxStops === undefined ? {} : { maxStops }),
    ...(minimumLoad === undefined ? {} : { minimumLoad }),
    ...(packSize === undefined ? {} : { packSize }),
  });
  const sent = flags.send === true ? await send(plan, flags, terminal) : undefined;
  const { episodes, requests, loads } = plan;
  const units = loads.reduce((sum, load) => sum + load.units, 0);
  if (flags.json === true) {
    await writeJson(terminal.stdout, {
      lowStockPairs: episodes.length,
      restockRequests: requests.length,
      units,
      sent: sent === undefined ? 0 : sent.asked + sent.resent,
      alreadyAsked: sent?.known ?? 0,
      loads,
      waiting: loads.waiting,
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
      load.stops.map(({ store_name }) => store_name).join(', '),
      load.city,
      formatCount(load.stops.reduce((sum, { items }) => sum + items.length, 0)),
      formatCount(load.units),
      load.load_id,
    ]),
    terminal,
  );
  const covered = episodes.length - requests.length;
  const { waiting } = loads;
  const lines = [
    ...(loads.length === 0 ? [] : [table, '']),
    bold(
      `${plural(episodes.length, 'shelf', 'shelves')} below the reorder point, ${plural(loads.length, 'load')}, ${plural(units, 'unit')}`,
    ) + (covered > 0 ? dim(` (${formatCount(covered)} covered by what is on order)`) : ''),
    ...(waiting.length === 0
      ? []
      : [`${plural(waiting.length, 'load')} smaller than --minimum-load, left for a later plan`]),
    sent === undefined ? dim('Nothing was sent: add --send.') : sentText(sent, flags),
  ];
  await writeOut(terminal.stdout, `${lines.join('\n')}\n`);
}

function sentText({ asked, known, resent }: AskOutcome, { queue }: RestockPlanFlags): string {
  const again = resent === 0 ? '' : `, ${formatCount(resent)} sent again that no truck took on`;
  return `${formatCount(asked)} new, ${formatCount(known)} already asked${again}: ${plural(asked + resent, 'request')} sent to ${queue}`;
}

/** Requests whose load waits are not sent: a later plan has them again, with more. */
function leavingRequests({ requests, loads }: RestockPlan): RestockPlan['requests'] {
  const items = loads.flatMap(({ stops }) => stops.flatMap((stop) => stop.items));
  const leaving = new Set(items.map(({ request_id }) => request_id));
  return requests.filter(({ request_id }) => leaving.has(request_id));
}

/** Sends what the ledger does not know, and writes what earlier moves owe the lake. */
async function send(plan: RestockPlan, flags: RestockPlanFlags, terminal: Terminal): Promise<AskOutcome> {
  const [{ SQSClient }, { askTrucks, assertQueued, findTruckQueue }, { clientOptions }] = await Promise.all([
    import('@aws-sdk/client-sqs'),
    import('../aws/truck-queue.js'),
    import('../aws/client-options.js'),
  ]);
  const sqs = new SQSClient(clientOptions('SQS', terminal.env));
  try {
    const queueUrl = await findTruckQueue(sqs, flags.queue);
    const { ledger, close } = await openLedger(flags, terminal);
    try {
      const outcome = await askTrucks(ledger, sqs, queueUrl, leavingRequests(plan));
      const entries = await ledger.find(plan.episodes.map(({ request_id }) => request_id));
      await writeOwedEvents(ledger, [...entries.values()], flags, terminal);
      assertQueued(outcome.refused);
      return outcome;
    } finally {
      await close();
    }
  } finally {
    sqs.destroy();
  }
}
