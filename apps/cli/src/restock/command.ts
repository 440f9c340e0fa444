import type { Command } from 'commander';
import { defaultDataDir, names } from '../inventory/names.js';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { integer } from '../options/parse.js';
import type { Terminal } from '../terminal/terminal.js';
import type { RestockPlanFlags } from './run-plan.js';
import type { RestockTrucksFlags } from './run-trucks.js';

/** Declares `store restock plan` and `store restock trucks`. */
export function registerRestock(program: Command, terminal: Terminal): void {
  const restock = program.command('restock').description('Low stock to restock requests, requests to trucks');
  const plan = restock
    .command('plan')
    .description('Find low stock in the lake and plan the truck loads')
    .option('--data <dir>', 'folder of the lake', defaultDataDir)
    .option('--athena', 'ask Athena (also when AWS_ENDPOINT_URL is set)')
    .option('--workgroup <name>', 'Athena work group')
    .option('--send', 'send the requests to the queue')
    .option('--queue <name>', 'FIFO queue of the trucks', names.truckQueue)
    .action(async (flags: RestockPlanFlags) => {
      const { runRestockPlan } = await import('./run-plan.js');
      await runRestockPlan(flags, terminal);
    });
  const trucks = restock
    .command('trucks')
    .description('Simulate the trucks: receive requests from the queue, print them, delete them')
    .option('--queue <name>', 'FIFO queue of the trucks', names.truckQueue)
    .option('--max <n>', 'stop after so many requests', integer(1, 1_000_000_000))
    .option('--follow', 'wait for more when the queue is empty')
    .action(async (flags: RestockTrucksFlags) => {
      const { runRestockTrucks } = await import('./run-trucks.js');
      await runRestockTrucks(flags, terminal);
    });
  addCommonOptions(plan);
  addCommonOptions(trucks);
  addExamples(plan, [
    ['store restock plan', 'what would be sent, from the lake of the last demo'],
    ['AWS_ENDPOINT_URL=… store restock plan --send', 'send it'],
  ]);
  addExamples(trucks, [['AWS_ENDPOINT_URL=… store restock trucks --follow', 'until Ctrl-C']]);
}
