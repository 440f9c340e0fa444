const KEPT = 256;

/** The durations of the last calls, for percentiles. */
export class Latencies {
  readonly #last: number[] = [];
  #next = 0;

  add(ms: number): void {
    this.#last[this.#next] = ms;
    this.#next = (this.#next + 1) % KEPT;
  }

  /** The duration that a share of the calls did not exceed; 0 before the first call. */
  percentile(share: number): number {
    const sorted = [...this.#last].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
}
