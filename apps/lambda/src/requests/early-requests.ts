import { beginsEpisode, requestFor, type EpisodeOptions, type QuantityOptions } from '@store/restock';
import type { InventoryEvent, RestockRequest } from '@store/schema';

/** Restock requests of the episodes that begin in events that pass by. */
export interface EarlyRequests {
  note(event: InventoryEvent): void;
  count(): number;
  /** What was noticed, once each, and only what asks for units. */
  requests(): readonly RestockRequest[];
}

/**
 * Notices low stock at once, event by event. Each request has the id that the planner would give it later,
 * so no second truck is sent.
 */
export function noticeEpisodes(options: EpisodeOptions & QuantityOptions): EarlyRequests {
  const found = new Map<string, RestockRequest>();
  return {
    note(event) {
      if (!beginsEpisode(event, options)) return;
      const request = requestFor(event, options);
      if (request.quantity > 0) found.set(request.request_id, request);
    },
    count: () => found.size,
    requests: () => [...found.values()],
  };
}
