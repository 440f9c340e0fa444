import type { StagingFile } from './staging-file.js';

const LINE_FEED = 0x0a;

/**
 * Lines on their way into one staging file that are next to each other in their source already: they are
 * copied together. Producers end events with a line feed, so that a whole batch is often a single run.
 */
export class LineRun {
  #staging: StagingFile | undefined;
  #source: Buffer | undefined;
  #start = 0;
  #end = 0;

  /** Adds the line `source[start, end)`. */
  add(staging: StagingFile, source: Buffer, start: number, end: number): void {
    const follows = start === this.#end + 1 && source[this.#end] === LINE_FEED;
    if (follows && source === this.#source && staging === this.#staging) {
      this.#end = end;
      return;
    }
    this.flush();
    this.#staging = staging;
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  /** Copies what is held back. */
  flush(): void {
    if (this.#source !== undefined) this.#staging?.append(this.#source, this.#start, this.#end, true);
    this.#source = undefined;
  }
}
