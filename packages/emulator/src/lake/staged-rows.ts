import { toDuckDbColumns } from '@store/glue-schema';
import type { SnapshotColumn } from './table-catalog.js';
import { sqlFiles, sqlName, sqlText } from './sql-quoting.js';

/** Largest JSON document that is read: a record's 1,000 KiB, with room for what conversion adds. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** DuckDB takes memory for twice the largest document for each file that it reads: small documents get a small limit. */
const MIN_DOCUMENT_BYTES = 1024 * 1024;

/**
 * The rows of staged records as a SQL expression. Everything in a staging file was checked, so that DuckDB,
 * whose own rules differ from Firehose's, has nothing left to decide.
 *
 * @param longestLineBytes - where it is known
 * @param fileColumn - name of a further column with the path of each row's file
 */
export function stagedRows(
  paths: readonly string[],
  columns: readonly SnapshotColumn[],
  longestLineBytes: number = MAX_DOCUMENT_BYTES,
  fileColumn?: string,
): string {
  const largest = Math.max(longestLineBytes + 1, MIN_DOCUMENT_BYTES);
  const types = toDuckDbColumns(columns).map(({ name, type }) => `${sqlText(name)}: ${sqlText(type)}`);
  return (
    `read_json(${sqlFiles(paths)}, format = 'newline_delimited', columns = {${types.join(', ')}}, ` +
    `maximum_object_size = ${largest}${fileColumn === undefined ? '' : `, filename = ${sqlText(fileColumn)}`})`
  );
}

/** Every column by name, in the table's order. */
export function columnList(columns: readonly SnapshotColumn[]): string {
  return columns.map(({ Name }) => sqlName(Name)).join(', ');
}
