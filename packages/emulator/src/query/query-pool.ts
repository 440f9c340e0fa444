import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { systemClock, type Clock } from '@store/foundation';
import type { LookUp, Reading, ReadingOutcome } from './reading.js';
import type { CatalogTable } from '../lake/table-catalog.js';
import { QueryChild, type Listener, type ResultSink, type Task } from './query-child.js';
import { QueryStopped } from './query-error.js';
import { queryLimits } from './query-limits.js';
import type { ProcessSetup, QueryJob } from './query-protocol.js';

/** What the processes are opened with; each gets a folder of its own for what does not fit into memory. */
export type PoolSetup = ProcessSetup & { readonly timeoutMs: number };

/** A statement of more characters leaves its process with a tenth of its memory in garbage: the next one gets another. */
const LONG_STATEMENT = 65_536;

/** Processes that wait for the next query; more are ended when their query is over. */
const KEPT_IDLE = 2;

/** Runs queries in processes of their own, a few at a time; started when they are needed, and kept warm. */
export class QueryPool {
  readonly #setup: PoolSetup;
  readonly #clock: Clock;
  readonly #idle: Kept[] = [];
  readonly #busy = new Set<Kept>();
  readonly #line: (() => void)[] = [];
  #started = 0;
  #taken = 0;
  #closed = false;

  constructor(setup: PoolSetup, clock: Clock = systemClock) {
    this.#setup = setup;
    this.#clock = clock;
  }

  /** Runs one job once a process is free; gives the number of rows. */
  async run(job: QueryJob, sink: ResultSink, signal?: AbortSignal): Promise<number> {
    const listen: Listener = async (said) => {
      if (said.kind === 'columns') sink.columns(said.columns, said.scannedBytes);
      if (said.kind !== 'rows') return undefined;
      // The parse boundary: rows as our own program wrote them.
      await sink.rows(deserialize(said.bytes) as readonly (readonly unknown[])[]);
      return { kind: 'more' };
    };
    return this.#do({ kind: 'run', job }, listen, signal);
  }

  /** Reads one statement once a process is free. */
  async read(reading: Reading, lookUp: LookUp, signal?: AbortSignal): Promise<ReadingOutcome> {
    let outcome: ReadingOutcome | undefined;
    const listen: Listener = async (said) => {
      if (said.kind === 'asks')
        return { kind: 'tables', tables: (await lookUp(said.names)).map(withoutPartitions) };
      if (said.kind === 'read') outcome = said.outcome;
      return undefined;
    };
    await this.#do({ kind: 'read', reading }, listen, signal);
    if (outcome === undefined) throw new Error('The process of the query answered without an outcome.');
    return outcome;
  }

  async #do(task: Task, listen: Listener, signal: AbortSignal | undefined): Promise<number> {
    await this.#turn(signal);
    try {
      const kept = this.#takeIdle() ?? (await this.#start());
      this.#busy.add(kept);
      try {
        if (this.#closed) throw closing();
        if (signal?.aborted === true) throw new QueryStopped('The query was stopped.');
        const { timeoutMs } = this.#setup;
        return await kept.child.run(task, listen, { clock: this.#clock, timeoutMs, signal });
      } finally {
        this.#putBack(kept, task.kind === 'read' && task.reading.sql.length > LONG_STATEMENT);
      }
    } finally {
      this.#leave();
    }
  }

  /** Kills every process and fails what runs; resolves when they are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#idle.splice(0), ...this.#busy];
    for (const next of this.#line.splice(0)) next();
    for (const { child } of all) child.kill(closing());
    await Promise.all(all.map(async (kept) => this.#remove(kept)));
  }

  /** Waits in line for one of the places; whoever holds one gives it back by {@link #leave}. */
  async #turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#closed) throw closing();
    if (this.#taken < queryLimits.processes) {
      this.#taken += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const next = (): void => {
        signal?.removeEventListener('abort', stop);
        if (this.#closed) reject(closing());
        else resolve();
      };
      const stop = (): void => {
        this.#line.splice(this.#line.indexOf(next), 1);
        reject(new QueryStopped('The query was stopped.'));
      };
      this.#line.push(next);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Hands the place on to the next in line, or leaves it free. */
  #leave(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#taken -= 1;
    else next();
  }

  /** A process that is still there: somebody may have ended one that was idle. */
  #takeIdle(): Kept | undefined {
    for (let kept = this.#idle.pop(); kept !== undefined; kept = this.#idle.pop()) {
      if (kept.child.alive) return kept;
      void this.#remove(kept);
    }
    return undefined;
  }

  async #start(): Promise<Kept> {
    this.#started += 1;
    const temporaryFolder = join(this.#setup.temporaryFolder, String(this.#started));
    // What a process left that was killed before.
    await rm(temporaryFolder, { recursive: true, force: true });
    await mkdir(temporaryFolder, { recursive: true });
    return { child: new QueryChild({ ...this.#setup, temporaryFolder }), temporaryFolder };
  }

  #putBack(kept: Kept, isWorn: boolean): void {
    this.#busy.delete(kept);
    const isKept = kept.child.alive && !isWorn && !this.#closed && this.#idle.length < KEPT_IDLE;
    if (isKept) this.#idle.push(kept);
    else {
      kept.child.kill(new QueryStopped('No longer needed.'));
      void this.#remove(kept);
    }
  }

  async #remove({ child, temporaryFolder }: Kept): Promise<void> {
    await child.exited();
    // The next start clears what cannot be removed now.
    await rm(temporaryFolder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A table without its partitions, which no reading needs, and no message holds. */
function withoutPartitions({ partitions: _partitions, ...table }: CatalogTable): CatalogTable {
  return table;
}

const closing = (): QueryStopped => new QueryStopped('The query was stopped, since its engine is closed.');

interface Kept {
  readonly child: QueryChild;
  readonly temporaryFolder: string;
}
