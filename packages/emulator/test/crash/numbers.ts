import type { JournaledState } from '../../src/journal.js';

/** The numbers of a journal. */
export class Numbers implements JournaledState<number> {
  readonly values: number[] = [];
  apply(value: number): void {
    this.values.push(value);
  }
  snapshot(): Iterable<number> {
    return this.values;
  }
}
