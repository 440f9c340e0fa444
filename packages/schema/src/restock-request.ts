import type { Int32, Int64, IsoTimestamp } from '@store/glue-schema';

/** What a store needs from the delivery trucks: one request for each low-stock episode. */
export interface RestockRequest {
  /** Derived from store, product and episode: the same however often the episode is seen. */
  request_id: string;
  /** Sequence of the store's event at which the stock fell below the threshold. */
  episode_sequence: Int64;
  /** Time of that event, UTC. */
  episode_started_at: IsoTimestamp;
  /** Store whose shelf is low. */
  store_id: string;
  /** Name of that store. */
  store_name: string;
  /** City of that store. */
  city: string;
  /** Country of that store, ISO 3166-1 alpha-2 code. */
  country: string;
  /** SKU that is low. */
  product_id: string;
  /** Name of that product. */
  product_name: string;
  /** Department that the product belongs to. */
  category: string;
  /** Stock on hand after that event. */
  current_stock: Int32;
  /** Reorder point. */
  min_threshold: Int32;
  /** Units already ordered then and not yet delivered. */
  on_order: Int32;
  /** Units to deliver. */
  quantity: Int32;
}
