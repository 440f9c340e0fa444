/** A Glue column as a snapshot keeps it. */
export interface SnapshotColumn {
  readonly Name: string;
  readonly Type: string;
}

/**
 * The table that records are converted by, as it was when they arrived. It is written to the log, so that a
 * replay converts by the same columns even if the table has changed meanwhile.
 */
export interface SchemaSnapshot {
  readonly catalogId: string;
  readonly region: string;
  readonly databaseName: string;
  readonly tableName: string;
  readonly versionId: string;
  /** Absent when the table did not exist: then every record fails. */
  readonly columns?: readonly SnapshotColumn[];
  /** Columns that the rows of an object are sorted by; absent where the table names none. */
  readonly sortColumns?: readonly string[];
}
