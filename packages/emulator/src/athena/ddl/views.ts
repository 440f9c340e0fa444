import { sqlName } from '../../lake/sql-quoting.js';
import type { CatalogTable, TableCatalog } from '../../lake/table-catalog.js';
import { type QueryView, viewKey } from '../../query/query-protocol.js';
import { QueryFailure } from '../athena-error.js';
import type { Translated } from '../../query/reading.js';
import { informationViews } from './information-schema.js';
import { partitionsViews } from './partitions-view.js';
import { viewText } from './view-text.js';

/** Views within views that are followed. */
const MOST_DEPTH = 16;

/** What a query reads, its views followed. */
export interface ReadByQuery {
  /** Views, each as a SELECT of DuckDB's, those first that others need. */
  readonly views: readonly QueryView[];
  /** Tables, by `viewKey`. */
  readonly tables: ReadonlySet<string>;
}

/** Finds what a query reads beyond the tables that it names itself. */
export async function readBy(
  sql: string,
  named: Translated['named'],
  catalog: TableCatalog,
  translate: (sql: string, database: string) => Promise<Translated>,
): Promise<ReadByQuery> {
  const all = catalog.listTables();
  const views = new Map<string, QueryView>();
  const tables = new Set<string>();
  const visit = async (text: string, names: Translated['named'], depth: number): Promise<void> => {
    for (const view of [...informationViews(text, catalog), ...partitionsViews(text, all)])
      views.set(viewKey(view.schema, view.name), view);
    for (const key of names) {
      const [schema = '', name = ''] = key.split('\0');
      const table = catalog.getTable(schema, name);
      if (table?.viewText === undefined) tables.add(key);
      if (table?.viewText === undefined || views.has(key)) continue;
      if (depth >= MOST_DEPTH)
        throw new QueryFailure(`INVALID_VIEW: View '${schema}.${name}' is nested too deeply or names itself`);
      const view = textOf(table);
      const select = await translate(view.originalSql, view.schema);
      await visit(view.originalSql, select.named, depth + 1);
      views.set(key, { schema, name, select: select.text });
    }
  };
  await visit(sql, named, 0);
  return { views: [...views.values()], tables };
}

function textOf(table: CatalogTable): NonNullable<ReturnType<typeof viewText>> {
  const view = viewText(table.viewText);
  if (view !== undefined) return view;
  throw new QueryFailure(
    `INVALID_VIEW: View ${sqlName(table.name)} is not one that Athena wrote; create it again by CREATE VIEW`,
  );
}
