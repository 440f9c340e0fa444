import type { Fit } from './fitted.js';
import { type Panel } from './panel.js';
import { type SalesTable } from './sales-row.js';
/** What a history cannot tell, and what of it the file does not have, a line each. */
export declare function warningsOf(input: {
    readonly table: SalesTable;
    readonly panel: Panel;
    readonly fit: Fit;
    readonly means: Float64Array;
    readonly leftOut: readonly string[];
    readonly unusedStores: readonly string[];
    readonly unusedProducts: readonly string[];
    readonly described: boolean;
}): readonly string[];
//# sourceMappingURL=warnings.d.ts.map