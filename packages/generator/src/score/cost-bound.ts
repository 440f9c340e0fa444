import type { DayObserver } from '../day/day-parts.js';
import { leadDaysOf, NEVER } from '../day/series-state.js';
import type { ShardClock } from '../day/shard-clock.js';
import type { Product } from '../model/products.js';
import type { WorldModel } from '../model/world-model.js';
import { DAY_MS } from '../model/calendar.js';
import { offsetMinutes } from '../model/time-zone.js';
import type { Costs } from './costs.js';
import { categoriesOf, inEuros } from './score.js';

/**
 * A lower bound of what any policy can make a world cost: what somebody would pay who knows each unit of demand ahead.
 *
 * It holds for `score().costs.total` of every policy in a world of the same options, and for each store and category. It
 * is found series by series as the cheapest set of delivery days (the exact program of Wagner and Whitin, 1958, with sales
 * that may be lost), and leaves out what can only cost more: lead times, whole cases, forgotten orders, late trucks,
 * wrong receipts, thefts, spoilage, buyers who come for a neighbour, and where demand waits, all nights of waiting but the
 * first. What is wanted after a shelf has failed for the day is lost to everybody, and counts. What is in the
 * stores or is on order at the start may be of any size, and is held at its cost. So no policy reaches it;
 * the distance is the price of not knowing, and of all these.
 */
export interface CostBound {
  /** Lower bound of `score().costs.total`. */
  readonly total: number;
  /** Of each store of this shard. */
  readonly byStore: readonly { readonly store_id: string; readonly total: number }[];
  /** Of each category. */
  readonly byCategory: readonly { readonly category: string; readonly total: number }[];
}

/** What is known ahead of one series. */
interface Known {
  /** Local days on which trucks may come. */
  readonly days: number[];
  /** Units wanted less units brought back on each, without those that nobody can serve. */
  readonly units: number[];
  /** Units that nobody can serve: they are wanted after the shelf has failed for a day. */
  barred: number;
  /** First of them that closes in the world's time. */
  firstClosing: number;
  /** Everyday price, hundredths. */
  cents: number;
}

/** Simulates a world once and computes the bound. The clock is at the world's start. */
export function costBoundOf(
  clock: ShardClock,
  model: WorldModel,
  startMs: number,
  untilMs: number,
  costs: Costs,
): CostBound {
  const { stores, products, plan, state } = clock;
  const [firstDay, due] = [clock.day, state.dueDay.slice()];
  const known = new Map<number, Known>();
  clock.observe(observerOf(products, model.backorders, startMs, untilMs, known));
  clock.skipTo(untilMs);
  const categories = categoriesOf(products);
  const byStore = stores.map(() => 0);
  const byCategory = categories.map(() => 0);
  for (const [cell, series] of known) {
    const s = Math.floor(cell / products.length);
    const store = stores[s];
    const i = plan.layout.seriesOf(cell);
    if (store === undefined) continue;
    // Trucks of orders from before the world's time cost nothing in it.
    const free = [due[i] ?? NEVER];
    const rest = Math.max(1, model.lateDays);
    const lead = leadDaysOf(model, state.traits[i] ?? 0);
    for (let day = firstDay; day * DAY_MS - offsetMinutes(store.timeZone, day) * 60_000 < startMs; day++)
      for (const days of [lead, lead + model.lateDays]) free.push(day + Math.max(1, days));
    // What is missing of an order comes some days after the open day on which its truck came.
    for (const day of [...free]) free.push((series.days.find((one) => one >= day) ?? NEVER - rest) + rest);
    const cost = cheapest(series, free, costs);
    byStore[s] = (byStore[s] ?? 0) + cost;
    const n = categories.indexOf(products[cell - s * products.length]?.category ?? '');
    byCategory[n] = (byCategory[n] ?? 0) + cost;
  }
  return {
    total: byStore.reduce((sum, cost) => sum + cost, 0),
    byStore: stores.map(({ store_id }, s) => ({ store_id, total: byStore[s] ?? 0 })),
    byCategory: categories.map((category, n) => ({ category, total: byCategory[n] ?? 0 })),
  };
}

function observerOf(
  products: readonly Product[],
  waits: boolean,
  startMs: number,
  untilMs: number,
  known: Map<number, Known>,
): DayObserver {
  const euros = inEuros(products) ? products.map(({ priceCents }) => priceCents) : undefined;
  return {
    window: [startMs, untilMs],
    closed(cell, day, { demand, barred, returned, everyday, closing }) {
      const series = known.get(cell) ?? { days: [], units: [], barred: 0, firstClosing: NEVER, cents: 0 };
      known.set(cell, series);
      series.days.push(day);
      // Waiting demand costs by the night: nothing on a last day that does not close.
      series.units.push(waits && !closing ? 0 : demand - barred - returned);
      series.barred += barred;
      series.cents = (euros ?? everyday)[cell % products.length] ?? 0;
      if (closing && series.firstClosing === NEVER) series.firstClosing = day;
    },
    shrunk: () => undefined,
    counted: () => undefined,
    ordered: () => undefined,
  };
}

/**
 * Cost of the cheapest set of delivery days. A unit that is wanted this many nights after its delivery costs
 * those nights, or its margin if that is less. A unit that is brought back saves at most what a unit of its
 * day costs: it is there from then on, and had to lie for the nights before if it came off that truck.
 */
function cheapest(
  { days, units, barred, firstClosing, cents }: Known,
  free: readonly number[],
  costs: Costs,
): number {
  const length = (days.at(-1) ?? 0) - firstClosing + 1;
  const unavoidable = (barred * costs.lostMargin * cents) / 100;
  if (firstClosing === NEVER || length <= 0) return unavoidable;
  const holding = (costs.holding * cents) / 100;
  const margin = (costs.lostMargin * cents) / 100;
  const wanted = new Float64Array(length);
  const ordering = new Float64Array(length).fill(costs.ordering);
  for (const [n, day] of days.entries()) if (day >= firstClosing) wanted[day - firstClosing] = units[n] ?? 0;
  // The first delivery stands for what is there at the start; one on a closed day comes on the next open one.
  ordering[0] = 0;
  for (const day of free) {
    const open = days.find((one) => one >= day);
    if (open !== undefined && open >= firstClosing) ordering[open - firstClosing] = 0;
  }
  /** Least cost of the days before each. */
  const least = new Float64Array(length + 1).fill(Infinity);
  least[0] = 0;
  for (let from = 0; from < length; from++) {
    let cost = (least[from] ?? 0) + (ordering[from] ?? 0);
    for (let to = from; to < length; to++) {
      cost += (wanted[to] ?? 0) * Math.min(margin, holding * (to - from));
      if (cost < (least[to + 1] ?? 0)) least[to + 1] = cost;
    }
  }
  return unavoidable + Math.max(0, least[length] ?? 0);
}
