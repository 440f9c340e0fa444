import { FirehoseError, type Undelivered } from './errors.js';

/** Records that an error holds at most, so that failing for hours cannot fill the memory. */
const MAX_KEPT = 100;

/** Hands failed records to whoever wants them, and remembers what nobody took. */
export class DeadLetterBox {
  readonly #handler: ((undelivered: readonly Undelivered[]) => Promise<void> | void) | undefined;
  /** Handlers still at work. */
  readonly #underWay = new Set<Promise<void>>();
  /** Failed events that nobody was told of. */
  #untold = 0;
  #kept: Undelivered[] = [];
  #cause: unknown;

  constructor(handler: ((undelivered: readonly Undelivered[]) => Promise<void> | void) | undefined) {
    this.#handler = handler;
  }

  post(undelivered: readonly Undelivered[]): void {
    const handler = this.#handler;
    if (handler === undefined) {
      this.#keep(undelivered, undelivered[0]?.error);
      return;
    }
    const work = (async () => handler(undelivered))().catch((error: unknown) => {
      this.#keep(undelivered, error);
    });
    this.#underWay.add(work);
    void work.then(() => this.#underWay.delete(work));
  }

  /** Waits for the handlers; throws once for what nobody took. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
    if (this.#untold === 0) return;
    const message =
      `${this.#untold} events could not be delivered. Pass \`deadLetter\` to keep them, ` +
      'or read `details.undelivered` of this error.';
    const details = { events: this.#untold, undelivered: this.#kept };
    const error = new FirehoseError('DELIVERY_FAILED', message, { cause: this.#cause, details });
    this.#untold = 0;
    this.#kept = [];
    throw error;
  }

  #keep(undelivered: readonly Undelivered[], cause: unknown): void {
    this.#untold += undelivered.reduce((sum, { events }) => sum + events, 0);
    this.#cause = cause;
    this.#kept.push(...undelivered.slice(0, MAX_KEPT - this.#kept.length));
  }
}
