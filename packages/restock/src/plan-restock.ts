import { checkOptions, wholeNumber, type OptionRules } from '@store/foundation';
import type { RestockRequest } from '@store/schema';
import { checkInput, invalidOption } from './errors.js';
import { lowStockQuery, windowRules, type LowStockQueryOptions } from './low-stock-query.js';
import { quantityRules, restockDefaults, type QuantityOptions } from './options.js';
import { deliveryRules, planDeliveries, type DeliveryOptions, type TruckLoad } from './plan-deliveries.js';
import { requestOfRow, shelfPart, type QueryRow } from './restock-request.js';

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
}

/** What the lake's low stock comes to. */
export interface RestockPlan {
  /** One for each open low-stock episode, by store and product. */
  readonly episodes: readonly RestockRequest[];
  /** Those that need units, in the order in which trucks load them; the rest is covered by what is on order. */
  readonly requests: readonly RestockRequest[];
  /** How the trucks carry them. */
  readonly loads: readonly TruckLoad[];
}

const planRules: OptionRules<PlanOptions> = {
  ...windowRules,
  ...quantityRules,
  ...deliveryRules,
  lookBackHours: wholeNumber(0),
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
  const { truckCapacity = restockDefaults.truckCapacity } = options;
  const episodes = await openEpisodes(query, options);
  const loads = planDeliveries(episodes, { truckCapacity });
  return { episodes, requests: inLoadingOrder(episodes, loads), loads };
}

async function openEpisodes(query: RunQuery, options: PlanOptions): Promise<readonly RestockRequest[]> {
  const { table, partitioning, to, recoveryMargin, lookBackHours = restockDefaults.lookBackHours } = options;
  const search = {
    table,
    ...(to === undefined ? {} : { to }),
    ...(partitioning === undefined ? {} : { partitioning }),
    ...(recoveryMargin === undefined ? {} : { recoveryMargin }),
  };
  const everything = async (): Promise<readonly RestockRequest[]> =>
    [...(await query(lowStockQuery(search)))].map((row) => requestOfRow(row, options));
  if (options.from === undefined) return everything();

  // With milliseconds, as the rows' times are read, so that both compare as text.
  const from = new Date(options.from).toISOString();
  const scanFrom = new Date(Date.parse(from) - lookBackHours * 3_600_000).toISOString();
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

function inLoadingOrder(
  requests: readonly RestockRequest[],
  loads: readonly TruckLoad[],
): readonly RestockRequest[] {
  const byId = new Map(requests.map((request) => [request.request_id, request]));
  // A request larger than a truck is on several.
  const ids = new Set(loads.flatMap(({ items }) => items.map(({ request_id }) => request_id)));
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}
