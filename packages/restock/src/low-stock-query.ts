import {
  checkOptions,
  listOf,
  nested,
  oneOf,
  required,
  satisfying,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';
import type { EventPartitioning } from '@store/schema';
import { invalidOption } from './errors.js';
import {
  episodeRules,
  quantityRules,
  restockDefaults,
  type EpisodeOptions,
  type QuantityOptions,
} from './options.js';

/** Which events the query looks at. */
export interface LowStockQueryOptions extends EpisodeOptions, Pick<QuantityOptions, 'orderUpToFactor'> {
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

/** Written as one, and in the calendar: no engine reads a thirteenth month. */
const isInstant = (value: unknown): boolean =>
  typeof value === 'string' &&
  isoInstant.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value.slice(0, 19));

const instant = satisfying('an instant such as 2026-01-05T08:00:00Z', isInstant);

/** Before it there is no event: instants of fewer than four digits of the year are none for SQL. */
const firstInstantMs = Date.parse('0001-01-01T00:00:00Z');

/** The instant that lies this many hours before another one. */
export const hoursBefore = (instant: string, hours: number): string =>
  new Date(Math.max(firstInstantMs, Date.parse(instant) - hours * 3_600_000)).toISOString();

const partitioningRules: OptionRules<EventPartitioning> = {
  key: required(oneOf('datehour', 'date')),
  query: required(text()),
  prefix: required(text()),
  errorPrefix: required(text()),
  projection: required(
    nested({
      type: required(oneOf('date')),
      format: required(text()),
      range: required(listOf(text())),
      interval: required(wholeNumber(1, 1)),
      intervalUnit: required(oneOf('HOURS', 'DAYS')),
    }),
  ),
};

export const windowRules: OptionRules<LowStockQueryOptions> = {
  ...episodeRules,
  orderUpToFactor: quantityRules.orderUpToFactor,
  table: required(text('a table name, with or without its database', tableName)),
  from: instant,
  to: instant,
  partitioning: nested(partitioningRules),
};

/**
 * Returns SQL that finds every open low-stock episode: one row for each store and product whose stock has not recovered,
 * with the stock at the first event that calls for units, or at the episode's first event where it is covered by what is
 * on order. Events are in the order of `detectLowStock`. The same text is valid on Athena (Trino) and on DuckDB, and
 * `toRestockRequest` reads its rows. Duplicate events in the lake change nothing.
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
  const known = options.from === undefined ? 'true' : 'max(sufficient) is not null';
  // Trino compares no rows that hold a null.
  return `with events as (
  select store_id, store_name, location.city as city, location.country as country, product_id, product_name,
         category, event_time, sequence, current_stock, min_threshold, on_order,
         row(coalesce(event_time, timestamp '1970-01-01 00:00:00'), coalesce(sequence, 0), coalesce(event_id, ''),
             coalesce(current_stock, 0), coalesce(min_threshold, 0), coalesce(on_order, 0)) as place,
         ${coveredBy('', factorOf(options))} as covered
  from ${options.table}${where}
), last_sufficient as (
  select store_id, product_id, max(place) as place
  from events
  where ${sufficesBy('', margin)}
  group by store_id, product_id
), low as (
  select e.*, s.place as sufficient, row(e.covered, e.place) as asks
  from events e
  left join last_sufficient s on s.store_id = e.store_id and s.product_id = e.product_id
  where e.current_stock < e.min_threshold and (s.place is null or e.place > s.place)
)
select store_id,
       min_by(store_name, asks) as store_name,
       min_by(city, asks) as city,
       min_by(country, asks) as country,
       product_id,
       min_by(product_name, asks) as product_name,
       min_by(category, asks) as category,
       min_by(sequence, place) as episode_sequence,
       min(event_time) as episode_started_at,
       min_by(current_stock, asks) as current_stock,
       min_by(min_threshold, asks) as min_threshold,
       min_by(on_order, asks) as on_order,
       ${known} as history_complete
from low
group by store_id, product_id
order by store_id, product_id`;
}

/** SQL of whether a shelf's stock ends an episode: the margin is of products that are kept in stock, see `stockLevel`. */
export const sufficesBy = (prefix: string, margin: number): string =>
  `${prefix}current_stock >= ${prefix}min_threshold${
    margin === 0 ? '' : ` + case when ${prefix}min_threshold = 0 then 0 else ${margin} end`
  }`;

/** As text a number could be a decimal to one engine and a double to the other. */
export const factorOf = ({
  orderUpToFactor = restockDefaults.orderUpToFactor,
}: Pick<QuantityOptions, 'orderUpToFactor'>): string => `cast('${orderUpToFactor}' as double)`;

/**
 * SQL of whether what is on order covers a shelf: 1 where `orderQuantity` asks for no units. The stock is a whole number, so it
 * reaches the order-up-to level rounded up where it reaches the level itself; the rounding and two differences cost the
 * endpoint's Athena 1.5 s to bind.
 */
export const coveredBy = (prefix: string, factor: string): string =>
  `case when greatest(${prefix}min_threshold, 1) * ${factor} <= ${prefix}current_stock + cast(coalesce(${prefix}on_order, 0) as bigint) then 1 else 0 end`;

/** Conditions that keep a query to its window; `prefix` is what is before a column's name. */
export function windowFilters(
  { from, to, partitioning }: LowStockQueryOptions,
  prefix = '',
): readonly string[] {
  const filters: string[] = [];
  for (const [value, comparison, edge] of [
    [from, '>=', '>='],
    [to, '<', '<='],
  ] as const) {
    if (value === undefined) continue;
    filters.push(`${prefix}event_time ${comparison} timestamp '${value.slice(0, -1).replace('T', ' ')}'`);
    // The last partition may hold events on both sides of the edge, so it is never left out.
    if (partitioning !== undefined)
      filters.push(`${prefix}${partitioning.key} ${edge} '${partitionOf(value, partitioning)}'`);
  }
  return filters;
}

/** Value of the partition key in which an instant lies. */
function partitionOf(instant: string, { key }: EventPartitioning): string {
  return key === 'date' ? instant.slice(0, 10) : instant.slice(0, 13).replace('T', '-');
}
