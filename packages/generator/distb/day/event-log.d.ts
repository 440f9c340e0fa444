/** Words of one logged event: time, series, stock, on order, reorder point, delta with type, and price in hundredths. */
export declare const WORDS = 7;
/** Numbers of event types; their order is that of `eventTypes`. */
export declare const SALE = 0;
export declare const RESTOCK = 1;
export declare const RETURN = 2;
export declare const SHRINKAGE = 3;
export declare const STOCK_COUNT = 4;
export declare const ADJUSTMENT = 5;
export declare const ORDER_PLACED = 6;
export declare const PRICE_CHANGE = 7;
/**
 * The events of a day and of what the day before left over, as they were made: series after series. `sort` finds
 * their order in time. Times are milliseconds after the UTC midnight before the local day, at most three days.
 *
 * Events are counted by slice of time as they come, so that sorting begins by moving each beside those of its slice.
 * A slice of a million series is some 70 kB: from then on nothing reads outside a core's cache. Reading records where
 * they were made, in the order of time, cost 100 ns an event (bench/world-size.bench.ts).
 */
export declare class EventLog {
    #private;
    /** Events before the horizon, slice after slice; `order` has their order. */
    sliced: Int32Array;
    /** Positions in `sliced` in the order of time, valid up to the count that `ready` was last called with. */
    order: Int32Array;
    /** Events before the horizon. */
    sorted: number;
    /** Events as they were made, those of `sliced` too. */
    words: Int32Array;
    length: number;
    constructor(capacity: number);
    /** Appends an event. */
    append(time: number, series: number, stock: number, onOrder: number, threshold: number, tail: number, price: number): void;
    /** Forgets events from a position on: they were only counted. */
    truncate(length: number): void;
    /** Forgets everything. */
    clear(): void;
    /** Begins to sort the events before `horizon` by time; those of one instant stay as they were made. */
    sort(horizon: number): void;
    /** Makes the order of the first `count` events known: a slice at a time, so that it is read while in cache. */
    ready(count: number): void;
    /** Keeps what lies at or after `horizon`, as times of the next day. */
    keepFrom(horizon: number, dayMs: number): void;
    /** Takes events as they were saved. */
    load(words: Int32Array): void;
}
//# sourceMappingURL=event-log.d.ts.map