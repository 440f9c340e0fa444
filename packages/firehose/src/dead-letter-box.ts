import type { DeadLetter } from './dead-letter.js';
import { DeliveryFailedError, MAX_KEPT_LETTERS } from './delivery-error.js';

/** Hands failed records to whoever wants them, and remembers what nobody took. */
export class DeadLetterBox {
  readonly #handler: ((letters: readonly DeadLetter[]) => Promise<void> | void) | undefined;
  /** Handlers still at work. */
  readonly #underWay = new Set<Promise<void>>();
  /** Failed events that nobody was told of. */
  #untold = 0;
  #kept: DeadLetter[] = [];
  #cause: unknown;

  constructor(handler: ((letters: readonly DeadLetter[]) => Promise<void> | void) | undefined) {
    this.#handler = handler;
  }

  post(letters: readonly DeadLetter[]): void {
    const handler = this.#handler;
    if (handler === undefined) {
      this.#keep(letters, letters[0]?.error);
      return;
    }
    const work = (async () => handler(letters))().catch((error: unknown) => {
      this.#keep(letters, error);
    });
    this.#underWay.add(work);
    void work.then(() => this.#underWay.delete(work));
  }

  /** Waits for the handlers; throws once for what nobody took. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
    if (this.#untold === 0) return;
    const error = new DeliveryFailedError(this.#untold, this.#kept, this.#cause);
    this.#untold = 0;
    this.#kept = [];
    throw error;
  }

  #keep(letters: readonly DeadLetter[], cause: unknown): void {
    this.#untold += letters.reduce((sum, letter) => sum + letter.events, 0);
    this.#cause = cause;
    this.#kept.push(...letters.slice(0, MAX_KEPT_LETTERS - this.#kept.length));
  }
}
