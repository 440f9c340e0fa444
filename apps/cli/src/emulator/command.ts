import { InputOption, OutputOption } from '../options/named-paths.js';
import { integer } from '../options/parse.js';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { EmulatorFlags } from './run-emulator.js';

function accountId(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError('Expected 12 digits, such as 123456789012.');
}

function regionName(text: string): string {
  if (/^[a-z0-9-]{1,32}$/.test(text)) return text;
  throw new InvalidArgumentError('Expected the name of a region, such as eu-central-1.');
}

/** Declares `store emulator`. */
export function registerEmulator(program: Command, terminal: Terminal): void {
  const command = program
    .command('emulator')
    .description('Run the embedded endpoint alone: Firehose, Glue, Athena, SQS, S3, DynamoDB')
    .option('--port <n>', 'port on 127.0.0.1 (default: a free one)', integer(0, 65_535))
    .addOption(
      new OutputOption('--data <dir>', 'where everything is kept', 'folder').default('.store/emulator'),
    )
    .option('--account <id>', 'account of the names that the endpoint makes up, 12 digits', accountId)
    .option('--region <name>', 'region of the endpoint, and of what is set up in it', regionName)
    .option('--reuse-queue-names', 'take the name of a deleted queue again immediately, not after 60 seconds')
    .addOption(new InputOption('--faults <file>', 'JSON file with faults to inject'))
    .addOption(
      new Option(
        '--on-damage <policy>',
        'what to do about damaged files: end with their names, or continue with what is sound',
      )
        .choices(['refuse', 'salvage'])
        .default('refuse'),
    )
    .option('--reset', 'start empty: remove what an endpoint has kept in the data folder')
    .option(
      '--deliver-now',
      'answer a put only when its records are objects, whatever the buffering hints say',
    )
    .option('--no-setup', 'start empty: no table, delivery stream and queue for inventory events')
    .action(async (flags: EmulatorFlags) => {
      const { runEmulator } = await import('./run-emulator.js');
      await runEmulator(flags, terminal);
    });
  addCommonOptions(command);
  addExamples(command, terminal, [
    ['store emulator --port 4599', 'then AWS_ENDPOINT_URL=http://127.0.0.1:4599 for any SDK'],
    ['store emulator --account 123456789012 --region eu-central-1', 'for code that expects those names'],
    ['store emulator --data .store/empty --no-setup', 'an endpoint without tables, streams and queues'],
    [
      'store emulator --reset --no-setup --deliver-now --json',
      'for a test suite: one line of JSON when it is ready',
    ],
  ]);
}
