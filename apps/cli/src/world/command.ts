import type { Command } from 'commander';
import { addCommonOptions, addExamples, type CommonFlags } from '../options/common-options.js';
import type { Terminal } from '../terminal/terminal.js';
import { OutputArgument } from '../options/named-paths.js';

/** Declares `store world` and its commands. */
export function registerWorld(program: Command, terminal: Terminal): void {
  const world = program
    .command('world')
    .description('World files: stores, products, calendar and demand of your own');

  addCommonOptions(
    world.command('init').addArgument(new OutputArgument('[file]', 'where to').default('world.json')),
  )
    .description('Write a small world file to start from')
    .action(async (file: string, flags: CommonFlags) => {
      const { runWorldInit } = await import('./run-world.js');
      await runWorldInit(file, flags, terminal);
    });
  addCommonOptions(world.command('check').argument('<file>', 'the world file'))
    .description('Exit 2, with the place of the value, when a world file is wrong')
    .action(async (file: string, flags: CommonFlags) => {
      const { runWorldCheck } = await import('./run-world.js');
      await runWorldCheck(file, flags, terminal);
    });
  const show = addCommonOptions(world.command('show').argument('<file>', 'the world file'))
    .description('What a world file holds, and what it leaves to the preset')
    .action(async (file: string, flags: CommonFlags) => {
      const { runWorldShow } = await import('./run-world.js');
      await runWorldShow(file, flags, terminal);
    });
  addExamples(show, terminal, [
    ['store world init && store world show world.json', 'a file to start from, and what it holds'],
    ['store generate --world world.json --days 7', 'the events of a week'],
  ]);
}
