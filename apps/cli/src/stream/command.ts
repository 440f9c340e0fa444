import { names } from '../inventory/names.js';
import { integer, positiveNumber } from '../options/parse.js';
import type { Command } from 'commander';
import { addCommonOptions, addExamples, type CommonFlags } from '../options/common-options.js';
import { addMaxEvents, addWorldOptions } from '../options/world-options.js';
import { addSource } from '../schema/flags.js';
import type { Terminal } from '../terminal/terminal.js';
import type { CreateStreamFlags } from './create-stream.js';
import type { StreamFlags } from './run-stream.js';
import type { TailStreamFlags } from './tail-stream.js';

/** Declares `store stream`, and `create`, `list` and `tail` below it. */
export function registerStream(program: Command, terminal: Terminal): void {
  const command = program
    .command('stream')
    // What is behind `create` is for `create`: both have `--json`.
    .enablePositionalOptions()
    .description('Send a world to a delivery stream ($AWS_ENDPOINT_URL, otherwise AWS)')
    .option('--stream <name>', 'delivery stream', names.deliveryStream)
    .option(
      '--rate <n>',
      'at most this many events a second (default: as fast as it goes)',
      positiveNumber(1e9),
    )
    .option('--speed <x>', 'world time against real time: 3600 plays an hour a second', positiveNumber(1e7))
    .action(async (flags: StreamFlags) => {
      const { runStream } = await import('./run-stream.js');
      await runStream(flags, terminal);
    });
  addCommonOptions(addMaxEvents(addWorldOptions(command, terminal)));
  addExamples(command, terminal, [
    ['store stream --stores 20 --days 1', 'as fast as the stream takes it'],
    ['store stream --speed 3600', 'an hour of the world each second'],
    ['store stream --rate 500 --shard 1/4', 'a steady 500 events a second, second quarter'],
  ]);
  registerCreate(command, terminal);
  registerList(command, terminal);
  registerTail(command, terminal);
}

function registerCreate(stream: Command, terminal: Terminal): void {
  const command = stream
    .command('create')
    .description('Make the table of a TypeScript type and a delivery stream that fills it')
    .argument('<name>', 'name of the delivery stream')
    .option('--database <name>', 'Glue database; made where there is none', names.database)
    .option('--table <name>', "Glue table (default: the stream's name, with underscores)")
    .option('--bucket <name>', `bucket of the objects (default, on this machine only: "${names.bucket}")`)
    .option('--role <arn>', 'role that Firehose writes in; needed on AWS')
    .action(async (name: string, flags: CreateStreamFlags) => {
      const { runCreateStream } = await import('./create-stream.js');
      await runCreateStream(name, flags, terminal);
    });
  addSource(command);
  addExamples(command, terminal, [
    ['store stream create orders --entry src/order.ts --type Order', 'at the endpoint of AWS_ENDPOINT_URL'],
  ]);
}

function registerList(stream: Command, terminal: Terminal): void {
  const command = stream
    .command('list')
    .description('Delivery streams, with the tables that they fill')
    .action(async (flags: CommonFlags) => {
      const { runListStreams } = await import('./list-streams.js');
      await runListStreams(flags, terminal);
    });
  addExamples(addCommonOptions(command), terminal, [['store stream list', 'what there is']]);
}

function registerTail(stream: Command, terminal: Terminal): void {
  const command = stream
    .command('tail')
    .description('The newest events of a delivery stream, and what it could not deliver, until Ctrl-C')
    .argument('[name]', 'name of the delivery stream', names.deliveryStream)
    .option('--lines <n>', 'events, and lines of error output, to begin with', integer(1, 1000), 10)
    .option('--no-follow', 'end after them')
    .option('--by <column>', 'column that tells the newest events (default: the first timestamp)')
    .option(
      '--every <s>',
      'seconds between two looks (default: 1 on this machine, 30 on AWS)',
      integer(1, 3600),
    )
    .option('--workgroup <name>', 'Athena work group')
    .action(async (name: string, flags: TailStreamFlags) => {
      const { runTailStream } = await import('./tail-stream.js');
      await runTailStream(name, flags, terminal);
    });
  addExamples(addCommonOptions(command), terminal, [
    ['store stream tail inventory-events', 'follow it'],
    ['store stream tail inventory-events --lines 3 --no-follow', 'the newest three'],
  ]);
}
