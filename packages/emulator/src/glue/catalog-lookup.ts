import { stringifyJson } from '@store/foundation';
import { partitionFolder } from '../lake/partition-folder.js';
import type {
  CatalogPartition,
  CatalogTable,
  PartitionStorage,
  TableCatalog,
} from '../lake/table-catalog.js';
import type { GlueState, StoredPartition, StoredTable, TableRecord } from './glue-state.js';
import { versionsOf } from './table-versions.js';

interface ColumnFields {
  readonly Name: string;
  readonly Type: string;
}

interface StorageFields {
  readonly Columns?: readonly ColumnFields[];
  readonly Location?: string;
  readonly InputFormat?: unknown;
  readonly SortColumns?: readonly { readonly Column: string }[];
  readonly SerdeInfo?: {
    readonly SerializationLibrary?: unknown;
    readonly Parameters?: Readonly<Record<string, string>>;
  };
}

/** How files are read that a storage descriptor describes. */
function readingOf({ Columns = [], InputFormat, SerdeInfo }: StorageFields): PartitionStorage {
  const { SerializationLibrary: library, Parameters: parameters = {} } = SerdeInfo ?? {};
  return {
    columns: Columns.map(({ Name, Type }) => ({ Name, Type })),
    ...(typeof library === 'string' ? { serde: { library, parameters } } : {}),
    ...(typeof InputFormat === 'string' ? { inputFormat: InputFormat } : {}),
  };
}

/** The part of a table that delivery and queries read. */
function toCatalogTable(table: StoredTable, record: TableRecord): CatalogTable {
  // Shapes were checked when the table came in.
  const storage = (table.StorageDescriptor ?? {}) as StorageFields;
  const reading = readingOf(storage);
  const isView = table.TableType === 'VIRTUAL_VIEW' && typeof table.ViewOriginalText === 'string';
  const keys = (table.PartitionKeys ?? []) as readonly ColumnFields[];
  const parameters = (table.Parameters ?? {}) as Readonly<Record<string, string>>;
  return {
    databaseName: table.DatabaseName,
    name: table.Name,
    versionId: table.VersionId,
    ...reading,
    partitionKeys: keys.map(({ Name, Type }) => ({ Name, Type })),
    sortColumns: (storage.SortColumns ?? []).map(({ Column }) => Column),
    location: storage.Location ?? '',
    parameters,
    partitions: () => readPartitions(table, record, reading),
    ...(isView ? { viewText: String(table.ViewOriginalText) } : {}),
  };
}

/** What queries read of the partitions of one version of a table. */
interface ReadPartitions {
  readonly of: StoredTable;
  /** By the text of how they are read, so that partitions which are read alike hold one value. */
  readonly storages: Map<string, PartitionStorage>;
  readonly partitions: WeakMap<StoredPartition, CatalogPartition>;
}

/**
 * What was read of the current version of each table: to compare 10,000 partitions of 50 columns with their table takes
 * 20 MB of JSON, which is too much for each query.
 */
const known = new WeakMap<TableRecord, ReadPartitions>();

/** Storages of one table that are kept before they are collected again. */
const MOST_STORAGES = 1_000;

function readPartitions(
  table: StoredTable,
  record: TableRecord,
  reading: PartitionStorage,
): readonly CatalogPartition[] {
  const before = known.get(record);
  const kept: ReadPartitions =
    before?.of === table ? before : { of: table, storages: new Map(), partitions: new WeakMap() };
  known.set(record, kept);
  // As above.
  const storage = (table.StorageDescriptor ?? {}) as StorageFields;
  const keys = (table.PartitionKeys ?? []) as readonly ColumnFields[];
  const ofTable = stringifyJson(reading);
  const read = ({ Values, StorageDescriptor }: StoredPartition): CatalogPartition => {
    // As above.
    const given = (StorageDescriptor ?? {}) as StorageFields;
    const folder = partitionFolder(keys, Values);
    const location = given.Location ?? `${(storage.Location ?? '').replace(/\/$/, '')}/${folder}`;
    // What a partition leaves out is as in its table.
    const own = { ...reading, ...readingOf({ ...given, Columns: given.Columns ?? storage.Columns ?? [] }) };
    const text = stringifyJson(own);
    if (text === ofTable) return { values: Values, location };
    if (kept.storages.size >= MOST_STORAGES) kept.storages.clear();
    const shared = kept.storages.get(text) ?? own;
    kept.storages.set(text, shared);
    return { values: Values, location, storage: shared };
  };
  return [...record.partitions.values()].map((partition) => {
    const found = kept.partitions.get(partition) ?? read(partition);
    kept.partitions.set(partition, found);
    return found;
  });
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
    listDatabases() {
      return [...state.databases.keys()];
    },
    listTables() {
      return [...state.databases.values()].flatMap(({ tables }) =>
        [...tables.values()].map((record) => toCatalogTable(record.current, record)),
      );
    },
  };
}
