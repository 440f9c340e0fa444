import { names } from '../inventory/names.js';
import { positiveNumber } from '../options/parse.js';
import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { addMaxEvents, addWorldOptions } from '../options/world-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { StreamFlags } from './run-stream.js';

/** Declares `store stream`. */
export function registerStream(program: Command, terminal: Terminal): void {
  const command = program
    .command('stream')
    .description('Send a world to a delivery stream ($AWS_ENDPOINT_URL, otherwise AWS)')
    .option('--stream <name>', 'delivery stream', names.deliveryStream)
    .option(
      '--rate <n>',
      'at most so many events a second (default: as fast as it goes)',
      positiveNumber(1e9),
    )
    .option('--speed <x>', 'world time against real time: 3600 plays an hour a second', positiveNumber(1e7))
    .action(async (flags: StreamFlags) => {
      const { runStream } = await import('./run-stream.js');
      await runStream(flags, terminal);
    });
  addCommonOptions(addMaxEvents(addWorldOptions(command, terminal)));
  addExamples(command, [
    ['store stream --stores 20 --days 1', 'as fast as the stream takes it'],
    ['store stream --speed 3600', 'an hour of the world each second'],
    ['store stream --rate 500 --shard 1/4', 'a steady 500 events a second, second quarter'],
  ]);
}
