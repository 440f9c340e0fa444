import type { FirehoseError } from './errors.js';

/** One record that will not be delivered, handed back. */
export interface DeadLetter {
  /** The record's bytes as they would have gone out: encoded events, each with its separator. */
  readonly data: Uint8Array;
  /** How many events `data` holds. */
  readonly events: number;
  /** How often it was sent. */
  readonly attempts: number;
  /** At least one attempt had an unknown outcome: the stream may hold it all the same. */
  readonly ambiguous: boolean;
  /** Why. */
  readonly error: FirehoseError;
}
