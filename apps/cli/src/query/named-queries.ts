import { lowStockQuery } from '@store/restock';
import { CliError, didYouMean } from '../terminal/errors.js';

/** Queries with a name; the same statements run on DuckDB and on Athena. */
export const queryNames: readonly ['low-stock', 'stockouts', 'turnover', 'late-events', 'trucks'] = [
  'low-stock',
  'stockouts',
  'turnover',
  'late-events',
  'trucks',
];

/** One of {@link queryNames}. */
export type QueryName = (typeof queryNames)[number];

/** A query with a name: what it answers, and the statement over a table of inventory events. */
export interface NamedQuery {
  readonly name: QueryName;
  readonly title: string;
  sql(table: string): string;
}

/**
 * The named queries other than `low-stock`, which belongs to the planner. All keep to the part of SQL in which
 * Athena (Trino) and DuckDB agree: no integer division, no date_diff above the unit that is stored.
 */
export const namedQueries: Readonly<Record<Exclude<QueryName, 'low-stock'>, NamedQuery>> = {
  stockouts: {
    name: 'stockouts',
    title: 'Shelves that ran empty, by how often',
    sql: (table) => `select store_name, product_name, count(*) as times_empty, max(event_time) as last_time
from ${table}
where current_stock <= 0 and current_stock - quantity_delta > 0
group by store_name, product_name
order by times_empty desc, last_time desc, store_name, product_name
limit 100`,
  },
  turnover: {
    name: 'turnover',
    title: 'Units and revenue by category, against what was on the shelf',
    sql: (table) => `select category,
  sum(case when event_type = 'sale' then -quantity_delta else 0 end) as units_sold,
  sum(case when event_type = 'sale' then -quantity_delta * unit_price else 0 end) as revenue,
  sum(case when event_type = 'return' then quantity_delta else 0 end) as units_returned,
  sum(case when event_type = 'shrinkage' then -quantity_delta else 0 end) as units_lost,
  round(avg(cast(current_stock as double)), 1) as mean_stock
from ${table}
group by category
order by units_sold desc, category`,
  },
  'late-events': {
    name: 'late-events',
    title: 'Events that tell of a time before that of an earlier event of their store',
    sql: (
      table,
    ) => `select store_id, event_id, event_type, event_time, date_diff('millisecond', event_time, newest_before) as late_ms
from (
  select store_id, event_id, event_type, event_time, max(event_time) over (
    partition by store_id order by sequence rows between unbounded preceding and 1 preceding
  ) as newest_before
  from ${table}
) as ordered
where event_time < newest_before
order by late_ms desc, store_id, event_id
limit 100`,
  },
  trucks: {
    name: 'trucks',
    title: 'Deliveries that reached the stores',
    sql: (table) => `select store_name, location.city as city, count(*) as deliveries,
  sum(quantity_delta) as units, max(event_time) as last_time
from ${table}
where event_type = 'restock'
group by store_name, location.city
order by units desc, store_name
limit 100`,
  },
};

/** The statement behind a name, over a table. The planner's own query is `low-stock`. */
export function namedSql(name: string, table: string): string {
  const known = queryNames.find((query) => query === name);
  if (known === undefined) {
    throw new CliError(
      'USAGE',
      `Expected a named query: ${queryNames.join(', ')}; got ${name}.${didYouMean(name, queryNames)}`,
    );
  }
  return known === 'low-stock' ? lowStockQuery({ table }) : namedQueries[known].sql(table);
}

/** What a named query answers, in one line. */
export function namedTitle(name: QueryName): string {
  return name === 'low-stock'
    ? 'Shelves below their reorder point, by the newest event of each'
    : namedQueries[name].title;
}
