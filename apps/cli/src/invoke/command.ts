import { InputOption } from '../options/named-paths.js';
import { positiveNumber } from '../options/parse.js';
import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { InvokeFlags } from './run-invoke.js';

/** Declares `store invoke`. */
export function registerInvoke(program: Command, terminal: Terminal): void {
  const command = program
    .command('invoke')
    .description('Call a Lambda handler here, as Lambda would')
    .argument('<handler>', 'generate, ingest, plan, dispatch or door')
    .addOption(new InputOption('--event <file>', 'JSON of the event; - reads standard input (default: {})'))
    .addOption(new InputOption('--bundle <dir>', 'folder of the built handlers'))
    .option('--timeout <seconds>', 'what the context says is left', positiveNumber(900), 60)
    .action(async (handler: string, flags: InvokeFlags) => {
      const { runInvoke } = await import('./run-invoke.js');
      await runInvoke(handler, flags, terminal);
    });
  addCommonOptions(command);
  addExamples(command, terminal, [
    ['store invoke generate', 'with its defaults, against $AWS_ENDPOINT_URL'],
    ['store invoke ingest --event apps/lambda/events/ingest-sqs.json', 'one of the example events'],
    ['store invoke plan | jq .requestsSent', 'the answer is on standard output, the log on standard error'],
  ]);
}
