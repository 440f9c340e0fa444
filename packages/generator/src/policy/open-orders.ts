import { LATE_BIT, NEVER, type SeriesState } from '../day/series-state.js';

/** An order that has not come: `[units, promised day, day]`, the local day on which its truck comes. */
export type PendingOrder = readonly [units: number, promisedDay: number, day: number];

/**
 * The open orders of a shard whose stores order by a function: any number for each series, while the state has the sum,
 * the first day and whether that is a late one.
 */
export class OpenOrders {
  readonly #state: SeriesState;
  readonly #of = new Map<number, PendingOrder[]>();

  /** Begins with what the state has on order. */
  constructor(state: SeriesState) {
    this.#state = state;
    for (let i = 0; i < state.length; i++) {
      const day = state.dueDay[i] ?? NEVER;
      if (day !== NEVER) this.#of.set(i, [[state.onOrder[i] ?? 0, day, day]]);
    }
  }

  /** Open orders of a series, the next one first. */
  of(i: number): readonly PendingOrder[] {
    return this.#of.get(i) ?? [];
  }

  /** Adds an order, behind those of the same day. */
  add(i: number, order: PendingOrder): void {
    const orders = this.#of.get(i) ?? [];
    let to = orders.length;
    while (to > 0 && (orders[to - 1]?.[2] ?? 0) > order[2]) to--;
    orders.splice(to, 0, order);
    this.#set(i, orders);
  }

  /** Takes the orders whose trucks have come and returns their units. */
  takeDue(i: number, today: number): number {
    const orders = this.of(i);
    const rest = orders.filter(([, , day]) => day > today);
    let units = 0;
    for (let n = 0; n < orders.length - rest.length; n++) units += orders[n]?.[0] ?? 0;
    this.#set(i, rest);
    return units;
  }

  /** Takes units that came otherwise off the open orders, the first one first. */
  takeOff(i: number, units: number): void {
    let left = units;
    const rest: PendingOrder[] = [];
    for (const [ordered, promised, day] of this.of(i)) {
      const taken = Math.min(left, ordered);
      left -= taken;
      if (taken < ordered) rest.push([ordered - taken, promised, day]);
    }
    this.#set(i, rest);
  }

  /** Everything, for snapshots. */
  all(): readonly (readonly [i: number, orders: readonly PendingOrder[]])[] {
    return [...this.#of];
  }

  /** Goes back to what `all` gave; the state is restored beside it. */
  load(all: ReturnType<OpenOrders['all']>): void {
    this.#of.clear();
    for (const [i, orders] of all) this.#of.set(i, [...orders]);
  }

  #set(i: number, orders: readonly PendingOrder[]): void {
    const { onOrder, dueDay, traits } = this.#state;
    const [first] = orders;
    onOrder[i] = orders.reduce((sum, [units]) => sum + units, 0);
    dueDay[i] = first?.[2] ?? NEVER;
    if (first === undefined) this.#of.delete(i);
    else {
      this.#of.set(i, [...orders]);
      const trait = traits[i] ?? 0;
      traits[i] = first[2] > first[1] ? trait | LATE_BIT : trait & ~LATE_BIT;
    }
  }
}
