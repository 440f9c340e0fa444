import { action, type Actions } from '../wire/service-entry.js';
import { integer, structure, text } from '../wire/shape.js';
import { ServiceError } from '../wire/service-error.js';
import { invalidRequest } from './athena-error.js';
import type { CatalogAccess, GlueDatabase, GlueTable } from './ddl/catalog-access.js';
import { pageOf } from './execution-inputs.js';

const catalogName = { CatalogName: text(1, 256) };
const pages = { MaxResults: integer(1, 50), NextToken: text() };

/** The actions that show the catalog as Athena sees it. */
export const dataCatalogActions: Actions<CatalogAccess> = new Map([
  [
    'ListDataCatalogs',
    action(structure({ MaxResults: integer(2, 50), NextToken: text() }), () => ({
      DataCatalogsSummary: [{ CatalogName: 'AwsDataCatalog', Type: 'GLUE' }],
    })),
  ],
  [
    'GetDataCatalog',
    action(structure({ Name: text(1, 256) }, ['Name']), ({ Name }) => {
      requireCatalog(Name);
      return { DataCatalog: { Name: 'AwsDataCatalog', Type: 'GLUE', Parameters: {} } };
    }),
  ],
  [
    'ListDatabases',
    action(structure({ ...catalogName, ...pages }, ['CatalogName']), async (input, to: CatalogAccess) => {
      requireCatalog(input.CatalogName);
      const { items, nextToken } = pageOf((await to.databases()).map(databaseOf), input, 50);
      return { DatabaseList: items, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
    }),
  ],
  [
    'GetDatabase',
    action(
      structure({ ...catalogName, DatabaseName: text(1, 128) }, ['CatalogName', 'DatabaseName']),
      async ({ CatalogName, DatabaseName }, to: CatalogAccess) => {
        requireCatalog(CatalogName);
        const found = await to.database(DatabaseName);
        if (found === undefined) throw missing(`Database ${DatabaseName} not found.`);
        return { Database: databaseOf(found) };
      },
    ),
  ],
  [
    'ListTableMetadata',
    action(
      structure({ ...catalogName, DatabaseName: text(1, 128), Expression: text(0, 256), ...pages }, [
        'CatalogName',
        'DatabaseName',
      ]),
      async (input, to: CatalogAccess) => {
        requireCatalog(input.CatalogName);
        if ((await to.database(input.DatabaseName)) === undefined) {
          throw missing(`Database ${input.DatabaseName} not found.`);
        }
        const all = await to.tables(input.DatabaseName, input.Expression);
        const { items, nextToken } = pageOf(all.map(tableOf), input, 50);
        return { TableMetadataList: items, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
      },
    ),
  ],
  [
    'GetTableMetadata',
    action(
      structure({ ...catalogName, DatabaseName: text(1, 128), TableName: text(1, 128) }, [
        'CatalogName',
        'DatabaseName',
        'TableName',
      ]),
      async ({ CatalogName, DatabaseName, TableName }, to: CatalogAccess) => {
        requireCatalog(CatalogName);
        const found = await to.table(DatabaseName, TableName);
        if (found === undefined) throw missing(`Table ${TableName} not found.`);
        return { TableMetadata: tableOf(found) };
      },
    ),
  ],
]);

function requireCatalog(name: string): void {
  if (name.toLowerCase() === 'awsdatacatalog') return;
  throw invalidRequest(`DataCatalog ${name} was not found`);
}

/** Athena passes on what Glue says. */
function missing(what: string): ServiceError {
  return new ServiceError(
    'MetadataException',
    `EntityNotFoundException: ${what} (Service: AWSGlue; Status Code: 400; Error Code: EntityNotFoundException)`,
  );
}

function databaseOf({ Name, Description, Parameters }: GlueDatabase): object {
  return {
    Name,
    ...(Description === undefined ? {} : { Description }),
    ...(Parameters === undefined ? {} : { Parameters }),
  };
}

function tableOf(table: GlueTable): object {
  const { StorageDescriptor: storage = {}, Parameters: parameters = {} } = table;
  const { SerializationLibrary: library, Parameters: serde = {} } = storage.SerdeInfo ?? {};
  const shown = {
    inputformat: storage.InputFormat,
    location: storage.Location,
    outputformat: storage.OutputFormat,
    'serde.serialization.lib': library,
  };
  return {
    Name: table.Name,
    ...(table.CreateTime === undefined ? {} : { CreateTime: table.CreateTime }),
    LastAccessTime: table.LastAccessTime ?? 0,
    TableType: table.TableType ?? '',
    Columns: storage.Columns ?? [],
    PartitionKeys: table.PartitionKeys ?? [],
    Parameters: {
      ...parameters,
      ...Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined)),
      ...Object.fromEntries(Object.entries(serde).map(([key, value]) => [`serde.param.${key}`, value])),
    },
  };
}
