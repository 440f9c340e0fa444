import type { EventBatch, EventSource } from './event-batch.js';
/** A source of events that knows how many of them lie before its position. */
export interface CountedSource extends EventSource {
    /** Events from the world's start on that were handed out or passed over. */
    readonly handed: number;
}
/** Ends a source after so many events, counted from the world's start or from where the bound was set. */
export declare class BoundedSource implements EventSource {
    #private;
    /** @param before - Events that count already; asked again after the source has moved */
    constructor(source: EventSource, most: number, before?: () => number);
    /** Events that may still be handed out. */
    get left(): number;
    /** Counts again: the source stands elsewhere. */
    moved(): void;
    fill(batch: EventBatch): boolean;
    unfill(batch: EventBatch, from: number): void;
}
//# sourceMappingURL=bounded-source.d.ts.map