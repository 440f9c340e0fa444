import type { Groups } from './groups.js';
import { HolidayEffects } from './holiday-effects.js';
import type { Panel } from './panel.js';
import { Trend } from './trend.js';
/** A history shorter than this says nothing of months: what is month and what is level, it cannot tell. */
export declare const MONTH_DAYS = 330;
/** Factors of days by group of series, and what the series of a round say about them. */
export declare class CalendarEffects {
    #private;
    /** Days of the panel, the width of each group's part. */
    readonly width: number;
    /** Factor of each group on each day, and its logarithm. */
    readonly factor: Float64Array;
    readonly logFactor: Float64Array;
    /** Score and information of each group's days, gathered over a round. */
    readonly score: Float64Array;
    readonly information: Float64Array;
    readonly holidays: readonly HolidayEffects[];
    readonly trend: Trend;
    readonly monthsKnown: boolean;
    constructor(panel: Panel, groups: Groups, days: number);
    /** Logarithm of a cluster's weekday factors. */
    weekdays(cluster: number): Float64Array;
    /** Logarithm of a category's month factors. */
    months(category: number): Float64Array;
    /** Computes the factors of every group's days, and empties what a round gathers. */
    begin(): void;
    /** Moves all factors by what a round gathered; returns what the levels of each group are to be moved by. */
    move(round: number): Float64Array;
}
//# sourceMappingURL=calendar-effects.d.ts.map