import { detectLowStock, planDeliveries } from '@store/restock';
import type { InventoryEvent } from '@store/schema';

const milk = (sequence: number, current_stock: number): InventoryEvent => ({
  event_id: `e${sequence}`,
  event_type: 'sale',
  event_time: `2026-01-05T0${sequence}:00:00.000Z`,
  sequence,
  store_id: 'store-0001',
  store_name: 'Oslo 1',
  location: { city: 'Oslo', region: 'Oslo', country: 'NO', latitude: 59.91, longitude: 10.75 },
  product_id: 'SKU-1',
  product_name: 'Milk',
  category: 'Dairy',
  unit_price: 1.29,
  quantity_delta: -1,
  current_stock,
  min_threshold: 10,
  on_order: 0,
  is_low_stock: current_stock < 10,
});

// The shelf falls below ten twice; the second sighting of each fall changes nothing.
const requests = detectLowStock([milk(1, 12), milk(2, 9), milk(3, 8), milk(4, 30), milk(5, 4), milk(2, 9)]);
for (const { request_id, quantity } of requests) console.log(`${request_id} asks for ${quantity} units`);

for (const { city, units } of planDeliveries(requests, { truckCapacity: 15 })) {
  console.log(`a truck to ${city} with ${units} units`);
}
