import type { JsonInput } from '../json-input.js';
import { ServiceError } from '../wire/service-error.js';
import { requireDatabase } from './databases.js';
import { alreadyExists, invalid, notFound } from './glue-error.js';
import { pageOf } from './glue-paging.js';
import type { CatalogContext } from './glue-state.js';
import type { GlueState, TableRecord } from './glue-state.js';
import { nameOf, tableInputOf } from './glue-validation.js';

/** The table that the request names, or the error that Glue answers. */
export function requireTable(state: GlueState, input: JsonInput, field = 'TableName'): TableRecord {
  const database = nameOf(input, 'DatabaseName');
  const name = nameOf(input, field);
  const found = requireDatabase(state, database).tables.get(name);
  if (found === undefined) throw notFound(`Table ${name}`);
  return found;
}

/** `CreateTable` */
export async function createTable(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const database = nameOf(input, 'DatabaseName');
  const { tables } = requireDatabase(catalog.state, database);
  const { name, fields } = tableInputOf(input.object('TableInput'));
  if (tables.has(name)) throw alreadyExists('Table');
  if (input.has('OpenTableFormatInput')) {
    throw invalid('Iceberg tables are not served here; leave OpenTableFormatInput out');
  }
  await catalog.commit({
    op: 'put-table',
    archive: false,
    table: {
      ...fields,
      Name: name,
      DatabaseName: database,
      CreateTime: catalog.seconds(),
      UpdateTime: catalog.seconds(),
      Retention: fields.Retention ?? 0,
      IsRegisteredWithLakeFormation: false,
      CatalogId: catalog.accountId,
      VersionId: '0',
    },
  });
  return {};
}

/** `UpdateTable`: the whole of the table is replaced; a `VersionId` that is not the current one is refused. */
export async function updateTable(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const database = nameOf(input, 'DatabaseName');
  const { tables } = requireDatabase(catalog.state, database);
  const { name, fields } = tableInputOf(input.object('TableInput'));
  const known = tables.get(name);
  if (known === undefined) throw notFound(`Table ${name}`);
  const { current } = known;
  const expected = input.optionalString('VersionId', { min: 1, max: 255 });
  if (expected !== undefined && expected !== current.VersionId) {
    throw new ServiceError(
      'ConcurrentModificationException',
      'Update table failed due to concurrent modifications.',
    );
  }
  const archive = input.optionalBoolean('SkipArchive') !== true;
  await catalog.commit({
    op: 'put-table',
    archive,
    table: {
      ...fields,
      Name: name,
      DatabaseName: database,
      CreateTime: current.CreateTime,
      UpdateTime: catalog.seconds(),
      Retention: fields.Retention ?? 0,
      IsRegisteredWithLakeFormation: false,
      CatalogId: catalog.accountId,
      VersionId: String(Number(current.VersionId) + 1),
    },
  });
  return {};
}

/** `GetTable` */
export function getTable(input: JsonInput, { state }: CatalogContext): unknown {
  return { Table: requireTable(state, input, 'Name').current };
}

/** `GetTables`; `Expression` is a pattern in which `*` stands for anything, `|` for or. */
export function getTables(input: JsonInput, { state }: CatalogContext): unknown {
  const { tables } = requireDatabase(state, nameOf(input, 'DatabaseName'));
  const expression = input.optionalString('Expression', { max: 2048 });
  const pattern = expression === undefined ? /^/ : patternOf(expression);
  const all = [...tables.values()].map(({ current }) => current).filter(({ Name }) => pattern.test(Name));
  const { items, nextToken } = pageOf(all, input, 100);
  return { TableList: items, NextToken: nextToken };
}

function patternOf(expression: string): RegExp {
  const escaped = expression.replaceAll(/[.*+?^${}()[\]\\]/g, (char) => (char === '*' ? '.*' : `\\${char}`));
  return new RegExp(`^(?:${escaped})$`, 'i');
}

/** `DeleteTable`, with its versions and partitions. */
export async function deleteTable(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const { current } = requireTable(catalog.state, input, 'Name');
  const { DatabaseName, Name } = current;
  await catalog.commit({ op: 'drop-table', database: DatabaseName, name: Name });
  return {};
}

/** `BatchDeleteTable` */
export async function batchDeleteTable(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const database = nameOf(input, 'DatabaseName');
  const { tables } = requireDatabase(catalog.state, database);
  const errors: unknown[] = [];
  for (const name of input.optionalStrings('TablesToDelete', { max: 100 }) ?? []) {
    const folded = name.toLowerCase();
    if (tables.has(folded)) await catalog.commit({ op: 'drop-table', database, name: folded });
    else {
      const { code, message } = notFound(`Table ${name}`);
      errors.push({ TableName: name, ErrorDetail: { ErrorCode: code, ErrorMessage: message } });
    }
  }
  return { Errors: errors };
}
