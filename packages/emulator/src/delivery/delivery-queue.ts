import { systemClock, type Clock } from '@store/foundation';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 30_000;
/** While somebody waits for a flush, tries come no further apart. */
const HURRIED_RETRY_MS = 1_000;

/** A delivery that waits for its turn. */
export interface Delivery {
  /** Whose it is: owners take turns, so that a backlog of one does not hold up the others. */
  readonly owner: string;
  readonly bytes: number;
  run(): Promise<void>;
  /** Asked before each try. */
  abandoned(): boolean;
  /** Told what a try failed with; says whether there is to be another. It must not throw. */
  failed(error: unknown): boolean;
}

interface Job {
  readonly delivery: Delivery;
  attempts: number;
  /** Ends the pause before the next try. */
  goOn: (() => void) | undefined;
}

/** How the queue works. */
export interface DeliveryQueueOptions {
  readonly clock: Clock;
  /** Deliveries under way at the same time. */
  readonly concurrency: number;
  /** How many of these may be of one owner. */
  readonly perOwner: number;
}

/** Runs deliveries, a few at a time, and repeats one that fails, after a pause that grows, as long as its owner says so. */
export class DeliveryQueue {
  readonly #options: DeliveryQueueOptions;
  /** Owners in the order of their turns, with what is waiting for each, oldest first. */
  readonly #waiting = new Map<string, Job[]>();
  readonly #pausing = new Set<Job>();
  readonly #running = new Map<string, number>();
  readonly #hurried = new Map<string, number>();
  #underWay = 0;
  #closed = false;
  #idle: (() => void) | undefined;
  #succeededAt = 0;

  constructor(options: DeliveryQueueOptions) {
    this.#options = options;
  }

  /** Bytes whose turn has not come; what failed and is to be tried again is not among them. */
  get waitingBytes(): number {
    let bytes = 0;
    for (const jobs of this.#waiting.values()) for (const { delivery } of jobs) bytes += delivery.bytes;
    return bytes;
  }

  /** When a delivery last succeeded, by the machine's own clock. */
  get succeededAt(): number {
    return this.#succeededAt;
  }

  /** Adds a delivery. */
  add(delivery: Delivery): void {
    this.#push({ delivery, attempts: 0, goOn: undefined });
    this.#start();
  }

  /** Tries what pauses of an owner immediately, and pauses little until the returned function is called. */
  hurry(owner: string): () => void {
    this.#hurried.set(owner, (this.#hurried.get(owner) ?? 0) + 1);
    this.tryAgain(owner);
    return () => {
      const left = (this.#hurried.get(owner) ?? 1) - 1;
      if (left > 0) this.#hurried.set(owner, left);
      else this.#hurried.delete(owner);
    };
  }

  /** Tries what pauses of an owner immediately. */
  tryAgain(owner: string): void {
    for (const job of [...this.#pausing]) if (job.delivery.owner === owner) job.goOn?.();
  }

  /** Starts nothing more and waits for what is under way, up to `patienceMs` of real time. */
  async close(patienceMs: number): Promise<void> {
    this.#closed = true;
    for (const job of [...this.#pausing]) job.goOn?.();
    if (this.#underWay === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = systemClock.schedule(resolve, patienceMs, { keepAlive: true });
      this.#idle = () => {
        cancel();
        resolve();
      };
    });
  }

  #push(job: Job): void {
    const { owner } = job.delivery;
    const jobs = this.#waiting.get(owner);
    if (jobs === undefined) this.#waiting.set(owner, [job]);
    else jobs.push(job);
  }

  #start(): void {
    while (!this.#closed && this.#underWay < this.#options.concurrency) {
      const job = this.#next();
      if (job === undefined) return;
      if (job.delivery.abandoned()) continue;
      void this.#attempt(job);
    }
  }

  #next(): Job | undefined {
    for (const [owner, jobs] of this.#waiting) {
      if ((this.#running.get(owner) ?? 0) >= this.#options.perOwner) continue;
      const job = jobs.shift();
      // The owner's next turn comes after that of the others.
      this.#waiting.delete(owner);
      if (jobs.length > 0) this.#waiting.set(owner, jobs);
      if (job !== undefined) return job;
    }
    return undefined;
  }

  async #attempt(job: Job): Promise<void> {
    const { delivery } = job;
    const { owner } = delivery;
    this.#underWay += 1;
    this.#running.set(owner, (this.#running.get(owner) ?? 0) + 1);
    try {
      await delivery.run();
      this.#succeededAt = systemClock.now();
    } catch (error) {
      job.attempts += 1;
      if (delivery.failed(error) && !this.#closed) this.#pause(job);
    }
    this.#underWay -= 1;
    const left = (this.#running.get(owner) ?? 1) - 1;
    if (left > 0) this.#running.set(owner, left);
    else this.#running.delete(owner);
    this.#start();
    if (this.#underWay === 0) this.#idle?.();
  }

  #pause(job: Job): void {
    const longest = this.#hurried.has(job.delivery.owner) ? HURRIED_RETRY_MS : LAST_RETRY_MS;
    const delayMs = Math.min(longest, FIRST_RETRY_MS * 2 ** Math.min(20, job.attempts - 1));
    const goOn = (): void => {
      cancel();
      job.goOn = undefined;
      this.#pausing.delete(job);
      this.#push(job);
      this.#start();
    };
    job.goOn = goOn;
    this.#pausing.add(job);
    const cancel = this.#options.clock.schedule(goOn, delayMs);
  }
}
