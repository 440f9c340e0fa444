/** Milliseconds of a day. */
export declare const DAY_MS = 86400000;
/** A day of the proleptic Gregorian calendar. */
export interface CivilDate {
    readonly year: number;
    /** 1 to 12. */
    readonly month: number;
    /** 1 to 31. */
    readonly day: number;
}
/** Days since 1970-01-01 of a civil date, in integers (the usual era arithmetic, years beginning in March). */
export declare function daysFromCivil(year: number, month: number, day: number): number;
/** Civil date of a number of days since 1970-01-01. */
export declare function civilFromDays(days: number): CivilDate;
/** Day of the week, 0 for Monday to 6 for Sunday. */
export declare function weekdayOf(days: number): number;
/** The nth (1 to 4) given weekday of a month, or the last one when n is -1; as days since 1970-01-01. */
export declare function nthWeekday(year: number, month: number, weekday: number, n: number): number;
/**
 * Sales factor of a day's holiday, 1 on other days and 0 where stores are closed: the effects found in the M5 rows
 * named at `m5Weekdays` (28 items: the small ones are noisy).
 */
export declare function holidayFactor(day: number): number;
/** `2026-01-05` of days since 1970. */
export declare const dateOf: (day: number) => string;
/** Month of days since 1970, 0 to 11. */
export declare const monthOf: (day: number) => number;
//# sourceMappingURL=calendar.d.ts.map