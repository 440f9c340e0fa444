import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { OutputArgument } from '../options/named-paths.js';
import type { Terminal } from '../terminal/terminal.js';
import type { InitFlags } from './run-init.js';

/** Declares `store init`. */
export function registerInit(program: Command, terminal: Terminal): void {
  const command = program
    .command('init')
    .description(
      'Begin a project of your own: world file, type, table and stream, sample data, and this command',
    )
    .addArgument(new OutputArgument('[folder]', 'where (default: this folder)', 'folder'))
    .option('--here', 'add to the project in this folder; files that are there stay as they are')
    .option('--force', 'write into a folder that is not empty')
    .action(async (folder: string | undefined, flags: InitFlags) => {
      const { runInit } = await import('./run-init.js');
      await runInit(folder, flags, terminal);
    });
  addCommonOptions(command);
  addExamples(command, terminal, [
    ['store init my-stores', 'a new project; its README.md says how to continue'],
    ['store init --here', 'in the project of this folder'],
  ]);
}
