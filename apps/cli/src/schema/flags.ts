import { type Command, Option } from 'commander';
import { addCommonOptions, type CommonFlags } from '../options/common-options.js';
import type { SchemaOutput, SchemaSource } from './schema-output.js';
import { SaidAllError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** Flags of every `store schema` command that reads a type. */
export interface SchemaFlags extends CommonFlags {
  readonly entry: string;
  readonly type: string;
  readonly tsconfig?: string;
  readonly names?: 'lower' | 'snake';
  readonly committed?: string;
}

/** Adds the flags that name a type. */
export function addSource(command: Command): Command {
  command
    .requiredOption('--entry <file>', 'the TypeScript file that exports the type')
    .requiredOption('--type <name>', 'name of the exported type')
    .option('--tsconfig <file>', 'the project (default: the nearest tsconfig.json above the entry)')
    .option('--committed <file>', 'generated schema module whose column order is kept')
    .addOption(new Option('--names <style>', 'column names').choices(['lower', 'snake']).default('lower'));
  return addCommonOptions(command);
}

/** Adds the flags that describe a Glue table. */
export const addTable = (command: Command): Command =>
  addTableFlags(command.requiredOption('--location <s3 uri>', 'where the objects lie: s3://bucket/prefix/'));

/** The same for a table that may be in the catalog already. */
export const addCatalogTable = (command: Command): Command =>
  addTableFlags(
    command.option(
      '--location <s3 uri>',
      "where the objects lie (default: the table's own, once there is one)",
    ),
  );

const addTableFlags = (command: Command): Command =>
  command
    .option('--table <name>', "name of the table (default: the type's name in snake case)")
    .addOption(new Option('--table-format <name>', 'how objects are written').choices(['parquet', 'json']))
    .option('--partition-key <name:type...>', 'partition keys (default: columns marked @partitionKey)');

/** The flags as the work takes them. */
export const sourceOf = (flags: SchemaFlags, { cwd }: Terminal): SchemaSource => ({ ...flags, cwd });

/** The terminal as the work writes to it. */
export const outputOf = ({ stdout, stderr }: Terminal): SchemaOutput => ({
  stdout: (text) => {
    stdout.write(text);
  },
  stderr: (text) => {
    stderr.write(text);
  },
});

/** Everything is said already, diagnostics as tsc prints them; only the exit code is left. */
export function finish(exitCode: number): void {
  if (exitCode !== 0) throw new SaidAllError(exitCode);
}
