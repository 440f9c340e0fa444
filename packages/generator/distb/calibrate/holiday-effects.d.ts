import type { HolidayGroup, HolidayKey } from './groups.js';
/** Effects of holidays on the stores of one calendar. */
export declare class HolidayEffects {
    #private;
    readonly group: HolidayGroup;
    /** Logarithm of each day's factor. */
    readonly effect: Float64Array;
    constructor(group: HolidayGroup, firstDay: number, width: number);
    /** Keys with a factor of their own. */
    get found(): readonly {
        readonly key: HolidayKey;
        readonly effect: number;
    }[];
    /** Moves the effects by the scores of days; while `searching`, every day of the year may become a holiday. */
    move(score: Float64Array, information: Float64Array, searching: boolean): void;
}
//# sourceMappingURL=holiday-effects.d.ts.map