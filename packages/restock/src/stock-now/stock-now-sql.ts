import { checkOptions, required, text, type OptionRules } from '@store/foundation';
import { invalidOption } from '../errors.js';
import { shelfChanges } from './shelf-changes.js';
import { changingColumns, columnNames, stockNowColumns } from './stock-now-columns.js';
import {
  mergeRules,
  stateOf,
  stockNowName,
  stockNowRules,
  type StockNowMergeOptions,
  type StockNowOptions,
} from './stock-now-options.js';

/** Where the state's table lies. */
export interface StockNowTableOptions {
  /** Name of the table, with its database where needed. @defaultValue 'stock_now' */
  readonly stockNow?: string;
  /** Folder of the table on S3, such as `s3://my-lake/stock_now/`. */
  readonly location: string;
}

const tableRules: OptionRules<StockNowTableOptions> = {
  stockNow: stockNowName,
  location: required(text('an address such as s3://bucket/folder/', /^s3:\/\/[a-z0-9.-]+\/[\w!.*()/=-]+$/i)),
};

/**
 * Returns the statement that creates the state's table on Athena, as an Apache Iceberg table, where it is not there yet.
 *
 * @example
 * ```ts
 * import { stockNowTable } from '@store/restock';
 *
 * console.log(stockNowTable({ stockNow: 'store.stock_now', location: 's3://my-lake/stock_now/' }));
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function stockNowTable(options: StockNowTableOptions): string {
  checkOptions(options, tableRules, invalidOption);
  const columns = stockNowColumns.map(([name, type]) => `  ${name} ${type}`);
  return `create table if not exists ${stateOf(options)} (
${columns.join(',\n')}
)
location '${options.location}'
tblproperties ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd')`;
}

/**
 * Returns the query that gives the whole state from the events alone: one row for each store and product, with its latest
 * event, its last sufficient one and its open episode. It reads every event of the window, as `lowStockQuery` does; a state
 * that is renewed by {@link stockNowMerge} comes to the same rows. The text is valid on Athena and on DuckDB.
 *
 * @example
 * ```ts
 * import { stockNowQuery } from '@store/restock';
 *
 * console.log(`insert into stock_now ${stockNowQuery({ table: 'store.inventory_events' })}`);
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function stockNowQuery(options: StockNowOptions): string {
  checkOptions(options, stockNowRules, invalidOption);
  return shelfChanges(options, false);
}

/**
 * Returns the two statements that rebuild the state, in their order: one that empties the table, one that
 * fills it. Between both the state is empty, so that a plan finds nothing, and nothing wrong.
 *
 * @example
 * ```ts
 * import { stockNowRebuild } from '@store/restock';
 *
 * console.log(stockNowRebuild({ table: 'store.inventory_events', stockNow: 'store.stock_now' }).join(';\n'));
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function stockNowRebuild(options: StockNowOptions): readonly string[] {
  const rows = stockNowQuery(options);
  const state = stateOf(options);
  return [`delete from ${state}`, `insert into ${state} (${columnNames.join(', ')})\n${rows}`];
}

/**
 * Returns the statement that renews the state by the events of a window: `MERGE INTO` an Apache Iceberg table of Athena,
 * or a table of DuckDB. Windows may overlap, come in any order and any number of times: an event that was seen, and one that
 * comes late, changes only what it has to.
 *
 * Where a sufficient event comes late into an open episode, the shelf is marked `unsettled`. The same statement with
 * `shelves: 'unsettled'`, and `from` at the earliest `last_sufficient.event_time` of these shelves, settles them.
 *
 * @example
 * ```ts
 * import { stockNowMerge } from '@store/restock';
 * import { eventHourPartitioning } from '@store/schema';
 *
 * const sql = stockNowMerge({
 *   table: 'store.inventory_events',
 *   stockNow: 'store.stock_now',
 *   from: '2026-01-05T08:00:00Z',
 *   to: '2026-01-05T09:00:00Z',
 *   partitioning: eventHourPartitioning,
 * });
 * console.log(sql);
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function stockNowMerge(options: StockNowMergeOptions): string {
  checkOptions(options, mergeRules, invalidOption);
  const settable = columnNames.filter((name) => name !== 'store_id' && name !== 'product_id');
  return `merge into ${stateOf(options)} as state
using (
${shelfChanges(options, true)}
) as found
on (state.store_id = found.store_id and state.product_id = found.product_id)
when matched and (${changingColumns.map((name) => `state.${name} is distinct from found.${name}`).join('\n  or ')})
then update set ${settable.map((name) => `${name} = found.${name}`).join(', ')}
when not matched
then insert (${columnNames.join(', ')})
values (${columnNames.map((name) => `found.${name}`).join(', ')})`;
}

/**
 * Returns the query that gives the whole state as it is after {@link stockNowMerge}: for places where no table can be
 * changed, and the state is rewritten, such as a file, or a prefix of its own (`CREATE TABLE AS`) that a view
 * is then switched to.
 *
 * @example
 * ```ts
 * import { stockNowRewrite } from '@store/restock';
 *
 * const rows = stockNowRewrite({ table: 'new_events', stockNow: 'stock_now' });
 * console.log(`copy (${rows}) to 'stock-now-2.parquet'`);
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function stockNowRewrite(options: StockNowMergeOptions): string {
  checkOptions(options, mergeRules, invalidOption);
  const columns = (alias: string): string => columnNames.map((name) => `${alias}.${name}`).join(', ');
  return `with renewed as (
${shelfChanges(options, true)}
)
select ${columns('n')}
from renewed n
union all
select ${columns('o')}
from ${stateOf(options)} o
left join renewed r on r.store_id = o.store_id and r.product_id = o.product_id
where r.store_id is null`;
}
