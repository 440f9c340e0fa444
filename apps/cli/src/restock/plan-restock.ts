import { lowStockQuery, planDeliveries, toRestockRequest, type TruckLoad } from '@store/restock';
import type { RestockRequest } from '@store/schema';
import type { TruckMessage } from '../aws/truck-queue.js';
import { objectsOf, type QueryResult } from '../query/query-result.js';

/** What the lake's low stock comes to. */
export interface RestockPlan {
  /** One for each open low-stock episode. */
  readonly episodes: readonly RestockRequest[];
  /** Those that need units: the rest is covered by what is on order already. */
  readonly requests: readonly RestockRequest[];
  /** How the trucks will carry them. */
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

/**
 * The message of a request: those of a store keep their order, and a request that is planned again is not
 * taken again. It is the request that is sent and not a load, since what shares a truck depends on what else is
 * planned, while the identity of a request does not.
 */
export function truckMessage(request: RestockRequest): TruckMessage {
  return { deduplicationId: request.request_id, groupId: request.store_id, body: request };
}

/** What a truck read from the queue. The cast is the parse boundary: only planners write to this queue. */
export function requestsFrom(bodies: readonly unknown[]): readonly RestockRequest[] {
  return bodies as readonly RestockRequest[];
}
