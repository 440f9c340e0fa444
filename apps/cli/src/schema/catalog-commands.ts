import type { GlueClient } from '@aws-sdk/client-glue';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { clientOptions } from '../aws/client-options.js';
import { addCommonOptions, addExamples, type CommonFlags } from '../options/common-options.js';
import type { SchemaPushOptions, SchemaRollbackOptions, SchemaTableOptions } from './run-schema-catalog.js';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { addCatalogTable, addSource, finish, sourceOf, type SchemaFlags } from './flags.js';

/** Flags of `diff` and `push`. */
type PushFlags = SchemaFlags & Omit<SchemaPushOptions, 'cwd' | 'signal'>;

/** Declares the `store schema` commands that speak to the Glue catalog. */
export function registerSchemaCatalog(schema: Command, terminal: Terminal): void {
  const diff = addPlan(addCatalogTable(addSource(schema.command('diff'))))
    .description('What a push would change: exit 0 nothing, 1 an error, 2 compatible, 3 breaking')
    .action(async (flags: PushFlags) => {
      const { runSchemaDiff } = await import('./run-schema-catalog.js');
      const options = { ...flags, ...(await sourceOf(flags, terminal)), signal: terminal.signal };
      const glue = await glueOf(terminal);
      await finish(terminal, async (output) =>
        failingWithOne(async () => runSchemaDiff(options, glue, output)),
      );
    });
  const push = addPlan(addCatalogTable(addSource(schema.command('push'))))
    .description(
      'Create or update the table; refuses what breaks readers (exit 3), never overwrites another change',
    )
    .option('--dry-run', 'plan and check, and change nothing')
    .option('--create-database', 'make the database where the catalog has none of that name')
    .action(async (flags: PushFlags) => {
      const { runSchemaPush } = await import('./run-schema-catalog.js');
      const options = { ...flags, ...(await sourceOf(flags, terminal)), signal: terminal.signal };
      const glue = await glueOf(terminal);
      await finish(terminal, async (output) => runSchemaPush(options, glue, output));
    });
  const type = '--entry src/order.ts --type Order --database shop';
  addExamples(diff, terminal, [[`store schema diff ${type}`, 'before a deployment']]);
  addExamples(push, terminal, [
    [`store schema push ${type} --create-database --location s3://bucket/orders/`, 'the first time'],
    [`store schema push ${type} --dry-run`, 'preview the changes'],
    [`store schema push ${type} --cascade`, 'and the registered partitions too'],
  ]);
  registerVersions(schema, terminal);
}

function registerVersions(schema: Command, terminal: Terminal): void {
  const versions = addCommonOptions(addAddress(schema.command('versions')))
    .description('The versions of a table, newest first')
    .action(async (flags: SchemaTableOptions & CommonFlags) => {
      const { runSchemaVersions } = await import('./run-schema-catalog.js');
      const glue = await glueOf(terminal);
      const options = { ...flags, signal: terminal.signal };
      await finish(terminal, async (output) => runSchemaVersions(options, glue, output));
    });
  const rollback = addRules(addCommonOptions(addAddress(schema.command('rollback'))))
    .description('Make an archived version of a table the newest one')
    .requiredOption('--to <version>', 'a version that `store schema versions` lists', versionNumber)
    .option('--dry-run', 'change nothing')
    .addOption(
      new Option('--version [version]').hideHelp().argParser((version: string) => {
        throw new InvalidArgumentError(`use --to ${version}`);
      }),
    )
    .action(async (flags: SchemaRollbackOptions & CommonFlags) => {
      const { runSchemaRollback } = await import('./run-schema-catalog.js');
      const glue = await glueOf(terminal);
      const options = { ...flags, signal: terminal.signal };
      await finish(terminal, async (output) => runSchemaRollback(options, glue, output));
    });
  const table = '--database shop --table order';
  addExamples(versions, terminal, [[`store schema versions ${table}`, 'what Glue kept']]);
  addExamples(rollback, terminal, [
    [`store schema rollback ${table} --to 3 --dry-run`, 'would it change anything'],
    [`store schema rollback ${table} --to 3`, 'as a new version'],
    [`store schema rollback ${table} --to 3 --cascade`, 'and the registered partitions too'],
  ]);
}

const addAddress = (command: Command): Command =>
  command.requiredOption('--database <name>', 'Glue database').requiredOption('--table <name>', 'Glue table');

/** Exit code 2 of a diff says "compatible", so no error of its work may end with it. */
async function failingWithOne(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const { exitCode, message, fix } = explainError(error);
    if (exitCode !== 2) throw error;
    throw new CliError('USAGE', message, {
      exitCode: 1,
      cause: error,
      ...(fix === undefined ? {} : { fix }),
    });
  }
}

function versionNumber(text: string): string {
  if (/^[0-9]+$/.test(text)) return text;
  throw new InvalidArgumentError('expected a number that `store schema versions` lists');
}

const addPlan = (command: Command): Command =>
  addRules(command.requiredOption('--database <name>', 'Glue database')).option(
    '--prune',
    'remove columns that only the catalog has',
  );

const addRules = (command: Command): Command =>
  command
    .addOption(
      new Option('--compatibility <mode>', 'what must stay readable')
        .choices(['NONE', 'BACKWARD', 'FORWARD', 'FULL', 'BACKWARD_ALL', 'FORWARD_ALL', 'FULL_ALL'])
        .default('BACKWARD'),
    )
    .option(
      '--allow-widen',
      'take changes that depend on the readers, such as a wider integer or a new field of a struct',
    )
    .option('--cascade', 'take registered partitions along: each gets the columns of the table');

async function glueOf({ env }: Terminal): Promise<GlueClient> {
  const { GlueClient: Client } = await import('@aws-sdk/client-glue');
  return new Client(clientOptions('GLUE', env));
}
