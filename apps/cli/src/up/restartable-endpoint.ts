import type { FaultName } from '@store/page-protocol';
import type { RowSink } from '../query/lake.js';
import { CliError } from '../terminal/errors.js';
import { EndpointProcess, type EndpointReadOptions, type PlainRow } from './endpoint-process.js';

/** Shares of calls that each switch breaks. */
const plans: Readonly<Record<Exclude<FaultName, 'kill'>, Readonly<Record<string, number>>>> = {
  throttle: { refusedRecords: 0.5 },
  reset: { resetsBeforeCommit: 0.1, resetsAfterCommit: 0.1 },
};

/** The embedded endpoint, always at the same address, which can be killed, started again and made to fail. */
export class RestartableEndpoint {
  readonly #dataDir: string;
  /** Undefined while it is down, by the switch or by a crash. */
  #process: EndpointProcess | undefined;
  readonly #faults = new Set<FaultName>();
  #switching: Promise<void> = Promise.resolve();
  #closed = false;
  #url = '';
  #lakeDir = '';

  private constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** @param signal - ends the first start */
  static async start(dataDir: string, signal?: AbortSignal): Promise<RestartableEndpoint> {
    const endpoint = new RestartableEndpoint(dataDir);
    await endpoint.#start(0, signal);
    return endpoint;
  }

  get url(): string {
    return this.#url;
  }

  get lakeDir(): string {
    return this.#lakeDir;
  }

  get isDown(): boolean {
    return this.#process === undefined;
  }

  get faults(): readonly FaultName[] {
    return [...this.#faults];
  }

  /** Runs SQL over everything that is acknowledged; `firstRows` are fetched, all of them without it. */
  async query(sql: string, firstRows?: number): Promise<readonly PlainRow[]> {
    return this.#running().query(sql, firstRows);
  }

  /** Runs SQL and hands its rows over as they come; the signal ends the statement, not the endpoint. */
  async stream(sql: string, sink: RowSink, options: EndpointReadOptions): Promise<void> {
    return this.#running().stream(sql, sink, options);
  }

  #running(): EndpointProcess {
    if (this.#process !== undefined) return this.#process;
    throw new CliError('ENDPOINT_DOWN', 'The endpoint is down: start it again first.');
  }

  async flush(): Promise<void> {
    await this.#process?.flush();
  }

  /** Switches a fault on or off; one after the other, since a process takes its time to start. */
  async switchFault(fault: FaultName, on: boolean): Promise<void> {
    const turn = this.#switching.then(async () => this.#switch(fault, on));
    this.#switching = turn.catch(() => undefined);
    return turn;
  }

  /** Stops it for good. A process that is starting is waited for, so that none is left behind. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#switching;
    const running = this.#process;
    this.#process = undefined;
    await running?.close();
  }

  async #switch(fault: FaultName, on: boolean): Promise<void> {
    if (this.#closed) return;
    if (fault === 'kill') {
      if (on) await this.#process?.kill();
      else if (this.#process === undefined) await this.#start(Number(new URL(this.#url).port));
    } else if (on) this.#faults.add(fault);
    else this.#faults.delete(fault);
    if (this.#process !== undefined) await this.#applyFaults();
  }

  async #start(port: number, signal?: AbortSignal): Promise<void> {
    const onExit = (): void => {
      this.#process = undefined;
      this.#faults.add('kill');
    };
    const { process, endpoint, lakeDir } = await EndpointProcess.start(this.#dataDir, port, onExit, signal);
    this.#faults.delete('kill');
    this.#process = process;
    this.#url = endpoint;
    this.#lakeDir = lakeDir;
  }

  async #applyFaults(): Promise<void> {
    const plan: Record<string, number> = {};
    for (const fault of this.#faults) if (fault !== 'kill') Object.assign(plan, plans[fault]);
    const answer = await fetch(new URL('/_emulator/faults', this.#url), {
      method: 'PUT',
      body: JSON.stringify(plan),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new CliError('NO_FAULTS', `The endpoint took no faults (HTTP ${answer.status}).`);
  }
}
