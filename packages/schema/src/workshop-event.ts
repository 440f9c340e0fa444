import type { EpochSeconds, Int32 } from '@store/glue-schema';

/** The nine-field record of the workshop that this toolkit grew from. */
export interface WorkshopEvent {
  store_id: string;
  product_id: string;
  product_name: string;
  /** Stock on hand. */
  current_stock: Int32;
  /** Reorder point. */
  threshold_level: Int32;
  is_stock_low: boolean;
  /** When the shelf was checked, seconds since 1970-01-01 UTC. */
  check_timestamp: EpochSeconds;
  notification_sent: boolean;
  restock_status: string;
}
