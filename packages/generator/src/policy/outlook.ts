import { DAY_MS, weekdayOf } from '../model/calendar.js';
import type { Randomness } from '../model/randomness.js';
import type { CalendarDays } from '../own/calendar-days.js';
import { openDays, type Plan } from '../own/plan.js';
import type { WeekdayName } from '../own/world-file.js';
import type { WorldSettings } from '../world/options.js';
import { policyLimits, type PlannedPromotion, type PolicyDay } from './replenishment-policy.js';

const MINUTE_MS = 60_000;
const weekdays: readonly WeekdayName[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A coming day of a store, and the products that are cheaper on it, with their prices in hundredths. */
interface ComingDay {
  readonly day: number;
  readonly calendar: PolicyDay;
  readonly reduced: ReadonlyMap<number, number>;
}

/** The text of a local day, `2026-01-05`. */
export const dateText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** What the stores of a shard plan: their days and promotions for two weeks, each computed once. */
export class Outlook {
  readonly #days: CalendarDays;
  readonly #coming: readonly ComingDay[][];

  constructor(settings: WorldSettings, plan: Plan, randomness: Randomness) {
    // Days of its own: those of the simulation are at the day that is simulated.
    this.#days = openDays(settings, plan, randomness);
    this.#coming = plan.stores.map(() => []);
  }

  /** The store's calendar from a local day on. */
  calendar(s: number, today: number): PolicyDay[] {
    return this.#from(s, today).map(({ calendar }) => ({ ...calendar }));
  }

  /** Promotions of each product of the store from a local day on; a day on which it is closed interrupts none. */
  promotions(s: number, today: number): ReadonlyMap<number, PlannedPromotion[]> {
    const found = new Map<number, PlannedPromotion[]>();
    let before: ComingDay | undefined;
    for (const one of this.#from(s, today)) {
      if (one.calendar.opens === null) continue;
      for (const [p, cents] of one.reduced) {
        const list = found.get(p) ?? [];
        found.set(p, list);
        const goesOn = before?.reduced.get(p) === cents ? list.pop() : undefined;
        const { date } = one.calendar;
        list.push({ from: goesOn?.from ?? date, to: date, price: cents / 100 });
      }
      before = one;
    }
    return found;
  }

  #from(s: number, today: number): readonly ComingDay[] {
    const coming = this.#coming[s] ?? [];
    if ((coming[0]?.day ?? today) > today || (coming.at(-1)?.day ?? today) < today) coming.length = 0;
    while (coming.length > 0 && (coming[0]?.day ?? today) < today) coming.shift();
    for (let day = today + coming.length; day < today + policyLimits.aheadDays; day++)
      coming.push(this.#dayOf(s, day));
    return coming;
  }

  #dayOf(s: number, day: number): ComingDay {
    const shop = this.#days.of(day, s);
    const reduced = new Map<number, number>();
    for (let p = 0; !shop.closed && p < shop.prices.length; p++) {
      const cents = shop.prices[p] ?? 0;
      if (cents < (shop.everyday[p] ?? 0) && (shop.idle?.[p] ?? 0) === 0) reduced.set(p, cents);
    }
    return {
      day,
      calendar: {
        date: dateText(day),
        weekday: weekdays[weekdayOf(day)] ?? 'mon',
        holiday: this.#days.holidayOn(s, day),
        opens: shop.closed ? null : [clockText(shop.opensAt), clockText(shop.closesAt)],
      },
      reduced,
    };
  }
}

function clockText(ms: number): string {
  const minute = Math.round(ms / MINUTE_MS);
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
