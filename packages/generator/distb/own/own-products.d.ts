import { type Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { ProductInput } from './world-file.js';
/** Products of a list of one's own; what an entry leaves out is drawn at its number's addresses. */
export declare function ownProducts(inputs: readonly ProductInput[], randomness: Randomness): readonly Product[];
/** Hundredths of a price. */
export declare const centsOf: (price: number) => number;
//# sourceMappingURL=own-products.d.ts.map