import type { Command } from 'commander';
import { addCommonOptions, addExamples } from '../options/common-options.js';
import { addLakeOptions } from '../query/flags.js';
import type { Terminal } from '../terminal/terminal.js';
import type { SqlFlags } from './run-sql.js';

/** Declares `store sql`. */
export function registerSql(program: Command, terminal: Terminal): void {
  const command = program
    .command('sql')
    .description('Query the lake in a shell; statements on standard input when it is no terminal')
    .action(async (flags: SqlFlags) => {
      const { runSql } = await import('./run-sql.js');
      await runSql(flags, terminal);
    });
  addCommonOptions(addLakeOptions(command));
  addExamples(command, terminal, [
    ['store sql', 'a shell; .help lists its commands'],
    ["echo 'select count(*) from inventory_events;' | store sql", 'from a pipe'],
    ['store sql --json < report.sql', 'each result as a JSON array'],
  ]);
}
