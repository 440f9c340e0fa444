import { wait, type Clock } from '@store/foundation';
import { FirehoseError, type Undelivered } from './errors.js';

/** Records that nobody took and that are held at most, so that failing for hours cannot fill the memory. */
const MAX_KEPT = 100;
/** A handler that has not ended by then took nothing: the end of the work must not wait forever. */
const LONGEST_HANDLER_MS = 30_000;

type Handler = (undelivered: readonly Undelivered[]) => Promise<void> | void;

/** Hands failed records to whoever wants them, and remembers what nobody took. */
export class DeadLetterBox {
  readonly #handler: Handler | undefined;
  readonly #clock: Clock;
  /** Handlers still at work, and what they were handed. */
  readonly #underWay = new Map<Promise<void>, readonly Undelivered[]>();
  /** Failed events that nobody took. */
  #untold = 0;
  #kept: Undelivered[] = [];
  #cause: unknown;

  constructor(handler: Handler | undefined, clock: Clock) {
    this.#handler = handler;
    this.#clock = clock;
  }

  post(undelivered: readonly Undelivered[]): void {
    const handler = this.#handler;
    if (handler === undefined) this.#keep(undelivered, undelivered[0]?.error);
    else this.#hand(handler, undelivered);
  }

  /** Waits for the handlers; what one of them threw at is offered once more. Throws once for what nobody took. */
  async settle(): Promise<void> {
    await this.ended();
    if (this.#untold === 0) return;
    if (this.#handler !== undefined && this.#kept.length > 0) {
      this.#hand(this.#handler, this.#takeKept());
      await this.ended();
      // Only what the memory had no room for may be left now.
      if (this.#untold === 0) return;
    }
    const message =
      `${this.#untold} ${this.#untold === 1 ? 'event' : 'events'} could not be delivered. Pass \`deadLetter\` to keep them, ` +
      'or read `details.undelivered` of this error.';
    const details = { events: this.#untold, undelivered: this.#kept };
    const error = new FirehoseError('DELIVERY_FAILED', message, { cause: this.#cause, details });
    this.#untold = 0;
    this.#kept = [];
    throw error;
  }

  /** Waits for the handlers, and gives what nobody took: the last chance to have it. */
  async empty(): Promise<readonly Undelivered[]> {
    await this.ended();
    return this.#takeKept();
  }

  #hand(handler: Handler, undelivered: readonly Undelivered[]): void {
    const work = (async () => handler(undelivered))().catch((error: unknown) => {
      // One that failed is kept already.
      if (this.#underWay.has(work)) this.#keep(undelivered, error);
    });
    this.#underWay.set(work, undelivered);
    void work.then(() => this.#underWay.delete(work));
  }

  /** Resolves when every handler has ended or is abandoned. */
  async ended(): Promise<void> {
    // Those that begin while others are waited for get their own time.
    while (this.#underWay.size > 0) {
      const waitedFor = [...this.#underWay];
      const done = new AbortController();
      const isLate = await Promise.race([
        Promise.all(waitedFor.map(([work]) => work)).then(() => false),
        wait(this.#clock, LONGEST_HANDLER_MS, done.signal).then(() => true),
      ]);
      done.abort();
      if (isLate) this.#giveUp(waitedFor);
    }
  }

  #giveUp(waitedFor: readonly (readonly [Promise<void>, readonly Undelivered[]])[]): void {
    const message = `The \`deadLetter\` handler did not end within ${LONGEST_HANDLER_MS} ms.`;
    for (const [work, undelivered] of waitedFor) {
      if (this.#underWay.delete(work)) this.#keep(undelivered, new FirehoseError('DELIVERY_FAILED', message));
    }
  }

  #takeKept(): readonly Undelivered[] {
    const kept = this.#kept;
    this.#kept = [];
    this.#untold -= kept.reduce((sum, { events }) => sum + events, 0);
    return kept;
  }

  #keep(undelivered: readonly Undelivered[], cause: unknown): void {
    this.#untold += undelivered.reduce((sum, { events }) => sum + events, 0);
    this.#cause = cause;
    this.#kept.push(...undelivered.slice(0, Math.max(0, MAX_KEPT - this.#kept.length)));
  }
}
