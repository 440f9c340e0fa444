import { Option, type Command } from 'commander';
import { defaultDataDir } from '../inventory/names.js';
import { integer } from '../options/parse.js';
import { queryNames } from './named-queries.js';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import type { Terminal } from '../terminal/terminal.js';
import type { QueryFlags } from './flags.js';

/** Declares `store query`. */
export function registerQuery(program: Command, terminal: Terminal): void {
  const named = new Option('--named <name>', 'a query with a name');
  // For the help and the completion; the check is the query’s own, which lists them.
  named.argChoices = [...queryNames];
  const command = program
    .command('query')
    .description('Query the lake by SQL: a local folder, or Athena')
    .argument('[sql]', 'one SELECT, or EXPLAIN of one; - reads it from standard input')
    .addOption(named)
    .option('--data <dir>', 'folder of the lake', defaultDataDir)
    .option('--athena', 'ask Athena (also when AWS_ENDPOINT_URL is set)')
    .option('--workgroup <name>', 'Athena work group')
    .addOption(
      new Option('--format <format>', "form of the rows (default: by the output's name, else table)").choices(
        ['table', 'csv', 'json', 'parquet'],
      ),
    )
    .option('-o, --output <file>', 'write the rows to a file')
    .option('--limit <n>', 'show at most so many rows of a table', integer(1, 1_000_000))
    .option('--csv-raw', "CSV for programs: no ' before what a spreadsheet would run as a formula")
    .option('--timeout <s>', 'seconds that a query of a folder may take (default: 600)', integer(1, 86_400))
    .option(
      '--memory <mib>',
      'MiB that a query of a folder may take (default: 1024)',
      integer(256, 1_048_576),
    )
    .action(async (sql: string | undefined, flags: QueryFlags) => {
      const { runQuery } = await import('./run-query.js');
      await runQuery(sql, flags, terminal);
    });
  addCommonOptions(command);
  addExamples(command, [
    ['store query --named low-stock', 'what is short now'],
    ["store query 'select event_type, count(*) n from inventory_events group by 1'", 'any SQL'],
    ['store query --named turnover -o turnover.parquet', 'to a file'],
  ]);
}
