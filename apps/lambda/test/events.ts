import { createWorld, type WorldOptions } from '@store/generator';
import { inventoryEventEncoder, type InventoryEvent } from '@store/schema';

/** A world of a few thousand events. */
export const smallWorld = { seed: 7, stores: 32, products: 40, start: '2026-01-05T00:00:00.000Z', days: 2 };

/** Its events, encoded as they travel. */
export function linesOf(options: WorldOptions): readonly string[] {
  return [...createWorld(options).events()].map(lineOf);
}

/** One event as it travels. */
export function lineOf(event: InventoryEvent): string {
  const buffer = Buffer.alloc(8192);
  return buffer.toString('utf8', 0, inventoryEventEncoder.encodeInto(event, buffer, 0));
}

/** An event that falls below its threshold. */
export function fallingEvent(given: Partial<InventoryEvent> = {}): InventoryEvent {
  return {
    event_id: `e-${given.store_id ?? 'S1'}-${given.sequence ?? 1}`,
    event_type: 'sale',
    event_time: '2026-01-05T08:00:00.000Z',
    sequence: 1,
    store_id: 'S1',
    store_name: 'Store 1',
    location: { city: 'Oslo', region: 'Oslo', country: 'NO', latitude: 59.9, longitude: 10.7 },
    product_id: 'P1',
    product_name: 'Milk',
    category: 'Dairy',
    unit_price: 1.25,
    quantity_delta: -3,
    current_stock: 8,
    min_threshold: 10,
    on_order: 0,
    is_low_stock: true,
    ...given,
  };
}
