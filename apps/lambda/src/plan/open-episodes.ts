import { lowStockQuery, toRestockRequest, type EpisodeOptions, type QuantityOptions } from '@store/restock';
import type { EventPartitioning, RestockRequest } from '@store/schema';
import type { Deadline, RowSource } from './athena-rows.js';

/** Which episodes to look for, and where. */
export interface EpisodeSearch extends EpisodeOptions, QuantityOptions {
  readonly table: string;
  readonly partitioning: EventPartitioning;
  /** Episodes that began at or after this; undefined for every open one. */
  readonly from: string | undefined;
  /** Events before this. */
  readonly to: string;
  /** How far before `from` to look for the shelf's earlier state. */
  readonly lookBackHours: number;
}

/** Open episodes, and what finding them took. */
export interface FoundEpisodes {
  readonly requests: readonly RestockRequest[];
  readonly queryIds: readonly string[];
  readonly bytesScanned: number;
}

/**
 * The open episodes that began in the window.
 *
 * The scan reaches back beyond the window, since only a sight of sufficient stock proves where an episode
 * began. Where a shelf was seen low before the window, its episode is an older one. Where it was not seen at
 * all, which is rare, one more query over the whole history decides.
 */
export async function openEpisodes(
  source: RowSource,
  search: EpisodeSearch,
  deadline: Deadline,
): Promise<FoundEpisodes> {
  const { table, partitioning, from, to, lookBackHours, recoveryMargin = 0 } = search;
  const whole = lowStockQuery({ table, partitioning, to, recoveryMargin });
  if (from === undefined) {
    const all = await source.rows(whole, deadline);
    return {
      requests: all.rows.map((row) => toRestockRequest(row, search)),
      queryIds: [all.queryId],
      bytesScanned: all.bytesScanned,
    };
  }
  const scanFrom = new Date(Date.parse(from) - lookBackHours * 3_600_000).toISOString();
  const near = await source.rows(
    lowStockQuery({ table, partitioning, from: scanFrom, to, recoveryMargin }),
    deadline,
  );
  const requests: RestockRequest[] = [];
  const unproven = new Set<string>();
  for (const row of near.rows) {
    const request = toRestockRequest(row, search);
    if (request.episode_started_at < from) continue;
    if (row.history_complete === 'true') requests.push(request);
    else unproven.add(shelfOf(request));
  }
  if (unproven.size === 0) return { requests, queryIds: [near.queryId], bytesScanned: near.bytesScanned };
  const far = await source.rows(whole, deadline);
  for (const row of far.rows) {
    const request = toRestockRequest(row, search);
    if (unproven.has(shelfOf(request)) && request.episode_started_at >= from) requests.push(request);
  }
  return {
    requests,
    queryIds: [near.queryId, far.queryId],
    bytesScanned: near.bytesScanned + far.bytesScanned,
  };
}

const shelfOf = ({ request_id }: RestockRequest): string => request_id.slice(0, request_id.lastIndexOf('/'));
