import { lowStockQuery, planDeliveries, toRestockRequest, type TruckLoad } from '@store/restock';
import type { RestockRequest } from '@store/schema';
import type { TruckMessage } from '../chain/truck-queue.js';
import { objectsOf, type QueryResult } from '../query/query-result.js';

/** What the lake's low stock comes to. */
export interface RestockPlan {
  /** One for each open low-stock episode. */
  readonly episodes: readonly RestockRequest[];
  /** Those that need units: the rest is covered by what is on order already. */
  readonly requests: readonly RestockRequest[];
  readonly loads: readonly TruckLoad[];
}

/** The planner's query over a table of inventory events. */
export function planQuery(table: string): string {
  return lowStockQuery({ table });
}

/** Turns the rows of {@link planQuery} into requests and truck loads. */
export function planRestock(rows: QueryResult): RestockPlan {
  const episodes = objectsOf(rows).map((row) => toRestockRequest(row));
  const requests = episodes.filter(({ quantity }) => quantity > 0);
  return { episodes, requests, loads: planDeliveries(requests) };
}

/** The message of a load: loads of a store keep their order, and a load planned again is not driven again. */
export function truckMessage(load: TruckLoad): TruckMessage {
  return { deduplicationId: load.load_id, groupId: load.store_id, body: load };
}
