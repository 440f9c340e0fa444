import type { ShopDay, ShopDays } from '../day/day-parts.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import type { OwnWorld } from './world-file.js';
/** Days of stores with a calendar, prices, promotions or shocks of one's own: everything is a function of the day. */
export declare class OwnDays implements ShopDays {
    #private;
    constructor(own: OwnWorld, model: WorldModel, stores: readonly Store[], products: readonly Product[], randomness: Randomness);
    of(day: number, s: number): ShopDay;
    closedOn(s: number, p: number, day: number): boolean;
}
//# sourceMappingURL=own-days.d.ts.map