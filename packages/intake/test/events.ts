import type { InventoryEvent } from '@store/schema';

/** A valid event. */
export function inventoryEvent(): InventoryEvent {
  return {
    event_id: 'e-S1-1',
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
  };
}
