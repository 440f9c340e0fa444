import { Option, type Command } from 'commander';
import { addExamples } from '../options/common-options.js';
import type { SchemaEmitOptions } from './run-schema-emit.js';
import type { SchemaDdlOptions } from './run-schema-print.js';
import { schemaFormats, addSource, addTable, finish, sourceOf, type SchemaFlags } from './flags.js';
import type { Terminal } from '../terminal/terminal.js';
import { registerSchemaCatalog } from './catalog-commands.js';
import { OutputOption } from '../options/named-paths.js';

/** Declares `store schema` and its commands. */
export function registerSchema(program: Command, terminal: Terminal): void {
  const schema = program
    .command('schema')
    .description('Any TypeScript type to Glue columns, DDL, JSON Schema, and the Glue catalog');
  registerEmit(schema, terminal);
  registerCheck(schema, terminal);
  registerAdopt(schema, terminal);
  registerPrint(schema, terminal);
  registerExplain(schema, terminal);
  registerSchemaCatalog(schema, terminal);
}

function registerEmit(schema: Command, terminal: Terminal): void {
  const command = addSource(schema.command('emit'))
    .description('The columns of a type, or the modules to commit beside it')
    .addOption(new Option('--format <name>', 'what to print').choices(schemaFormats).default('glue'))
    .addOption(
      new OutputOption(
        '--out <dir>',
        'write the modules of schema, validator, encoder and JSON Schema to this folder instead',
        'folder',
      ),
    )
    .option(
      '--location <s3 uri>',
      'where the objects of the table lie, for --format table-input and terraform',
    )
    .option('--partition-by <column:hour|day>', 'partitions by a time of the event, for --format terraform')
    .action(
      async (flags: SchemaFlags & Pick<SchemaEmitOptions, 'format' | 'out' | 'location' | 'partitionBy'>) => {
        const { runSchemaEmit } = await import('./run-schema-emit.js');
        const options = { ...flags, ...(await sourceOf(flags, terminal)) };
        await finish(terminal, (output) => runSchemaEmit(options, output));
      },
    );
  addExamples(command, terminal, [
    [
      'store schema emit --entry src/order.ts --type Order',
      'the columns, as `aws glue create-table` takes them',
    ],
    ['store schema emit --entry src/order.ts --type Order --out src', 'modules to commit: drift fails tsc'],
    [
      'store schema emit --entry src/order.ts --type Order --format terraform --partition-by placed_at:day',
      'locals for a Terraform module',
    ],
  ]);
}

function registerCheck(schema: Command, terminal: Terminal): void {
  const command = addSource(schema.command('check'))
    .description('Exit 1, with a diff, when committed modules no longer match the type')
    .requiredOption('--out <dir>', 'the folder that `emit` wrote to')
    .action(async (flags: SchemaFlags & { out: string }) => {
      const { runSchemaCheck } = await import('./run-schema-emit.js');
      const options = { ...flags, ...(await sourceOf(flags, terminal)) };
      await finish(terminal, (output) => runSchemaCheck(options, output));
    });
  addExamples(command, terminal, [
    ['store schema check --entry src/order.ts --type Order --out src', 'in CI'],
  ]);
}

function registerAdopt(schema: Command, terminal: Terminal): void {
  const command = addSource(schema.command('adopt'))
    .description(
      'Proposes a map file for a type that you cannot edit: each part without a column, and what to make of it',
    )
    .addOption(new OutputOption('--out <file>', 'write the map to this file (default: standard output)'))
    .action(async (flags: SchemaFlags & { out?: string }) => {
      const { runSchemaAdopt } = await import('./run-schema-adopt.js');
      const options = { ...flags, ...(await sourceOf(flags, terminal)) };
      await finish(terminal, (output) => runSchemaAdopt(options, output));
    });
  const type = '--entry src/charge.ts --type Charge';
  addExamples(command, terminal, [
    [`store schema adopt ${type} --out charge.map.json`, 'then read it'],
    [`store schema emit ${type} --map charge.map.json`, 'the columns, with those decisions'],
  ]);
}

function registerExplain(schema: Command, terminal: Terminal): void {
  const command = addSource(schema.command('explain'))
    .description('What becomes of a column: Glue type, wire form, DuckDB type, nullability')
    .argument('[column]', 'a column, or a path into a struct: location.latitude')
    .action(async (column: string | undefined, flags: SchemaFlags) => {
      const { runSchemaExplain } = await import('./run-schema-explain.js');
      const options = { ...(await sourceOf(flags, terminal)), ...(column === undefined ? {} : { column }) };
      await finish(terminal, (output) => runSchemaExplain(options, output));
    });
  addExamples(command, terminal, [
    ['store schema explain total --entry src/order.ts --type Order', 'one column'],
  ]);
}

function registerPrint(schema: Command, terminal: Terminal): void {
  const ddl = addTable(addSource(schema.command('ddl')))
    .description('The Athena statement that creates the table')
    .option('--database <name>', 'Glue database')
    .action(async (flags: SchemaFlags & Omit<SchemaDdlOptions, 'cwd'>) => {
      const { runSchemaDdl } = await import('./run-schema-print.js');
      const options = { ...flags, ...(await sourceOf(flags, terminal)) };
      await finish(terminal, (output) => runSchemaDdl(options, output));
    });
  const jsonSchema = addSource(schema.command('json-schema'))
    .description('The JSON Schema of an event on the wire')
    .addOption(
      new Option('--target <draft>', 'draft of the JSON Schema')
        .choices(['draft-07', 'draft-2020-12'])
        .default('draft-2020-12'),
    )
    .action(async (flags: SchemaFlags & { target: 'draft-07' | 'draft-2020-12' }) => {
      const { runSchemaJsonSchema } = await import('./run-schema-print.js');
      const options = { ...flags, ...(await sourceOf(flags, terminal)) };
      await finish(terminal, (output) => runSchemaJsonSchema(options, output));
    });
  const type = '--entry src/order.ts --type Order';
  addExamples(ddl, terminal, [
    [`store schema ddl ${type} --location s3://bucket/orders/`, 'paste it into Athena'],
  ]);
  addExamples(jsonSchema, terminal, [
    [`store schema json-schema ${type} --target draft-07`, 'as the Glue Schema Registry takes it'],
  ]);
}
