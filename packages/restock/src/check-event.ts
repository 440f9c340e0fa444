import { shown } from '@store/foundation';
import type { InventoryEvent } from '@store/schema';
import { RestockError } from './errors.js';

/** What is compared and counted of an event. */
type Counted = Pick<InventoryEvent, 'current_stock' | 'min_threshold'> & Partial<InventoryEvent>;

/**
 * Throws where a number of an event is none, or its place in time is not known: NaN and what is absent compare as
 * neither low nor sufficient, and text compares as text, so a shelf would stay empty without an error.
 *
 * @throws RestockError `INVALID_EVENT`
 */
export function checkEvent(event: InventoryEvent): void {
  const { sequence, event_time, on_order } = event;
  checkStock(event);
  if (!Number.isFinite(on_order)) throw invalid(event, 'on_order', 'a number', on_order);
  if (!Number.isSafeInteger(sequence)) throw invalid(event, 'sequence', 'a whole number', sequence);
  if (typeof event_time === 'string' && !Number.isNaN(Date.parse(event_time))) return;
  throw invalid(event, 'event_time', 'an instant such as 2026-01-05T08:00:00.000Z', event_time);
}

/** {@link checkEvent} of the stock alone, for what sees every event pass by. */
export function checkStock(event: Counted): void {
  const { current_stock, min_threshold } = event;
  if (!Number.isFinite(current_stock)) throw invalid(event, 'current_stock', 'a number', current_stock);
  if (!Number.isFinite(min_threshold)) throw invalid(event, 'min_threshold', 'a number', min_threshold);
}

/** {@link checkStock} of what an event says of the one before it, too. */
export function checkChange(event: Counted & Pick<InventoryEvent, 'quantity_delta'>): void {
  checkStock(event);
  const { quantity_delta } = event;
  if (!Number.isFinite(quantity_delta)) throw invalid(event, 'quantity_delta', 'a number', quantity_delta);
}

function invalid(
  event: Partial<InventoryEvent>,
  field: string,
  expected: string,
  value: unknown,
): RestockError {
  const { event_id: eventId } = event;
  const which = typeof eventId === 'string' ? `the event ${eventId}` : 'an event';
  return new RestockError(
    'INVALID_EVENT',
    `Expected \`${field}\` of ${which} to be ${expected}, got ${shown(value)}.`,
    { field, ...(typeof eventId === 'string' ? { eventId } : {}) },
  );
}
