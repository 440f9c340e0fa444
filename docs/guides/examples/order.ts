import type { Decimal, Int32, IsoTimestamp } from '@store/glue-schema';

/** One order of a shop. */
export interface Order {
  /** Number of the order. */
  id: Int32;
  placed_at: IsoTimestamp;
  /** What it came to. */
  total: Decimal<10, 2>;
  tags: string[];
}
