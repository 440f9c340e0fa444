/** One statement: `POST /api/query`. Whoever leaves before the answer ends it. */
export interface SqlRequest {
  readonly sql: string;
  /** Number of the run that `inventory_events` is in this statement. @defaultValue the newest */
  readonly run?: number;
}

/** A column of a result. */
export interface SqlColumn {
  readonly name: string;
  /** As DuckDB writes it: `VARCHAR`, `BIGINT`, `DECIMAL(10,2)`. */
  readonly type: string;
}

/** What the lake held when a statement had run. */
export interface LakeContents {
  readonly files: number;
  /** Rows that are acknowledged and in no Parquet file yet. */
  readonly waitingRows: number;
}

/** Rows of one statement; text for everything that is not a number or a truth value. */
export interface SqlAnswer {
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  readonly elapsedMs: number;
  /** True when there were more rows than the page shows. */
  readonly cut: boolean;
  readonly lake: LakeContents;
}

/** What a statement answers that could not be run. */
export interface SqlErrorAnswer {
  readonly error: string;
  /** Place in the statement, from 1, where the engine told it. */
  readonly line?: number;
  readonly column?: number;
}

/** A column of a table. */
export interface TableColumn {
  readonly name: string;
  /** As Glue writes it: `string`, `int`, `struct<…>`. */
  readonly type: string;
  readonly comment: string;
  /** True for a key of the table's partitions: it is in the path of a file, not in the file. */
  readonly isPartition: boolean;
}

/** A table or a view of the lake. */
export interface LakeTable {
  readonly name: string;
  readonly isView: boolean;
  readonly columns: readonly TableColumn[];
}

/** Tables that a statement may name: `GET /api/schema`. */
export interface SchemaAnswer {
  readonly tables: readonly LakeTable[];
}

/** All rows of one statement as a file: `POST /api/download`. */
export interface DownloadRequest extends SqlRequest {
  readonly format: 'csv' | 'parquet';
}
