import { civilFromDays, holidayFactor, weekdayOf } from '../model/calendar.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import { holidaysOf, holidaysOn, type HolidayFactor } from './holidays.js';
import { withoutHundredths } from './own-settings.js';
import type { CalendarInput, SeasonInput } from './world-file.js';

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
  /** Smallest step of a price, in hundredths: 100 in a currency that has none. */
  readonly step: number;
  /** Factors of the categories that have none of their own, then of those that have. */
  readonly seasons: readonly Season[];
  readonly holiday: HolidayFactor;
  /** Weekdays on which these stores do not open, from Monday on. */
  readonly shut: readonly boolean[];
  readonly cluster: string;
}

/** Makes the groups of a calendar. A category's factors come before a cluster's, and those before the calendar's. */
export function groupsOf(
  model: WorldModel,
  calendar: CalendarInput,
): (store: Store, currency: string) => StoreGroup {
  const { byCategory = {}, byCluster = {} } = calendar;
  const categories = Object.values(byCategory);
  const groups = new Map<string, StoreGroup>();
  const usual = (calendar.holidays ?? model.holidays) ? holidayFactor : (): number => 1;
  const holidays = new Map<string, HolidayFactor>();

  function holidayOf({ holidays: given }: Store): readonly [key: string, factor: HolidayFactor] {
    if (given === undefined) return ['usual', usual];
    if (given === false) return ['none', () => 1];
    const key = JSON.stringify(given);
    const factor = holidays.get(key) ?? (typeof given === 'string' ? holidaysOf(given) : holidaysOn(given));
    holidays.set(key, factor);
    return [key, factor];
  }

  return (store, currency) => {
    const { cluster = '', hours, location } = store;
    const south = location.latitude < 0;
    const shut = Array.from({ length: 7 }, (_, day) => hours?.[day] === null);
    const [holidayKey, holiday] = holidayOf(store);
    const known = Object.hasOwn(byCluster, cluster);
    // A local shock is a cluster's own, whether or not it has factors of its own.
    const key = JSON.stringify([currency, cluster, south, shut, holidayKey]);
    const found = groups.get(key);
    if (found !== undefined) return found;
    const ofCluster: SeasonInput = known ? (byCluster[cluster] ?? {}) : {};
    // Months of the preset are those of the north; months that are given hold as they are.
    const months = calendar.months ?? (south ? turned(model.months) : model.months);
    const base: Season = {
      weekdays: ofCluster.weekdays ?? calendar.weekdays ?? model.weekdays,
      months: ofCluster.months ?? months,
    };
    const seasons = [base, ...categories.map((own) => ({ ...base, ...own }))];
    const step = withoutHundredths.includes(currency) ? 100 : 1;
    const group = { key, currency, step, seasons, holiday, shut, cluster };
    groups.set(key, group);
    return group;
  };
}

/** The months of the other half of the earth: half a year later. */
const turned = (months: readonly number[]): readonly number[] => [...months.slice(6), ...months.slice(0, 6)];

/** Factor of a local day in a season, without holidays. */
export function seasonFactor({ weekdays, months }: Season, day: number): number {
  return (weekdays[weekdayOf(day)] ?? 1) * (months[civilFromDays(day).month - 1] ?? 1);
}

/** Whether a group's stores are closed on a local day. */
export function closedIn(group: StoreGroup, day: number): boolean {
  const [base] = group.seasons;
  return (
    group.shut[weekdayOf(day)] === true ||
    (base !== undefined && seasonFactor(base, day) === 0) ||
    group.holiday(day) === 0
  );
}
