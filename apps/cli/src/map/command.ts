import { Option, type Command } from 'commander';
import { addCommonOptions, addExamples, type CommonFlags } from '../options/common-options.js';
import { InputArgument } from '../options/named-paths.js';
import { integer } from '../options/parse.js';
import type { Terminal } from '../terminal/terminal.js';
import type { MapFileFlags } from './read-sample.js';
import type { MapTestFlags } from './run-map-test.js';

/** Declares `store map` and its commands. */
export function registerMap(program: Command, terminal: Terminal): void {
  const map = program
    .command('map')
    .description('Mappings: how the files that shops export become inventory events');

  addCommonOptions(map.command('list'))
    .description('The presets that --map knows by name')
    .action(async (flags: CommonFlags) => {
      const { runMapList } = await import('./run-map-show.js');
      await runMapList(flags, terminal);
    });
  addCommonOptions(map.command('show').argument('<name>', 'name of a preset, or a file'))
    .description('Print a complete mapping document, to begin with')
    .action(async (name: string) => {
      const { runMapShow } = await import('./run-map-show.js');
      await runMapShow(name, terminal);
    });
  const suggest = fileOptions(
    map.command('suggest').addArgument(new InputArgument('<file>', 'a file of the source')),
  )
    .description('Read the header and some rows, and print a mapping document for them')
    .action(async (file: string, flags: MapFileFlags) => {
      const { runMapSuggest } = await import('./run-map-suggest.js');
      await runMapSuggest(file, flags, terminal);
    });
  addExamples(suggest, terminal, [
    ['store map suggest till.csv > till.json', 'a document to look through, and to correct'],
    ['store map test till.csv --map till.json', 'what it makes of the file'],
  ]);
  const test = fileOptions(
    map.command('test').addArgument(new InputArgument('<file>', 'a file of the source')),
  )
    .description('Say what a mapping makes of a file; send nothing')
    .requiredOption('--map <name>', 'name of a preset, or a file with a document')
    .option('--events <n>', 'events to print', integer(0, 1_000), 3)
    .action(async (file: string, flags: MapTestFlags) => {
      const { runMapTest } = await import('./run-map-test.js');
      await runMapTest(file, flags, terminal);
    });
  addExamples(test, terminal, [
    ['store map test stock.csv --map woocommerce', 'the first events, and every row that is none'],
    ['store ingest stock.csv --map woocommerce', 'send them'],
  ]);
}

/** Flags that say how a file is read. */
function fileOptions(command: Command): Command {
  return addCommonOptions(command)
    .addOption(
      new Option('--format <format>', 'form of the file (default: by its name and first bytes)').choices([
        'ndjson',
        'json',
        'csv',
        'parquet',
        'xlsx',
      ]),
    )
    .option('--encoding <name>', 'encoding of text (default: the mapping’s, or by its bytes)')
    .option('--delimiter <character>', 'what separates fields (default: the mapping’s, or by the header)')
    .option('--skip <lines>', 'lines above the header (default: the mapping’s, or none)', integer(0, 10_000))
    .option('--sheet <name>', 'of a workbook');
}
