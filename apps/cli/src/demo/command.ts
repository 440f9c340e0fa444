import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { addWorldOptions } from '../options/world-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { DemoFlags } from './flags.js';
import { OutputOption } from '../options/named-paths.js';

/** Declares `store demo`. */
export function registerDemo(program: Command, terminal: Terminal): void {
  const command = program
    .command('demo')
    .description(
      'The whole chain on an embedded endpoint of its own: world, Firehose, Parquet, SQL, restock requests, trucks',
    )
    .addOption(
      new OutputOption('--out <dir>', "where the lake goes; an earlier demo's is replaced", 'folder').default(
        '.store/demo',
      ),
    )
    .action(async (flags: DemoFlags) => {
      const { runDemo } = await import('./run-demo.js');
      await runDemo(flags, terminal);
    });
  addCommonOptions(addWorldOptions(command, terminal));
  addExamples(command, terminal, [
    ['store demo', '50 stores, 200 products, one day'],
    ['store demo --stores 500 --days 2', 'more'],
    ['store demo --json | jq .rowsInLake', 'for a script'],
  ]);
}
