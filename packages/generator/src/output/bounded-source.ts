import type { EventBatch, EventSource } from './event-batch.js';

/** A source of events that knows how many of them are before its position. */
export interface CountedSource extends EventSource {
  /** Events from the world's start on that were handed out or passed over. */
  readonly handed: number;
}

/** Ends a source after this many events, counted from the world's start or from where the bound was set. */
export class BoundedSource implements EventSource {
  readonly #source: EventSource;
  readonly #most: number;
  readonly #before: () => number;
  /** Events that may still be handed out; undefined after the source has moved. */
  #left: number | undefined;

  /** @param before - Events that count already; asked again after the source has moved */
  constructor(source: EventSource, most: number, before: () => number = () => 0) {
    this.#source = source;
    this.#most = most;
    this.#before = before;
  }

  /** Events that may still be handed out. */
  get left(): number {
    this.#left ??= Math.max(0, this.#most - this.#before());
    return this.#left;
  }

  /** Counts again: the source stands elsewhere. */
  moved(): void {
    this.#left = undefined;
  }

  fill(batch: EventBatch): boolean {
    const { left } = this;
    batch.length = 0;
    if (left === 0 || !this.#source.fill(batch)) return false;
    if (batch.length > left) this.#source.unfill(batch, left);
    this.#left = left - batch.length;
    return true;
  }

  unfill(batch: EventBatch, from: number): void {
    this.#left = this.left + batch.length - from;
    this.#source.unfill(batch, from);
  }
}
