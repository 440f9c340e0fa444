import { type Place } from '../model/places.js';
import type { StoreInput } from './world-file.js';
/**
 * Returns the built-in city of a store without a location: from its own number on, the first one with the store's time
 * zone, currency and country of holidays, as far as they are given; undefined where none has all of them.
 */
export declare function builtInPlace({ timeZone, currency, holidays }: StoreInput, index: number): Place | undefined;
/** Says which city is missing for a store without a location. */
export declare function noBuiltInPlace({ timeZone, currency, holidays }: StoreInput): string;
//# sourceMappingURL=built-in-place.d.ts.map