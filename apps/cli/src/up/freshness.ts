/**
 * Until when everything that was made can be queried. Events become visible in about the order in which they were made, so
 * the n-th that is visible tells how old the lake's news is; a world that makes nothing does not age it.
 */
export class Freshness {
  /** Counts of events made and the instants at which they were, not visible yet; rising. */
  #marks: { readonly count: number; readonly at: number }[] = [];
  #freshAt: number;

  constructor(now: number) {
    this.#freshAt = now;
  }

  /** Real time, milliseconds, until which everything that was made can be queried. */
  get freshAt(): number {
    return this.#freshAt;
  }

  /** Notes how many events were made by now. */
  made(count: number, now: number): void {
    const last = this.#marks.at(-1);
    if (last?.count === count) return;
    this.#marks.push({ count, at: now });
  }

  /** Notes how many events a count that was asked for at an instant has seen. */
  seen(count: number, askedAt: number): void {
    this.#marks = this.#marks.filter((mark) => mark.count > count);
    this.#freshAt = Math.max(this.#freshAt, Math.min(askedAt, this.#marks[0]?.at ?? askedAt));
  }
}
