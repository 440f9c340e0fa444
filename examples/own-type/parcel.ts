import type { Int32, IsoTimestamp } from '@store/glue-schema';

/** One parcel that left a warehouse. */
export interface Parcel {
  /** Number on its label. */
  parcel_id: string;
  shipped_at: IsoTimestamp;
  /** Where it goes: a country's two letters. */
  country: string;
  grams: Int32;
}
