import type { DayObserver, DayParts } from './day-parts.js';
/** Simulates the local days of a shard's stores. */
export declare class StoreDays {
    #private;
    observer: DayObserver | undefined;
    constructor(parts: DayParts);
    /**
     * Simulates one local day.
     *
     * @param sequences - when given, events are only counted, store by store, and not kept
     */
    run(day: number, sequences?: Float64Array): void;
}
//# sourceMappingURL=store-days.d.ts.map