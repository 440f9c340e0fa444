import type { ShardClock } from '../day/shard-clock.js';
/** A truck's load for one series. */
export interface DeliveryOrder {
    /** Store that the truck delivers to; one of `world.stores`. */
    readonly store_id: string;
    /** SKU on the truck; one of `world.products`. */
    readonly product_id: string;
    /** Units, 1 to 1,000,000. */
    readonly quantity: number;
    /** When the truck is there, an ISO instant or a Date from the world's start until before its end. */
    readonly at: string | Date;
}
/** What became of a delivery. */
export interface DeliveryReceipt {
    /**
     * When the units will reach the shelf, milliseconds since 1970, before the world's end: the instant asked for, or else
     * the first morning on which the store is open and not simulated yet. A store's business day is simulated as a unit.
     */
    readonly atMs: number;
}
/** Accepts deliveries for the series of a shard, from the world's start until before its end. */
export declare function deliveryDesk(clock: ShardClock, startMs: number, endMs: number): (order: DeliveryOrder) => DeliveryReceipt;
//# sourceMappingURL=deliver.d.ts.map