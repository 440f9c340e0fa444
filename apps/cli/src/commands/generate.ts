import { Option, type Command } from 'commander';
import { addCommonOptions, addExamples, type CommonFlags } from '../options/common-options.js';
import { addWorldOptions, type WorldFlags } from '../options/world-options.js';
import type { Terminal } from '../terminal/terminal.js';

/** Flags of `store generate`. */
export interface GenerateFlags extends CommonFlags, WorldFlags {
  readonly format?: 'ndjson' | 'csv' | 'parquet';
  readonly output: string;
}

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
    .option('-o, --output <file>', 'where they go; - is standard output', '-')
    .action(async (flags: GenerateFlags) => {
      const { runGenerate } = await import('../generate/run-generate.js');
      await runGenerate(flags, terminal);
    });
  addCommonOptions(addWorldOptions(command));
  addExamples(command, [
    ['store generate --stores 3 --products 5 | head', 'look at them'],
    ['store generate --days 7 -o week.parquet', 'a file for any SQL engine'],
    ['store generate --shard 0/4 -o part0.ndjson', 'a quarter of the world; four of them make the whole'],
  ]);
}
