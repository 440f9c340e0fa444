import { civilFromDays, dateOf } from '../model/calendar.js';
import { holidayRules } from '../own/holidays.js';
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
  /** The country whose holidays the stores' description names. */
  readonly country: string | undefined;
  /** Keys of the calendar that stores of a known country have. */
  readonly usual: readonly HolidayKey[];
}

/** Series with the same factors on a day, except for their prices. */
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

/** The calendar of stores of which no country is known: the days of Easter and of the United States. */
const anywhere = ['E-3', 'E-2', 'E+0', 'E+1', 'E+39', 'E+50'];

/** Finds the groups of a panel's series. */
export function groupSeries(
  panel: Panel,
  stores: ReadonlyMap<string, StoreInput>,
  products: ReadonlyMap<string, ProductInput>,
): Groups {
  const clusters = new Map<string, number>();
  const categories = new Map<string, number>();
  const holidayKeys = new Map<string, number>();
  const members: number[][] = [];
  const number = (of: Map<string, number>, name: string): number => {
    const known = of.get(name);
    if (known === undefined) of.set(name, of.size);
    return known ?? of.size - 1;
  };
  const storeFacts = panel.stores.map((id, s) => {
    const store = stores.get(id);
    const key = JSON.stringify(store?.holidays ?? store?.location?.country ?? null);
    const holiday = number(holidayKeys, key);
    (members[holiday] ??= []).push(s);
    return { cluster: number(clusters, store?.cluster ?? ''), holiday };
  });
  const productCategory = panel.products.map((id) =>
    number(categories, products.get(id)?.category ?? 'General'),
  );

  const groups = new Map<string, number>();
  const cluster: number[] = [];
  const category: number[] = [];
  const holiday: number[] = [];
  const ofSeries = Int32Array.from(panel.store, (s, i) => {
    const facts = storeFacts[s] ?? { cluster: 0, holiday: 0 };
    const ofProduct = productCategory[panel.product[i] ?? 0] ?? 0;
    const size = groups.size;
    const group = number(groups, `${facts.cluster} ${ofProduct} ${facts.holiday}`);
    if (group === size) {
      cluster.push(facts.cluster);
      category.push(ofProduct);
      holiday.push(facts.holiday);
    }
    return group;
  });
  return {
    clusters: [...clusters.keys()],
    categories: [...categories.keys()],
    holidays: members.map((some) => holidayGroup(some, stores.get(panel.stores[some[0] ?? 0] ?? ''))),
    ofSeries,
    cluster,
    category,
    holiday,
  };
}

function holidayGroup(members: readonly number[], store: StoreInput | undefined): HolidayGroup {
  const given = store?.holidays;
  const country =
    typeof given === 'string' ? given : given === undefined ? store?.location?.country : undefined;
  const known = country === undefined ? [] : holidayRules(country);
  const rules: HolidayKey[] = (known.length > 0 || given !== undefined ? known : holidayRules('US')).map(
    ({ rule, dayIn, factor }) => ({
      key: rule,
      named: true,
      usual: known.length > 0 ? factor : undefined,
      dayIn: /^\d\d-\d\d$/.test(rule) ? undefined : dayIn,
    }),
  );
  if (country === undefined && given === undefined) {
    const easter = holidayRules('DE').find(({ rule }) => rule === 'E+1');
    for (const rule of anywhere) {
      const dayIn = (year: number): number => (easter?.dayIn(year) ?? 0) - 1 + Number(rule.slice(1));
      rules.push({ key: rule, named: true, usual: undefined, dayIn });
    }
  }
  // Dates that the store's description gives.
  if (typeof given === 'object') {
    const entries = Array.isArray(given)
      ? (given as readonly { readonly date: string; readonly factor: number }[]).map(
          ({ date, factor }) => [date, factor] as const,
        )
      : Object.entries(given as Readonly<Record<string, number>>);
    for (const [date, usual] of entries) rules.push({ key: date, named: true, usual, dayIn: undefined });
  }
  const fixed = new Map(rules.filter(({ dayIn }) => dayIn === undefined).map((rule) => [rule.key, rule]));
  const moving = rules.filter(({ dayIn }) => dayIn !== undefined);
  const years = new Map<number, ReadonlyMap<number, HolidayKey>>();
  return {
    stores: members,
    country: typeof given === 'string' ? given : undefined,
    usual: rules.filter(({ usual }) => usual !== undefined),
    keyOf(day) {
      const date = dateOf(day);
      const { year } = civilFromDays(day);
      let ofYear = years.get(year);
      if (ofYear === undefined) {
        ofYear = new Map(moving.map((rule) => [rule.dayIn?.(year) ?? 0, rule]));
        years.set(year, ofYear);
      }
      const short = date.slice(5);
      return (
        fixed.get(date) ??
        ofYear.get(day) ??
        fixed.get(short) ?? { key: short, named: false, usual: undefined, dayIn: undefined }
      );
    },
  };
}
