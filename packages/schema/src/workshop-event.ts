import type { EpochSeconds, Int32 } from '@store/glue-schema';

/** The nine-field record of the workshop that this toolkit grew from. */
export interface WorkshopEvent {
  /** Store that reports. */
  store_id: string;
  /** SKU. */
  product_id: string;
  /** Name of that product. */
  product_name: string;
  /** Stock on hand. */
  current_stock: Int32;
  /** Reorder point. */
  threshold_level: Int32;
  /** True while the stock on hand is below the reorder point. */
  is_stock_low: boolean;
  /** When the shelf was checked, seconds since 1970-01-01 UTC. */
  check_timestamp: EpochSeconds;
  /** True once the low stock was reported. */
  notification_sent: boolean;
  /** State of the replenishment: NOT_NEEDED, NEEDED or ORDERED. */
  restock_status: string;
}
