import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  checkOptions,
  listOf,
  nested,
  oneOf,
  type OptionRules,
  required,
  satisfying,
  text,
} from '@store/foundation';
import { GlueSchemaError, invalidOption } from '../errors.js';
import { type CommittedColumns, committedColumnsRule } from './committed-columns.js';
import type { EmitSchemaResult } from './diagnostic.js';
import { type Backend, nearestTsconfig, openProgram } from './open-program.js';
import { MapRules, type SchemaMap, schemaMapRules } from './schema-map.js';
import type { TypeProgram } from './type-view.js';
import { walkType } from './walk-type.js';
import type { NameStyle } from './walk/site.js';

/** What `emitSchema` reads and how. */
export interface EmitSchemaOptions {
  /** The TypeScript file that exports the type. */
  readonly entry: string;
  /** Name under which the file exports the type. */
  readonly type: string;
  /**
   * The project's tsconfig, for path aliases and module resolution.
   * @defaultValue the nearest tsconfig.json in the entry's folder or above
   */
  readonly tsconfig?: string;
  /** Which compiler API reads: 5 and 6 have the classic one, 7 the native one. @defaultValue 'auto' */
  readonly backend?: Backend;
  /**
   * The module `typescript`, or `typescript/unstable/sync` of 7.
   * @defaultValue the one that the entry file's project has installed
   */
  readonly typescript?: object;
  /** `snake` turns `unitPrice` into `unit_price` and records the JSON key. @defaultValue 'lower' */
  readonly names?: NameStyle;
  /** The committed schema: its column order is kept and new columns append. @defaultValue none */
  readonly previous?: CommittedColumns;
  /** Decisions about parts of the type that have no column, from outside it. @defaultValue none: each is an error */
  readonly map?: SchemaMap;
}

const programRules: OptionRules<Omit<EmitSchemaOptions, 'type' | 'previous'>> = {
  entry: required(text('the path of a TypeScript file')),
  tsconfig: text('the path of a tsconfig.json'),
  backend: oneOf('auto', 'classic', 'native'),
  typescript: satisfying(
    'the module `typescript`',
    (value) => (typeof value === 'object' && value !== null) || typeof value === 'function',
  ),
  names: oneOf('lower', 'snake'),
  map: nested(schemaMapRules),
};
const typeRules: OptionRules<Pick<EmitSchemaOptions, 'type' | 'previous'>> = {
  type: required(text('the name of an exported type')),
  previous: committedColumnsRule,
};
/** How the options of one emission are checked. */
export const emitSchemaRules: OptionRules<EmitSchemaOptions> = { ...programRules, ...typeRules };
const emitSchemasRules: OptionRules<EmitSchemasOptions> = {
  ...programRules,
  types: required(listOf(nested(typeRules))),
};

/**
 * Emits the manifest of one exported TypeScript type.
 *
 * @example
 * ```ts
 * import { emitSchema, formatDiagnostic } from '@store/glue-schema/compiler';
 *
 * const { schema, diagnostics } = emitSchema({ entry: 'src/order.ts', type: 'Order' });
 * for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic));
 * console.log(schema?.columns.map(({ name }) => name));
 * ```
 */
export function emitSchema(options: EmitSchemaOptions): EmitSchemaResult {
  checkOptions(options, emitSchemaRules, invalidOption);
  const { type, previous, ...rest } = options;
  const [result] = emitSchemas({
    ...rest,
    types: [{ type, ...(previous === undefined ? {} : { previous }) }],
  });
  if (result !== undefined) return result;
  throw new GlueSchemaError('INVALID_OPTION', 'Expected `types` to name at least one type, got none');
}

/** Several types of one file, from one program: the program is nearly all of the cost. */
export interface EmitSchemasOptions extends Omit<EmitSchemaOptions, 'type' | 'previous'> {
  /** The types to emit, each with the schema that was committed for it. */
  readonly types: readonly { readonly type: string; readonly previous?: CommittedColumns }[];
}

/**
 * Emits several types of one file; the results are in the order of `types`.
 *
 * @example
 * ```ts
 * import { emitSchemas } from '@store/glue-schema/compiler';
 *
 * const [order, refund] = emitSchemas({ entry: 'src/order.ts', types: [{ type: 'Order' }, { type: 'Refund' }] });
 * console.log(order?.schema?.columns.length, refund?.schema?.columns.length);
 * ```
 */
export function emitSchemas(options: EmitSchemasOptions): readonly EmitSchemaResult[] {
  checkOptions(options, emitSchemasRules, invalidOption);
  const entry = resolve(options.entry);
  if (!existsSync(entry)) return options.types.map(() => fileNotFound(entry));
  const trimmed = emitWith(options, entry, false);
  // A file may use what only its own libraries declare; then they are read too.
  return trimmed.some(needsLibraries) ? emitWith(options, entry, true) : trimmed;
}

/** True where TypeScript did not find what the libraries of the project may declare. */
export const needsLibraries = ({ diagnostics }: EmitSchemaResult): boolean =>
  diagnostics.some(({ code }) => code.startsWith('TS'));

/** Works on a program over an entry file, and closes it. */
export function withProgram<T>(
  { tsconfig, backend = 'auto', typescript }: Pick<EmitSchemaOptions, 'backend' | 'tsconfig' | 'typescript'>,
  entry: string,
  fullLibraries: boolean,
  work: (program: TypeProgram) => T,
): T {
  const project = tsconfig ?? nearestTsconfig(entry);
  const program = openProgram({ entry, tsconfig: project, backend, typescript, fullLibraries });
  try {
    return work(program);
  } finally {
    program.close();
  }
}

function emitWith(
  options: EmitSchemasOptions,
  entry: string,
  fullLibraries: boolean,
): readonly EmitSchemaResult[] {
  return withProgram(options, entry, fullLibraries, (program) => {
    const map = new MapRules(options.map ?? {});
    const names = options.names ?? 'lower';
    const results = options.types.map(({ type, previous }) =>
      walkType(program, { entry, name: type, previous, names, map }),
    );
    return withMapProblems(results, map);
  });
}

/** A key may be about any of the types; one that is about none of them keeps all from being right. */
function withMapProblems(results: readonly EmitSchemaResult[], map: MapRules): readonly EmitSchemaResult[] {
  const problems = map.problems();
  if (problems.length === 0) return results;
  return results.map(({ diagnostics }) => ({
    schema: undefined,
    stated: [],
    diagnostics: [...diagnostics, ...problems],
  }));
}

/** What a missing file gives. */
export const fileNotFound = (entry: string): EmitSchemaResult => ({
  schema: undefined,
  stated: [],
  diagnostics: [
    {
      code: 'FILE_NOT_FOUND',
      severity: 'error',
      file: entry,
      line: 1,
      column: 1,
      path: '',
      message: 'There is no such file.',
      fix: 'Correct the entry path.',
    },
  ],
});
