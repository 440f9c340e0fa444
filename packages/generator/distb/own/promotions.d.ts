import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { PromotionInput } from './world-file.js';
/** A day of the calendar as days since 1970. */
export declare const dayNumber: (date: string) => number;
/** What is cheaper on a local day: shares of the everyday prices, the lowest of each product. */
export declare class Promotions {
    #private;
    constructor(given: readonly PromotionInput[] | undefined, modelRate: number, stores: readonly Store[], products: readonly Product[], randomness: Randomness);
    /** Shares of every store on a day, 1 where a product is at its everyday price. */
    everywhere(day: number): Float64Array;
    /** Products that one store alone promotes on a day, with the lowest share of each. */
    inStore(s: number, day: number): ReadonlyMap<number, number>;
}
//# sourceMappingURL=promotions.d.ts.map