import type { ProductInput } from '../own/world-file.js';
import { type Fit } from './fitted.js';
import { type Panel } from './panel.js';
import type { Groups } from './groups.js';
/**
 * Share of each series' demand that is its own. In a world, buyers of a product that is not there take the next one of
 * its category: they came to that shelf in the history, and come to it again when the world is simulated.
 *
 * @param rate - share of these buyers who take the next product
 */
export declare function ownShares(panel: Panel, groups: Groups, fit: Fit, products: ReadonlyMap<string, ProductInput>, rate: number): Float64Array;
//# sourceMappingURL=substitution.d.ts.map