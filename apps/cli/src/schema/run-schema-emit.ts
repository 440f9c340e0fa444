import { makeFolder } from '@store/durable';
import { writeFileSync } from 'node:fs';
import { inertText } from '@store/foundation';
import { dirname, relative, resolve } from 'node:path';
import { printedCommand, shellWord } from '../terminal/printed-command.js';
import { committedModule, generatedFiles, importPath } from './generated-files.js';
import { readIfThere, readType } from './read-type.js';
import { asFolder } from './run-schema-print.js';
import { renderSchema } from './render-schema.js';
import { printed, type SchemaFormat, type SchemaOutput, type SchemaSource } from './flags.js';
import { unifiedDiff } from './unified-diff.js';

/** Flags of `store schema emit` and `store schema check`. */
export interface SchemaEmitOptions extends SchemaSource {
  /** What goes to standard output where `out` is not given. @defaultValue 'glue' */
  readonly format?: SchemaFormat;
  /** Folder for the generated modules. */
  readonly out?: string;
  /** `s3://bucket/prefix/` of a table. */
  readonly location?: string;
  /** `column:hour` or `column:day`, of Terraform's table. */
  readonly partitionBy?: string;
}

/** Formats that are JSON as they are. */
const jsonFormats: ReadonlySet<SchemaFormat> = new Set(['glue', 'manifest', 'table-input']);

/** `store schema emit`: one format to standard output, or the modules to a folder. Exit code 0 or 1. */
export function runSchemaEmit(options: SchemaEmitOptions, output: SchemaOutput): number {
  const { cwd, out, format = 'glue', location, partitionBy } = options;
  const { schema, stated } = readType(withCommitted(options), output);
  if (schema === undefined) return 1;
  if (out === undefined) {
    const entry = resolve(cwd, options.entry);
    const from = importPath(dirname(entry), entry);
    const text = renderSchema(schema, format, {
      command: commandOf(options),
      from,
      stated,
      ...(location === undefined ? {} : { location: asFolder(location) }),
      ...(partitionBy === undefined ? {} : { partitionBy }),
    });
    output.stdout(jsonFormats.has(format) ? text : printed(text, format, options));
    return 0;
  }
  const written: string[] = [];
  for (const { file, text } of generatedFiles(schema, stated, options, out)) {
    if (readIfThere(file) === text) continue;
    makeFolder(dirname(file));
    writeFileSync(file, text);
    written.push(relative(cwd, file));
  }
  if (options.json === true) output.stdout(`${JSON.stringify({ written })}\n`);
  else if (options.quiet !== true) for (const file of written) output.stderr(`written: ${file}\n`);
  return 0;
}

/** The command line that prints a format with these options, as it is typed where the person stands. */
function commandOf(options: SchemaEmitOptions): string {
  const { entry, type, names } = options;
  const flags: readonly (readonly [flag: string, value: string | undefined])[] = [
    ['--tsconfig', options.tsconfig],
    ['--committed', options.committed],
    ['--names', names === 'lower' ? undefined : names],
    ['--map', options.map],
    ['--unmappable', options.unmappable],
    ['--format', options.format],
    ['--location', options.location],
    ['--partition-by', options.partitionBy],
  ];
  const given = flags.map(([flag, value]) => (value === undefined ? '' : ` ${flag} ${shellWord(value)}`));
  const command = `store schema emit --entry ${shellWord(entry)} --type ${shellWord(type)}${given.join('')}`;
  // Whatever reads it takes the output alone: npm would print two lines of its own.
  return inertText(printedCommand(`${command} |`, options).slice(0, -' |'.length));
}

/** `store schema check`: 0 when the modules in `out` are what the type gives today, 1 with a diff when not. */
export function runSchemaCheck(
  options: SchemaEmitOptions & { readonly out: string },
  output: SchemaOutput,
): number {
  const { schema, stated } = readType(withCommitted(options), output);
  if (schema === undefined) return 1;
  const drifted: { readonly file: string; readonly diff: string }[] = [];
  for (const { file, text } of generatedFiles(schema, stated, options, options.out)) {
    const name = relative(options.cwd, file);
    const diff = unifiedDiff(readIfThere(file), text, name);
    if (diff !== '') drifted.push({ file: name, diff });
  }
  output.stdout(
    options.json === true ? `${JSON.stringify({ drifted })}\n` : drifted.map(({ diff }) => diff).join(''),
  );
  if (drifted.length === 0) return 0;
  if (options.json === true) return 1;
  output.stderr(
    `${drifted.length} of the committed modules no longer match ${options.type}. Run the same command with \`emit\`.\n`,
  );
  return 1;
}

/** The order of the module that is there already is kept. */
function withCommitted(options: SchemaEmitOptions): SchemaSource {
  if (options.committed !== undefined || options.out === undefined) return options;
  return { ...options, committed: committedModule(options, options.out) };
}
