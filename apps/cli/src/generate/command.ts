import { Option, type Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { addMaxEvents, addWorldOptions, everyPreset } from '../options/world-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { GenerateFlags } from './flags.js';
import { OutputOption } from '../options/named-paths.js';

/** Declares `store generate`. */
export function registerGenerate(program: Command, terminal: Terminal): void {
  const command = program
    .command('generate')
    .description('Write the events of a world as NDJSON, CSV or Parquet')
    .addOption(
      new Option(
        '--format <format>',
        "form of the events (default: by the output's name, else ndjson)",
      ).choices(['ndjson', 'csv', 'parquet']),
    )
    .option('--csv-raw', "CSV for programs: no ' before what a spreadsheet would run as a formula")
    .addOption(
      new OutputOption(
        '-o, --output <file>',
        'where they go: a file, a folder, or - for standard output',
        ({ partitionBy }) => (partitionBy === undefined ? 'file' : 'folder'),
      ).default('-'),
    )
    .addOption(
      new Option(
        '--partition-by <key>',
        'a folder for each UTC day or hour, as Hive names them (datehour=2026-01-05-08)',
      ).choices(['date', 'datehour']),
    )
    .addOption(
      new OutputOption(
        '--plot [file]',
        'draw stock against reorder point instead, here and as SVG (default: 28 days)',
      ),
    )
    .option(
      '--series <store/product>',
      'what to draw; can be given again (default: the three with the most deliveries)',
      (name: string, names?: readonly string[]) => [...(names ?? []), name],
    )
    .action(async (given: GenerateFlags, self: Command) => {
      const { runGenerate } = await import('./run-generate.js');
      // One day, the default, shows nothing of a stock's rise and fall.
      const short = given.plot !== undefined && self.getOptionValueSource('days') === 'default';
      await runGenerate(short ? { ...given, days: 28 } : given, terminal);
    });
  addCommonOptions(addMaxEvents(addWorldOptions(command, terminal, { presets: everyPreset })));
  addExamples(command, terminal, [
    ['store generate --stores 3 --products 5 | head', 'look at them'],
    ['store generate --max-events 1000 -o some.ndjson', 'the first thousand of them'],
    ['store generate --days 7 -o week.parquet', 'a file for any SQL engine'],
    ['store generate --days 7 -o lake/ --partition-by datehour', 'a partitioned folder; shards can share it'],
    ['store generate --plot stock.svg --days 56', 'see three products, here and as a picture'],
    ['store generate --shard 0/4 -o part0.ndjson', 'a quarter of the world; four of them make the whole'],
  ]);
}
