import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { InitFlags } from './run-init.js';

/** Declares `store init`. */
export function registerInit(program: Command, terminal: Terminal): void {
  const command = program
    .command('init')
    .description('Write a small project of your own that makes events and sends them')
    .argument('[folder]', 'where', '.')
    .option('--force', 'write into a folder that is not empty')
    .action(async (folder: string, flags: InitFlags) => {
      const { runInit } = await import('./run-init.js');
      await runInit(folder, flags, terminal);
    });
  addCommonOptions(command);
  addExamples(command, [['store init my-stores', 'a folder with a package.json, a world and a producer']]);
}
