import type { Decimal, Int32, Int64, IsoTimestamp } from '@store/glue-schema';

/** What made a store report: the kinds of inventory movement, and a change of price. */
export type InventoryEventType =
  | 'sale'
  | 'restock'
  | 'return'
  | 'shrinkage'
  | 'stock_count'
  | 'adjustment'
  | 'order_placed'
  | 'price_change';

/** Where a store stands. */
export interface StoreLocation {
  /** City, as its people write it. */
  city: string;
  /** State, province or county. */
  region: string;
  /** ISO 3166-1 alpha-2 code. */
  country: string;
  /** Degrees north, WGS 84. */
  latitude: number;
  /** Degrees east, WGS 84. */
  longitude: number;
}

/** One report of one store about one product: what moved, what is on the shelf, what the threshold is. */
export interface InventoryEvent {
  /** Unique; the same for every retry and every shard layout. */
  event_id: string;
  /** What happened. */
  event_type: InventoryEventType;
  /** When it happened, UTC, in milliseconds. */
  event_time: IsoTimestamp;
  /** Rises by one for each event of a store; breaks ties in time. */
  sequence: Int64;
  /** Store that reports. */
  store_id: string;
  /** Name of that store. */
  store_name: string;
  /** Where the store stands. */
  location: StoreLocation;
  /** SKU. */
  product_id: string;
  /** Name of that product. */
  product_name: string;
  /** Department that the product belongs to. */
  category: string;
  /** Selling price of one unit in the store's currency. */
  unit_price: Decimal<10, 2>;
  /** Signed change of the stock on hand; 0 where nothing moved. */
  quantity_delta: Int32;
  /** Stock on hand after the event. */
  current_stock: Int32;
  /** Reorder point. */
  min_threshold: Int32;
  /** Units ordered and not yet delivered. */
  on_order: Int32;
  /** True while the stock on hand is below the threshold. */
  is_low_stock: boolean;
}
