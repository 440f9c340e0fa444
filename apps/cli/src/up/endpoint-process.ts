import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EmulatorErrorCode, QueryColumn, QueryView } from '@store/emulator';
import type { LakeReadOptions, RowSink } from '../query/lake.js';
import { CliError, type CliErrorCode } from '../terminal/errors.js';
import type { PlainValue } from './sql-streams.js';

/**
 * What `store up` and the process of its endpoint say to each other; both sides are compiled against this file.
 * Everything else goes over HTTP, as it would with AWS.
 */

/** To the endpoint's process; each has one answer. */
export type AnsweredRequest =
  | { readonly id: number; readonly ask: 'flush' | 'close' }
  | {
      readonly id: number;
      readonly ask: 'query' | 'stream';
      readonly sql: string;
      readonly firstRows?: number;
      readonly views?: readonly QueryView[];
    };

/** To the endpoint's process: an {@link AnsweredRequest}, or what is said of a `stream` that runs. */
export type EndpointRequest =
  | AnsweredRequest
  | { readonly id: number; readonly ask: 'more' }
  | { readonly id: number; readonly ask: 'stop' };

/** How one statement at the endpoint runs. */
export interface EndpointReadOptions extends LakeReadOptions {
  /** Views that it alone sees. @defaultValue none */
  readonly views?: readonly QueryView[];
}

/** A row with plain values only: those of DuckDB's own classes do not survive the way between processes. */
export type PlainRow = Readonly<Record<string, PlainValue>>;

/** From the endpoint's process. */
export type EndpointReply =
  | { readonly kind: 'ready'; readonly endpoint: string; readonly lakeDir: string }
  | { readonly kind: 'done'; readonly id: number; readonly rows: readonly PlainRow[] }
  | { readonly kind: 'columns'; readonly id: number; readonly columns: readonly QueryColumn[] }
  /** The next ones come when it is asked for more. */
  | { readonly kind: 'rows'; readonly id: number; readonly rows: readonly (readonly PlainValue[])[] }
  | {
      readonly kind: 'failed';
      readonly id: number | undefined;
      readonly message: string;
      readonly code?: EmulatorErrorCode;
      /** What to do, where it is known. */
      readonly fix?: string;
    };

interface Waiting {
  /** Takes the parts of a `stream`. */
  readonly sink?: RowSink;
  readonly done: (rows: readonly PlainRow[]) => void;
  readonly failed: (error: Error) => void;
}

/** An endpoint that answers. */
export interface StartedEndpoint {
  readonly process: EndpointProcess;
  readonly endpoint: string;
  readonly lakeDir: string;
}

/** The embedded endpoint in a process of its own. */
export class EndpointProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('exit', () => {
      for (const { failed } of this.#waiting.values()) failed(gone());
      this.#waiting.clear();
    });
  }

  /**
   * Starts it; resolves when it answers. `onExit` hears of its end, however it comes; the signal ends it while it starts, and
   * not later.
   */
  static async start(
    dataDir: string,
    port: number,
    onExit: () => void,
    signal?: AbortSignal,
  ): Promise<StartedEndpoint> {
    signal?.throwIfAborted();
    const { path, execArgv } = program();
    const child = fork(path, [dataDir, String(port)], { execArgv });
    const endpoint = new EndpointProcess(child);
    child.on('exit', onExit);
    const stop = (): void => void child.kill('SIGKILL');
    signal?.addEventListener('abort', stop);
    const started = new Promise<StartedEndpoint>((resolve, reject) => {
      // Such as of a Node that was replaced meanwhile; a process that runs cannot fail so.
      child.on('error', (cause) => {
        reject(new CliError('NO_ENDPOINT', `Its process does not start: ${cause.message}.`, { cause }));
      });
      child.once('exit', () => {
        // To whoever has stopped it, it is no failure.
        reject(signal?.aborted === true ? new DOMException('The start was stopped.', 'AbortError') : gone());
      });
      child.on('message', (message) => {
        // The parse boundary: the child is our own program.
        const reply = message as EndpointReply;
        if (reply.kind === 'ready') resolve({ process: endpoint, ...reply });
        else if (reply.id === undefined) reject(notStarted(reply));
        else endpoint.#heard(reply.id, reply);
      });
    });
    return started.finally(() => signal?.removeEventListener('abort', stop));
  }

  async query(sql: string, firstRows?: number): Promise<readonly PlainRow[]> {
    return this.#ask((id) => ({ id, ask: 'query', sql, ...(firstRows === undefined ? {} : { firstRows }) }));
  }

  /** Runs SQL and hands columns and rows over as they come; the signal ends the statement immediately. */
  async stream(sql: string, sink: RowSink, { signal, ...options }: EndpointReadOptions): Promise<void> {
    signal.throwIfAborted();
    let asked: number | undefined;
    const stop = (): void => {
      if (asked !== undefined) this.#say({ id: asked, ask: 'stop' });
    };
    signal.addEventListener('abort', stop);
    try {
      await this.#ask((id) => {
        asked = id;
        return { id, ask: 'stream', sql, ...options };
      }, sink);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async flush(): Promise<void> {
    await this.#ask((id) => ({ id, ask: 'flush' }));
  }

  /** Stops it in good order. */
  async close(): Promise<void> {
    const exited = this.#exited();
    try {
      await this.#ask((id) => ({ id, ask: 'close' }));
    } catch (error) {
      // It cannot stop in good order, and would stay.
      await this.kill();
      throw error;
    }
    await exited;
  }

  /** Ends it immediately, as a power cut would: nothing is flushed, closed or said. */
  async kill(): Promise<void> {
    const exited = this.#exited();
    this.#child.kill('SIGKILL');
    await exited;
  }

  async #exited(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }

  async #ask(make: (id: number) => AnsweredRequest, sink?: RowSink): Promise<readonly PlainRow[]> {
    if (!this.#child.connected) throw gone();
    const id = ++this.#lastId;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed, ...(sink === undefined ? {} : { sink }) });
      this.#child.send(make(id), (error) => {
        if (error === null || !this.#waiting.delete(id)) return;
        failed(gone());
      });
    });
  }

  #heard(id: number, reply: Exclude<EndpointReply, { readonly kind: 'ready' }>): void {
    const waiting = this.#waiting.get(id);
    if (reply.kind === 'columns') waiting?.sink?.columns(reply.columns);
    else if (reply.kind === 'rows') void this.#take(id, waiting, reply.rows);
    else {
      this.#waiting.delete(id);
      if (reply.kind === 'done') waiting?.done(reply.rows);
      else waiting?.failed(new CliError(codeOf(reply.code), reply.message, fixOf(reply)));
    }
  }

  async #take(
    id: number,
    waiting: Waiting | undefined,
    rows: readonly (readonly PlainValue[])[],
  ): Promise<void> {
    try {
      await waiting?.sink?.rows(rows);
      this.#say({ id, ask: 'more' });
    } catch (error) {
      // Who does not take rows wants no more of them.
      this.#waiting.delete(id);
      this.#say({ id, ask: 'stop' });
      waiting?.failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Says what has no answer; a process that is gone needs to hear nothing. */
  #say(request: EndpointRequest): void {
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }
}

function codeOf(code: EmulatorErrorCode | undefined): CliErrorCode {
  if (code === 'QUERY_LIMIT') return 'QUERY_LIMIT';
  return code === 'QUERY_REFUSED' ? 'BAD_SQL' : 'QUERY_FAILED';
}

function notStarted(reply: Exclude<EndpointReply, { readonly kind: 'ready' }>): CliError {
  if (reply.kind !== 'failed') return new CliError('NO_ENDPOINT', 'The endpoint gave no answer.');
  return new CliError('NO_ENDPOINT', reply.message, fixOf(reply));
}

const fixOf = ({ fix }: { readonly fix?: string }): { readonly fix?: string } =>
  fix === undefined ? {} : { fix };

const gone = (): CliError => new CliError('ENDPOINT_DOWN', 'The endpoint is down: start it again first.');

/** Built, the program is beside this code as JavaScript; in the repository's sources, tsx reads it. */
function program(): { readonly path: string; readonly execArgv: string[] } {
  const isSource = import.meta.url.endsWith('.ts');
  return {
    path: fileURLToPath(new URL(isSource ? './endpoint-child.ts' : './endpoint-child.js', import.meta.url)),
    execArgv: isSource ? ['--import', 'tsx', '--conditions=@store/source'] : [],
  };
}
