import {
  checkOptions,
  nested,
  oneOf,
  required,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';
import type { EventPartitioning } from '@store/schema';
import { invalidOption } from './errors.js';
import { episodeRules, restockDefaults, type EpisodeOptions } from './options.js';

/** Which events the query looks at. */
export interface LowStockQueryOptions extends EpisodeOptions {
  /** Table, with its database where needed: `store.inventory_events`. */
  readonly table: string;
  /**
   * Look at events from this instant on, ISO 8601 in UTC. Rows say in `history_complete` whether the window
   * also holds an event before the episode at which the stock sufficed; where it does not, the episode may
   * have begun earlier, and only a query that reaches further back knows its true beginning and id.
   *
   * @defaultValue all events
   */
  readonly from?: string;
  /** Look at events before this instant. @defaultValue all events */
  readonly to?: string;
  /**
   * How the table is partitioned, so that the window also prunes partitions and only its hours are scanned.
   *
   * @defaultValue no pruning
   */
  readonly partitioning?: EventPartitioning;
}

const tableName = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i;
const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

const instant = text('an instant such as 2026-01-05T08:00:00Z', isoInstant);

const partitioningRules: OptionRules<EventPartitioning> = {
  key: required(oneOf('datehour', 'date')),
  query: required(text()),
  prefix: required(text()),
  errorPrefix: required(text()),
  projection: required(
    nested({
      type: required(oneOf('date')),
      format: required(text()),
      interval: required(wholeNumber(1, 1)),
      intervalUnit: required(oneOf('HOURS', 'DAYS')),
    }),
  ),
};

export const windowRules: OptionRules<LowStockQueryOptions> = {
  ...episodeRules,
  table: required(text('a table name, with or without its database', tableName)),
  from: instant,
  to: instant,
  partitioning: nested(partitioningRules),
};

/**
 * Returns SQL that finds every open low-stock episode: one row for each store and product whose stock has not recovered,
 * told by the event at which it fell below the threshold. The same text is valid on Athena (Trino) and on
 * DuckDB, and `toRestockRequest` reads its rows. Duplicate events in the lake change nothing.
 *
 * Table and instants are checked, not escaped: nothing but a name and a time can get into the text.
 *
 * @example
 * ```ts
 * import { lowStockQuery } from '@store/restock';
 * import { eventHourPartitioning } from '@store/schema';
 *
 * const sql = lowStockQuery({
 *   table: 'store.inventory_events',
 *   from: '2026-01-05T08:00:00Z',
 *   partitioning: eventHourPartitioning,
 * });
 * console.log(sql);
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function lowStockQuery(options: LowStockQueryOptions): string {
  checkOptions(options, windowRules, invalidOption);
  const margin = options.recoveryMargin ?? restockDefaults.recoveryMargin;
  const filters = windowFilters(options);
  const where = filters.length === 0 ? '' : `\n  where ${filters.join(' and ')}`;
  const known = options.from === undefined ? 'true' : 'max(s.sequence) is not null';
  return `with events as (
  select store_id, store_name, location.city as city, location.country as country, product_id, product_name,
         category, event_time, sequence, current_stock, min_threshold, on_order
  from ${options.table}${where}
), last_sufficient as (
  select store_id, product_id, max(sequence) as sequence
  from events
  where current_stock >= min_threshold${margin === 0 ? '' : ` + ${margin}`}
  group by store_id, product_id
)
select e.store_id as store_id,
       min_by(e.store_name, e.sequence) as store_name,
       min_by(e.city, e.sequence) as city,
       min_by(e.country, e.sequence) as country,
       e.product_id as product_id,
       min_by(e.product_name, e.sequence) as product_name,
       min_by(e.category, e.sequence) as category,
       min(e.sequence) as episode_sequence,
       min_by(e.event_time, e.sequence) as episode_started_at,
       min_by(e.current_stock, e.sequence) as current_stock,
       min_by(e.min_threshold, e.sequence) as min_threshold,
       min_by(e.on_order, e.sequence) as on_order,
       ${known} as history_complete
from events e
left join last_sufficient s on s.store_id = e.store_id and s.product_id = e.product_id
where e.current_stock < e.min_threshold and (s.sequence is null or e.sequence > s.sequence)
group by e.store_id, e.product_id
order by store_id, product_id`;
}

function windowFilters({ from, to, partitioning }: LowStockQueryOptions): readonly string[] {
  const filters: string[] = [];
  for (const [value, comparison, edge] of [
    [from, '>=', '>='],
    [to, '<', '<='],
  ] as const) {
    if (value === undefined) continue;
    filters.push(`event_time ${comparison} timestamp '${value.slice(0, -1).replace('T', ' ')}'`);
    // The last partition may hold events on both sides of the edge, so it is never left out.
    if (partitioning !== undefined)
      filters.push(`${partitioning.key} ${edge} '${partitionOf(value, partitioning)}'`);
  }
  return filters;
}

/** Value of the partition key in which an instant lies. */
function partitionOf(instant: string, { key }: EventPartitioning): string {
  return key === 'date' ? instant.slice(0, 10) : instant.slice(0, 13).replace('T', '-');
}
