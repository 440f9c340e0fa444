import type { WorldMessage } from '@store/dashboard/protocol';
import type { World } from '@store/generator';

/** Events that are looked at to learn which stores and products there are. */
const surveyedEvents = 300_000;

/** The stores and products of a world, as its events name them. */
export function surveyWorld(world: World): Pick<WorldMessage, 'stores' | 'products'> {
  const stores = new Map<string, { id: string; name: string; city: string }>();
  const products = new Map<string, { id: string; name: string }>();
  let seen = 0;
  for (const event of world.events()) {
    if (!stores.has(event.store_id)) {
      stores.set(event.store_id, { id: event.store_id, name: event.store_name, city: event.location.city });
    }
    if (!products.has(event.product_id)) {
      products.set(event.product_id, { id: event.product_id, name: event.product_name });
    }
    if (++seen === surveyedEvents) break;
  }
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  return { stores: [...stores.values()].sort(byId), products: [...products.values()].sort(byId) };
}
