import { DAY_MS } from '../model/calendar.js';
import { offsetMinutes, type TimeZone } from '../model/time-zone.js';
import type { CauseNumber, DayObserver, DayTally, ShopDay } from './day-parts.js';
import { LATE_BIT, NEVER, type SeriesState } from './series-state.js';

const MINUTE_MS = 60_000;

/** Counts for an observer what is in its window of a store's day. */
export class DayWatch {
  /** Undefined where nobody looks, and on a day that lies outside the window. */
  observer: DayObserver | undefined;
  readonly tally: DayTally = {
    demand: 0,
    sold: 0,
    lost: 0,
    substituted: 0,
    missed: 0,
    barred: 0,
    received: 0,
    short: 0,
    returned: 0,
    wasted: 0,
    opening: 0,
    physical: 0,
    recorded: 0,
    cause: 0,
    closing: true,
    partial: false,
    wholeHours: true,
    onHand: 0,
    emptied: false,
    prices: new Int32Array(0),
    everyday: new Int32Array(0),
  };
  /** The window, milliseconds since local midnight. */
  #from = 0;
  #until = 0;
  /** Opening hours, milliseconds since local midnight. */
  #opensAt = 0;
  #closesAt = 0;

  /** Turns to a store's day. */
  open(observer: DayObserver | undefined, day: number, zone: TimeZone, shop: ShopDay): void {
    this.observer = observer;
    if (observer === undefined) return;
    const { opensAt, closesAt } = shop;
    this.#opensAt = opensAt;
    this.#closesAt = closesAt;
    this.tally.prices = shop.prices;
    this.tally.everyday = shop.everyday;
    const [fromMs, untilMs] = observer.window;
    const midnight = (at: number): number => at * DAY_MS - offsetMinutes(zone, at) * MINUTE_MS;
    const midnightMs = midnight(day);
    const dayEnd = midnight(day + 1) - midnightMs;
    this.#from = fromMs - midnightMs;
    this.#until = untilMs - midnightMs;
    this.tally.partial = this.#from > 0 || this.#until < dayEnd;
    this.tally.closing = this.#from <= closesAt && closesAt < this.#until;
    this.tally.wholeHours = this.#from <= opensAt && closesAt < this.#until;
    if (this.#from >= dayEnd || this.#until <= 0) this.observer = undefined;
  }

  /** Begins a series. */
  begin(physical: number, recorded: number): void {
    const { tally } = this;
    tally.demand = tally.sold = tally.lost = tally.substituted = tally.missed = 0;
    tally.barred = tally.received = tally.short = tally.returned = tally.wasted = 0;
    tally.physical = tally.opening = physical;
    tally.recorded = tally.onHand = recorded;
    tally.emptied = false;
  }

  /** Whether an instant, milliseconds since local midnight, is in the window. */
  counts(time: number): boolean {
    return time >= this.#from && time < this.#until;
  }

  /** Notes the stock after an instant. */
  passed(time: number, physical: number, recorded: number): void {
    const { tally } = this;
    if (time <= this.#closesAt) {
      if (time > this.#opensAt && tally.onHand <= 0) tally.emptied = true;
      tally.onHand = recorded;
    }
    if (time < this.#from) tally.opening = physical;
    if (time >= this.#until) return;
    tally.physical = physical;
    tally.recorded = recorded;
  }

  /** Ends a series. */
  close(series: number, day: number, cause: CauseNumber): void {
    this.tally.cause = this.tally.closing ? cause : 0;
    if (this.tally.onHand <= 0) this.tally.emptied = true;
    this.observer?.closed(series, day, this.tally);
  }
}

/** Why a series' shelf is empty at closing; `bare` with units in the store. */
export function stockoutCause(
  { physical, traits, onOrder, dueDay }: SeriesState,
  i: number,
  day: number,
  lateDays: number,
  bare: boolean,
): CauseNumber {
  const stock = physical[i] ?? 0;
  if (stock > 0) return bare ? 2 : 0;
  const late = ((traits[i] ?? 0) & LATE_BIT) !== 0 && onOrder[i] !== 0;
  return late && (dueDay[i] ?? NEVER) - lateDays <= day ? 3 : 1;
}
