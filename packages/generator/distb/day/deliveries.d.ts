/** A truck's delivery to one series. */
export interface Delivery {
    readonly series: number;
    readonly day: number;
    /** Milliseconds since local midnight. */
    readonly time: number;
    readonly units: number;
    /** Local day from whose beginning on the units count as on order. */
    readonly announcedDay: number;
}
/** Deliveries from outside, by the local day on which they arrive. */
export declare class Deliveries {
    #private;
    /** Every delivery accepted, in the order of acceptance: what a replay and a snapshot need. */
    readonly all: Delivery[];
    /** Accepts a delivery. */
    add(delivery: Delivery): void;
    /** What counts as on order from the beginning of a local day. */
    announced(day: number): readonly Delivery[];
    /** Forgets every delivery. */
    clear(): void;
    /** What arrives on a local day, by series. */
    due(day: number): ReadonlyMap<number, readonly Delivery[]> | undefined;
}
//# sourceMappingURL=deliveries.d.ts.map