import { Option, type Command } from 'commander';
import { integer } from '../options/parse.js';
import { queryNames } from './named-queries.js';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import type { Terminal } from '../terminal/terminal.js';
import { addLakeOptions, type QueryFlags } from './flags.js';
import { OutputOption } from '../options/named-paths.js';

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
    .addOption(
      new Option('--format <format>', "form of the rows (default: by the output's name, else table)").choices(
        ['table', 'line', 'csv', 'json', 'parquet'],
      ),
    )
    .addOption(new OutputOption('-o, --output <file>', 'write the rows to a file'))
    .option('--limit <n>', 'show at most this many rows of a table', integer(1, 1_000_000))
    .option('--columns <list>', 'show only these columns, in this order: a,b', (list: string) =>
      list.split(','),
    )
    .option('--csv-raw', "CSV for programs: no ' before what a spreadsheet would run as a formula")
    .action(async (sql: string | undefined, flags: QueryFlags) => {
      const { runQuery } = await import('./run-query.js');
      await runQuery(sql, flags, terminal);
    });
  addCommonOptions(addLakeOptions(command));
  addExamples(command, terminal, [
    ['store query --named low-stock', 'what is short now'],
    ["store query 'select event_type, count(*) n from inventory_events group by 1'", 'any SQL'],
    ['store query --named turnover -o turnover.parquet', 'to a file'],
  ]);
}
