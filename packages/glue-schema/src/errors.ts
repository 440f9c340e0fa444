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
  /** Others kept changing the table while it was being updated. */
  | 'CONCURRENT_CHANGE';

/** Every error that this package throws on purpose. */
export class GlueSchemaError extends Error {
  override readonly name = 'GlueSchemaError';
  readonly code: GlueSchemaErrorCode;
  /** Names and numbers that the message mentions. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: GlueSchemaErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}
