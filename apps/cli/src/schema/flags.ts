import { setImmediate } from 'node:timers/promises';
import type { Unmappable } from '@store/glue-schema/compiler';
import { Option, type Command } from 'commander';
import { addCommonOptions, type CommonFlags } from '../options/common-options.js';
import { writeOut } from '../output/write-out.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Started, Terminal } from '../terminal/terminal.js';

/** What `--format` may name; apart from the renderer, so that `--help` does not load the compiler. */
export const schemaFormats = [
  'glue',
  'manifest',
  'table-input',
  'terraform',
  'duckdb',
  'module',
  'validator',
  'encoder',
] as const;

/** One of {@link schemaFormats}. */
export type SchemaFormat = (typeof schemaFormats)[number];

/** Where a schema command writes; the exit code is what it returns. */
export interface SchemaOutput {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** What every schema command that reads a type is told. */
export interface SchemaSource {
  /** The TypeScript file that exports the type. */
  readonly entry: string;
  /** Name of the exported type. */
  readonly type: string;
  /** The project's tsconfig. */
  readonly tsconfig?: string;
  /** `snake` turns `unitPrice` into `unit_price`. */
  readonly names?: 'lower' | 'snake';
  /** The committed schema module, whose column order is kept. */
  readonly committed?: string;
  /** A file of decisions about parts that have no column. */
  readonly map?: string;
  /** What becomes of every other such part. */
  readonly unmappable?: Unmappable;
  /** Prints every diagnostic, however many there are. */
  readonly all?: boolean;
  /** Machine-readable output. */
  readonly json?: boolean;
  /** No notes, and no word of files that were written. */
  readonly quiet?: boolean;
  /** Does the work that blocks; see `Terminal`. */
  readonly blocking?: <T>(work: () => T) => T;
  /** Relative paths are meant from here. */
  readonly cwd: string;
  /** How the person started the command; see `Terminal`. */
  readonly started?: Started;
}

/** Flags of every `store schema` command that reads a type. */
export interface SchemaFlags extends CommonFlags {
  readonly entry: string;
  readonly type: string;
  readonly tsconfig?: string;
  readonly names?: 'lower' | 'snake';
  readonly committed?: string;
  readonly map?: string;
  readonly unmappable?: Unmappable;
  readonly all?: boolean;
}

/** Adds the flags that name a type. */
export function addSource(command: Command): Command {
  command
    .requiredOption('--entry <file>', 'the TypeScript file that exports the type')
    .requiredOption('--type <name>', 'name of the exported type')
    .option('--tsconfig <file>', 'the project (default: the nearest tsconfig.json above the entry)')
    .option('--committed <file>', 'generated schema module whose column order is kept')
    .addOption(new Option('--names <style>', 'column names').choices(['lower', 'snake']).default('lower'))
    .option('--map <file>', 'decisions about parts of the type, as JSON (`store schema adopt` proposes one)')
    .addOption(
      new Option(
        '--unmappable <how>',
        'what becomes of other parts without a column (default: error)',
      ).choices(['error', 'json', 'omit']),
    )
    .option('--all', 'print every diagnostic, not the first 50');
  return addCommonOptions(command);
}

/** Adds the flags that describe a Glue table. */
export const addTable = (command: Command): Command =>
  addTableFlags(
    command.requiredOption('--location <s3 uri>', 'where the objects lie: s3://bucket/prefix/'),
    'parquet',
  );

/** The same for a table that may be in the catalog already. */
export const addCatalogTable = (command: Command): Command =>
  addTableFlags(
    command.option(
      '--location <s3 uri>',
      "where the objects lie (default: the table's own, once there is one)",
    ),
    "the table's own, once there is one; before, parquet",
    ", or else the table's own",
  );

const addTableFlags = (command: Command, format: string, keys = ''): Command =>
  command
    .option('--table <name>', "name of the table (default: the type's name in snake case)")
    .addOption(
      new Option('--table-format <name>', `how objects are written (default: ${format})`).choices([
        'parquet',
        'json',
      ]),
    )
    .option(
      '--partition-key <name:type...>',
      `partition keys (default: columns marked @partitionKey${keys})`,
    );

/**
 * The flags as the work takes them. A Ctrl-C that came while the work was loaded counts: with the listeners off,
 * nobody would hear of it any more.
 */
export async function sourceOf(
  flags: SchemaFlags,
  { cwd, blocking, signal, started }: Terminal,
): Promise<SchemaSource> {
  await setImmediate();
  if (signal.aborted) throw interruption(signal, 'Nothing was read.');
  return {
    ...flags,
    cwd,
    ...(blocking === undefined ? {} : { blocking }),
    ...(started === undefined ? {} : { started }),
  };
}

/** Does work that blocks, during which Ctrl-C ends the process where the edge can see to it. */
export const runBlocking = <T>({ blocking }: SchemaSource, work: () => T): T =>
  blocking === undefined ? work() : blocking(work);

/** A text as `--json` prints it: in a document, under its name. */
export const printed = (text: string, name: string, { json }: SchemaSource): string =>
  json === true ? `${JSON.stringify({ [name]: text })}\n` : text;

/**
 * Runs the work with an output of its own, waits until everything is written, and ends with the exit code of the work:
 * it has said everything already, diagnostics as tsc prints them.
 */
export async function finish(
  { stdout, stderr }: Terminal,
  work: (output: SchemaOutput) => number | Promise<number>,
): Promise<void> {
  let written = Promise.resolve();
  const output: SchemaOutput = {
    stdout(text) {
      written = written.then(async () => writeOut(stdout, text));
      // It is awaited below; until then, nobody listens.
      written.catch(() => undefined);
    },
    stderr(text) {
      stderr.write(text);
    },
  };
  let exitCode: number;
  try {
    exitCode = await work(output);
  } finally {
    await written;
  }
  if (exitCode !== 0) throw new CliError('SAID_ALL', 'The command has said why.', { exitCode });
}
