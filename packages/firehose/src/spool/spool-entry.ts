import type { LogPosition } from '@store/durable';

/** A record on disk. */
export interface SpoolEntry {
  readonly segment: SpoolSegment;
  /** Its number in the segment, from 0: what acknowledgements count by. */
  readonly index: number;
  readonly position: LogPosition;
  readonly events: number;
}

/** What is acknowledged of one segment of the log; when all is, the segment goes. */
export class SpoolSegment {
  readonly number: number;
  /** Records so far. */
  records = 0;
  /** No more come. */
  finished = false;
  /** All below are acknowledged. */
  #low = 0;
  /** Acknowledged ones above. */
  readonly #sparse = new Set<number>();

  constructor(number: number) {
    this.number = number;
  }

  /** Every record is acknowledged and none will come. */
  get done(): boolean {
    return this.finished && this.#low === this.records;
  }

  acknowledge(index: number): void {
    this.#sparse.add(index);
    while (this.#sparse.delete(this.#low)) this.#low++;
  }

  /** What is acknowledged, for the cursor file. */
  acknowledged(): readonly [low: number, sparse: readonly number[]] {
    return [this.#low, [...this.#sparse]];
  }
}
