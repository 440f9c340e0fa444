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
};
const typeRules: OptionRules<Pick<EmitSchemaOptions, 'type' | 'previous'>> = {
  type: required(text('the name of an exported type')),
  previous: committedColumnsRule,
};
const emitSchemaRules: OptionRules<EmitSchemaOptions> = { ...programRules, ...typeRules };
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
  const needsLibraries = trimmed.some(({ diagnostics }) =>
    diagnostics.some(({ code }) => code.startsWith('TS')),
  );
  return needsLibraries ? emitWith(options, entry, true) : trimmed;
}

function emitWith(
  options: EmitSchemasOptions,
  entry: string,
  fullLibraries: boolean,
): readonly EmitSchemaResult[] {
  const { tsconfig = nearestTsconfig(entry), backend = 'auto', typescript } = options;
  const program = openProgram({ entry, tsconfig, backend, typescript, fullLibraries });
  try {
    return options.types.map(({ type, previous }) =>
      walkType(program, { entry, name: type, previous, names: options.names ?? 'lower' }),
    );
  } finally {
    program.close();
  }
}

const fileNotFound = (entry: string): EmitSchemaResult => ({
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
