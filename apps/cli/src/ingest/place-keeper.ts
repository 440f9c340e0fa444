import type { FirehoseProducer } from '@store/firehose';
import { writeCursor, type CursorPlace } from './cursor.js';
import type { Source } from './open-source.js';
import type { RejectFile } from './reject-file.js';

/** What keeping a place needs. */
export interface PlaceKeeperOptions {
  readonly cursorFile: string;
  readonly source: Source;
  readonly stream: string;
  readonly producer: Pick<FirehoseProducer<never>, 'flush'> | undefined;
  readonly rejects: RejectFile;
}

/**
 * Keeps the place in a source on disk while records go on being sent: a place is written once everything before
 * it is acknowledged or in the file of rejects, so what a kill -9 can make be sent again is what was under way.
 */
export class PlaceKeeper {
  readonly #options: PlaceKeeperOptions;
  /** The furthest place that may be written, if it is not on disk yet. */
  #due: CursorPlace | undefined;
  #writing: Promise<void> | undefined;
  #failed = false;
  #cause: unknown;

  constructor(options: PlaceKeeperOptions) {
    this.#options = options;
  }

  /** Writes `place` as soon as what was put before the call is settled; does not wait for it. */
  note(place: Omit<CursorPlace, 'rejectBytes'>): void {
    const { producer, rejects } = this.#options;
    // A flush settles in the order of its call, however much is put after it.
    const settled = Promise.all([producer?.flush(), rejects.flush()]);
    settled.then(
      ([, rejectBytes]) => {
        this.#due = { ...place, rejectBytes };
        this.#writing ??= this.#write();
      },
      (error: unknown) => {
        this.#fail(error);
      },
    );
  }

  /** Writes `place` and waits until it is on disk. */
  async keep(place: Omit<CursorPlace, 'rejectBytes'>): Promise<void> {
    await this.#options.producer?.flush();
    const rejectBytes = await this.#options.rejects.flush();
    this.#due = { ...place, rejectBytes };
    this.#writing ??= this.#write();
    await this.#writing;
    this.check();
  }

  /** Throws what went wrong behind the scenes. */
  check(): void {
    if (this.#failed) throw this.#cause;
  }

  async #write(): Promise<void> {
    const { cursorFile, source, stream } = this.#options;
    try {
      for (let place = this.#due; place !== undefined; place = this.#due) {
        this.#due = undefined;
        await writeCursor(cursorFile, source, stream, place);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#writing = undefined;
    }
  }

  #fail(error: unknown): void {
    this.#failed = true;
    this.#cause ??= error;
  }
}
