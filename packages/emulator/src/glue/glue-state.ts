import type { JournaledState } from '../journal.js';

/** A JSON object as a request brought it. */
export type Fields = Readonly<Record<string, unknown>>;

/** A database as Glue describes it. */
export interface StoredDatabase extends Fields {
  readonly Name: string;
}

/** A table as Glue describes it; its fields beyond these are what the caller wrote. */
export interface StoredTable extends Fields {
  readonly DatabaseName: string;
  readonly Name: string;
  readonly VersionId: string;
  readonly CreateTime: number;
}

/** A partition as Glue describes it. */
export interface StoredPartition extends Fields {
  readonly Values: readonly string[];
}

/** An index over partition keys, as `PartitionIndex` of a request names it. */
export interface StoredIndex {
  readonly IndexName: string;
  readonly Keys: readonly string[];
}

/** Tags of a database or table. */
export type Tags = Readonly<Record<string, string>>;

/** What the catalog's journal holds. */
export type GlueEntry =
  | { readonly op: 'put-database'; readonly database: StoredDatabase }
  | { readonly op: 'drop-database'; readonly name: string }
  | { readonly op: 'put-table'; readonly table: StoredTable; readonly archive: boolean }
  | { readonly op: 'put-version'; readonly table: StoredTable }
  | { readonly op: 'drop-table'; readonly database: string; readonly name: string }
  | {
      readonly op: 'drop-version';
      readonly database: string;
      readonly name: string;
      readonly version: string;
    }
  | {
      readonly op: 'put-partition';
      readonly database: string;
      readonly table: string;
      readonly partition: StoredPartition;
    }
  | {
      readonly op: 'drop-partition';
      readonly database: string;
      readonly table: string;
      readonly values: readonly string[];
    }
  | {
      readonly op: 'put-indexes';
      readonly database: string;
      readonly table: string;
      readonly indexes: readonly StoredIndex[];
    }
  | {
      readonly op: 'put-tags';
      readonly database: string;
      /** Absent for the database's own. */
      readonly table?: string;
      readonly tags: Tags;
    };

/** One table: what it is now, what it was, and its partitions by their values. */
export interface TableRecord {
  current: StoredTable;
  /** Older versions, oldest first. */
  archived: StoredTable[];
  readonly partitions: Map<string, StoredPartition>;
  indexes: readonly StoredIndex[];
  tags: Tags;
}

/** One database and its tables by name. */
export interface DatabaseRecord {
  database: StoredDatabase;
  readonly tables: Map<string, TableRecord>;
  tags: Tags;
}

/** The key of a partition among its table's. */
export function partitionKey(values: readonly string[]): string {
  return JSON.stringify(values);
}

/** All of the catalog, as its journal's entries add up. */
export class GlueState implements JournaledState<GlueEntry> {
  readonly databases: Map<string, DatabaseRecord> = new Map<string, DatabaseRecord>();

  /** A table, when both its database and it are there. */
  table(database: string, name: string): TableRecord | undefined {
    return this.databases.get(database)?.tables.get(name);
  }

  apply(entry: GlueEntry): void {
    switch (entry.op) {
      case 'put-database': {
        const { Name } = entry.database;
        const known = this.databases.get(Name);
        if (known !== undefined) known.database = entry.database;
        else this.databases.set(Name, { database: entry.database, tables: new Map(), tags: {} });
        return;
      }
      case 'drop-database':
        this.databases.delete(entry.name);
        return;
      case 'put-table':
        this.#putTable(entry.table, entry.archive);
        return;
      case 'put-version':
        this.table(entry.table.DatabaseName, entry.table.Name)?.archived.push(entry.table);
        return;
      case 'drop-table':
        this.databases.get(entry.database)?.tables.delete(entry.name);
        return;
      case 'drop-version': {
        const record = this.table(entry.database, entry.name);
        if (record === undefined) return;
        record.archived = record.archived.filter(({ VersionId }) => VersionId !== entry.version);
        return;
      }
      case 'put-partition':
        this.table(entry.database, entry.table)?.partitions.set(
          partitionKey(entry.partition.Values),
          entry.partition,
        );
        return;
      case 'drop-partition':
        this.table(entry.database, entry.table)?.partitions.delete(partitionKey(entry.values));
        return;
      case 'put-indexes': {
        const record = this.table(entry.database, entry.table);
        if (record !== undefined) record.indexes = entry.indexes;
        return;
      }
      case 'put-tags': {
        const database = this.databases.get(entry.database);
        const record = entry.table === undefined ? database : database?.tables.get(entry.table);
        if (record !== undefined) record.tags = entry.tags;
        return;
      }
    }
  }

  #putTable(table: StoredTable, archive: boolean): void {
    const tables = this.databases.get(table.DatabaseName)?.tables;
    const known = tables?.get(table.Name);
    if (known === undefined) {
      tables?.set(table.Name, {
        current: table,
        archived: [],
        partitions: new Map(),
        indexes: [],
        tags: {},
      });
      return;
    }
    if (archive) known.archived.push(known.current);
    known.current = table;
  }

  *snapshot(): Iterable<GlueEntry> {
    for (const { database, tables, tags } of this.databases.values()) {
      yield { op: 'put-database', database };
      if (Object.keys(tags).length > 0) yield { op: 'put-tags', database: database.Name, tags };
      for (const record of tables.values()) {
        const { current, archived, partitions } = record;
        yield { op: 'put-table', table: current, archive: false };
        for (const table of archived) yield { op: 'put-version', table };
        for (const partition of partitions.values()) {
          const { DatabaseName, Name } = current;
          yield { op: 'put-partition', database: DatabaseName, table: Name, partition };
        }
        const place = { database: current.DatabaseName, table: current.Name };
        if (record.indexes.length > 0) yield { op: 'put-indexes', ...place, indexes: record.indexes };
        if (Object.keys(record.tags).length > 0) yield { op: 'put-tags', ...place, tags: record.tags };
      }
    }
  }
}

/** What an action may use. */
export interface CatalogContext {
  readonly state: GlueState;
  readonly accountId: string;
  /** Seconds since 1970, as Glue writes times. */
  seconds(): number;
  /** Resolves once the entry is on disk and part of the state. */
  commit(entry: GlueEntry): Promise<void>;
}
