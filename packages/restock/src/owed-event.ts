import type { InventoryEvent } from '@store/schema';
import { checkEvent } from './check-event.js';
import { checkInput } from './errors.js';
import { attemptKey, type LedgerEntry, type OwedEvent } from './ledger.js';

/**
 * Returns the event by which the lake learns of a move in a ledger: `order_placed` when a truck takes a request on,
 * `restock` when it has delivered, `adjustment` when an order is taken back. It is on the shelf's last event:
 * on hand and on order continue from there. Its id is the move's, so that it is the same event however often
 * it is written.
 *
 * @param shelf - the last event of the request's store and product
 *
 * @example
 * ```ts
 * import { owedEvent, type LedgerEntry } from '@store/restock';
 * import type { InventoryEvent } from '@store/schema';
 *
 * export const eventsOf = (entry: LedgerEntry, shelf: InventoryEvent) =>
 *   entry.owed_events.map((kind) => owedEvent(entry, kind, shelf));
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, `INVALID_EVENT`
 */
export function owedEvent(entry: LedgerEntry, kind: OwedEvent, shelf: InventoryEvent): InventoryEvent {
  checkInput('entry', entry, 'request');
  checkInput('kind', kind, 'text');
  checkInput('shelf', shelf, 'object');
  checkEvent(shelf);
  const { quantity } = entry.request;
  const delivered = kind === 'restock' ? quantity : 0;
  const ordered = kind === 'order_placed' ? quantity : 0 - quantity;
  const current_stock = shelf.current_stock + delivered;
  return {
    ...shelf,
    event_id: owedEventId(entry, kind),
    event_type: kind,
    event_time: laterOf(momentOf(entry, kind), shelf.event_time),
    quantity_delta: delivered,
    current_stock,
    on_order: Math.max(0, shelf.on_order + ordered),
    is_low_stock: current_stock < shelf.min_threshold,
  };
}

/** The id of the event by which the lake learns of a move of an attempt. */
export const owedEventId = ({ request_id, attempt }: LedgerEntry, kind: OwedEvent): string =>
  `${attemptKey(request_id, attempt)}/${kind}`;

function momentOf(entry: LedgerEntry, kind: OwedEvent): string {
  const { acknowledged_at, delivered_at, cancelled_at, asked_at } = entry;
  const moments = { order_placed: acknowledged_at, restock: delivered_at, adjustment: cancelled_at };
  return moments[kind] ?? asked_at;
}

/** Just after the shelf's last event where that lies ahead of the ledger's clock. */
function laterOf(moment: string, last: string): string {
  return new Date(Math.max(Date.parse(moment), Date.parse(last) + 1)).toISOString();
}
