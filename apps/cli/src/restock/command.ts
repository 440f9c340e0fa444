import { InvalidArgumentError, type Command } from 'commander';
import { defaultDataDir, names } from '../inventory/names.js';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { integer } from '../options/parse.js';
import type { Terminal } from '../terminal/terminal.js';
import type { RestockMoveFlags } from './run-move.js';
import type { RestockPlanFlags } from './run-plan.js';
import type { RestockStatusFlags } from './run-status.js';
import type { RestockTrucksFlags } from './run-trucks.js';

function requestId(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Expected the id of a request; `store restock status` lists them.');
}

const atLeastOne = integer(1, 1_000_000_000);

/** Declares `store restock plan`, `status`, `confirm`, `deliver`, `cancel` and `trucks`. */
export function registerRestock(program: Command, terminal: Terminal): void {
  const restock = program.command('restock').description('Low stock to restock requests, requests to trucks');
  const ledgerCommand = (command: Command): Command =>
    command
      .option('--data <dir>', 'folder of the lake, where no endpoint is named', defaultDataDir)
      .option('--athena', 'use AWS (also when AWS_ENDPOINT_URL is set)')
      .option('--workgroup <name>', 'Athena work group')
      .option(
        '--ledger <table>',
        `table that remembers what was asked for (default: "${names.restockTable}", or the folder's own)`,
      );
  const plan = restock
    .command('plan')
    .description('Find low stock in the lake and plan the truck loads')
    .option('--data <dir>', 'folder of the lake', defaultDataDir)
    .option('--athena', 'ask Athena (also when AWS_ENDPOINT_URL is set)')
    .option('--workgroup <name>', 'Athena work group')
    .option('--rebuild', 'rebuild the state of the shelves from every event of the folder')
    .option('--truck-capacity <units>', 'units that a truck carries (default: 500)', atLeastOne)
    .option('--max-stops <n>', 'stores of a city that a truck serves (default: 1)', atLeastOne)
    .option('--minimum-load <units>', 'units below which a load waits (default: 1)', atLeastOne)
    .option('--pack-size <units>', 'units in a case (default: 1)', atLeastOne)
    .option('--send', 'send the requests to the queue')
    .option('--queue <name>', 'FIFO queue of the trucks', names.truckQueue)
    .option(
      '--ledger <table>',
      `table that remembers what was asked for (default: "${names.restockTable}", or the folder's own)`,
    )
    .action(async (flags: RestockPlanFlags) => {
      const { runRestockPlan } = await import('./run-plan.js');
      await runRestockPlan(flags, terminal);
    });
  const trucks = ledgerCommand(
    restock
      .command('trucks')
      .description('Simulate the trucks: receive requests from the queue, print each once, delete them'),
  )
    .option('--queue <name>', 'FIFO queue of the trucks', names.truckQueue)
    .option('--max <n>', 'stop after this many requests', integer(1, 1_000_000_000))
    .option('--follow', 'wait for more when the queue is empty')
    .action(async (flags: RestockTrucksFlags) => {
      const { runRestockTrucks } = await import('./run-trucks.js');
      await runRestockTrucks(flags, terminal);
    });
  const status = ledgerCommand(
    restock
      .command('status')
      .description('Where each request stands: asked, acknowledged, on the way, delivered'),
  )
    .option('--all', 'those that are delivered or cancelled, too')
    .action(async (flags: RestockStatusFlags) => {
      const { runRestockStatus } = await import('./run-status.js');
      await runRestockStatus(flags, terminal);
    });
  addCommonOptions(status);
  for (const [move, description] of [
    ['confirm', 'Note that a truck has taken a request on'],
    ['deliver', 'Note that a request was delivered'],
    ['cancel', 'Take a request back; the next plan asks again while the shelf is low'],
  ] as const) {
    const command = ledgerCommand(restock.command(move).description(description))
      .argument('<id>', 'id of the request, as `store restock status` shows it', requestId)
      .action(async (id: string, flags: RestockMoveFlags) => {
        const { runRestockMove } = await import('./run-move.js');
        await runRestockMove(move, id, flags, terminal);
      });
    addCommonOptions(command);
  }
  addCommonOptions(plan);
  addCommonOptions(trucks);
  addExamples(plan, terminal, [
    ['store restock plan', 'what would be sent, from the lake of the last demo'],
    ['store restock plan --max-stops 4', 'trucks that serve up to four stores of a city'],
    ['store restock plan --athena --send', 'send it on AWS, or where AWS_ENDPOINT_URL points'],
  ]);
  addExamples(trucks, terminal, [['store restock trucks --athena --follow', 'until Ctrl-C']]);
}
