import { ddlFailure, located, noDatabase, type CatalogAccess } from './catalog-access.js';
import { asFolder, s3Place } from '../results/result-location.js';
import type { ColumnDefinition, CreateTable, Properties, RowFormat } from '../statement/statement.js';

/** A table to be put into the catalog. */
export interface NewTable {
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  readonly partitionKeys: readonly ColumnDefinition[];
  readonly comment?: string | undefined;
  readonly location: string;
  readonly format: RowFormat;
  readonly properties: Properties;
}

/** Glue's `TableInput` of a table that is in S3. */
export function tableInputOf(table: NewTable): object {
  const { format } = table;
  return {
    Name: table.name,
    ...(table.comment === undefined ? {} : { Description: table.comment }),
    Owner: 'hadoop',
    TableType: 'EXTERNAL_TABLE',
    StorageDescriptor: {
      Columns: table.columns,
      Location: table.location,
      InputFormat: format.inputFormat ?? '',
      OutputFormat: format.outputFormat ?? '',
      Compressed: false,
      NumberOfBuckets: -1,
      SerdeInfo: {
        SerializationLibrary: format.serde ?? '',
        Parameters:
          Object.keys(format.serdeProperties).length === 0
            ? { 'serialization.format': '1' }
            : format.serdeProperties,
      },
      BucketColumns: [],
      SortColumns: [],
      Parameters: {},
      StoredAsSubDirectories: false,
    },
    PartitionKeys: table.partitionKeys,
    Parameters: { EXTERNAL: 'TRUE', ...table.properties },
  };
}

/** Creates an external table in the catalog. */
export async function createTable(
  statement: CreateTable,
  catalog: CatalogAccess,
  database: string | undefined,
  seconds: number,
): Promise<void> {
  const { database: schema, name } = located(statement.table, database);
  if ((await catalog.database(schema)) === undefined) throw noDatabase(schema);
  if ((await catalog.table(schema, name)) !== undefined) {
    if (statement.ifNotExists) return;
    throw ddlFailure(`AlreadyExistsException(message:Table ${name} already exists)`);
  }
  const place = s3Place(statement.location);
  if (place === undefined) {
    throw ddlFailure(
      `MetaException(message:Got exception: java.io.IOException The location ${statement.location.slice(0, 200)} is no address such as s3://bucket/folder/)`,
    );
  }
  const keys = new Set(statement.partitionKeys.map(({ Name }) => Name));
  const twice = statement.columns.find(({ Name }) => keys.has(Name));
  if (twice !== undefined) {
    throw ddlFailure('SemanticException [Error 10035]: Column repeated in partitioning columns');
  }
  await catalog.change('CreateTable', {
    DatabaseName: schema,
    TableInput: tableInputOf({
      ...statement,
      name,
      location: `s3://${place.bucket}/${asFolder(place.key)}`.replace(
        /\/$/,
        statement.location.endsWith('/') ? '/' : '',
      ),
      properties: { ...statement.properties, transient_lastDdlTime: String(seconds) },
    }),
  });
}
