import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CliError } from '../terminal/errors.js';

/**
 * What `store up` and the process of its endpoint say to each other; both sides are compiled against this file.
 * Everything else goes over HTTP, as it would with AWS.
 */

/** To the endpoint's process. */
export type EndpointRequest =
  | { readonly id: number; readonly ask: 'flush' | 'close' }
  | { readonly id: number; readonly ask: 'query'; readonly sql: string; readonly firstRows?: number };

/** A row with plain values only: those of DuckDB's own classes do not survive the way between processes. */
export type PlainRow = Readonly<Record<string, string | number | boolean | null>>;

/** From the endpoint's process. */
export type EndpointReply =
  | { readonly kind: 'ready'; readonly endpoint: string; readonly lakeDir: string }
  | { readonly kind: 'done'; readonly id: number; readonly rows: readonly PlainRow[] }
  | { readonly kind: 'failed'; readonly id: number | undefined; readonly message: string };

interface Waiting {
  readonly done: (rows: readonly PlainRow[]) => void;
  readonly failed: (error: CliError) => void;
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

  /** Starts it; resolves when it answers. `onExit` hears of its end, however it comes. */
  static async start(
    dataDir: string,
    port: number,
    onExit: () => void,
  ): Promise<{ readonly process: EndpointProcess; readonly endpoint: string; readonly lakeDir: string }> {
    const { path, execArgv } = program();
    const child = fork(path, [dataDir, String(port)], { execArgv });
    const endpoint = new EndpointProcess(child);
    child.on('exit', onExit);
    return new Promise((resolve, reject) => {
      child.once('exit', () => {
        reject(gone());
      });
      child.on('message', (message) => {
        // The parse boundary: the child is our own program.
        const reply = message as EndpointReply;
        if (reply.kind === 'ready') resolve({ process: endpoint, ...reply });
        else if (reply.id === undefined)
          reject(new CliError('NO_ENDPOINT', reply.kind === 'failed' ? reply.message : 'No answer.'));
        else endpoint.#settle(reply.id, reply);
      });
    });
  }

  async query(sql: string, firstRows?: number): Promise<readonly PlainRow[]> {
    return this.#ask((id) => ({ id, ask: 'query', sql, ...(firstRows === undefined ? {} : { firstRows }) }));
  }

  async flush(): Promise<void> {
    await this.#ask((id) => ({ id, ask: 'flush' }));
  }

  /** Stops it in good order. */
  async close(): Promise<void> {
    const exited = this.#exited();
    await this.#ask((id) => ({ id, ask: 'close' }));
    await exited;
  }

  /** Ends it at once, as a power cut would: nothing is flushed, closed or said. */
  async kill(): Promise<void> {
    const exited = this.#exited();
    this.#child.kill('SIGKILL');
    await exited;
  }

  async #exited(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }

  async #ask(make: (id: number) => EndpointRequest): Promise<readonly PlainRow[]> {
    if (!this.#child.connected) throw gone();
    const id = ++this.#lastId;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed });
      this.#child.send(make(id), (error) => {
        if (error === null || !this.#waiting.delete(id)) return;
        failed(gone());
      });
    });
  }

  #settle(id: number, reply: Exclude<EndpointReply, { readonly kind: 'ready' }>): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (reply.kind === 'done') waiting?.done(reply.rows);
    else waiting?.failed(new CliError('QUERY_FAILED', reply.message));
  }
}

const gone = (): CliError => new CliError('ENDPOINT_DOWN', 'The endpoint is down: start it again first.');

/** Built, the program is beside this code as JavaScript; in the repository's sources, tsx reads it. */
function program(): { readonly path: string; readonly execArgv: string[] } {
  const isSource = import.meta.url.endsWith('.ts');
  return {
    path: fileURLToPath(new URL(isSource ? './endpoint-child.ts' : './endpoint-child.js', import.meta.url)),
    execArgv: isSource ? ['--import', 'tsx', '--conditions=@store/source'] : [],
  };
}
