import { currencyOf } from '../model/currencies.js';
import { placeAt } from '../model/places.js';
import type { Randomness } from '../model/randomness.js';
import { storeAt, type Store } from '../model/stores.js';
import type { TimeZone } from '../model/time-zone.js';
import type { StoreInput, WeekdayName } from './world-file.js';
import { builtInPlace } from './built-in-place.js';
import { sellingHours } from './value-rules.js';
import { onlyZoneOf, zoneByName } from './zones.js';

const weekdayNames: readonly WeekdayName[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Hours of a day that `opens` leaves out. */
const usualHours = ['08:00', '20:00'] as const;

/** Stores `first` to `last` (excluded) of a list of one's own. */
export function ownStores(
  inputs: readonly StoreInput[],
  first: number,
  last: number,
  randomness: Randomness,
): readonly Store[] {
  return Object.freeze(inputs.slice(first, last).map((input, s) => ownStore(input, first + s, randomness)));
}

function ownStore(input: StoreInput, index: number, randomness: Randomness): Store {
  const { store_id, store_name = store_id, location, cluster, assortment, language, opens = {} } = input;
  const place = builtInPlace(input, index) ?? placeAt(index);
  const timeZone = zoneFor(input) ?? place.zone;
  const hours = weekdayNames.map((day) => {
    const given = opens[day] === undefined ? usualHours : opens[day];
    return given === null ? null : Object.freeze(sellingHours(given));
  });
  const open = hours.filter((one) => one !== null);
  const drawn = storeAt(index, randomness).location;
  const { city, region, country } = place;
  return Object.freeze({
    index,
    store_id,
    store_name,
    location:
      location ??
      Object.freeze({
        ...drawn,
        city,
        region,
        country,
        latitude: place.latitude,
        longitude: place.longitude,
      }),
    timeZone,
    opensAtMinute: Math.min(...open.map(([opensAt]) => opensAt)),
    closesAtMinute: Math.max(...open.map(([, closesAt]) => closesAt)),
    hours: Object.freeze(hours),
    currency: input.currency ?? currencyOf((location ?? place).country),
    ...(language === undefined ? {} : { language }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(assortment === undefined ? {} : { assortment }),
    ...(input.holidays === undefined ? {} : { holidays: input.holidays }),
    input,
  });
}

function zoneFor({ timeZone, location }: StoreInput): TimeZone | undefined {
  if (typeof timeZone === 'object') return Object.freeze({ ...timeZone });
  if (timeZone !== undefined) return zoneByName(timeZone);
  return location === undefined ? undefined : onlyZoneOf(location.country);
}
