import type { Decimal, Int32, IsoTimestamp } from '@store/glue-schema';

/** One order of one customer. */
export interface Order {
  /** The same for every retry. */
  order_id: string;
  ordered_at: IsoTimestamp;
  channel: 'web' | 'shop';
  total: Decimal<10, 2>;
  lines: { sku: string; count: Int32 }[];
  note?: string;
}

/** What an emitter must not guess about. */
export interface Unclear {
  amount: number | string;
}
