import { type SeriesState } from '../day/series-state.js';
/** An order that has not come: `[units, promised day, day]`, the local day on which its truck comes. */
export type PendingOrder = readonly [units: number, promisedDay: number, day: number];
/**
 * The open orders of a shard whose stores order by a function: any number for each series, while the state has the sum,
 * the first day and whether that is a late one.
 */
export declare class OpenOrders {
    #private;
    /** Begins with what the state has on order. */
    constructor(state: SeriesState);
    /** Open orders of a series, the next one first. */
    of(i: number): readonly PendingOrder[];
    /** Adds an order, behind those of the same day. */
    add(i: number, order: PendingOrder): void;
    /** Takes the orders whose trucks have come and returns their units. */
    takeDue(i: number, today: number): number;
    /** Takes units that came otherwise off the open orders, the first one first. */
    takeOff(i: number, units: number): void;
    /** Everything, for snapshots. */
    all(): readonly (readonly [i: number, orders: readonly PendingOrder[]])[];
    /** Goes back to what `all` gave; the state is restored beside it. */
    load(all: ReturnType<OpenOrders['all']>): void;
}
//# sourceMappingURL=open-orders.d.ts.map