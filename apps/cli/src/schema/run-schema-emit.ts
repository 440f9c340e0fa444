import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { committedModule, generatedFiles, importPath } from './generated-files.js';
import { readIfThere, readType } from './read-type.js';
import { renderSchema } from './render-schema.js';
import type { SchemaFormat, SchemaOutput, SchemaSource } from './flags.js';
import { unifiedDiff } from './unified-diff.js';

/** Flags of `store schema emit` and `store schema check`. */
export interface SchemaEmitOptions extends SchemaSource {
  /** What goes to standard output where `out` is not given. @defaultValue 'glue' */
  readonly format?: SchemaFormat;
  /** Folder for the generated modules. */
  readonly out?: string;
  /** `s3://bucket/prefix/` of a table. */
  readonly location?: string;
}

/** `store schema emit`: one format to standard output, or the modules to a folder. Exit code 0 or 1. */
export function runSchemaEmit(options: SchemaEmitOptions, output: SchemaOutput): number {
  const { cwd, out, format = 'glue', location } = options;
  const { schema, stated } = readType(withCommitted(options), output);
  if (schema === undefined) return 1;
  if (out === undefined) {
    const entry = resolve(cwd, options.entry);
    const from = importPath(dirname(entry), entry);
    output.stdout(
      renderSchema(schema, format, { from, stated, ...(location === undefined ? {} : { location }) }),
    );
    return 0;
  }
  for (const { file, text } of generatedFiles(schema, stated, options, out)) {
    if (readIfThere(file) === text) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    output.stderr(`written: ${relative(cwd, file)}\n`);
  }
  return 0;
}

/** `store schema check`: 0 when the modules in `out` are what the type gives today, 1 with a diff when not. */
export function runSchemaCheck(
  options: SchemaEmitOptions & { readonly out: string },
  output: SchemaOutput,
): number {
  const { schema, stated } = readType(withCommitted(options), output);
  if (schema === undefined) return 1;
  let drifted = 0;
  for (const { file, text } of generatedFiles(schema, stated, options, options.out)) {
    const difference = unifiedDiff(readIfThere(file), text, relative(options.cwd, file));
    if (difference === '') continue;
    drifted += 1;
    output.stdout(difference);
  }
  if (drifted === 0) return 0;
  output.stderr(
    `${drifted} of the committed modules no longer match ${options.type}. Run the same command with \`emit\`.\n`,
  );
  return 1;
}

/** The order of the module that is there already is kept. */
function withCommitted(options: SchemaEmitOptions): SchemaSource {
  if (options.committed !== undefined || options.out === undefined) return options;
  return { ...options, committed: committedModule(options, options.out) };
}
