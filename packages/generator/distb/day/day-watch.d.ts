import { type TimeZone } from '../model/time-zone.js';
import type { CauseNumber, DayObserver, DayTally, ShopDay } from './day-parts.js';
import { type SeriesState } from './series-state.js';
/** Counts for an observer what lies in its window of a store's day. */
export declare class DayWatch {
    #private;
    /** Undefined where nobody looks, and on a day that lies outside the window. */
    observer: DayObserver | undefined;
    readonly tally: DayTally;
    /** Turns to a store's day. */
    open(observer: DayObserver | undefined, day: number, zone: TimeZone, shop: ShopDay): void;
    /** Begins a series. */
    begin(physical: number, recorded: number): void;
    /** Whether an instant, milliseconds since local midnight, lies in the window. */
    counts(time: number): boolean;
    /** Notes the stock after an instant. */
    passed(time: number, physical: number, recorded: number): void;
    /** Ends a series. */
    close(series: number, day: number, cause: CauseNumber): void;
}
/** Why a series' shelf is empty at closing; `bare` with units in the store. */
export declare function stockoutCause({ physical, traits, onOrder, dueDay }: SeriesState, i: number, day: number, lateDays: number, bare: boolean): CauseNumber;
//# sourceMappingURL=day-watch.d.ts.map