import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import { type HolidayFactor } from './holidays.js';
import type { CalendarInput } from './world-file.js';
/** Sales factors of the products of one kind in one group of stores. */
export interface Season {
    readonly weekdays: readonly number[];
    readonly months: readonly number[];
}
/** A group of stores that have every day's factors in common. */
export interface StoreGroup {
    /** What sets the group apart. */
    readonly key: string;
    readonly currency: string;
    /** Factors of the categories that have none of their own, then of those that have. */
    readonly seasons: readonly Season[];
    readonly holiday: HolidayFactor;
    /** Weekdays on which these stores do not open, from Monday on. */
    readonly shut: readonly boolean[];
    readonly cluster: string;
}
/** Makes the groups of a calendar. A category's factors come before a cluster's, and those before the calendar's. */
export declare function groupsOf(model: WorldModel, calendar: CalendarInput): (store: Store, currency: string) => StoreGroup;
/** Factor of a local day in a season, without holidays. */
export declare function seasonFactor({ weekdays, months }: Season, day: number): number;
/** Whether a group's stores are closed on a local day. */
export declare function closedIn(group: StoreGroup, day: number): boolean;
//# sourceMappingURL=season.d.ts.map