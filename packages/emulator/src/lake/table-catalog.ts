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
}

/** Where delivery and queries look tables up; the Glue service implements it. */
export interface TableCatalog {
  getTable(databaseName: string, tableName: string, versionId?: string): CatalogTable | undefined;
  listTables(): readonly CatalogTable[];
}
