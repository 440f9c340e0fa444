/** Why a shelf was empty at closing. */
export type StockoutCause = 'ordering' | 'shelf' | 'supplier';
/** What chaos did to an event. */
export type FaultKind = 'late' | 'out_of_order' | 'duplicate' | 'dropped' | 'corrupt' | 'drift' | 'skew';
/**
 * A series' business day: what people wanted and what they got, `sold + lost = demand + substituted`. Units are those of
 * the world's time from its start up to where it stands, to the millisecond.
 */
export interface DayTruth {
    /** Tells this record apart from those of losses and faults. */
    readonly kind: 'day';
    /** Local day, `2026-01-05`. */
    readonly date: string;
    /** Store of the shelf, as in its events. */
    readonly store_id: string;
    /** SKU on the shelf, as in its events. */
    readonly product_id: string;
    /** Units wanted, before any substitution. */
    readonly demand: number;
    /** Units wanted by buyers who could not get the neighbour; sold or lost as the others are. */
    readonly substituted: number;
    /** Units sold, to these buyers and to those of the neighbour. */
    readonly sold: number;
    /** Units wanted here, by either, and not to be had. */
    readonly lost: number;
    /** Whether a part of the local day lies outside the world's time, and is not counted. */
    readonly partial: boolean;
    /** Units on the shelf at closing, or where the world's time ends before; events have `recorded_stock`. */
    readonly physical_stock: number;
    /** Units that the store's system counts at closing, as events say; differs after unseen losses. */
    readonly recorded_stock: number;
    /** Why the shelf was empty at closing, or null; null on a day whose closing lies outside the world's time. */
    readonly stockout: StockoutCause | null;
}
/** Units that vanished; `seen` ones are in a `shrinkage` event, the others show at the next count. */
export interface LossTruth {
    /** Tells this record apart from those of days and faults. */
    readonly kind: 'loss';
    /** Local day of the loss, `2026-01-05`. */
    readonly date: string;
    /** Store that lost the units. */
    readonly store_id: string;
    /** SKU that was lost. */
    readonly product_id: string;
    /** Units stolen or broken; what spoils is in `shrinkage` events. */
    readonly units: number;
    /** True where a `shrinkage` event reports the loss; false where the recorded stock stays too high. */
    readonly seen: boolean;
}
/** A fault that chaos gave to an event. */
export interface FaultTruth {
    /** Tells this record apart from those of days and losses. */
    readonly kind: 'fault';
    /** Event that the fault changed, repeated or removed. */
    readonly event_id: string;
    /** Kind of fault. */
    readonly fault: FaultKind;
    /** Milliseconds of delay, or of the clock's error; 0 for other faults. */
    readonly milliseconds: number;
}
/** One line of the truth. */
export type TruthRecord = DayTruth | LossTruth | FaultTruth;
//# sourceMappingURL=truth-record.d.ts.map