import type { ProductInput } from '../own/world-file.js';
import type { Randomness } from './randomness.js';
/** A product: what every store sells under the same SKU. */
export interface Product {
    /** Its number, from 0. */
    readonly index: number;
    /** SKU, unique in the world. */
    readonly product_id: string;
    /** Name on the shelf label. */
    readonly product_name: string;
    /** Department of the assortment. */
    readonly category: string;
    /** What a unit is. */
    readonly unit: string;
    /** Everyday price of a unit, hundredths; where it has one for each currency, the first. */
    readonly priceCents: number;
    /** Units in a case: orders are whole cases. */
    readonly packUnits: number;
    /** Days a unit keeps, of a product of one's own. @defaultValue the model's */
    readonly shelfLifeDays?: number;
    /** A product of one's own as it was given. */
    readonly input?: ProductInput;
}
/** Product number `index` of `count`; a category's products are neighbours, so that one can stand in for another. */
export declare function productAt(index: number, count: number, randomness: Randomness): Product;
/** All products. */
export declare function productsOf(count: number, randomness: Randomness): readonly Product[];
//# sourceMappingURL=products.d.ts.map