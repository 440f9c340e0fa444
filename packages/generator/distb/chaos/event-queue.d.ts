/** An event on its way out. */
export interface WaitingEvent {
    /** World time at which its turn comes. */
    readonly due: number;
    /** World time at which it happened. */
    readonly time: number;
    readonly store: number;
    readonly sequence: number;
    /** Later events, in their turn, that it lets pass; 0 comes out in its turn. */
    readonly behind: number;
    readonly values: readonly number[];
}
/** What a snapshot holds of a queue. */
export interface SavedQueue {
    readonly waiting: readonly WaitingEvent[];
    readonly held: readonly WaitingEvent[];
    readonly passed: readonly number[];
    readonly ready: readonly WaitingEvent[];
    /** Events that came out, or were passed over; left out by snapshots of before. */
    readonly out?: number;
    /** What comes out before is passed over; null for nothing. */
    readonly fromMs: number | null;
}
/**
 * The order in which events come out: by the time of their turn, and some behind later ones. Those are displaced by
 * places, not by time, so that the share of them is the same in a world of few events and of many.
 */
export declare class EventQueue {
    #private;
    /** @param displaced - is called with each event that comes out behind a later one because of its `behind` */
    constructor(displaced: (event: WaitingEvent) => void);
    /** Forgets everything; what comes out before an instant is passed over. */
    clear(fromMs: number): void;
    add(event: WaitingEvent): void;
    /** Decides the places of the events whose turn is before an instant; false while none is ready. */
    release(safeMs: number): boolean;
    /** Takes what comes out next. */
    take(most: number): readonly WaitingEvent[];
    /** Events that were taken or passed over. */
    get taken(): number;
    /** Puts back what was taken last: it comes out again. */
    putBack(events: readonly WaitingEvent[]): void;
    saved(): SavedQueue;
    load({ waiting, held, passed, ready, out, fromMs }: SavedQueue): void;
}
//# sourceMappingURL=event-queue.d.ts.map