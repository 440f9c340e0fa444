import type { Command } from 'commander';
import { addCommonOptions, addExamples, type CommonFlags } from '../options/common-options.js';
import { addWorldOptions, type WorldFlags } from '../options/world-options.js';
import type { Terminal } from '../terminal/terminal.js';

/** Flags of `store demo`. */
export interface DemoFlags extends CommonFlags, WorldFlags {
  readonly out: string;
}

/** Declares `store demo`. */
export function registerDemo(program: Command, terminal: Terminal): void {
  const command = program
    .command('demo')
    .description(
      'The whole chain on an embedded endpoint of its own: world, Firehose, Parquet, SQL, restock requests, trucks',
    )
    .option('--out <dir>', "where the lake goes; an earlier demo's is replaced", '.store/demo')
    .action(async (flags: DemoFlags) => {
      const { runDemo } = await import('./run-demo.js');
      await runDemo(flags, terminal);
    });
  addCommonOptions(addWorldOptions(command));
  addExamples(command, [
    ['store demo', '50 stores, 200 products, one day'],
    ['store demo --stores 500 --days 2', 'more'],
    ['store demo --json | jq .rowsInLake', 'for a script'],
  ]);
}
