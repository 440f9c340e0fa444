import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import type { ShopDay, ShopDays } from './day-parts.js';
/** Promotional prices over everyday prices, by two random bits. */
export declare const depths: readonly number[];
/** Days of the built-in stores: all have the same prices and the same demand on one local day. */
export declare class BuiltInDays implements ShopDays, ShopDay {
    #private;
    /** Price of each product, hundredths. */
    prices: Int32Array;
    readonly everyday: Int32Array;
    readonly storeShift = 0;
    readonly idle: undefined;
    opensAt: number;
    closesAt: number;
    /** Rate classes to add to each product's own. */
    readonly shift: Int16Array;
    /** 1 for each product whose price is new today. */
    readonly changed: Uint8Array;
    /** Whether stores stay closed. */
    closed: boolean;
    /** Days directly before on which stores were closed by a factor of 0, for counts that fell on them. */
    closedBefore: number;
    /** Whether any price is new today. */
    anyChanged: boolean;
    constructor(model: WorldModel, stores: readonly Store[], products: readonly Product[], randomness: Randomness);
    of(day: number, s: number): ShopDay;
    /** Whether stores are closed on a local day. A factor of 0 closes them: it is no small number. */
    closedOn(_s: number, _p: number, day: number): boolean;
}
//# sourceMappingURL=built-in-days.d.ts.map