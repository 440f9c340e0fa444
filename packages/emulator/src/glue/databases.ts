import type { JsonInput } from '../json-input.js';
import { alreadyExists, notFound } from './glue-error.js';
import { pageOf } from './glue-paging.js';
import type { CatalogContext } from './glue-state.js';
import type { DatabaseRecord, GlueState } from './glue-state.js';
import { fieldsOf, nameOf } from './glue-validation.js';

/** The database of that name, or the error that Glue answers. */
export function requireDatabase(state: GlueState, name: string): DatabaseRecord {
  const found = state.databases.get(name);
  if (found === undefined) throw notFound(`Database ${name}`);
  return found;
}

/** `CreateDatabase` */
export async function createDatabase(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const given = input.object('DatabaseInput');
  const name = nameOf(given, 'Name');
  if (catalog.state.databases.has(name)) throw alreadyExists('Database');
  await catalog.commit({
    op: 'put-database',
    database: {
      ...fieldsOf(given),
      Name: name,
      CreateTime: catalog.seconds(),
      CatalogId: catalog.accountId,
    },
  });
  return {};
}

/** `UpdateDatabase` */
export async function updateDatabase(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const { database } = requireDatabase(catalog.state, nameOf(input, 'Name'));
  const given = input.object('DatabaseInput');
  await catalog.commit({
    op: 'put-database',
    database: {
      ...fieldsOf(given),
      Name: database.Name,
      CreateTime: database.CreateTime,
      CatalogId: database.CatalogId,
    },
  });
  return {};
}

/** `GetDatabase` */
export function getDatabase(input: JsonInput, { state }: CatalogContext): unknown {
  return { Database: requireDatabase(state, nameOf(input, 'Name')).database };
}

/** `GetDatabases` */
export function getDatabases(input: JsonInput, { state }: CatalogContext): unknown {
  const all = [...state.databases.values()].map(({ database }) => database);
  const { items, nextToken } = pageOf(all, input, 100);
  return { DatabaseList: items, NextToken: nextToken };
}

/** `DeleteDatabase`, with all its tables. */
export async function deleteDatabase(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const name = nameOf(input, 'Name');
  requireDatabase(catalog.state, name);
  await catalog.commit({ op: 'drop-database', name });
  return {};
}
