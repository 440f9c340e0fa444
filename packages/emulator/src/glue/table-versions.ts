import { action, type Actions } from '../wire/service-entry.js';
import { integer, list, structure, text } from '../wire/shape.js';
import { each, invalid, notFound, pageOf } from './glue-answers.js';
import type { CatalogContext, StoredTable, TableRecord } from './glue-state.js';
import { requireTable, tableName } from './tables.js';

/** All versions that are kept, newest first. */
export function versionsOf({ current, archived }: TableRecord): readonly StoredTable[] {
  return [...archived, current].toSorted((a, b) => Number(b.VersionId) - Number(a.VersionId));
}

function describe(table: StoredTable): unknown {
  return { Table: table, VersionId: table.VersionId };
}

const versionId = text(1, 255);

/** The actions on versions of tables. */
export const tableVersionActions: Actions<CatalogContext> = new Map([
  [
    // Without a version the current one.
    'GetTableVersion',
    action(
      structure({ ...tableName, VersionId: versionId }, ['DatabaseName', 'TableName']),
      (input, { state }: CatalogContext) => {
        const record = requireTable(state, input);
        const { VersionId: wanted = record.current.VersionId } = input;
        if (!/^\d+$/.test(wanted)) throw invalid(`Expected \`VersionId\` to be a number, got "${wanted}"`);
        const found = versionsOf(record).find(({ VersionId }) => VersionId === wanted);
        if (found === undefined) throw notFound('Version');
        return { TableVersion: describe(found) };
      },
    ),
  ],
  [
    // Newest first.
    'GetTableVersions',
    action(
      structure({ ...tableName, MaxResults: integer(1, 100), NextToken: text() }, [
        'DatabaseName',
        'TableName',
      ]),
      (input, { state }: CatalogContext) => {
        const { items, nextToken } = pageOf(versionsOf(requireTable(state, input)), input, 100);
        return { TableVersions: items.map(describe), NextToken: nextToken };
      },
    ),
  ],
  [
    // The current version stays.
    'DeleteTableVersion',
    action(
      structure({ ...tableName, VersionId: versionId }, ['DatabaseName', 'TableName', 'VersionId']),
      async (input, catalog: CatalogContext) => {
        await dropVersion(requireTable(catalog.state, input), input.VersionId, catalog);
        return {};
      },
    ),
  ],
  [
    'BatchDeleteTableVersion',
    action(
      structure({ ...tableName, VersionIds: list(text(), undefined, 100) }, ['DatabaseName', 'TableName']),
      ({ VersionIds = [], ...input }, catalog: CatalogContext) => {
        const record = requireTable(catalog.state, input);
        return each(
          VersionIds,
          (version) => dropVersion(record, version, catalog),
          (VersionId) => ({ TableName: record.current.Name, VersionId }),
        );
      },
    ),
  ],
]);

async function dropVersion(
  { current, archived }: TableRecord,
  version: string,
  catalog: CatalogContext,
): Promise<void> {
  if (current.VersionId === version) {
    throw invalid(`Version ${version} is the table's current one; delete the table, or update it`);
  }
  if (!archived.some(({ VersionId }) => VersionId === version)) {
    throw notFound('Version');
  }
  const { DatabaseName: database, Name: name } = current;
  await catalog.commit({ op: 'drop-version', database, name, version });
}
