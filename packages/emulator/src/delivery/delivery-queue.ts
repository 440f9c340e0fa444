import type { Clock } from '@store/foundation';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 30_000;

interface Job {
  readonly run: () => Promise<void>;
  readonly abandoned: () => boolean;
  readonly bytes: number;
  attempts: number;
}

/** How the queue works. */
export interface DeliveryQueueOptions {
  readonly clock: Clock;
  /** Deliveries under way at once. */
  readonly concurrency: number;
  /** Told of each failed attempt; the queue tries again. */
  readonly onFailure: (error: unknown, attempts: number) => void;
}

/** Runs deliveries, oldest first, a few at once, and repeats one that fails until it is done or abandoned. */
export class DeliveryQueue {
  readonly #options: DeliveryQueueOptions;
  readonly #waiting: Job[] = [];
  readonly #cancels = new Set<() => void>();
  #running = 0;
  #closed = false;
  #idle: (() => void) | undefined;

  constructor(options: DeliveryQueueOptions) {
    this.#options = options;
  }

  /** Bytes whose turn has not come; what failed and is to be tried again is not among them. */
  get waitingBytes(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Adds a delivery of so many bytes; `abandoned` is asked before each attempt. */
  add(run: () => Promise<void>, abandoned: () => boolean, bytes: number): void {
    this.#waiting.push({ run, abandoned, bytes, attempts: 0 });
    this.#start();
  }

  /** Starts nothing more and waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#cancels) cancel();
    if (this.#running > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
  }

  #start(): void {
    while (!this.#closed && this.#running < this.#options.concurrency) {
      const job = this.#waiting.shift();
      if (job === undefined) return;
      if (job.abandoned()) continue;
      this.#running += 1;
      void this.#attempt(job);
    }
  }

  async #attempt(job: Job): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      job.attempts += 1;
      this.#options.onFailure(error, job.attempts);
      this.#retryLater(job);
    } finally {
      this.#running -= 1;
      this.#start();
      if (this.#running === 0) this.#idle?.();
    }
  }

  #retryLater(job: Job): void {
    const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (job.attempts - 1));
    const cancel = this.#options.clock.schedule(() => {
      this.#cancels.delete(cancel);
      this.#waiting.push(job);
      this.#start();
    }, delayMs);
    this.#cancels.add(cancel);
  }
}
