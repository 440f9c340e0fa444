import type { ProductInput, StoreInput } from '../own/world-file.js';
import type { Panel } from './panel.js';
/** A day that may sell more or less than its weekday and month say, in every year. */
export interface HolidayKey {
    /** `12-24`, a rule of days that move, or a whole date. */
    readonly key: string;
    /** Whether a calendar names it: other days need more evidence. */
    readonly named: boolean;
    /** The factor of the store's country, where that is known. */
    readonly usual: number | undefined;
    /** Its day in another year; undefined for `MM-DD` and for a whole date. */
    readonly dayIn: ((year: number) => number) | undefined;
}
/** Stores with one calendar of holidays. */
export interface HolidayGroup {
    readonly stores: readonly number[];
    keyOf(day: number): HolidayKey;
    /** Keys of the calendar that stores of a known country have. */
    readonly usual: readonly HolidayKey[];
}
/** What series have in common: all of a group have the same factors on a day, but for their prices. */
export interface Groups {
    readonly clusters: readonly string[];
    readonly categories: readonly string[];
    readonly holidays: readonly HolidayGroup[];
    /** Group of each series, and cluster, category and holidays of each group. */
    readonly ofSeries: Int32Array;
    readonly cluster: readonly number[];
    readonly category: readonly number[];
    readonly holiday: readonly number[];
}
/** Finds the groups of a panel's series. */
export declare function groupSeries(panel: Panel, stores: ReadonlyMap<string, StoreInput>, products: ReadonlyMap<string, ProductInput>): Groups;
//# sourceMappingURL=groups.d.ts.map