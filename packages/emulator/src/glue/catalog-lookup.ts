import type { CatalogTable, TableCatalog } from '../lake/table-catalog.js';
import type { GlueState, StoredTable, TableRecord } from './glue-state.js';
import { versionsOf } from './table-versions.js';

interface ColumnFields {
  readonly Name: string;
  readonly Type: string;
}

/** The part of a table that delivery and queries read. */
function toCatalogTable(table: StoredTable, { partitions }: TableRecord): CatalogTable {
  // Shapes were checked when the table came in.
  const storage = (table.StorageDescriptor ?? {}) as {
    readonly Columns?: readonly ColumnFields[];
    readonly Location?: string;
    readonly InputFormat?: unknown;
    readonly SortColumns?: readonly { readonly Column: string }[];
    readonly SerdeInfo?: {
      readonly SerializationLibrary?: unknown;
      readonly Parameters?: Readonly<Record<string, string>>;
    };
  };
  const { SerializationLibrary: library, Parameters: serdeParameters = {} } = storage.SerdeInfo ?? {};
  const { InputFormat: inputFormat } = storage;
  const isView = table.TableType === 'VIRTUAL_VIEW' && typeof table.ViewOriginalText === 'string';
  const keys = (table.PartitionKeys ?? []) as readonly ColumnFields[];
  const parameters = (table.Parameters ?? {}) as Readonly<Record<string, string>>;
  return {
    databaseName: table.DatabaseName,
    name: table.Name,
    versionId: table.VersionId,
    columns: (storage.Columns ?? []).map(({ Name, Type }) => ({ Name, Type })),
    partitionKeys: keys.map(({ Name, Type }) => ({ Name, Type })),
    sortColumns: (storage.SortColumns ?? []).map(({ Column }) => Column),
    location: storage.Location ?? '',
    parameters,
    ...(typeof library === 'string' ? { serde: { library, parameters: serdeParameters } } : {}),
    ...(typeof inputFormat === 'string' ? { inputFormat } : {}),
    partitions: () =>
      [...partitions.values()].map(({ Values, StorageDescriptor }) => {
        // As above.
        const { Location } = (StorageDescriptor ?? {}) as { readonly Location?: string };
        const folder = keys.map(({ Name }, at) => `${Name}=${Values[at] ?? ''}`).join('/');
        const location = Location ?? `${(storage.Location ?? '').replace(/\/$/, '')}/${folder}`;
        return { values: Values, location };
      }),
    ...(isView ? { viewText: String(table.ViewOriginalText) } : {}),
  };
}

/** Looks tables up in the catalog's state; names fold to lower case as everywhere in Glue. */
export function tableCatalogOf(state: GlueState): TableCatalog {
  return {
    getTable(databaseName, tableName, versionId) {
      const record = state.table(databaseName.toLowerCase(), tableName.toLowerCase());
      if (record === undefined) return undefined;
      const wanted =
        versionId === undefined || versionId === 'LATEST'
          ? record.current
          : versionsOf(record).find(({ VersionId }) => VersionId === versionId);
      return wanted === undefined ? undefined : toCatalogTable(wanted, record);
    },
    listTables() {
      return [...state.databases.values()].flatMap(({ tables }) =>
        [...tables.values()].map((record) => toCatalogTable(record.current, record)),
      );
    },
  };
}
