/** An event of about 380 bytes as JSON, like those of a retail store; no two in a row are alike. */
export interface BenchEvent {
  readonly event_id: string;
  readonly event_type: string;
  readonly event_time: string;
  readonly sequence: number;
  readonly store_id: string;
  readonly store_name: string;
  readonly location: { readonly city: string };
  readonly product_id: string;
  readonly product_name: string;
  readonly category: string;
  readonly unit_price: number;
  readonly quantity_delta: number;
  readonly current_stock: number;
  readonly min_threshold: number;
  readonly is_low_stock: boolean;
}

/** The `i`-th event. */
export function benchEvent(i: number): BenchEvent {
  return {
    event_id: `0f${(i * 2_654_435_761) % 4_294_967_296}-${i}`,
    event_type: i % 3 === 0 ? 'sale' : 'restock',
    event_time: new Date(1_767_225_600_000 + i * 37).toISOString(),
    sequence: i,
    store_id: `S${1000 + (i % 500)}`,
    store_name: `Market Street ${i % 500}`,
    location: { city: 'Zürich' },
    product_id: `SKU-${100_000 + (i % 9973)}`,
    product_name: 'Espresso beans, dark roast, 1 kg',
    category: 'Groceries/Coffee',
    unit_price: 1499 + (i % 100),
    quantity_delta: -(i % 7),
    current_stock: 120 - (i % 120),
    min_threshold: 40,
    is_low_stock: i % 120 > 80,
  };
}
