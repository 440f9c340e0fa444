import type { StoreLocation } from '@store/schema';
import type { StoreInput } from '../own/world-file.js';
import { currencyOf } from './currencies.js';
import { placeAt, placeCount } from './places.js';
import type { Randomness } from './randomness.js';
import type { TimeZone } from './time-zone.js';

/** A store of the world. */
export interface Store {
  /** Its number in the whole world, from 0. */
  readonly index: number;
  /** Identifier, unique in the world. */
  readonly store_id: string;
  /** Name with its city. */
  readonly store_name: string;
  /** City and coordinates. */
  readonly location: StoreLocation;
  /** Time zone that its opening hours and days follow. */
  readonly timeZone: TimeZone;
  /** Opening hours, minutes since local midnight; of `hours`, the earliest. */
  readonly opensAtMinute: number;
  /** End of the opening hours, minutes since local midnight; of `hours`, the latest. */
  readonly closesAtMinute: number;
  /** Hours of each weekday from Monday on, where they differ; null is closed. */
  readonly hours?: readonly (readonly [opensAtMinute: number, closesAtMinute: number] | null)[];
  /** ISO 4217: its country's, unless a store of one's own has another. `unit_price` of its events is in it. */
  readonly currency: string;
  /** Language of its labels, of a store of one's own. @defaultValue each product's first */
  readonly language?: string;
  /** Group of stores, for `calendar.byCluster`. */
  readonly cluster?: string;
  /** SKUs that it sells. @defaultValue every product */
  readonly assortment?: readonly string[];
  /** Its own holidays. @defaultValue the calendar's */
  readonly holidays?: NonNullable<StoreInput['holidays']>;
  /** A store of one's own as it was given. */
  readonly input?: StoreInput;
}

const quarters = ['Market', 'Station', 'Harbour', 'North', 'Park', 'South', 'Old Town', 'University'];
const hours: readonly (readonly [opens: number, closes: number])[] = [
  [7 * 60, 22 * 60],
  [8 * 60, 20 * 60],
  [8 * 60, 21 * 60],
  [9 * 60, 21 * 60],
];

/** Store number `index`; stores of one city lie a few kilometres apart. */
export function storeAt(index: number, randomness: Randomness): Store {
  const { city, region, country, latitude, longitude, zone } = placeAt(index);
  const ring = Math.floor(index / placeCount);
  const round = Math.floor(ring / quarters.length);
  const [word, other] = randomness.ofStore(index, 1);
  const near = (degrees: number, bits: number): number =>
    Math.round(degrees * 10_000 + (bits % 1601) - 800) / 10_000;
  const [opensAtMinute, closesAtMinute] = hours[other >>> 30] ?? [480, 1200];
  return Object.freeze({
    index,
    store_id: `store-${String(index + 1).padStart(4, '0')}`,
    store_name: `${city} ${quarters[ring % quarters.length] ?? ''}${round === 0 ? '' : ` ${round + 1}`}`,
    location: Object.freeze({
      city,
      region,
      country,
      latitude: near(latitude, word & 0xffff),
      longitude: near(longitude, word >>> 16),
    }),
    timeZone: zone,
    currency: currencyOf(country),
    opensAtMinute,
    closesAtMinute,
  });
}

/** First store of a shard, and the first behind it. */
export function storesOfShard(
  stores: number,
  { index, count }: { readonly index: number; readonly count: number },
): readonly [first: number, last: number] {
  // floor(index * stores / count) in exact arithmetic: index * stores stays below 2^53.
  return [Math.floor((index * stores) / count), Math.floor(((index + 1) * stores) / count)];
}

/** Stores `first` to `last` (excluded). */
export function storesOf(first: number, last: number, randomness: Randomness): readonly Store[] {
  return Object.freeze(Array.from({ length: last - first }, (_, s) => storeAt(first + s, randomness)));
}
