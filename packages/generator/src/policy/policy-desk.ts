import type { OrderDesk, ShopDay } from '../day/day-parts.js';
import { WORDS, SALE, type EventLog } from '../day/event-log.js';
import { WorldError } from '../errors.js';
import { leadDaysOf, reorderPointOf, type SeriesState } from '../day/series-state.js';
import { ordersSingleUnits } from '../model/replenishment.js';
import type { Randomness } from '../model/randomness.js';
import type { Plan } from '../own/plan.js';
import type { WorldSettings } from '../world/options.js';
import { checkAnswer, policyError, type CheckedAnswer } from './check-answer.js';
import { OpenOrders, type PendingOrder } from './open-orders.js';
import { dateText, Outlook } from './outlook.js';
import {
  policyLimits,
  type PlannedPromotion,
  type PolicyProduct,
  type PolicyState,
  type ReplenishmentPolicy,
} from './replenishment-policy.js';

/** Of a day without sales to tell: closed, not on sale, or before the world. */
const NONE = -1;

/** What a desk remembers from one evening to the next, beside `sales`: a JSON value, for snapshots. */
export interface DeskMoment {
  readonly memos: readonly (string | null)[];
  readonly lastDays: readonly number[];
  readonly orders: readonly (readonly [i: number, orders: readonly PendingOrder[]])[];
}

/** Opens the desk of a world whose stores order by a function; undefined where they do not. */
export function openDesk(
  settings: WorldSettings,
  plan: Plan,
  state: SeriesState,
  randomness: Randomness,
  log: EventLog,
): PolicyDesk | undefined {
  const { policy } = settings;
  return policy && new PolicyDesk(policy, settings, plan, state, randomness, log);
}

/** Calls a policy in the evening of each store's open days, with what a retailer knows, and checks its answer. */
export class PolicyDesk implements OrderDesk {
  readonly orders: OpenOrders;
  /** Units that each series sold on each of the last days, at the day's place in turn. */
  readonly sales: Int16Array;
  readonly #policy: ReplenishmentPolicy;
  readonly #settings: WorldSettings;
  readonly #plan: Plan;
  readonly #state: SeriesState;
  readonly #log: EventLog;
  readonly #outlook: Outlook;
  readonly #today: Int32Array;
  /** The last local day of each store that was reviewed. */
  #lastDays: number[];
  #memos: (string | null)[];
  readonly #places: ReadonlyMap<string, number>;
  #failure: Error | undefined;

  constructor(
    policy: ReplenishmentPolicy,
    settings: WorldSettings,
    plan: Plan,
    state: SeriesState,
    randomness: Randomness,
    log: EventLog,
  ) {
    this.#policy = policy;
    this.#settings = settings;
    this.#plan = plan;
    this.#state = state;
    this.#log = log;
    this.orders = new OpenOrders(state);
    this.#outlook = new Outlook(settings, plan, randomness);
    this.sales = new Int16Array(state.length * policyLimits.salesDays).fill(NONE);
    this.#today = new Int32Array(plan.products.length);
    this.#lastDays = plan.stores.map(() => NONE);
    this.#memos = plan.stores.map(() => null);
    this.#places = new Map(plan.products.map(({ product_id }, p) => [product_id, p]));
  }

  /** Throws what a policy failed with before: its world stands within a day. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Asks the policy for a store's orders, whole cases, by product; `from` is where the store's day begins in the log.
   *
   * @throws WorldError `POLICY_FAILED`
   */
  review(s: number, day: number, shop: ShopDay, from: number): ReadonlyMap<number, number> {
    try {
      this.#noteSales(s, day, shop, from);
      const state = this.#stateOf(s, day, shop);
      const { orders, memo } = this.#ask(state);
      if (memo !== undefined) this.#memos[s] = memo;
      const wanted = new Map<number, number>();
      for (const { product_id, quantity } of orders) {
        const p = this.#places.get(product_id) ?? 0;
        const pack = this.#packOf(p);
        if (quantity > 0) wanted.set(p, Math.ceil(quantity / pack) * pack);
      }
      return wanted;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  /** What to remember; none of a world that stands within a day. */
  moment(): DeskMoment {
    this.check();
    return { memos: this.#memos, lastDays: this.#lastDays, orders: this.orders.all() };
  }

  /** Goes back to a moment; the series and `sales` are restored beside it. */
  resume({ memos, lastDays, orders }: DeskMoment): void {
    this.#memos = [...memos];
    this.#lastDays = [...lastDays];
    this.orders.load(orders);
    this.#failure = undefined;
  }

  #ask(state: PolicyState): CheckedAnswer {
    const wrap = (what: string, cause: unknown): Error => {
      const why = cause instanceof Error ? cause.message : String(cause);
      return policyError(state, `${what}: ${why}`, { value: cause, cause });
    };
    let answer: unknown;
    try {
      answer = this.#policy(state);
    } catch (cause) {
      throw wrap('it threw', cause);
    }
    try {
      return checkAnswer(state, answer);
    } catch (error) {
      // Reading a foreign object runs foreign code: getters, proxies, and no end of depth.
      throw error instanceof WorldError ? error : wrap('its answer cannot be read', error);
    }
  }

  #noteSales(s: number, day: number, { idle }: ShopDay, from: number): void {
    const { layout, products } = this.#plan;
    const { words, length } = this.#log;
    const { salesDays } = policyLimits;
    const today = this.#today.fill(0);
    const firstCell = s * products.length;
    for (let at = from * WORDS; at < length * WORDS; at += WORDS) {
      const tail = words[at + 5] ?? 0;
      if ((tail & 7) !== SALE) continue;
      const p = (words[at + 1] ?? 0) - firstCell;
      today[p] = (today[p] ?? 0) - (tail >> 3);
    }
    const last = this.#lastDays[s] ?? NONE;
    const gap = last === NONE ? 0 : Math.min(salesDays, day - last - 1);
    const first = layout.offsets[s] ?? 0;
    for (const [k, p] of (layout.lists[s] ?? new Int32Array(0)).entries()) {
      const at = (first + k) * salesDays;
      for (let n = 1; n <= gap; n++) this.sales[at + ((day - n) % salesDays)] = NONE;
      this.sales[at + (day % salesDays)] = (idle?.[p] ?? 0) !== 0 ? NONE : Math.min(0x7fff, today[p] ?? 0);
    }
    this.#lastDays[s] = day;
  }

  #stateOf(s: number, day: number, shop: ShopDay): PolicyState {
    const { stores, layout } = this.#plan;
    const store = stores[s];
    if (store === undefined) throw new RangeError(`There is no store ${s}.`);
    const first = layout.offsets[s] ?? 0;
    const calendar = this.#outlook.calendar(s, day);
    const promotions = this.#outlook.promotions(s, day);
    const products: PolicyProduct[] = [];
    for (const [k, p] of (layout.lists[s] ?? new Int32Array(0)).entries())
      if ((shop.idle?.[p] ?? 0) === 0)
        products.push(this.#productOf(first + k, p, day, shop, promotions.get(p) ?? []));
    const next = calendar.findIndex(({ opens }, n) => n > 0 && opens !== null);
    const memo = this.#memos[s] ?? null;
    return {
      date: dateText(day),
      store,
      calendar,
      daysToReview: next < 0 ? null : next,
      products,
      memo: memo === null ? undefined : (JSON.parse(memo) as unknown),
    };
  }

  #productOf(
    i: number,
    p: number,
    day: number,
    { prices, everyday }: ShopDay,
    promotions: readonly PlannedPromotion[],
  ): PolicyProduct {
    const { products, lives, lastDays } = this.#plan;
    const { recorded, onOrder, upTo, traits } = this.#state;
    const product = products[p];
    if (product === undefined) throw new RangeError(`There is no product ${p}.`);
    const { model } = this.#settings;
    const { salesDays } = policyLimits;
    const recentSales = new Array<number | null>(salesDays).fill(null);
    for (let n = 0; n < salesDays; n++) {
      const sold = this.sales[i * salesDays + ((day - n) % salesDays)] ?? NONE;
      if (sold !== NONE) recentSales[salesDays - 1 - n] = sold;
    }
    const life = lives === undefined ? model.shelfLifeDays : (lives[p] ?? 0);
    return {
      product_id: product.product_id,
      product,
      recordedStock: recorded[i] ?? 0,
      onOrder: onOrder[i] ?? 0,
      openOrders: this.orders
        .of(i)
        .map(([quantity, promised]) => ({ quantity, due: dateText(promised) }))
        .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)),
      soldToday: this.#today[p] ?? 0,
      recentSales,
      price: (prices[p] ?? 0) / 100,
      everydayPrice: (everyday[p] ?? 0) / 100,
      promotions,
      leadDays: leadDaysOf(model, traits[i] ?? 0),
      packUnits: this.#packOf(p),
      shelfLifeDays: life === 0 ? null : life,
      reorderPoint: reorderPointOf({ model, state: this.#state, lastDays }, i, p, day),
      orderUpTo: upTo[i] ?? 0,
    };
  }

  #packOf(p: number): number {
    return ordersSingleUnits(this.#settings.model) ? 1 : (this.#plan.products[p]?.packUnits ?? 1);
  }
}
