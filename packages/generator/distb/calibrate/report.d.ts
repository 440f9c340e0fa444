import { type Fit } from './fitted.js';
import { type Panel } from './panel.js';
import type { Groups } from './groups.js';
/** A figure of the history, and the same figure as the model has it. */
export interface Beside<T> {
    /** As the history has it. */
    readonly history: T;
    /** As the model has it. */
    readonly model: T;
}
/** Shares of series by how often they sell and how much sizes vary (ADI 1.32, CV² 0.49). */
export interface DemandClasses {
    /** Rare sales of like sizes. */
    readonly intermittent: number;
    /** Rare sales of sizes that vary. */
    readonly lumpy: number;
    /** Frequent sales of like sizes. */
    readonly smooth: number;
    /** Frequent sales of sizes that vary. */
    readonly erratic: number;
}
/** Quantiles at which `coverage` is measured, as its keys. */
export type CoverageKey = '0.05' | '0.25' | '0.5' | '0.75' | '0.9' | '0.95';
/** How well a world fits a history that it was not fitted to. */
export interface CalibrationReport {
    /** Rows of the history. */
    readonly rows: number;
    /** Series of the world file. */
    readonly series: number;
    /** Last days that the reported model was not fitted to; with 0 it is held against the days that it was fitted to. */
    readonly holdOutDays: number;
    /**
     * Share of held-out days at or below the model's quantile, randomized between two counts by the place of the day; of a
     * day that ran out, above what it sold. A right model has each key's own number.
     */
    readonly coverage: Readonly<Record<CoverageKey, number>>;
    /** Share of held-out days without a sale; days that were empty from the morning on are left out. */
    readonly zeroShare: Beside<number>;
    /** Classes of the series over the whole history; the model's by one drawn history of the same days. */
    readonly classes: Beside<DemandClasses>;
    /**
     * Units sold on held-out days; the model's are those that it expects, less those that it expects to have been lost on
     * the days that ran out.
     */
    readonly totals: Beside<number>;
    /** What the history cannot tell, and what was left out, a line each. */
    readonly warnings: readonly string[];
}
/** Units of seven days, sold and as the model has them: see `CalibrationReport.totals`. */
export interface CalibrationWeek extends Beside<number> {
    /** First day, `2026-01-05`. */
    readonly from: string;
    /** Whether the reported model was not fitted to these days. */
    readonly heldOut: boolean;
}
/** Holds a fit to the first days of a panel against its last days, or against all where none were kept. */
export declare function measureFit(panel: Panel, groups: Groups, fit: Fit): Pick<CalibrationReport, 'coverage' | 'zeroShare' | 'classes' | 'totals'> & {
    readonly weeks: readonly CalibrationWeek[];
};
//# sourceMappingURL=report.d.ts.map