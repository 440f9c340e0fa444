import { type Fit } from './fitted.js';
import type { Groups } from './groups.js';
import { type Panel } from './panel.js';
/**
 * Fits levels, calendar, prices and dispersions to the first days of a panel, each in turn while the others hold: scores
 * of the negative binomial, with the expected demand of a day that ran out in place of its sales.
 */
export declare function fitPanel(panel: Panel, groups: Groups, days: number): Fit;
//# sourceMappingURL=fit.d.ts.map