import { integer, positiveNumber } from '../options/parse.js';
import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { addMaxEvents, addWorldOptions } from '../options/world-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { EstimateFlags } from './run-estimate.js';

/** Declares `store estimate`. */
export function registerEstimate(program: Command, terminal: Terminal): void {
  const command = program
    .command('estimate')
    .description('What a run costs on AWS, meter by meter, packed and unpacked')
    .option('--region <name>', 'AWS region: decides the quotas, and the price where it is known', 'us-east-1')
    .option(
      '--ingest-price <usd>',
      "the region's price of a GB ingested, where it is not known here",
      positiveNumber(100),
    )
    .option('--streams <n>', 'delivery streams that it is spread over, four shards each', integer(1, 100), 1)
    .option('--warn-above <usd>', 'warn when the run would cost more', positiveNumber(1e9), 10)
    .action(async (flags: EstimateFlags) => {
      const { runEstimate } = await import('./run-estimate.js');
      await runEstimate(flags, terminal);
    });
  addCommonOptions(addMaxEvents(addWorldOptions(command, terminal)));
  addExamples(command, terminal, [
    ['store estimate --stores 500 --products 2000 --days 30', 'before you start it'],
    ['store estimate --stores 5000 --days 7 --streams 8', 'a fan-out of 32 shards'],
    ['store estimate --json | jq .packed.dollars', 'for a script'],
  ]);
}
