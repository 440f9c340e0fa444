/** From events to trucks, in memory: low stock becomes restock requests, and requests become loads. */
import { createWorld } from '@store/generator';
import { detectLowStock, planDeliveries } from '@store/restock';

const world = createWorld({ seed: 7, stores: 6, products: 40, start: '2026-01-05', days: 2 });

// One request for each episode of low stock, however many events show it.
const requests = detectLowStock(world.events());
console.log(`${requests.length} restock requests`);

const loads = planDeliveries(requests, { truckCapacity: 120, maxStops: 2 });
for (const { city, units, stops } of [...loads].sort((a, b) => b.units - a.units).slice(0, 5))
  console.log(`a truck to ${city}: ${units} units, ${stops.length} ${stops.length === 1 ? 'stop' : 'stops'}`);
