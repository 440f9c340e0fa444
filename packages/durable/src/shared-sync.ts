import { closeSync } from 'node:fs';
import { syncData } from './replace-file.js';

/** One sync of a file at a time, for all who ask while it runs. */
export class SharedSync {
  readonly #descriptor: () => number | undefined;
  readonly #failed: (cause: unknown) => Error;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  /** Files that the sync under way still uses. */
  readonly #toClose: number[] = [];

  /** @param descriptor - of the file that is written now; @param failed - the error of a sync that failed */
  constructor(descriptor: () => number | undefined, failed: (cause: unknown) => Error) {
    this.#descriptor = descriptor;
    this.#failed = failed;
  }

  /** Resolves once everything written so far survives a power failure. */
  async run(): Promise<void> {
    if (this.#running === undefined) return this.#start();
    // The call under way may have begun before the last write, so the next one counts.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#start();
      });
    return this.#next;
  }

  /** Closes a file as soon as no sync uses it. */
  close(descriptor: number): void {
    if (this.#running === undefined) closeSync(descriptor);
    else this.#toClose.push(descriptor);
  }

  /** Resolves when nothing is under way; what failed was told to those who waited for it. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running.catch(() => undefined);
  }

  async #start(): Promise<void> {
    const descriptor = this.#descriptor();
    if (descriptor === undefined) return;
    this.#running = syncData(descriptor);
    try {
      await this.#running;
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#running = undefined;
      for (const old of this.#toClose.splice(0)) closeSync(old);
    }
  }
}
