import { categories, monthCurve } from '../model/categories.js';
import { civilFromDays, holidayFactor, weekdayOf } from '../model/calendar.js';
import { withoutHundredths } from '../model/currencies.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import { holidaysOf, holidaysOn, type HolidayFactor } from './holidays.js';
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
  /** Factors of the categories that have none of their own, then of those of `seasonKinds`. */
  readonly seasons: readonly Season[];
  readonly holiday: HolidayFactor;
  /** Weekdays on which these stores do not open, from Monday on. */
  readonly shut: readonly boolean[];
  readonly cluster: string;
  /** Whether its weekdays are the preset's, and so differ from store to store as the preset says. */
  readonly drawnWeekdays: boolean;
}

/** Categories that have factors of their own: a calendar's, then those of the preset. */
export function seasonKinds(
  { categorySeasons }: WorldModel,
  { byCategory = {} }: CalendarInput,
): readonly string[] {
  const given = Object.keys(byCategory);
  if (categorySeasons === 0) return given;
  return [...given, ...categories.map(({ name }) => name).filter((name) => !given.includes(name))];
}

/** Makes the groups of a calendar. A category's factors come before a cluster's, and those before the calendar's. */
export function groupsOf(model: WorldModel, calendar: CalendarInput): (store: Store) => StoreGroup {
  const { byCategory = {}, byCluster = {} } = calendar;
  const kinds = seasonKinds(model, calendar);
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

  return (store) => {
    const { cluster = '', currency, hours, location } = store;
    const shut = Array.from({ length: 7 }, (_, day) => hours?.[day] === null);
    const [holidayKey, holiday] = holidayOf(store);
    const known = Object.hasOwn(byCluster, cluster);
    // A local shock is a cluster's own, whether or not it has factors of its own.
    const key = JSON.stringify([currency, cluster, location.latitude < 0, shut, holidayKey]);
    const found = groups.get(key);
    if (found !== undefined) return found;
    const ofCluster: SeasonInput = known ? (byCluster[cluster] ?? {}) : {};
    // Months of the preset are those of the north; months that are given hold as they are, and so does a month without sales.
    const south = location.latitude < 0 && !model.months.includes(0);
    const turn = (months: readonly number[]): readonly number[] => (south ? turned(months) : months);
    const givenMonths = ofCluster.months ?? calendar.months;
    const givenWeekdays = ofCluster.weekdays ?? calendar.weekdays;
    const base: Season = {
      weekdays: givenWeekdays ?? model.weekdays,
      months: givenMonths ?? turn(model.months),
    };
    const seasons = [base, ...kinds.map((name) => ({ ...base, ...ofPreset(name), ...byCategory[name] }))];
    const step = withoutHundredths.includes(currency) ? 100 : 1;
    const drawnWeekdays = givenWeekdays === undefined && model.weekdaySpread > 0;
    const group = { key, currency, step, seasons, holiday, shut, cluster, drawnWeekdays };
    groups.set(key, group);
    return group;

    /** The months of a built-in category, where they are the preset's. */
    function ofPreset(name: string): { readonly months: readonly number[] } | undefined {
      const category = categories.find((one) => one.name === name);
      if (category === undefined || givenMonths !== undefined) return undefined;
      const curve = turn(monthCurve(category, model.categorySeasons));
      return { months: base.months.map((factor, month) => factor * (curve[month] ?? 1)) };
    }
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
