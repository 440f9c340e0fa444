import { type Command, Option } from 'commander';
import { addCommonOptions, addExamples, type CommonFlags } from '../options/common-options.js';
import { schemaFormats, type SchemaFormat } from '../schema/schema-formats.js';
import type { SchemaOutput, SchemaSource } from '../schema/schema-output.js';
import { SaidAllError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** Flags of every `store schema` command that reads a type. */
interface SchemaFlags extends CommonFlags {
  readonly entry: string;
  readonly type: string;
  readonly tsconfig?: string;
  readonly names?: 'lower' | 'snake';
  readonly committed?: string;
}

/** Declares `store schema` and its commands. */
export function registerSchema(program: Command, terminal: Terminal): void {
  const schema = program
    .command('schema')
    .description('Any TypeScript type to Glue columns, DDL, JSON Schema, and the Glue catalog');
  registerEmit(schema, terminal);
  registerCheck(schema, terminal);
  registerExplain(schema, terminal);
}

function registerEmit(schema: Command, terminal: Terminal): void {
  const command = addSource(schema.command('emit'))
    .description('The columns of a type, or the modules to commit beside it')
    .addOption(new Option('--format <name>', 'what to print').choices(schemaFormats).default('glue'))
    .option('--out <dir>', 'write manifest, validator and encoder modules to this folder instead')
    .option('--location <s3 uri>', 'where the objects of the table lie, for --format table-input')
    .action(async (flags: SchemaFlags & { format: SchemaFormat; out?: string; location?: string }) => {
      const { runSchemaEmit } = await import('../schema/run-schema-emit.js');
      finish(runSchemaEmit({ ...flags, ...source(flags, terminal) }, outputOf(terminal)));
    });
  addExamples(command, [
    [
      'store schema emit --entry src/order.ts --type Order',
      'the columns, as `aws glue create-table` takes them',
    ],
    ['store schema emit --entry src/order.ts --type Order --out src', 'modules to commit: drift fails tsc'],
  ]);
}

function registerCheck(schema: Command, terminal: Terminal): void {
  const command = addSource(schema.command('check'))
    .description('Exit 1, with a diff, when committed modules no longer match the type')
    .requiredOption('--out <dir>', 'the folder that `emit` wrote to')
    .action(async (flags: SchemaFlags & { out: string }) => {
      const { runSchemaCheck } = await import('../schema/run-schema-emit.js');
      finish(runSchemaCheck({ ...flags, ...source(flags, terminal) }, outputOf(terminal)));
    });
  addExamples(command, [['store schema check --entry src/order.ts --type Order --out src', 'in CI']]);
}

function registerExplain(schema: Command, terminal: Terminal): void {
  const command = addSource(schema.command('explain'))
    .description('What becomes of a column: Glue type, wire form, DuckDB type, nullability')
    .argument('[column]', 'a column, or a path into a struct: location.latitude')
    .action(async (column: string | undefined, flags: SchemaFlags) => {
      const { runSchemaExplain } = await import('../schema/run-schema-explain.js');
      const options = { ...source(flags, terminal), ...(column === undefined ? {} : { column }) };
      finish(runSchemaExplain(options, outputOf(terminal)));
    });
  addExamples(command, [['store schema explain total --entry src/order.ts --type Order', 'one column']]);
}

function addSource(command: Command): Command {
  command
    .requiredOption('--entry <file>', 'the TypeScript file that exports the type')
    .requiredOption('--type <name>', 'name of the exported type')
    .option('--tsconfig <file>', 'the project (default: the nearest tsconfig.json above the entry)')
    .option('--committed <file>', 'generated schema module whose column order is kept')
    .addOption(new Option('--names <style>', 'column names').choices(['lower', 'snake']).default('lower'));
  return addCommonOptions(command);
}

const source = (flags: SchemaFlags, { cwd }: Terminal): SchemaSource => ({ ...flags, cwd });

const outputOf = ({ stdout, stderr }: Terminal): SchemaOutput => ({
  stdout: (text) => {
    stdout.write(text);
  },
  stderr: (text) => {
    stderr.write(text);
  },
});

/** Everything is said already, diagnostics as tsc prints them; only the exit code is left. */
function finish(exitCode: number): void {
  if (exitCode !== 0) throw new SaidAllError(exitCode);
}
