import { toDuckDbType, parseGlueType } from '@store/glue-schema';
import { sqlName } from '../../lake/sql-quoting.js';
import type { LakeFolder } from '../../lake/lake-folder.js';
import { folderValues } from '../../lake/partition-folder.js';
import { placeOf } from '../../lake/partition-path.js';
import { unreadType } from '../../lake/unread-type.js';
import { isProjected } from '../../lake/projection/projection.js';
import { notSupported, QueryFailure } from '../athena-error.js';
import type { DescribedColumn } from '../query-runner.js';
import { asFolder, s3Address, s3Place, type S3Place } from '../results/result-location.js';
import type { Name } from '../statement/reader.js';
import { formatOf, serdes } from '../statement/storage-formats.js';
import type { WithOptions } from '../statement/statement.js';
import { located, noDatabase, noTable, type CatalogAccess, type GlueTable } from './catalog-access.js';
import { namedColumns } from './create-view.js';
import { tableInputOf } from './create-table.js';
import { checkNames, checkTypes } from './insert-columns.js';
import type { WriteRequest } from './table-writer.js';
import type { Announcement } from './write-plan.js';

/** Where and how the rows of a query go; what runs it adds the rest. */
export type RowsTarget = Pick<
  WriteRequest,
  'place' | 'format' | 'compression' | 'partitionKeys' | 'announce' | 'sql'
>;

interface Query {
  readonly text: string;
  readonly columns: readonly DescribedColumn[];
}

/** Plans `CREATE TABLE … AS`; `undefined` where the table is there and may be. */
export async function planCreateTableAs(
  statement: {
    readonly table: Name;
    readonly ifNotExists: boolean;
    readonly options: WithOptions;
    readonly withData: boolean;
  },
  query: Query,
  catalog: CatalogAccess,
  lake: LakeFolder,
  { database, byDefault }: { readonly database: string | undefined; readonly byDefault: S3Place | undefined },
): Promise<RowsTarget | undefined> {
  const { database: schema, name } = located(statement.table, database);
  if ((await catalog.database(schema)) === undefined) throw noDatabase(schema);
  if ((await catalog.table(schema, name)) !== undefined) {
    if (statement.ifNotExists) return undefined;
    throw new QueryFailure(
      `TABLE_ALREADY_EXISTS: line 1:1: Destination table 'awsdatacatalog.${schema}.${name}' already exists`,
    );
  }
  const options = optionsOf(statement.options, [
    'format',
    'external_location',
    'partitioned_by',
    'write_compression',
    'parquet_compression',
  ]);
  const format = fileFormat(options.get('format'));
  const place = emptyPlace(options.get('external_location'), lake) ?? byDefault;
  if (place === undefined) {
    throw new QueryFailure(
      'INVALID_TABLE_PROPERTY: The workgroup keeps its results itself; write WITH (external_location = …)',
    );
  }
  const columns = namedColumns(query.columns);
  const keys = keysOf(options.get('partitioned_by'), columns);
  const plain = columns.slice(0, columns.length - keys.length);
  const partitionKeys = columns.slice(columns.length - keys.length);
  const storage = formatOf(format === 'parquet' ? 'parquet' : 'jsonfile');
  const location = s3Address(place);
  const tableInput = tableInputOf({
    name,
    columns: plain,
    partitionKeys,
    location,
    format: {
      serde: undefined,
      inputFormat: undefined,
      outputFormat: undefined,
      ...storage,
      serdeProperties: {},
    },
    properties: { classification: format, has_encrypted_data: 'false' },
  });
  const select = selectOf(
    query,
    columns.map(({ Name, Type }) => ({ name: Name, type: Type })),
  );
  return {
    sql: statement.withData ? select : `SELECT * FROM (${select}) LIMIT 0`,
    place,
    format,
    compression: compressionOf(
      options.get('write_compression') ?? options.get('parquet_compression'),
      format,
    ),
    partitionKeys: keys,
    announce: (folders) => [
      { action: 'CreateTable', input: { DatabaseName: schema, TableInput: tableInput } },
      ...partitionsOf(
        { DatabaseName: schema, Name: name, PartitionKeys: partitionKeys },
        tableInput,
        location,
        folders,
      ),
    ],
  };
}

/** Plans `INSERT INTO`. */
export async function planInsert(
  statement: { readonly table: Name; readonly columns: readonly string[] | undefined },
  query: Query,
  catalog: CatalogAccess,
  database: string | undefined,
): Promise<RowsTarget> {
  const { database: schema, name } = located(statement.table, database);
  const table = await catalog.table(schema, name);
  if (table === undefined) {
    throw new QueryFailure(
      `TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog.${schema}.${name}' does not exist`,
    );
  }
  if (table.TableType === 'VIRTUAL_VIEW') throw notSupported('Inserting into views is not supported');
  const { StorageDescriptor: storage = {}, PartitionKeys: keys = [] } = table;
  const serde = storage.SerdeInfo?.SerializationLibrary ?? serdes.parquet;
  const isJson = serde === serdes.openJson || serde === serdes.hiveJson;
  if (!isJson && serde !== serdes.parquet) {
    throw notSupported(
      `INSERT into a table of the SerDe ${serde}; write into a table STORED AS PARQUET or of JSON`,
    );
  }
  const location = storage.Location ?? '';
  const { bucket, prefix } = placeOf(location);
  if (bucket === '') throw noTable(schema, name);
  const projected = isProjected({ parameters: table.Parameters ?? {}, partitionKeys: keys });
  if (projected && table.Parameters?.['storage.location.template'] !== undefined) {
    throw notSupported(
      'INSERT into a table whose projection has a storage.location.template; put the objects into its folders by UNLOAD, or lay the table out in key=value folders, without a template',
    );
  }
  const all = [...(storage.Columns ?? []), ...keys];
  const unread = unreadType(all);
  if (unread !== undefined) throw notSupported(`In the table ${schema}.${name} ${unread}`);
  const names = statement.columns ?? all.map(({ Name }) => Name);
  checkNames(names, all, `awsdatacatalog.${schema}.${name}`);
  const given = names.map((one) => all.find(({ Name }) => Name === one));
  checkTypes(given, query.columns);
  const from = names.map((_, index) => `c${index}`);
  const columns = all.map(({ Name, Type }) => {
    const index = names.indexOf(Name);
    const type = toDuckDbType(parseGlueType(Type));
    return `CAST(${index < 0 ? 'NULL' : (from[index] ?? 'NULL')} AS ${type}) AS ${sqlName(Name)}`;
  });
  const format = isJson ? 'json' : 'parquet';
  return {
    sql: `SELECT ${columns.join(', ')} FROM (${query.text}) AS t(${from.join(', ')})`,
    place: { bucket, key: prefix },
    format,
    compression: compressionOf(
      (isJson ? undefined : table.Parameters?.['parquet.compression']) ??
        table.Parameters?.['write.compression'],
      format,
    ),
    partitionKeys: keys.map(({ Name }) => Name),
    announce: (folders) =>
      projected ? [] : partitionsOf(table, { StorageDescriptor: storage }, location, folders),
  };
}

/** Plans `UNLOAD`. */
export function planUnload(
  { location, options: given }: { readonly location: string; readonly options: WithOptions },
  query: Query,
  lake: LakeFolder,
): RowsTarget {
  const options = optionsOf(given, ['format', 'compression', 'partitioned_by']);
  const name = options.get('format');
  if (name === undefined)
    throw new QueryFailure("INVALID_TABLE_PROPERTY: UNLOAD needs a format: WITH (format = 'PARQUET')");
  const format = fileFormat(name);
  const place = emptyPlace(location, lake);
  if (place === undefined)
    throw new QueryFailure('INVALID_TABLE_PROPERTY: UNLOAD needs a place such as s3://bucket/folder/');
  const columns = namedColumns(query.columns);
  return {
    sql: selectOf(
      query,
      columns.map(({ Name, Type }) => ({ name: Name, type: Type })),
    ),
    place,
    format,
    compression: compressionOf(options.get('compression'), format),
    partitionKeys: keysOf(options.get('partitioned_by'), columns),
    announce: () => [],
  };
}

function selectOf(
  { text }: Query,
  columns: readonly { readonly name: string; readonly type: string }[],
): string {
  const names = columns.map(({ name }) => sqlName(name));
  const list = columns.map(
    ({ name, type }) => `CAST(${sqlName(name)} AS ${toDuckDbType(parseGlueType(type))}) AS ${sqlName(name)}`,
  );
  return `SELECT ${list.join(', ')} FROM (${text}) AS t(${names.join(', ')})`;
}

function partitionsOf(
  table: Pick<GlueTable, 'DatabaseName' | 'Name' | 'PartitionKeys'>,
  input: { readonly StorageDescriptor?: object },
  location: string,
  folders: readonly string[],
): readonly Announcement[] {
  const inputs = folders.flatMap((folder) => {
    const Values = folderValues(table.PartitionKeys ?? [], folder);
    if (Values === undefined) return [];
    return [
      {
        Values,
        StorageDescriptor: { ...input.StorageDescriptor, Location: `${asFolder(location)}${folder}` },
      },
    ];
  });
  if (inputs.length === 0) return [];
  const at = { DatabaseName: table.DatabaseName, TableName: table.Name };
  return [{ action: 'BatchCreatePartition', input: { ...at, PartitionInputList: inputs } }];
}

function optionsOf(given: WithOptions, known: readonly string[]): WithOptions {
  for (const name of given.keys()) {
    if (!known.includes(name)) {
      throw notSupported(`the property '${name}' here; the endpoint takes ${known.join(', ')}`);
    }
  }
  return given;
}

function fileFormat(given: string | readonly string[] | undefined): 'parquet' | 'json' {
  const name = typeof given === 'string' ? given.toLowerCase() : 'parquet';
  if (name === 'parquet' || name === 'json') return name;
  throw notSupported(`writing the format ${name.toUpperCase()}; write PARQUET or JSON`);
}

function compressionOf(given: string | readonly string[] | undefined, format: 'parquet' | 'json'): string {
  const name = typeof given === 'string' ? given.toLowerCase() : 'gzip';
  const known = format === 'parquet' ? ['gzip', 'snappy', 'zstd', 'none', 'uncompressed'] : ['gzip', 'none'];
  if (!known.includes(name))
    throw notSupported(`the compression ${name.toUpperCase()}; write ${known.join(', ')}`);
  return name === 'none' ? 'uncompressed' : name;
}

/** The place where a statement may write: it must hold nothing. */
function emptyPlace(location: string | readonly string[] | undefined, lake: LakeFolder): S3Place | undefined {
  if (location === undefined) return undefined;
  const place = typeof location === 'string' ? s3Place(location) : undefined;
  if (place === undefined)
    throw new QueryFailure(`INVALID_TABLE_PROPERTY: the location is no address such as s3://bucket/folder/`);
  const key = asFolder(place.key);
  if ((lake.objects(place.bucket, key) ?? []).length > 0) {
    throw new QueryFailure(
      `HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: s3://${place.bucket}/${key}. Choose an empty place`,
    );
  }
  return { bucket: place.bucket, key };
}

function keysOf(
  given: string | readonly string[] | undefined,
  columns: readonly { readonly Name: string }[],
): readonly string[] {
  if (given === undefined) return [];
  const keys = (typeof given === 'string' ? [given] : given).map((key) => key.toLowerCase());
  const last = columns.slice(columns.length - keys.length).map(({ Name }) => Name);
  if (keys.length >= columns.length || keys.some((key, index) => key !== last[index])) {
    throw new QueryFailure(
      `HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns in the table and in the same order as the table properties: [${keys.join(', ')}]`,
    );
  }
  return keys;
}
