import { action, type Actions } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { any, boolean, integer, list, structure, text, type Shape } from '../wire/shape.js';
import { requireDatabase } from './databases.js';
import { alreadyExists, each, invalid, notFound, pageOf } from './glue-answers.js';
import type {
  CatalogContext,
  Fields,
  GlueState,
  StoredIndex,
  StoredTable,
  TableRecord,
} from './glue-state.js';
import { checkIndex, MOST_INDEXES, partitionIndex } from './partition-index.js';
import { tableNamePattern } from './table-name-pattern.js';
import { expressionText, folded, nameText, tableFrom, tableInput, type TableInput } from './table-input.js';

/** Which table a request means. */
export interface TableName {
  readonly DatabaseName: string;
  readonly TableName: string;
}

/** Members of a request that names a table. */
export const tableName: { readonly DatabaseName: Shape<string>; readonly TableName: Shape<string> } = {
  DatabaseName: nameText,
  TableName: nameText,
};

/** The table that the request names, or the error that Glue answers. */
export function requireTable(state: GlueState, { DatabaseName, TableName }: TableName): TableRecord {
  const database = folded(DatabaseName, 'DatabaseName');
  const name = folded(TableName, 'TableName');
  const found = requireDatabase(state, database).tables.get(name);
  if (found === undefined) throw notFound(`Table ${name}`);
  return found;
}

const named = structure({ DatabaseName: nameText, Name: nameText }, ['DatabaseName', 'Name']);

/** The actions on tables. */
export const tableActions: Actions<CatalogContext> = new Map([
  [
    'CreateTable',
    action(
      structure(
        {
          DatabaseName: nameText,
          TableInput: tableInput,
          PartitionIndexes: list(partitionIndex, 0, MOST_INDEXES),
          OpenTableFormatInput: any,
        },
        ['DatabaseName', 'TableInput'],
      ),
      createTable,
    ),
  ],
  [
    'UpdateTable',
    action(
      structure(
        {
          DatabaseName: nameText,
          TableInput: tableInput,
          VersionId: text(1, 255),
          SkipArchive: boolean,
        },
        ['DatabaseName', 'TableInput'],
      ),
      updateTable,
    ),
  ],
  [
    'GetTable',
    action(named, ({ DatabaseName, Name }, { state }: CatalogContext) => ({
      Table: requireTable(state, { DatabaseName, TableName: Name }).current,
    })),
  ],
  [
    // Those whose whole name `Expression` matches.
    'GetTables',
    action(
      structure(
        {
          DatabaseName: nameText,
          Expression: expressionText,
          MaxResults: integer(1, 100),
          NextToken: text(),
        },
        ['DatabaseName'],
      ),
      (input, { state }: CatalogContext) => {
        const { tables } = requireDatabase(state, folded(input.DatabaseName, 'DatabaseName'));
        const matches = tableNamePattern(input.Expression ?? '');
        const all = [...tables.values()].map(({ current }) => current).filter(({ Name }) => matches(Name));
        const { items, nextToken } = pageOf(all, input, 100);
        return { TableList: items, NextToken: nextToken };
      },
    ),
  ],
  [
    // With its versions and partitions.
    'DeleteTable',
    action(named, async ({ DatabaseName, Name }, catalog: CatalogContext) => {
      const { current } = requireTable(catalog.state, { DatabaseName, TableName: Name });
      await catalog.commit({ op: 'drop-table', database: current.DatabaseName, name: current.Name });
      return {};
    }),
  ],
  [
    'BatchDeleteTable',
    action(
      structure({ DatabaseName: nameText, TablesToDelete: list(text(), undefined, 100) }, ['DatabaseName']),
      ({ DatabaseName, TablesToDelete = [] }, catalog: CatalogContext) => {
        const database = folded(DatabaseName, 'DatabaseName');
        const { tables } = requireDatabase(catalog.state, database);
        return each(
          TablesToDelete,
          async (name) => {
            if (!tables.has(name.toLowerCase())) throw notFound(`Table ${name}`);
            await catalog.commit({ op: 'drop-table', database, name: name.toLowerCase() });
          },
          (name) => ({ TableName: name }),
        );
      },
    ),
  ],
]);

async function createTable(
  input: {
    readonly DatabaseName: string;
    readonly TableInput: TableInput;
    readonly PartitionIndexes?: readonly StoredIndex[];
    readonly OpenTableFormatInput?: unknown;
  },
  catalog: CatalogContext,
): Promise<unknown> {
  const database = folded(input.DatabaseName, 'DatabaseName');
  const { tables } = requireDatabase(catalog.state, database);
  const { name, fields } = tableFrom(input.TableInput);
  if (tables.has(name)) throw alreadyExists('Table');
  if (input.OpenTableFormatInput !== undefined) {
    throw invalid('Iceberg tables are not served here; leave OpenTableFormatInput out');
  }
  const now = catalog.seconds();
  const table = { ...stored(fields, database, name, catalog), CreateTime: now, VersionId: '0' };
  const indexes: StoredIndex[] = [];
  for (const given of input.PartitionIndexes ?? [])
    indexes.push(checkIndex(given, { current: table, indexes }));
  await catalog.commit({ op: 'put-table', archive: false, table });
  if (indexes.length > 0) await catalog.commit({ op: 'put-indexes', database, table: name, indexes });
  return {};
}

/** The whole of the table is replaced; a `VersionId` that is not the current one is refused. */
async function updateTable(
  input: {
    readonly DatabaseName: string;
    readonly TableInput: TableInput;
    readonly VersionId?: string;
    readonly SkipArchive?: boolean;
  },
  catalog: CatalogContext,
): Promise<unknown> {
  const database = folded(input.DatabaseName, 'DatabaseName');
  const { tables } = requireDatabase(catalog.state, database);
  const { name, fields } = tableFrom(input.TableInput);
  const current = tables.get(name)?.current;
  if (current === undefined) throw notFound(`Table ${name}`);
  const { VersionId: expected = current.VersionId } = input;
  if (expected !== current.VersionId) {
    throw new ServiceError(
      'ConcurrentModificationException',
      'Update table failed due to concurrent modifications.',
    );
  }
  const VersionId = String(Number(current.VersionId) + 1);
  const { CreateTime } = current;
  const table = { ...stored(fields, database, name, catalog), CreateTime, VersionId };
  await catalog.commit({ op: 'put-table', archive: input.SkipArchive !== true, table });
  return {};
}

/** What a table has besides what the caller wrote. */
function stored(
  fields: Fields,
  database: string,
  name: string,
  catalog: CatalogContext,
): Omit<StoredTable, 'CreateTime' | 'VersionId'> & Pick<StoredTable, 'Name' | 'DatabaseName'> {
  return {
    ...fields,
    Name: name,
    DatabaseName: database,
    UpdateTime: catalog.seconds(),
    Retention: fields.Retention ?? 0,
    IsRegisteredWithLakeFormation: false,
    CatalogId: catalog.accountId,
  };
}
