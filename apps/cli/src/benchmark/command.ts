import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { integer, positiveNumber } from '../options/parse.js';
import { addWorldOptions } from '../options/world-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { BenchmarkFlags } from './run-benchmark.js';

/** Eight weeks: long enough that the stock of the first day hardly counts. */
const DAYS = 56;

/** Declares `store benchmark`. */
export function registerBenchmark(program: Command, terminal: Terminal): void {
  const command = program
    .command('benchmark')
    .description('Replenishment policies ranked by what they cost, over seeds, by the truth')
    .option('--policy <file>', 'a policy of your own (.ts, .mts, .js, .mjs); again for more', append)
    .option('--seeds <n>', 'worlds to try them in: --seed and those after it', integer(1, 1000), 5)
    .option(
      '--call-limit <seconds>',
      'longest that a policy may take for one evening',
      positiveNumber(3600),
      10,
    )
    .action(async (flags: BenchmarkFlags) => {
      const { runBenchmark } = await import('./run-benchmark.js');
      await runBenchmark(flags, terminal);
    });
  addCommonOptions(addWorldOptions(command, terminal, { days: DAYS }));
  addExamples(command, terminal, [
    ['store benchmark --world world.json --policy weekly.ts', 'beside the built-in policies and the bound'],
    ['store benchmark --stores 5 --days 28 --json | jq .rows[0].policy', 'the cheapest, for a script'],
  ]);
}

const append = (path: string, before: readonly string[] = []): readonly string[] => [...before, path];
