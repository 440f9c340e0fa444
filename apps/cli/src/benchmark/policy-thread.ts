import { Worker } from 'node:worker_threads';
import { systemClock, wait } from '@store/foundation';
import type { WorldFlags } from '../options/world-flags.js';
import type { Output } from '../terminal/terminal.js';
import { cells, doing, type Subject, type WorkerReply, type WorkerStart } from './policy-messages.js';

/** How often it is looked at whether a policy has returned. */
const LOOK_MS = 100;
const DAY_MS = 86_400_000;
/** Longest that reading a file may take: the compiler comes with it. */
const LOAD_LIMIT_MS = 30_000;

/** Code with which Node ends a thread whose `await` at the top of a file nothing can settle. */
const UNSETTLED = 13;

/** What else a thread needs. */
export interface ThreadOptions {
  readonly subject: Subject;
  readonly flags: WorldFlags;
  /** Stores of the world, to name the one whose policy does not return. */
  readonly stores: readonly string[];
  /** Longest that one call of a policy may take. */
  readonly limitMs: number;
  /** Where what a policy prints goes: standard output is for the result. */
  readonly stderr: Output;
}

/**
 * Scores one policy, seed after seed, in a thread of its own: a policy that never returns, leaves or takes all memory ends
 * its thread and nothing else.
 */
export class PolicyThread {
  readonly #options: ThreadOptions;
  readonly #worker: Worker;
  readonly #where = new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT));
  readonly #watch = new AbortController();
  #settle: ((reply: WorkerReply) => void) | undefined;
  #seed = 0;
  #ended: string | undefined;

  constructor(options: ThreadOptions) {
    this.#options = options;
    const { subject, flags, stderr } = options;
    const start: WorkerStart = { subject, flags, where: this.#where.buffer };
    this.#worker = new Worker(new URL('./policy-worker.js', import.meta.url), {
      workerData: start,
      stdout: true,
      stderr: true,
    });
    this.#worker.stdout.on('data', (text: Buffer) => stderr.write(text));
    this.#worker.stderr.on('data', (text: Buffer) => stderr.write(text));
    this.#worker.on('message', (reply: WorkerReply) => {
      this.#settle?.(reply);
    });
    this.#worker.on('error', (error) => {
      this.#end(error.message);
    });
    this.#worker.on('exit', (code) => {
      this.#end(
        code === UNSETTLED
          ? 'what it awaits when it is imported never comes.'
          : `it ended its thread with code ${code}; a policy returns orders and leaves the process alone.`,
      );
    });
    void this.#look();
  }

  /** Waits until the policy is loaded; returns what is wrong with it, if anything. */
  async ready(): Promise<string | undefined> {
    const reply = await this.#next();
    if (reply.kind === 'ready') return undefined;
    return 'message' in reply ? reply.message : 'it gave no answer.';
  }

  /** Scores a seed. */
  score(seed: number): Promise<WorkerReply> {
    this.#seed = seed;
    const reply = this.#next();
    this.#worker.postMessage({ seed });
    return reply;
  }

  /** Ends the thread, whatever it does. */
  async close(): Promise<void> {
    this.#watch.abort();
    await this.#worker.terminate();
  }

  #next(): Promise<WorkerReply> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      if (this.#ended !== undefined) this.#end(this.#ended);
    });
  }

  #end(message: string): void {
    this.#ended ??= message;
    this.#settle?.({ kind: 'failed', seed: this.#seed, message: this.#ended });
  }

  /** Ends the thread when one call takes too long. */
  async #look(): Promise<void> {
    const { limitMs, stores } = this.#options;
    let [call, waitedMs] = [-1, 0];
    while (!this.#watch.signal.aborted) {
      await wait(systemClock, LOOK_MS, this.#watch.signal);
      const at = Atomics.load(this.#where, cells.doing);
      const times = Atomics.load(this.#where, cells.times);
      waitedMs = at !== doing.own && times === call ? waitedMs + LOOK_MS : 0;
      call = times;
      const mostMs = at === doing.loading ? Math.max(LOAD_LIMIT_MS, limitMs) : limitMs;
      if (waitedMs < mostMs) continue;
      const seconds = `${mostMs / 1000} s`;
      const day = new Date((this.#where[cells.day] ?? 0) * DAY_MS).toISOString().slice(0, 10);
      const place = `${stores[this.#where[cells.store] ?? 0] ?? ''} on ${day}`;
      this.#end(
        at === doing.loading
          ? `it is still not read after ${seconds}; what a file does when it is imported must end.`
          : `policy: ${place}: it has not returned after ${seconds} (--call-limit).`,
      );
      await this.close();
    }
  }
}
