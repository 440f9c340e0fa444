import type { HolidayFactors } from './world-file.js';
/** Countries that `holidays` may name. */
export declare const holidayCountries: readonly string[];
/** Sales factor of a local day, as days since 1970; 1 on other days, 0 is closed. */
export type HolidayFactor = (day: number) => number;
/** A holiday of a country: the rule of its day, that day in each year, and its sales factor. */
export interface HolidayRule {
    /** `MM-DD`, or a rule of days that move. */
    readonly rule: string;
    readonly dayIn: (year: number) => number;
    readonly factor: number;
}
/** The rules of a country of the table; none of another. */
export declare function holidayRules(country: string): readonly HolidayRule[];
/** Holidays of a country of the table. */
export declare function holidaysOf(country: string): HolidayFactor;
/** Holidays of a list of dates: `2026-12-24`, or `12-24` for each year. */
export declare function holidaysOn(factors: HolidayFactors): HolidayFactor;
//# sourceMappingURL=holidays.d.ts.map