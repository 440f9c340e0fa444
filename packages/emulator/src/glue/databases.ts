import { action, type Actions } from '../wire/service-entry.js';
import { integer, structure, text } from '../wire/shape.js';
import { alreadyExists, notFound, pageOf } from './glue-answers.js';
import type { CatalogContext, DatabaseRecord, GlueState } from './glue-state.js';
import { checkTags, folded, nameText, tagMap } from './table-input.js';

/** The database of that name, or the error that Glue answers. */
export function requireDatabase(state: GlueState, name: string): DatabaseRecord {
  const found = state.databases.get(name);
  if (found === undefined) throw notFound(`Database ${name}`);
  return found;
}

const databaseInput = structure({ Name: nameText }, ['Name']);
/** A change goes by the name beside it. */
const databaseChange = structure({ Name: text() });
const named = structure({ Name: nameText }, ['Name']);

/** The actions on databases. */
export const databaseActions: Actions<CatalogContext> = new Map([
  [
    'CreateDatabase',
    action(
      structure({ DatabaseInput: databaseInput, Tags: tagMap }, ['DatabaseInput']),
      async ({ DatabaseInput: given, Tags: tags = {} }, catalog: CatalogContext) => {
        const name = folded(given.Name, 'Name');
        if (catalog.state.databases.has(name)) throw alreadyExists('Database');
        checkTags(tags);
        await catalog.commit({
          op: 'put-database',
          database: {
            ...given,
            Name: name,
            CreateTime: catalog.seconds(),
            CatalogId: catalog.accountId,
          },
        });
        if (Object.keys(tags).length > 0) await catalog.commit({ op: 'put-tags', database: name, tags });
        return {};
      },
    ),
  ],
  [
    'UpdateDatabase',
    action(
      structure({ Name: nameText, DatabaseInput: databaseChange }, ['Name', 'DatabaseInput']),
      async ({ Name, DatabaseInput: given }, catalog: CatalogContext) => {
        const { database } = requireDatabase(catalog.state, folded(Name, 'Name'));
        await catalog.commit({
          op: 'put-database',
          database: {
            ...given,
            Name: database.Name,
            CreateTime: database.CreateTime,
            CatalogId: database.CatalogId,
          },
        });
        return {};
      },
    ),
  ],
  [
    'GetDatabase',
    action(named, ({ Name }, { state }: CatalogContext) => ({
      Database: requireDatabase(state, folded(Name, 'Name')).database,
    })),
  ],
  [
    'GetDatabases',
    action(
      structure({ MaxResults: integer(1, 100), NextToken: text() }),
      (input, { state }: CatalogContext) => {
        const all = [...state.databases.values()].map(({ database }) => database);
        const { items, nextToken } = pageOf(all, input, 100);
        return { DatabaseList: items, NextToken: nextToken };
      },
    ),
  ],
  [
    // With all its tables.
    'DeleteDatabase',
    action(named, async ({ Name }, catalog: CatalogContext) => {
      const name = folded(Name, 'Name');
      requireDatabase(catalog.state, name);
      await catalog.commit({ op: 'drop-database', name });
      return {};
    }),
  ],
]);
