import type { ShopDays } from '../day/day-parts.js';
import { SeriesLayout } from '../day/series-layout.js';
import { type Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import { type Store } from '../model/stores.js';
import type { WorldSettings } from '../world/options.js';
/** What a shard of a world is made of: built-in, one's own, or some of each. */
export interface Plan {
    readonly stores: readonly Store[];
    readonly products: readonly Product[];
    readonly layout: SeriesLayout;
    /** Days that each product keeps, where products have their own. */
    readonly lives: Uint16Array | undefined;
}
/** Draws and gathers the stores and products of a shard. @throws WorldError `INVALID_OPTION` */
export declare function openPlan(settings: WorldSettings, randomness: Randomness): Plan;
/** Opens the days of a plan's stores, which stand at no day. */
export declare function openDays({ own, model }: WorldSettings, { stores, products }: Plan, randomness: Randomness): ShopDays;
//# sourceMappingURL=plan.d.ts.map