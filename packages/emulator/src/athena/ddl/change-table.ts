import type { LakeFolder } from '../../lake/lake-folder.js';
import { folderValues, partitionFolder } from '../../lake/partition-folder.js';
import { placeOf } from '../../lake/partition-path.js';
import { asFolder, s3Place } from '../results/result-location.js';
import type { Name } from '../statement/reader.js';
import type { PartitionSpec, TableChange } from '../statement/statement.js';
import {
  ddlFailure,
  located,
  noTable,
  type CatalogAccess,
  type GlueColumnFields,
  type GlueStorage,
  type GlueTable,
} from './catalog-access.js';

/** The table that a statement names, or Athena's failure. */
export async function requireTable(
  catalog: CatalogAccess,
  name: Name,
  database: string | undefined,
): Promise<GlueTable> {
  const { database: schema, name: table } = located(name, database);
  const found = await catalog.table(schema, table);
  if (found === undefined) throw noTable(schema, table);
  return found;
}

/** Drops a table or a view; its objects stay. */
export async function dropTable(
  catalog: CatalogAccess,
  name: Name,
  database: string | undefined,
  { ifExists, view }: { readonly ifExists: boolean; readonly view: boolean },
): Promise<void> {
  const { database: schema, name: table } = located(name, database);
  const found = await catalog.table(schema, table);
  if (found === undefined) {
    if (ifExists) return;
    throw noTable(schema, table);
  }
  if ((found.TableType === 'VIRTUAL_VIEW') !== view) {
    throw ddlFailure(
      view
        ? `SemanticException [Error 10217]: Cannot drop a base table with DROP VIEW`
        : `SemanticException [Error 10218]: Cannot drop a view with DROP TABLE`,
    );
  }
  await catalog.change('DeleteTable', { DatabaseName: schema, Name: table });
}

/** Applies an `ALTER TABLE`. */
export async function alterTable(
  table: GlueTable,
  change: TableChange,
  catalog: CatalogAccess,
): Promise<void> {
  const at = { DatabaseName: table.DatabaseName, TableName: table.Name };
  const storage = table.StorageDescriptor ?? {};
  switch (change.kind) {
    case 'add-partitions':
      return addPartitions(table, change.partitions, change.ifNotExists, catalog);
    case 'drop-partitions':
      return dropPartitions(table, change.partitions, change.ifExists, catalog);
    case 'rename-partition': {
      const found = await catalog.partitions(table);
      const values = valuesOf(table, change.from);
      const known = found.find(({ Values }) => isSame(Values, values));
      if (known === undefined) throw noPartition(table, change.from);
      await catalog.change('UpdatePartition', {
        ...at,
        PartitionValueList: values,
        PartitionInput: {
          Values: valuesOf(table, change.to),
          StorageDescriptor: known.StorageDescriptor ?? storage,
        },
      });
      return;
    }
    case 'set-location': {
      const Location = requireLocation(change.location);
      if (change.partition === undefined) {
        return update(table, { StorageDescriptor: { ...storage, Location } }, catalog);
      }
      const values = valuesOf(table, change.partition);
      const known = (await catalog.partitions(table)).find(({ Values }) => isSame(Values, values));
      if (known === undefined) throw noPartition(table, change.partition);
      await catalog.change('UpdatePartition', {
        ...at,
        PartitionValueList: values,
        PartitionInput: {
          Values: values,
          StorageDescriptor: { ...(known.StorageDescriptor ?? storage), Location },
        },
      });
      return;
    }
    case 'set-properties':
      return update(table, { Parameters: { ...table.Parameters, ...change.properties } }, catalog);
    case 'add-columns': {
      const Columns = [...(storage.Columns ?? []), ...change.columns];
      return update(table, { StorageDescriptor: { ...storage, Columns } }, catalog);
    }
    case 'replace-columns':
      return update(table, { StorageDescriptor: { ...storage, Columns: change.columns } }, catalog);
  }
}

const kept = [
  'Description',
  'Owner',
  'LastAccessTime',
  'Retention',
  'StorageDescriptor',
  'PartitionKeys',
  'ViewOriginalText',
  'ViewExpandedText',
  'TableType',
  'Parameters',
] as const;

async function update(
  table: GlueTable,
  changes: {
    readonly StorageDescriptor?: GlueStorage;
    readonly Parameters?: Readonly<Record<string, string>>;
  },
  catalog: CatalogAccess,
): Promise<void> {
  const fields = kept
    .filter((name) => table[name] !== undefined)
    .map((name): [string, unknown] => [name, table[name]]);
  await catalog.change('UpdateTable', {
    DatabaseName: table.DatabaseName,
    TableInput: { Name: table.Name, ...Object.fromEntries(fields), ...changes },
  });
}

/** Adds partitions; a batch goes through Glue 100 at a time. */
export async function addPartitions(
  table: GlueTable,
  partitions: readonly PartitionSpec[],
  ifNotExists: boolean,
  catalog: CatalogAccess,
): Promise<void> {
  const known = new Set((await catalog.partitions(table)).map(({ Values }) => JSON.stringify(Values)));
  const storage = table.StorageDescriptor ?? {};
  const keys = table.PartitionKeys ?? [];
  const added: object[] = [];
  for (const partition of partitions) {
    const Values = valuesOf(table, partition);
    if (known.has(JSON.stringify(Values))) {
      if (ifNotExists) continue;
      throw ddlFailure(
        `AlreadyExistsException(message:Partition already exists: ${partitionFolder(keys, Values)})`,
      );
    }
    known.add(JSON.stringify(Values));
    const own = partition.location === undefined ? undefined : requireLocation(partition.location);
    const Location = own ?? `${asFolder(storage.Location ?? '')}${partitionFolder(keys, Values)}`;
    added.push({ Values, StorageDescriptor: { ...storage, Location } });
  }
  await createPartitions(table, added, catalog);
}

async function createPartitions(
  table: GlueTable,
  inputs: readonly object[],
  catalog: CatalogAccess,
): Promise<void> {
  for (let from = 0; from < inputs.length; from += 100) {
    await catalog.change('BatchCreatePartition', {
      DatabaseName: table.DatabaseName,
      TableName: table.Name,
      PartitionInputList: inputs.slice(from, from + 100),
    });
  }
}

async function dropPartitions(
  table: GlueTable,
  partitions: readonly PartitionSpec[],
  ifExists: boolean,
  catalog: CatalogAccess,
): Promise<void> {
  const all = await catalog.partitions(table);
  for (const partition of partitions) {
    const keys = keysOf(table, partition);
    // Fewer keys than the table has mean every partition that agrees.
    const found = all.filter(({ Values }) =>
      keys.every(({ Name }, index) => {
        const wanted = partition.values[Name.toLowerCase()];
        return wanted === undefined || Values[index] === wanted;
      }),
    );
    if (found.length === 0 && !ifExists) throw noPartition(table, partition);
    for (const { Values } of found) {
      await catalog.change('DeletePartition', {
        DatabaseName: table.DatabaseName,
        TableName: table.Name,
        PartitionValues: Values,
      });
    }
  }
}

/** Finds the Hive-style folders of a table that are no partitions yet, and makes them some; gives what it tells. */
export async function repairTable(
  table: GlueTable,
  catalog: CatalogAccess,
  lake: LakeFolder,
): Promise<readonly string[]> {
  const keys = table.PartitionKeys ?? [];
  if (keys.length === 0) return [];
  const location = table.StorageDescriptor?.Location ?? '';
  const { bucket, prefix } = placeOf(location);
  const known = new Set((await catalog.partitions(table)).map(({ Values }) => JSON.stringify(Values)));
  const found = new Map<string, { readonly folder: string; readonly values: readonly string[] }>();
  for (const { key } of lake.objects(bucket, prefix) ?? []) {
    const folder = key.slice(prefix.length).split('/').slice(0, keys.length).join('/');
    if (found.has(folder)) continue;
    const isDeepEnough = key.slice(prefix.length).split('/').length > keys.length;
    const values = isDeepEnough ? folderValues(keys, folder) : undefined;
    // Athena finds keys in lower case alone.
    if (folder.split('/').some((part, index) => !part.startsWith(`${keys[index]?.Name ?? ''}=`))) continue;
    if (values !== undefined && !known.has(JSON.stringify(values))) found.set(folder, { folder, values });
  }
  const news = [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  const storage = table.StorageDescriptor ?? {};
  const inputs = news.map(({ folder, values }) => ({
    Values: values,
    StorageDescriptor: { ...storage, Location: `${asFolder(location)}${folder}` },
  }));
  await createPartitions(table, inputs, catalog);
  if (news.length === 0) return [];
  const named = news.map(({ folder }) => `${table.Name}:${folder}`);
  return [
    `Partitions not in metastore:\t${named.join('\t')}`,
    ...named.map((name) => `Repair: Added partition to metastore ${name}`),
  ];
}

function keysOf(table: GlueTable, { values }: PartitionSpec): readonly GlueColumnFields[] {
  const keys = table.PartitionKeys ?? [];
  if (keys.length === 0) {
    throw ddlFailure(
      `SemanticException [Error 10095]: table ${table.DatabaseName}.${table.Name} is not partitioned but partition spec exists: ${specText(values)}`,
    );
  }
  const names = new Set(keys.map(({ Name }) => Name.toLowerCase()));
  const unknown = Object.keys(values).find((name) => !names.has(name));
  if (unknown !== undefined) {
    throw ddlFailure(`SemanticException [Error 10096]: Unknown partition key ${unknown}`);
  }
  return keys;
}

function valuesOf(table: GlueTable, partition: PartitionSpec): readonly string[] {
  return keysOf(table, partition).map(({ Name }) => {
    const value = partition.values[Name.toLowerCase()];
    if (value !== undefined) return value;
    throw ddlFailure(
      `SemanticException [Error 10006]: the partition spec ${specText(partition.values)} has no value for ${Name}`,
    );
  });
}

function specText(values: PartitionSpec['values']): string {
  return `{${Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')}}`;
}

function noPartition(table: GlueTable, { values }: PartitionSpec): Error {
  return ddlFailure(
    `SemanticException [Error 10006]: Partition not found ${specText(values)} in ${table.DatabaseName}.${table.Name}`,
  );
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function requireLocation(location: string): string {
  if (s3Place(location) !== undefined) return location;
  throw ddlFailure(
    `SemanticException [Error 10216]: ${location.slice(0, 200)} is no address such as s3://bucket/folder/`,
  );
}
