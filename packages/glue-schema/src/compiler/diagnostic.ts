import { checkObject } from '../check-arguments.js';
import type { TableSchema } from '../table-schema.js';

/** What can be wrong with a type, each with one meaning; `TS…` is TypeScript's own error. */
export type SchemaDiagnosticCode =
  | 'ANY'
  | 'BINARY_UNPROVEN'
  | 'DEPTH'
  | 'EMPTY_OBJECT'
  | 'FILE_NOT_FOUND'
  | 'FUNCTION'
  | 'GENERIC_OPEN'
  | 'INDEX_AND_PROPERTIES'
  | 'KEYWORD_UNREAD'
  | 'MAP_INVALID'
  | 'MAP_UNUSED'
  | 'NAME_COLLISION'
  | 'NAME_INVALID'
  | 'NAME_NESTED_MAPPING'
  | 'NEVER'
  | 'NOT_A_RECORD'
  | 'NOT_SERIALISABLE'
  | 'NULL_ONLY'
  | 'PARTITION_KEYS_ONLY'
  | 'PARTITION_KEY_COMPLEX'
  | 'PRIVATE_FIELD'
  | 'RECURSIVE'
  | 'RENAMED_FROM'
  | 'RESERVED_WORD'
  | 'SYMBOL'
  | 'TABLE_TOO_LARGE'
  | 'TAG_CONFLICT'
  | 'TAG_INVALID'
  | 'TAG_MISPLACED'
  | 'TOO_MANY_TYPES'
  | 'TUPLE_MIXED'
  | 'TYPE_NOT_FOUND'
  | 'TYPE_TOO_LONG'
  | 'UNDEFINED_ONLY'
  | 'UNION_MIXED'
  | 'UNION_OF_OBJECTS'
  | 'UNKNOWN'
  | 'VOID'
  | `TS${number}`;

/** One finding: where in the file, where in the type, what, and one way out. */
export interface SchemaDiagnostic {
  /** Stable, for programs. */
  readonly code: SchemaDiagnosticCode;
  /** An `error` leaves no schema. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Path of the file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** From the type to the place: `Order.items[].price`. */
  readonly path: string;
  /** How many paths lead to this cause, where more than one does. */
  readonly paths?: number;
  /** One sentence that says what is wrong. */
  readonly message: string;
  /** One change that settles it. */
  readonly fix: string;
}

/** A schema, or what keeps it from being one. */
export interface EmitSchemaResult {
  /** Undefined when a diagnostic is an error. */
  readonly schema: TableSchema | undefined;
  /** What was found, errors first to last in the order of the type. */
  readonly diagnostics: readonly SchemaDiagnostic[];
  /** Paths whose column a JSDoc tag or a `toJSON` states: beyond what `ColumnsOf` can prove. */
  readonly stated: readonly string[];
}

/**
 * One diagnostic as tsc prints it, with the way out on a second line.
 *
 * @example
 * ```ts
 * import { formatDiagnostic } from '@store/glue-schema/compiler';
 *
 * const text = formatDiagnostic({
 *   code: 'UNION_MIXED',
 *   severity: 'error',
 *   file: 'order.ts',
 *   line: 3,
 *   column: 3,
 *   path: 'Order.total',
 *   message: 'The union number | string mixes types that no one column holds.',
 *   fix: 'Choose one type.',
 * });
 * console.log(text.split('\n')[1]); //   Fix: Choose one type.
 * ```
 */
export function formatDiagnostic(diagnostic: SchemaDiagnostic): string {
  checkObject('diagnostic', diagnostic);
  const { file, line, column, severity, code, path, paths, message, fix } = diagnostic;
  const reached = paths === undefined ? '' : ` (reached by ${pathsText(paths)})`;
  const where = path === '' ? '' : `${path}${reached}: `;
  return `${file}:${line}:${column} - ${severity} ${code}: ${where}${message}\n  Fix: ${fix}`;
}

/** Paths multiply with each level: beyond a million, nobody counts. */
const pathsText = (paths: number): string => (paths > 1_000_000 ? 'over a million paths' : `${paths} paths`);
