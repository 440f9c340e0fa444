import { resolve } from 'node:path';
import { systemClock } from '@store/foundation';
import { emptyDataFolder } from './empty-data-folder.js';
import type { Services } from './services.js';
import { ServiceError } from './wire/service-error.js';

/** What a reset waits for. */
export const resetLimits: {
  /** Time for requests under way to end; what takes longer is cut short. */
  readonly patienceMs: number;
} = Object.freeze({
  patienceMs: 2_000,
});

/** How services are opened and emptied. */
export interface RunningServicesOptions {
  readonly dataDir: string;
  /** Opens every service on the data folder as it is. */
  readonly open: () => Promise<Services>;
  /** Called when the folder is empty, before the services are opened on it. */
  readonly onReset: () => void;
  readonly onTrouble: (error: unknown) => void;
}

/**
 * The services at work, which can be rebuilt. A reset closes all of them, empties the data folder and opens
 * them again: what a service holds, in memory or in its files, cannot be left over, since it is another one
 * afterwards.
 */
export class RunningServices {
  readonly #options: RunningServicesOptions;
  #services: Services;
  /** Aborts when these services end. */
  #ending = new AbortController();
  #resetting: Promise<void> | undefined;
  /** False once a reset could not open them again. */
  #isOpen = true;
  #inside = 0;
  #onLeft: (() => void) | undefined;
  /** Files that are out of use are removed while requests are answered again. */
  #removing: Promise<void> = Promise.resolve();

  private constructor(options: RunningServicesOptions, services: Services) {
    this.#options = options;
    this.#services = services;
  }

  static async open(options: RunningServicesOptions): Promise<RunningServices> {
    return new RunningServices(options, await options.open());
  }

  /** The services of now; they may be closed while {@link RunningServices.isResetting}. */
  get current(): Services {
    return this.#services;
  }

  get isResetting(): boolean {
    return this.#resetting !== undefined;
  }

  /** Aborts when the services of now end. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Resolves when requests may go in; `undefined` when they may immediately. */
  ready(): Promise<void> | undefined {
    if (this.#resetting !== undefined) return this.#resetting.catch(() => undefined).then(() => this.ready());
    return this.#isOpen ? undefined : Promise.reject(unavailable());
  }

  /** Counts a request in until the function that this returns is called. */
  enter(): () => void {
    this.#inside += 1;
    return () => {
      this.#inside -= 1;
      if (this.#inside === 0) this.#onLeft?.();
    };
  }

  /** Makes everything empty. Requests that come meanwhile wait, and those under way get an answer first. */
  reset(): Promise<void> {
    this.#resetting ??= this.#reset().finally(() => {
      this.#resetting = undefined;
    });
    return this.#resetting;
  }

  /** Works with the services, or what a reset makes of them. */
  async use<T>(work: (services: Services) => Promise<T>): Promise<T> {
    await this.ready();
    const leave = this.enter();
    try {
      return await work(this.#services);
    } finally {
      leave();
    }
  }

  /** Ends waiting requests, such as a receive that waits for messages. */
  abort(): void {
    this.#ending.abort();
  }

  /** Stops everything; resolves when it is on disk. */
  async close(): Promise<void> {
    await this.#resetting?.catch(() => undefined);
    this.abort();
    if (this.#isOpen) await this.#services.close();
    await this.#removing;
  }

  async #reset(): Promise<void> {
    const { dataDir, open, onReset, onTrouble } = this.#options;
    this.abort();
    await this.#left();
    let failure: unknown;
    try {
      if (this.#isOpen) await this.#services.close();
      this.#isOpen = false;
      const remove = await emptyDataFolder(resolve(dataDir));
      onReset();
      this.#removing = Promise.all([this.#removing, remove()]).then(() => undefined, onTrouble);
    } catch (error) {
      failure = error;
    }
    // Also after a failure: the folder is then as it was, or `open` empties it.
    try {
      this.#services = await open();
      this.#ending = new AbortController();
      this.#isOpen = true;
    } catch (error) {
      failure ??= error;
    }
    if (failure === undefined) return;
    onTrouble(failure);
    throw unavailable();
  }

  async #left(): Promise<void> {
    if (this.#inside === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = systemClock.schedule(resolve, resetLimits.patienceMs);
      this.#onLeft = () => {
        cancel();
        resolve();
      };
    });
    this.#onLeft = undefined;
  }
}

/** Without the cause, which names files of this machine: the endpoint's owner is told of it. */
function unavailable(): ServiceError {
  return new ServiceError(
    'ServiceUnavailable',
    'A reset failed. The error output of the endpoint says why; reset again, or start it again.',
    503,
  );
}
