import { integer, positiveNumber } from '../options/parse.js';
import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { addWorldOptions } from '../options/world-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { UpFlags } from './live-chain.js';
import { OutputOption } from '../options/named-paths.js';

/** Declares `store up`. */
export function registerUp(program: Command, terminal: Terminal): void {
  const command = program
    .command('up')
    .description('Run the full pipeline with a live page: endpoint, world, planner, trucks')
    .option('--port <n>', 'port of the page on 127.0.0.1', integer(0, 65_535), 5080)
    .addOption(
      new OutputOption('--data <dir>', 'where everything is kept; emptied at the start', 'folder').default(
        '.store/up',
      ),
    )
    .option('--speed <x>', 'world time against real time', positiveNumber(1e6), 600)
    .option('--open', 'open the page in a browser')
    .action(async (flags: UpFlags) => {
      const { runUp } = await import('./run-up.js');
      await runUp(flags, terminal);
    });
  addCommonOptions(addWorldOptions(command, terminal, { days: 7 }));
  addExamples(command, terminal, [
    ['store up --open', 'with the page in your browser'],
    ['store up --stores 100 --products 200 --speed 3600', '20,000 shelves, an hour a second'],
  ]);
}
