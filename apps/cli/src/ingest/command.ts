import { Option } from 'commander';
import { names } from '../inventory/names.js';
import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { IngestFlags } from './run-ingest.js';

/** Declares `store ingest`. */
export function registerIngest(program: Command, terminal: Terminal): void {
  const command = program
    .command('ingest')
    .description('Validate real events and send them to a delivery stream')
    .argument('<source>', 'file, folder, or - for standard input')
    .option('--stream <name>', 'delivery stream', names.deliveryStream)
    .option('--rejects <file>', 'where refused records go, as NDJSON (default: beside the source)')
    .addOption(
      new Option(
        '--format <format>',
        'form of the source (default: by its name, or by its first bytes)',
      ).choices(['ndjson', 'json', 'csv', 'parquet']),
    )
    .option('--dry-run', 'validate only; send nothing')
    .option('--cursor <file>', 'where the place is kept from which to go on after a stop')
    .option('--no-cursor', 'begin at the beginning, and keep no place')
    .action(async (source: string, flags: IngestFlags) => {
      const { runIngest } = await import('./run-ingest.js');
      await runIngest(source, flags, terminal);
    });
  addCommonOptions(command);
  addExamples(command, [
    ['store ingest events.ndjson', 'validate, send; refused records to events.ndjson.rejects'],
    ['store ingest exports/ --dry-run', 'what would be refused?'],
    ['zcat old.csv.gz | store ingest - --format csv', 'from a pipe'],
  ]);
}
