import type { FirehoseError } from './errors.js';

/** Proof that one event is in the stream. */
export interface Receipt {
  /** The id that the service gave to the record holding the event. */
  readonly recordId: string;
  /** How often the record was sent. */
  readonly attempts: number;
  /** An earlier attempt had an unknown outcome, so the stream may hold the event twice. */
  readonly possibleDuplicate: boolean;
}

/** The callers who wait for the events of one record. */
export type Receipts = readonly {
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: FirehoseError) => void;
}[];
