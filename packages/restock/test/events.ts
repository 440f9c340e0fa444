import type { InventoryEvent } from '@store/schema';
import fc from 'fast-check';

/** A valid event; what a test cares about is given, the rest is filled in. */
export function inventoryEvent(given: Partial<InventoryEvent> = {}): InventoryEvent {
  const event = {
    event_id: `${given.store_id ?? 'S1'}-${given.sequence ?? 0}`,
    event_type: 'sale' as const,
    event_time: new Date(Date.UTC(2026, 0, 5) + (given.sequence ?? 0) * 1000).toISOString(),
    sequence: 0,
    store_id: 'S1',
    store_name: 'Store 1',
    location: { city: 'Oslo', region: 'Oslo', country: 'NO', latitude: 59.9, longitude: 10.7 },
    product_id: 'P1',
    product_name: 'Milk',
    category: 'Dairy',
    unit_price: 1.25,
    quantity_delta: -1,
    current_stock: 5,
    min_threshold: 4,
    on_order: 0,
    ...given,
  };
  return { ...event, is_low_stock: event.current_stock < event.min_threshold };
}

/** The history of two stores and three products, in the order of their sequences; stock is conserved. */
export const histories: fc.Arbitrary<readonly InventoryEvent[]> = fc
  .array(
    fc.record({
      store: fc.integer({ min: 1, max: 2 }),
      product: fc.integer({ min: 1, max: 3 }),
      stock: fc.integer({ min: 0, max: 8 }),
      ordered: fc.integer({ min: 0, max: 9 }),
      // A product that is withdrawn, and may come back.
      threshold: fc.constantFrom(4, 4, 4, 0),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    const sequences = [0, 0, 0];
    const stocks = new Map<string, number>();
    return steps.map(({ store, product, stock, ordered, threshold }) => {
      const shelf = `${store}/${product}`;
      const before = stocks.get(shelf) ?? stock;
      stocks.set(shelf, stock);
      return inventoryEvent({
        store_id: `S${store}`,
        product_id: `P${product}`,
        sequence: (sequences[store] = (sequences[store] ?? 0) + 1),
        quantity_delta: stock - before,
        current_stock: stock,
        on_order: ordered,
        min_threshold: threshold,
      });
    });
  });
