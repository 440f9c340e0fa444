import { sqlName } from '../../lake/sql-quoting.js';
import { namesIn, type CatalogTable, type TableCatalog } from '../../lake/table-catalog.js';
import type { QueryView } from '../../query/query-protocol.js';
import { QueryFailure } from '../athena-error.js';
import { informationViews } from './information-schema.js';
import { partitionsViews } from './partitions-view.js';
import { viewText } from './view-text.js';

/** Views within views that are followed. */
const MOST_DEPTH = 16;

/** Returns what a query names besides tables, each as a SELECT of DuckDB's, those first that others need. */
export async function viewsFor(
  sql: string,
  catalog: TableCatalog,
  translate: (sql: string, database: string) => Promise<string>,
): Promise<readonly QueryView[]> {
  const all = catalog.listTables();
  const found = new Map<string, QueryView>();
  const visit = async (text: string, depth: number): Promise<void> => {
    for (const view of informationViews(text, all)) found.set(`${view.schema}.${view.name}`, view);
    const words = namesIn(text);
    for (const view of partitionsViews(words, all)) found.set(`${view.schema}.${view.name}`, view);
    for (const table of all) {
      const key = `${table.databaseName}.${table.name}`;
      if (table.viewText === undefined || found.has(key) || !words.has(table.name)) continue;
      if (depth >= MOST_DEPTH)
        throw new QueryFailure(`INVALID_VIEW: View '${key}' is nested too deeply or names itself`);
      const view = textOf(table);
      await visit(view.originalSql, depth + 1);
      const select = await translate(view.originalSql, view.schema);
      found.set(key, { schema: table.databaseName, name: table.name, select });
    }
  };
  await visit(sql, 0);
  return [...found.values()];
}

function textOf(table: CatalogTable): NonNullable<ReturnType<typeof viewText>> {
  const view = viewText(table.viewText);
  if (view !== undefined) return view;
  throw new QueryFailure(
    `INVALID_VIEW: View ${sqlName(table.name)} is not one that Athena wrote; create it again by CREATE VIEW`,
  );
}
