import type { Panel } from './panel.js';
/**
 * What levels are drawn to: the effects of store and product, which have their own variances. Series with many sales
 * stay where these put them.
 */
export declare class LevelPriors {
    #private;
    constructor(panel: Panel, level: Float64Array);
    /** The level of a series after one step by its score and information. */
    moved(i: number, score: number, information: number, shrink: boolean): number;
    /** Finds middle, effects and variances behind the levels. */
    update(): void;
}
//# sourceMappingURL=level-priors.d.ts.map