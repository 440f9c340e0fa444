import { type Clock, type OptionRules } from '@store/foundation';
import { EventBatch, type EventSource } from './event-batch.js';
/** How a world is played. */
export interface LiveOptions {
    /** Seconds of the world in one second, above 0 to 10,000,000. @defaultValue 1 */
    readonly speed?: number;
    /** Most events a second; what is due earlier waits, and the world's clock with it. @defaultValue no limit */
    readonly maxRate?: number;
    /** Most events of a batch, 1 to 65,536. @defaultValue 1024 */
    readonly maxEvents?: number;
    /** Ends after so many events; the next reading goes on behind them. @defaultValue to the world's end */
    readonly totalEvents?: number;
    /** `true`: one batch is filled again and again, as for `batches`. @defaultValue false */
    readonly lend?: boolean;
    /** Ends the iteration quietly: what was not handed out comes next. @defaultValue none */
    readonly signal?: AbortSignal;
    /** Time and timers, for tests. @defaultValue the machine's own */
    readonly clock?: Clock;
}
/** Rules of the options, for `checkOptions`. */
export declare const liveRules: OptionRules<LiveOptions>;
/** Hands out batches of events that are due. */
export declare function playLive(source: EventSource, startMs: number, options: LiveOptions): AsyncGenerator<EventBatch, void, void>;
//# sourceMappingURL=live.d.ts.map