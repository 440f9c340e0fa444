import { lowStockQuery } from '@store/restock';
import { UsageError } from '../terminal/errors.js';
import { namedQueries } from './named-queries.js';
import { queryNames, type QueryName } from './query-names.js';

/** The statement behind a name, over a table. The planner's own query is `low-stock`. */
export function namedSql(name: string, table: string): string {
  const known = queryNames.find((query) => query === name);
  if (known === undefined) {
    throw new UsageError(`Expected a named query: ${queryNames.join(', ')}; got ${name}.`);
  }
  return known === 'low-stock' ? lowStockQuery({ table }) : namedQueries[known].sql(table);
}

/** What a named query answers, in one line. */
export function namedTitle(name: QueryName): string {
  return name === 'low-stock'
    ? 'Shelves below their reorder point, by the newest event of each'
    : namedQueries[name].title;
}
