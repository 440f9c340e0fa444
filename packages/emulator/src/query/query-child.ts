import { fork, type ChildProcess } from 'node:child_process';
import type { Clock } from '@store/foundation';
import { QueryLimitError, QueryRefused, QueryStopped } from './query-error.js';
import { queryProgram } from './query-program.js';
import type { FromProcess, ProcessSetup, QueryColumn, ToProcess } from './query-protocol.js';

/** Takes a result, part by part; rows wait until the part before is taken. */
export interface ResultSink {
  /** Takes the columns, once, before any row. */
  columns(columns: readonly QueryColumn[], scannedBytes: number): void;
  /** Takes rows as they come, in order; the next ones wait for it. */
  rows(rows: readonly (readonly unknown[])[]): void | Promise<void>;
}

/** What a process is asked to do. */
export type Task = Extract<ToProcess, { readonly kind: 'run' | 'read' }>;

/** What a process says of its task before it is done. */
export type Said = Extract<FromProcess, { readonly kind: 'columns' | 'rows' | 'asks' | 'read' }>;

/** Hears what a process says, and may answer it; the time that it takes is not the task's. */
export type Listener = (said: Said) => ToProcess | undefined | Promise<ToProcess | undefined>;

/** How a query runs. */
export interface RunOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

interface Work {
  readonly listen: Listener;
  readonly done: (rows: number) => void;
  readonly failed: (error: Error) => void;
  /** Stops the time limit, or lets it continue. */
  readonly pause: () => void;
  readonly resume: () => void;
}

/** A process that does not start within this is ended; it takes a tenth of a second on an idle machine. */
const START_MS = 60_000;

/**
 * One process that runs queries, one at a time. Whatever goes wrong with a query ends the process: it is killed, which
 * always works, and the next query gets a new one.
 */
export class QueryChild {
  readonly #child: ChildProcess;
  readonly #residentBytes: number;
  #work: Work | undefined;
  /** Why this side killed it. */
  #why: Error | undefined;
  #gone = false;

  constructor(setup: ProcessSetup) {
    this.#residentBytes = setup.residentBytes;
    this.#child = fork(queryProgram(), [], {
      // What the watch allows in all, so that V8 collects garbage before the watch counts it.
      execArgv: [`--max-old-space-size=${Math.ceil(setup.residentBytes / 1024 / 1024)}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message) => {
      // The parse boundary: the child is our own program.
      this.#heard(message as FromProcess);
    });
    this.#child.on('exit', (code, signal) => {
      this.#ended(signal ?? `code ${String(code)}`);
    });
    this.#child.on('error', (error) => {
      this.#ended(error.message);
    });
    this.#tell({ kind: 'open', setup });
    this.#rest();
  }

  /** Whether it can take another query. */
  get alive(): boolean {
    return !this.#gone && this.#why === undefined;
  }

  /** Does one task; gives the number of rows. One that fails leaves the process as it is, one that is cut ends it. */
  async run(task: Task, listen: Listener, { clock, timeoutMs, signal }: RunOptions): Promise<number> {
    let leftMs = timeoutMs;
    let since = clock.now();
    const killAfter = (ms: number, why: () => Error): (() => void) =>
      clock.schedule(
        () => {
          this.kill(why());
        },
        Math.max(1, ms),
        { keepAlive: true },
      );
    // A query's time begins when its process is there to work on it.
    let stopTimer = killAfter(START_MS, () => new Error('The process of a query did not start.'));
    const pause = (): void => {
      stopTimer();
      leftMs -= clock.now() - since;
    };
    const resume = (): void => {
      stopTimer();
      since = clock.now();
      stopTimer = killAfter(leftMs, () => new QueryLimitError('timeoutMs', timeoutMs));
    };
    const abort = (): void => {
      this.kill(new QueryStopped('The query was stopped.'));
    };
    this.#child.ref();
    this.#child.channel?.ref();
    try {
      return await new Promise<number>((done, failed) => {
        this.#work = { listen, done, failed, pause, resume };
        signal?.addEventListener('abort', abort);
        this.#tell(task);
      });
    } finally {
      stopTimer();
      this.#work = undefined;
      signal?.removeEventListener('abort', abort);
      this.#rest();
    }
  }

  /** Ends it immediately, with the reason for its query. */
  kill(why: Error): void {
    this.#why ??= why;
    this.#child.kill('SIGKILL');
    // The query ends now, not when the system has taken the process apart.
    this.#work?.failed(this.#why);
  }

  /** Resolves when the process is gone. */
  async exited(): Promise<void> {
    if (this.#gone) return;
    await new Promise<void>((resolve) => {
      this.#child.ref();
      this.#child.once('exit', () => {
        resolve();
      });
      this.#child.once('error', () => {
        resolve();
      });
    });
  }

  /** Between queries it keeps nobody alive. */
  #rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  #heard(message: FromProcess): void {
    const work = this.#work;
    if (work === undefined) return;
    switch (message.kind) {
      case 'begun':
        work.resume();
        return;
      case 'columns':
      case 'rows':
      case 'asks':
      case 'read':
        void this.#hear(work, message);
        return;
      case 'done':
        work.done(message.rows);
        return;
      case 'refused':
        work.failed(new QueryRefused(message.message));
        return;
      case 'limit':
        work.failed(new QueryLimitError(message.limit, message.most));
        return;
      case 'failed':
        work.failed(new Error(message.message));
        return;
    }
  }

  async #hear(work: Work, said: Said): Promise<void> {
    work.pause();
    let answer: ToProcess | undefined;
    try {
      answer = await work.listen(said);
    } catch (error) {
      this.kill(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (this.#work !== work) return;
    work.resume();
    if (answer !== undefined) this.#tell(answer);
  }

  #tell(message: ToProcess): void {
    if (!this.#child.connected) return;
    // Who cannot be told is gone, and its end says so.
    this.#child.send(message, () => undefined);
  }

  #ended(how: string): void {
    this.#gone = true;
    // Nobody else kills it like this: its own watch does, or the system that is out of memory.
    const memory = how === 'SIGKILL' ? new QueryLimitError('memoryBytes', this.#residentBytes) : undefined;
    this.#work?.failed(this.#why ?? memory ?? new Error(`The process of the query ended (${how}).`));
  }
}
