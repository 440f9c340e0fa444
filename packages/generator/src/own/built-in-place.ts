import { currencyOf } from '../model/currencies.js';
import { placeAt, placeCount, type Place } from '../model/places.js';
import type { StoreInput } from './world-file.js';
import { zoneByName } from './zones.js';

/** Zones of no country: a store in them may be anywhere. */
const nowhere: readonly string[] = ['UTC', 'Etc/UTC'];

/**
 * Returns the built-in city of a store without a location: from its own number on, the first one with the store's time
 * zone, currency and country of holidays, as far as they are given; undefined where none has all of them.
 */
export function builtInPlace({ timeZone, currency, holidays }: StoreInput, index: number): Place | undefined {
  const zone =
    typeof timeZone === 'object' ? timeZone.name : timeZone && (zoneByName(timeZone)?.name ?? timeZone);
  for (let n = 0; n < placeCount; n++) {
    const place = placeAt(index + n);
    if (zone !== undefined && zone !== place.zone.name && !nowhere.includes(zone)) continue;
    if (currency !== undefined && currency !== currencyOf(place.country)) continue;
    if (typeof holidays === 'string' && holidays !== place.country) continue;
    return place;
  }
  return undefined;
}

/** Says which city is missing for a store without a location. */
export function noBuiltInPlace({ timeZone, currency, holidays }: StoreInput): string {
  const zone = typeof timeZone === 'object' ? timeZone.name : timeZone;
  const wanted = [
    ...(zone === undefined ? [] : [`the time zone ${zone}`]),
    ...(currency === undefined ? [] : [`the currency ${currency}`]),
    ...(typeof holidays === 'string' ? [`the holidays of ${holidays}`] : []),
  ];
  return `missing, and no built-in city has ${wanted.join(' and ')}. Give the store its city, region, country, latitude and longitude.`;
}
