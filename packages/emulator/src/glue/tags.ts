import { action, type Actions } from '../wire/service-entry.js';
import { list, structure, text } from '../wire/shape.js';
import { requireDatabase } from './databases.js';
import { invalid } from './glue-answers.js';
import type { CatalogContext, Tags } from './glue-state.js';
import { requireTable } from './tables.js';
import { checkTags, MOST_TAGS, tagKey, tagMap } from './table-input.js';

const arn = text(1, 10_240);

/** The actions on tags of databases and tables. */
export const tagActions: Actions<CatalogContext> = new Map([
  [
    'GetTags',
    action(structure({ ResourceArn: arn }, ['ResourceArn']), ({ ResourceArn }, catalog: CatalogContext) => ({
      Tags: taggedOf(ResourceArn, catalog).tags,
    })),
  ],
  [
    'TagResource',
    action(
      structure({ ResourceArn: arn, TagsToAdd: tagMap }, ['ResourceArn', 'TagsToAdd']),
      async ({ ResourceArn, TagsToAdd }, catalog: CatalogContext) => {
        const { tags, place } = taggedOf(ResourceArn, catalog);
        const all = checkTags({ ...tags, ...TagsToAdd });
        await catalog.commit({ op: 'put-tags', ...place, tags: all });
        return {};
      },
    ),
  ],
  [
    'UntagResource',
    action(
      structure({ ResourceArn: arn, TagsToRemove: list(tagKey, 0, MOST_TAGS) }, [
        'ResourceArn',
        'TagsToRemove',
      ]),
      async ({ ResourceArn, TagsToRemove }, catalog: CatalogContext) => {
        const { tags, place } = taggedOf(ResourceArn, catalog);
        const left = Object.fromEntries(Object.entries(tags).filter(([key]) => !TagsToRemove.includes(key)));
        await catalog.commit({ op: 'put-tags', ...place, tags: left });
        return {};
      },
    ),
  ],
]);

interface Tagged {
  readonly tags: Tags;
  readonly place: { readonly database: string; readonly table?: string };
}

/** What an ARN names, which must be in the catalog. */
function taggedOf(resource: string, { state, accountId }: CatalogContext): Tagged {
  const [, account = '', kind = '', name = '', table = ''] =
    /^arn:aws[a-z-]*:glue:[a-z0-9-]+:(\d{12}):(database|table)\/([^/]+)(?:\/([^/]+))?$/.exec(resource) ?? [];
  if (account !== accountId || (kind === 'table') !== (table !== '')) {
    throw invalid(
      `Expected \`ResourceArn\` to name a database or a table of account ${accountId}, arn:aws:glue:REGION:${accountId}:database/NAME or table/DATABASE/NAME, got ${resource}`,
    );
  }
  const database = name.toLowerCase();
  if (kind === 'database') return { tags: requireDatabase(state, database).tags, place: { database } };
  const { current, tags } = requireTable(state, { DatabaseName: database, TableName: table });
  return { tags, place: { database, table: current.Name } };
}
