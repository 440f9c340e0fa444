import type { Fit } from './fitted.js';
import { type Panel } from './panel.js';
import type { Groups } from './groups.js';
/**
 * Fits the dispersion of each series on the grid that worlds have: by the likelihood of its days, and by the
 * distribution of dispersions over all series, which is found with it.
 */
export declare function fitDispersions(panel: Panel, groups: Groups, fit: Fit): void;
//# sourceMappingURL=dispersions.d.ts.map