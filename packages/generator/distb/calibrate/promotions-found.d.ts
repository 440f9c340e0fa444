import type { PromotionInput } from '../own/world-file.js';
import { type Panel } from './panel.js';
/** The promotions of a history by their prices, those of one product, time and price as one. */
export declare function findPromotions(panel: Panel, fitted: readonly number[]): readonly PromotionInput[];
//# sourceMappingURL=promotions-found.d.ts.map