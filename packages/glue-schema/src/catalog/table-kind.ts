import type { Table } from '@aws-sdk/client-glue';
import { checkObject } from '../check-arguments.js';

/** What a table of the catalog is. Only `parquet` and `json` are tables that a type describes whole. */
export type TableKind =
  | 'parquet'
  | 'json'
  /** Files of another format: CSV, Avro, ORC. */
  | 'other'
  /** A view of Presto, Athena, Hive or Spark. */
  | 'view'
  /** A name for a table of another database or account. */
  | 'link'
  /** An open table format: its metadata files hold the columns, the catalog only shows them. */
  | 'iceberg'
  | 'delta'
  | 'hudi'
  /** A schema registry holds the columns. */
  | 'registry';

/**
 * The kind of a table, by what Glue holds of it.
 *
 * @example
 * ```ts
 * import { tableKind } from '@store/glue-schema/catalog';
 *
 * console.log(tableKind({ Name: 'order', Parameters: { table_type: 'ICEBERG' } })); // iceberg
 * ```
 */
export function tableKind(table: Table): TableKind {
  checkObject('table', table);
  if (
    table.TableType?.toUpperCase() === 'VIRTUAL_VIEW' ||
    table.TableType?.toUpperCase() === 'MATERIALIZED_VIEW'
  )
    return 'view';
  if (table.TargetTable !== undefined) return 'link';
  const open = openFormat(table);
  if (open !== undefined) return open;
  const storage = table.StorageDescriptor;
  if (storage?.SchemaReference !== undefined) return 'registry';
  const serde = storage?.SerdeInfo?.SerializationLibrary ?? '';
  if (/parquet/i.test(serde)) return 'parquet';
  return /json/i.test(serde) ? 'json' : 'other';
}

const formats: readonly ('iceberg' | 'delta' | 'hudi')[] = ['iceberg', 'delta', 'hudi'];

/**
 * The open table format of a table: Athena, Glue and EMR write `table_type`, Spark `spark.sql.sources.provider` (and
 * `parquet`, `json` or `hive` there for tables of plain files), Hive a storage handler; the classes of Hudi say it too.
 */
function openFormat({
  Parameters = {},
  StorageDescriptor: storage,
}: Table): 'iceberg' | 'delta' | 'hudi' | undefined {
  const parameters = new Map(
    Object.entries(Parameters).map(([key, value]) => [key.toLowerCase(), value.toLowerCase()]),
  );
  // A provider may be a class too: `org.apache.spark.sql.delta.sources.DeltaDataSource`.
  for (const key of ['table_type', 'spark.sql.sources.provider', 'classification']) {
    const named = formats.find((format) => namesFormat(parameters.get(key), format));
    if (named !== undefined) return named;
  }
  if (parameters.has('metadata_location')) return 'iceberg';
  const classes = [
    parameters.get('storage_handler'),
    storage?.InputFormat,
    storage?.SerdeInfo?.SerializationLibrary,
  ].join(' ');
  return formats.find((format) => namesFormat(classes, format));
}

const namesFormat = (text: string | undefined, format: string): boolean =>
  text !== undefined && new RegExp(`\\b${format}\\b`, 'i').test(text);

/** Why no push may change a table of this kind, and who does; `undefined` for a kind that a push changes. */
export function refusalOf(kind: TableKind, table: Table): string | undefined {
  switch (kind) {
    case 'view':
      return `is a view (${table.TableType ?? 'VIRTUAL_VIEW'}), which has no files and no columns of its own; change its statement with CREATE OR REPLACE VIEW, or push to another table`;
    case 'link': {
      const target = [table.TargetTable?.DatabaseName, table.TargetTable?.Name].join('.');
      return `is a resource link to ${target}; push to that table`;
    }
    case 'iceberg':
      return `is an Iceberg table: its metadata file holds the columns; change them with ALTER TABLE … ADD COLUMNS in Athena, or with Spark`;
    case 'delta':
      return `is a Delta Lake table: its log holds the columns; change them with the engine that writes it`;
    case 'hudi':
      return `is a Hudi table: its commits hold the columns; change them with the engine that writes it`;
    default:
      return undefined;
  }
}

/** The schema that a registry holds for the table, in words. */
export function registrySchema(table: Table): string {
  const {
    SchemaId: id,
    SchemaVersionId,
    SchemaVersionNumber,
  } = table.StorageDescriptor?.SchemaReference ?? {};
  const name = id?.SchemaName ?? id?.SchemaArn ?? SchemaVersionId ?? 'unnamed';
  const registry = id?.RegistryName === undefined ? '' : ` of registry "${id.RegistryName}"`;
  return `schema "${name}"${registry}${SchemaVersionNumber === undefined ? '' : `, version ${SchemaVersionNumber}`}`;
}
