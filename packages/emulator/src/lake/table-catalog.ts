/** The part of a Glue table that delivery and queries read. */
export interface CatalogTable {
  readonly databaseName: string;
  readonly name: string;
  readonly versionId: string;
  readonly columns: readonly { readonly Name: string; readonly Type: string }[];
  readonly partitionKeys: readonly { readonly Name: string; readonly Type: string }[];
  /** Columns that the rows of a file are sorted by, first one first. */
  readonly sortColumns: readonly string[];
  /** `s3://bucket/prefix/` */
  readonly location: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** How the rows of its files are read, where the table says so. */
  readonly serde?: { readonly library: string; readonly parameters: Readonly<Record<string, string>> };
  /** Class that reads its files, where the table says so. */
  readonly inputFormat?: string;
  /** Its registered partitions; absent where partitions are not registered. */
  readonly partitions?: () => readonly CatalogPartition[];
  /** Text of a view: it has no files. */
  readonly viewText?: string;
}

/** A registered partition. */
export interface CatalogPartition {
  readonly values: readonly string[];
  /** `s3://bucket/prefix/` */
  readonly location: string;
  /** How its files are read, where it says otherwise than its table; one value for all that are read alike. */
  readonly storage?: PartitionStorage;
}

/** How the files of a partition are read. */
export type PartitionStorage = Pick<CatalogTable, 'columns' | 'serde' | 'inputFormat'>;

/** Where delivery and queries look tables up; the Glue service implements it. */
export interface TableCatalog {
  getTable(databaseName: string, tableName: string, versionId?: string): CatalogTable | undefined;
  listTables(): readonly CatalogTable[];
  /** Names of all databases, also of those without tables. */
  listDatabases(): readonly string[];
}

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

/** Words of a statement that may name a table: more than it reads, perhaps, and never fewer. */
export function namesIn(sql: string): ReadonlySet<string> {
  const words = new Set(sql.toLowerCase().match(/[\p{L}\p{N}_.$-]+|"[^"]+"/gu) ?? []);
  // A comment may follow a name immediately.
  return new Set([...words].flatMap((word) => word.replaceAll('"', '').split(/\.|--/)));
}
