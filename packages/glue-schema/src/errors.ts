import { CodedError, type OptionProblem } from '@store/foundation';

/** What went wrong, for programs: stable across releases. */
export type GlueSchemaErrorCode =
  /** A type string that Hive's grammar does not have. */
  | 'INVALID_TYPE_TEXT'
  /** A type tree that no type string can say. */
  | 'INVALID_TYPE'
  /** A column, field or table name that Glue or Hive would misread. */
  | 'INVALID_NAME'
  /** Two names that are one once case is folded. */
  | 'NAME_COLLISION'
  /** More than a service takes. */
  | 'LIMIT_EXCEEDED'
  /** Partition keys, or their projection, that no query could use. */
  | 'INVALID_PARTITION'
  /** An option outside its range. */
  | 'INVALID_OPTION'
  /** A shape that the asked target cannot hold. */
  | 'UNSUPPORTED'
  /** The table exists already with columns that the change would break. */
  | 'INCOMPATIBLE_CHANGE'
  /** The table, or the asked version of it, is not in the catalog. */
  | 'TABLE_NOT_FOUND'
  /** The database of the table is not in the catalog. */
  | 'DATABASE_NOT_FOUND'
  /** A table that others must change: a view, an open table format, a schema that a registry holds. */
  | 'UNSUPPORTED_TABLE'
  /** AWS, or Lake Formation, denies an action. */
  | 'ACCESS_DENIED'
  /** No TypeScript that the compiler could read with. */
  | 'TYPESCRIPT_NOT_FOUND'
  /** TypeScript could not open the project. */
  | 'PROJECT_UNREADABLE'
  /** Others kept changing the table while it was being updated. */
  | 'CONCURRENT_CHANGE';

/**
 * Every error that this package throws on purpose.
 *
 * @example
 * ```ts
 * import { GlueSchemaError, parseGlueType } from '@store/glue-schema';
 *
 * try {
 *   parseGlueType('integer');
 * } catch (error) {
 *   if (error instanceof GlueSchemaError) console.log(error.code, error.details); // INVALID_TYPE_TEXT { type: 'integer', at: 0 }
 * }
 * ```
 */
export class GlueSchemaError extends CodedError<GlueSchemaErrorCode> {
  /** The class's name, as logs show it. */
  override readonly name = 'GlueSchemaError';
  /** Names and numbers that the message mentions. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: GlueSchemaErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(code, message, options);
    this.details = details;
  }
}

/** The error for an option that is unknown, missing or out of range. */
export function invalidOption({ path, value, message }: OptionProblem): GlueSchemaError {
  return new GlueSchemaError('INVALID_OPTION', message, { [path]: value });
}
