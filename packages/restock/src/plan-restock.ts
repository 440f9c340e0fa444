import { checkOptions, wholeNumber, type OptionRules } from '@store/foundation';
import type { RestockRequest } from '@store/schema';
import { checkInput, invalidOption } from './errors.js';
import { hoursBefore, lowStockQuery, windowRules, type LowStockQueryOptions } from './low-stock-query.js';
import { quantityRules, restockDefaults, type QuantityOptions } from './options.js';
import { deliveryRules, type DeliveryOptions } from './loads/delivery-options.js';
import type { DeliveryPlan } from './loads/truck-load.js';
import { loadTrucks } from './plan-deliveries.js';
import { requestOfRow, shelfPart, type QueryRow } from './restock-request.js';
import { episodesOfState } from './stock-now/episodes-of-state.js';
import { stockNowLowQuery } from './stock-now/stock-now-low-query.js';
import { stockNowName } from './stock-now/stock-now-options.js';

/** Runs one statement on the lake, wherever it lies, and returns its rows by column name. */
export type RunQuery = (sql: string) => Promise<Iterable<QueryRow>>;

/** Which episodes are planned, and how trucks carry what they ask for. */
export interface PlanOptions extends LowStockQueryOptions, QuantityOptions, DeliveryOptions {
  /**
   * Plan only episodes that began at or after this instant, ISO 8601 in UTC.
   *
   * @defaultValue every open episode
   */
  readonly from?: string;
  /**
   * How far before `from` to look for the shelf's earlier state, 0 or more. A shelf that was silent for longer costs
   * one more query, over the whole history.
   *
   * @defaultValue 168
   */
  readonly lookBackHours?: number;
  /**
   * Read the open episodes in this table, which `refreshStockNow` keeps, and no events. `table`, `to`, `partitioning` and
   * `lookBackHours` change nothing then.
   *
   * @defaultValue the events are read
   */
  readonly stockNow?: string;
}

/** What the lake's low stock comes to. */
export interface RestockPlan {
  /** One for each open low-stock episode, by store and product. */
  readonly episodes: readonly RestockRequest[];
  /** Those that need units, in the order in which trucks load them; the rest is covered by what is on order. */
  readonly requests: readonly RestockRequest[];
  /** How the trucks carry them, with what is left waiting and what is short. */
  readonly loads: DeliveryPlan;
}

const planRules: OptionRules<PlanOptions> = {
  ...windowRules,
  ...quantityRules,
  ...deliveryRules,
  lookBackHours: wholeNumber(0),
  stockNow: stockNowName,
};

/**
 * Finds the open low-stock episodes in a lake, plans the trucks, and returns both. It sends nothing: hand `requests`
 * to {@link sendRequests}.
 *
 * With `from`, the scan reaches back beyond the window, since only an event with sufficient stock proves where an
 * episode began. Where a shelf was low before the window, its episode is an older one. Where it was not seen at
 * all, which is rare, one more query over the whole history decides.
 *
 * @example
 * ```ts
 * import { planRestock, type RunQuery } from '@store/restock';
 *
 * export async function printPlan(query: RunQuery) {
 *   const { requests, loads } = await planRestock(query, { table: 'inventory_events', truckCapacity: 200 });
 *   console.log(`${requests.length} requests on ${loads.length} trucks`);
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, `INVALID_ROW`, and what the query throws
 */
export async function planRestock(query: RunQuery, options: PlanOptions): Promise<RestockPlan> {
  checkInput('query', query, 'query');
  checkOptions(options, planRules, invalidOption);
  const episodes = await openEpisodes(query, options);
  const loads = loadTrucks(episodes, options);
  return { episodes, requests: inLoadingOrder(episodes, loads), loads };
}

async function openEpisodes(query: RunQuery, options: PlanOptions): Promise<readonly RestockRequest[]> {
  if (options.stockNow !== undefined) {
    return episodesOfState(await query(stockNowLowQuery({ stockNow: options.stockNow })), options);
  }
  const {
    table,
    partitioning,
    to,
    recoveryMargin,
    orderUpToFactor,
    lookBackHours = restockDefaults.lookBackHours,
  } = options;
  const search = {
    table,
    ...(to === undefined ? {} : { to }),
    ...(partitioning === undefined ? {} : { partitioning }),
    ...(recoveryMargin === undefined ? {} : { recoveryMargin }),
    ...(orderUpToFactor === undefined ? {} : { orderUpToFactor }),
  };
  const everything = async (): Promise<readonly RestockRequest[]> =>
    [...(await query(lowStockQuery(search)))].map((row) => requestOfRow(row, options));
  if (options.from === undefined) return everything();

  // With milliseconds, as the rows' times are read, so that both compare as text.
  const from = new Date(options.from).toISOString();
  const scanFrom = hoursBefore(from, lookBackHours);
  const episodes: RestockRequest[] = [];
  const unproven = new Set<string>();
  for (const row of await query(lowStockQuery({ ...search, from: scanFrom }))) {
    const request = requestOfRow(row, options);
    if (request.episode_started_at < from) continue;
    if (isTrue(row.history_complete)) episodes.push(request);
    else unproven.add(shelfPart(request));
  }
  if (unproven.size === 0) return episodes;
  for (const request of await everything()) {
    if (unproven.has(shelfPart(request)) && request.episode_started_at >= from) episodes.push(request);
  }
  return episodes;
}

/** Athena gives text, DuckDB a boolean. */
const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** In the order of the loads that leave, then of those that wait; what the depot has nothing of comes last. */
function inLoadingOrder(requests: readonly RestockRequest[], plan: DeliveryPlan): readonly RestockRequest[] {
  const byId = new Map(requests.map((request) => [request.request_id, request]));
  const items = [...plan, ...plan.waiting].flatMap(({ stops }) => stops.flatMap((stop) => stop.items));
  // A request larger than a truck is on several.
  const ids = new Set([...items, ...plan.short].map(({ request_id }) => request_id));
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}
