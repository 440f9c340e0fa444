import { FirehoseError } from './errors.js';
import type { DeadLetter } from './dead-letter.js';

/**
 * Events failed for good and nobody had been told: there is no `deadLetter` handler, or it threw. The bytes
 * are in `letters`, up to the first {@link MAX_KEPT_LETTERS}.
 */
export class DeliveryFailedError extends FirehoseError {
  override readonly name = 'DeliveryFailedError';
  readonly failedEvents: number;
  readonly letters: readonly DeadLetter[];
  constructor(failedEvents: number, letters: readonly DeadLetter[], cause: unknown) {
    super(
      'delivery_failed',
      `${failedEvents} events could not be delivered. Pass \`deadLetter\` to keep them, or read \`letters\` of this error.`,
      { cause },
    );
    this.failedEvents = failedEvents;
    this.letters = letters;
  }
}

/** Letters that an error holds at most, so that failing for hours cannot fill the memory. */
export const MAX_KEPT_LETTERS = 100;
