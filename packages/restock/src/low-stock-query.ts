import { RestockError } from './errors.js';

/** Which events the query looks at. */
export interface LowStockQueryOptions {
  /** Table, with its database where needed: `store.inventory_events`. */
  readonly table: string;
  /**
   * Look at events from this instant on, ISO 8601 in UTC. An episode that began earlier is then known by its
   * first low event inside the window, so choose a window that reaches back beyond the longest episode.
   *
   * @defaultValue all events
   */
  readonly from?: string;
  /** Look at events before this instant. @defaultValue all events */
  readonly to?: string;
}

const tableName = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i;
const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/**
 * SQL that finds every open low-stock episode: one row for each store and product whose newest event is low,
 * with the event at which the stock fell below the threshold. The same text is valid on Athena (Trino) and
 * on DuckDB, and `toRestockRequest` reads its rows.
 *
 * Table and instants are checked, not escaped: nothing but a name and a time can get into the text.
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function lowStockQuery(options: LowStockQueryOptions): string {
  check('table', options.table, tableName, 'a table name, with or without its database');
  const window: string[] = [];
  if (options.from !== undefined) window.push(`event_time >= ${timestamp('from', options.from)}`);
  if (options.to !== undefined) window.push(`event_time < ${timestamp('to', options.to)}`);
  const where = window.length === 0 ? '' : ` where ${window.join(' and ')}`;
  return `with events as (
  select store_id, store_name, location, product_id, product_name, category, event_time, sequence,
         current_stock, min_threshold, on_order, is_low_stock
  from ${options.table}${where}
), last_sufficient as (
  select store_id, product_id, max(sequence) as sequence
  from events where not is_low_stock
  group by store_id, product_id
)
select e.store_id as store_id, min(e.store_name) as store_name,
       min_by(e.location.city, e.sequence) as city, min_by(e.location.country, e.sequence) as country,
       e.product_id as product_id, min(e.product_name) as product_name, min(e.category) as category,
       min(e.sequence) as episode_sequence,
       cast(min_by(e.event_time, e.sequence) as varchar) as episode_started_at,
       max_by(e.current_stock, e.sequence) as current_stock,
       max_by(e.min_threshold, e.sequence) as min_threshold,
       min_by(e.on_order, e.sequence) as on_order
from events e
left join last_sufficient s on s.store_id = e.store_id and s.product_id = e.product_id
where e.is_low_stock and e.sequence > coalesce(s.sequence, -1)
group by e.store_id, e.product_id
order by store_id, product_id`;
}

function timestamp(field: string, value: string): string {
  check(field, value, isoInstant, 'an instant such as 2026-01-05T08:00:00Z');
  return `timestamp '${value.slice(0, -1).replace('T', ' ')}'`;
}

function check(field: string, value: string, pattern: RegExp, expected: string): void {
  if (pattern.test(value)) return;
  throw new RestockError('INVALID_OPTION', field, `Expected \`${field}\` to be ${expected}, got '${value}'.`);
}
