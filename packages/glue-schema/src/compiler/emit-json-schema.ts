import { resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { checkOptions, text, type OptionRules, required } from '@store/foundation';
import { invalidOption } from '../errors.js';
import type { JsonSchema } from '../to-json-schema.js';
import type { SchemaDiagnostic, SchemaDiagnosticCode } from './diagnostic.js';
import { fileNotFound, withProgram } from './emit-schema.js';
import { jsonSchemaOf, type UnreadableType } from './json-schema-of-type.js';

/** What {@link emitJsonSchema} reads. */
export interface EmitJsonSchemaOptions {
  /** The TypeScript file that exports the type. */
  readonly entry: string;
  /** Name under which the file exports the type. */
  readonly type: string;
  /** The project's tsconfig. @defaultValue the nearest tsconfig.json in the entry's folder or above */
  readonly tsconfig?: string;
}

/** A JSON Schema, or what keeps it from being one. */
export interface EmitJsonSchemaResult {
  /** Draft 2020-12; undefined when there is a diagnostic. */
  readonly schema: JsonSchema | undefined;
  /** What was found, in the order of the type. */
  readonly diagnostics: readonly SchemaDiagnostic[];
}

const rules: OptionRules<EmitJsonSchemaOptions> = {
  entry: required(text('the path of a TypeScript file')),
  type: required(text('the name of an exported type')),
  tsconfig: text('the path of a tsconfig.json'),
};

/**
 * Emits the JSON Schema of an exported type that stands for a document that people write, such as a file of settings: unions
 * and tables of any keys, which no column of a table holds, are kept. Comments become descriptions, and the tags `@minimum`,
 * `@maximum`, `@minLength`, `@maxLength`, `@minItems`, `@maxItems` and `@asType integer` of a property its bounds. Unknown
 * keys are refused. For the events of a table there is {@link emitSchema}.
 *
 * @example
 * ```ts
 * import { emitJsonSchema } from '@store/glue-schema/compiler';
 *
 * const { schema, diagnostics } = emitJsonSchema({ entry: 'src/settings.ts', type: 'Settings' });
 * console.log(schema?.title, diagnostics.length);
 * ```
 */
export function emitJsonSchema(options: EmitJsonSchemaOptions): EmitJsonSchemaResult {
  checkOptions(options, rules, invalidOption);
  const entry = resolve(options.entry);
  if (!existsSync(entry)) return { schema: undefined, diagnostics: fileNotFound(entry).diagnostics };
  const { type, tsconfig } = options;
  return withProgram(tsconfig === undefined ? {} : { tsconfig }, entry, false, (program) => {
    const exported = program.exportedType(entry, type);
    const at = { file: entry, line: 1, column: 1 };
    if (exported === undefined) {
      const names = program.exportedNames(entry).join(', ');
      return failed([
        {
          ...at,
          code: 'TYPE_NOT_FOUND',
          severity: 'error',
          path: '',
          message: `The file exports no type ${type}.`,
          fix: `It exports: ${names}.`,
        },
      ]);
    }
    const { schema, unreadable } = jsonSchemaOf(exported.type, exported.doc, type);
    if (unreadable.length > 0)
      return failed(unreadable.map((one) => diagnosticOf(one, { ...at, ...exported.position })));
    return { schema, diagnostics: [] };
  });
}

const failed = (diagnostics: readonly SchemaDiagnostic[]): EmitJsonSchemaResult => ({
  schema: undefined,
  diagnostics,
});

function diagnosticOf(
  { kind, path, position }: UnreadableType,
  root: Pick<SchemaDiagnostic, 'file' | 'line' | 'column'>,
): SchemaDiagnostic {
  const { file, line, column } = position ?? root;
  const code: SchemaDiagnosticCode =
    kind === 'any'
      ? 'ANY'
      : kind === 'function'
        ? 'FUNCTION'
        : kind === 'tag'
          ? 'TAG_INVALID'
          : 'NOT_SERIALISABLE';
  const message =
    kind === 'tag' ? 'The tag has no number.' : `No document of JSON holds a value of the kind ${kind}.`;
  const fix =
    kind === 'tag'
      ? 'Write a number behind it.'
      : 'Choose texts, numbers, booleans, lists, tables or objects of them.';
  return { file, line, column, code, severity: 'error', path, message, fix };
}
