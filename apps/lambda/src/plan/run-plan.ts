import { planDeliveries } from '@store/restock';
import type { RestockRequest } from '@store/schema';
import type { Invocation } from '../invocation.js';
import type { RequestQueue } from '../requests/send-requests.js';
import type { RowSource } from './athena-rows.js';
import { openEpisodes } from './open-episodes.js';
import type { PlanConfig } from './plan-config.js';
import type { PlanInput } from './plan-input.js';

/** What one invocation of `plan` has done: counts and ids, never rows. */
export interface PlanSummary {
  /** Null where every open episode was asked for. */
  readonly windowStart: string | null;
  readonly windowEnd: string;
  readonly queryIds: readonly string[];
  readonly bytesScanned: number;
  /** Open episodes that began in the window. */
  readonly episodes: number;
  /** Restock requests sent: the episodes that ask for units. */
  readonly requestsSent: number;
  /** Trucks that they fill, and what these carry. */
  readonly trucks: number;
  readonly units: number;
}

/** What the core of `plan` works with. */
export interface PlanParts {
  readonly source: RowSource;
  readonly queue: RequestQueue;
  readonly config: PlanConfig;
  readonly now: () => number;
}

/**
 * Finds low-stock episodes, plans the trucks, and sends the restock requests in the order in which trucks
 * load them: one for each episode, under the episode's id.
 */
export async function runPlan(
  input: PlanInput,
  parts: PlanParts,
  invocation: Invocation,
): Promise<PlanSummary> {
  const { source, queue, config, now } = parts;
  const to = input.at ?? new Date(now()).toISOString();
  const windowStart = input.from ?? new Date(Date.parse(to) - config.windowHours * 3_600_000).toISOString();
  const from = input.all === true ? undefined : windowStart;
  const found = await openEpisodes(
    source,
    { ...config, from, to },
    { leftMs: () => invocation.remainingMs() - config.marginMs },
  );
  const loads = planDeliveries(found.requests, { truckCapacity: config.truckCapacity });
  const byId = new Map(found.requests.map((request) => [request.request_id, request]));
  const inOrder = new Map<string, RestockRequest>();
  for (const { request_id } of loads.flatMap(({ items }) => items)) {
    const request = byId.get(request_id);
    if (request !== undefined) inOrder.set(request_id, request);
  }
  return {
    windowStart: from ?? null,
    windowEnd: to,
    queryIds: found.queryIds,
    bytesScanned: found.bytesScanned,
    episodes: found.requests.length,
    requestsSent: await queue.send([...inOrder.values()]),
    trucks: loads.length,
    units: loads.reduce((sum, { units }) => sum + units, 0),
  };
}
