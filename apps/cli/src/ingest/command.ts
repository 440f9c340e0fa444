import { Option, type Command } from 'commander';
import { names } from '../inventory/names.js';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { InputArgument, OutputOption } from '../options/named-paths.js';
import { integer } from '../options/parse.js';
import type { Terminal } from '../terminal/terminal.js';
import type { ReplayFlags } from './run-replay.js';
import type { IngestFlags } from './run-ingest.js';

const formats = ['ndjson', 'json', 'csv', 'parquet', 'xlsx'];

const lastKnownOption = (): Option =>
  new Option('--last-known <where>', 'where counts find the stock before them')
    .choices(['lake', 'none'])
    .default('lake');

/** Declares `store ingest`. */
export function registerIngest(program: Command, terminal: Terminal): void {
  const command = program
    .command('ingest')
    .description('Bring real events in: read, validate, send to a delivery stream, keep what is refused')
    .addArgument(new InputArgument('<source>', 'file, folder, s3:// address, or - for standard input'))
    .option('--stream <name>', 'delivery stream', names.deliveryStream)
    .option('--map <mapping>', 'what the columns mean: a preset, or a file (`store map list`)')
    .addOption(
      new OutputOption(
        '--rejects <file>',
        'where refused records go, as NDJSON (default: beside the source)',
      ),
    )
    .addOption(
      new Option('--format <format>', 'form of the source (default: by its name and first bytes)').choices(
        formats,
      ),
    )
    .option('--encoding <encoding>', 'of text: windows-1252, utf-16le, … (default: a mark, UTF-16 or UTF-8)')
    .option('--delimiter <character>', 'between the fields of a row, or tab (default: as the header has it)')
    .option('--skip <lines>', 'lines above the header', integer(0, 10_000))
    .option('--sheet <name>', 'of a workbook')
    .addOption(lastKnownOption())
    .option(
      '--max-rejects <n>',
      'fail above this many refused records, or N% of them (default: when all are)',
    )
    .option(
      '--table-range <range>',
      'hours that the table shows: 2010-01-01-00,NOW, or any (default: as the table says)',
    )
    .option('--dry-run', 'validate only; send nothing')
    .addOption(
      new OutputOption(
        '--cursor <file>',
        'where the place is kept from which to continue after a stop',
        'new path',
      ),
    )
    .option('--no-cursor', 'begin at the beginning, and keep no place')
    .action(async (source: string, flags: IngestFlags) => {
      const { runIngest } = await import('./run-ingest.js');
      await runIngest(source, flags, terminal);
    });
  addCommonOptions(command);
  addExamples(command, terminal, [
    ['store ingest events.ndjson', 'validate, send; refused records to events.ndjson.rejects'],
    ['store ingest exports/ --dry-run', 'what would be refused?'],
    ['store ingest till.csv --map till.json --encoding windows-1252', "a till's own columns"],
    ['store ingest s3://shop-exports/2026/ --max-rejects 1%', 'a nightly job: exit 1 above one in a hundred'],
    ['zcat old.csv.gz | store ingest - --format csv', 'from a pipe'],
  ]);
}

/** Declares `store replay`. */
export function registerReplay(program: Command, terminal: Terminal): void {
  const command = program
    .command('replay')
    .description('Send refused records again: those that are accepted now leave the file, the rest stays')
    .addArgument(new InputArgument('<rejects>', 'file of rejects that `store ingest` wrote'))
    .option('--stream <name>', 'delivery stream', names.deliveryStream)
    .option('--map <mapping>', 'what the columns mean: a preset, or a file (`store map list`)')
    .addOption(lastKnownOption())
    .option(
      '--max-rejects <n>',
      'fail above this many refused records, or N% of them (default: when all are)',
    )
    .option(
      '--table-range <range>',
      'hours that the table shows: 2010-01-01-00,NOW, or any (default: as the table says)',
    )
    .option('--dry-run', 'validate only; send nothing, and leave the file as it is')
    .action(async (rejects: string, flags: ReplayFlags) => {
      const { runReplay } = await import('./run-replay.js');
      await runReplay(rejects, flags, terminal);
    });
  addCommonOptions(command);
  addExamples(command, terminal, [
    ['store replay till.csv.rejects --map till.json', 'after the mapping was put right'],
    ['store replay till.csv.rejects --map till.json --dry-run', 'what would be accepted now?'],
  ]);
}
