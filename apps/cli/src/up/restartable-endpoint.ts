import type { FaultName } from '@store/dashboard/protocol';
import { startEmulator, type Emulator } from '@store/emulator';
import { CliError } from '../terminal/errors.js';

/** Shares of calls that each switch breaks. */
const plans: Readonly<Record<Exclude<FaultName, 'kill'>, Readonly<Record<string, number>>>> = {
  throttle: { refusedRecords: 0.5 },
  reset: { resetsBeforeCommit: 0.1, resetsAfterCommit: 0.1 },
};

/** The embedded endpoint, always at the same address, which can be stopped, started and made to fail. */
export class RestartableEndpoint {
  readonly #dataDir: string;
  #emulator: Emulator;
  #down = false;
  readonly #faults = new Set<FaultName>();

  private constructor(dataDir: string, emulator: Emulator) {
    this.#dataDir = dataDir;
    this.#emulator = emulator;
    this.url = emulator.endpoint;
    this.lakeDir = emulator.lakeDir;
  }

  readonly url: string;
  readonly lakeDir: string;

  static async start(dataDir: string): Promise<RestartableEndpoint> {
    return new RestartableEndpoint(dataDir, await startEmulator({ dataDir }));
  }

  get isDown(): boolean {
    return this.#down;
  }

  get faults(): readonly FaultName[] {
    return [...this.#faults];
  }

  /** Runs SQL over everything that is acknowledged. */
  async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    if (this.#down)
      throw new CliError('The endpoint is down: start it again first.', { code: 'ENDPOINT_DOWN' });
    return this.#emulator.query(sql);
  }

  async flush(): Promise<void> {
    if (!this.#down) await this.#emulator.flush();
  }

  /** Switches a fault on or off. */
  async switchFault(fault: FaultName, on: boolean): Promise<void> {
    if (on) this.#faults.add(fault);
    else this.#faults.delete(fault);
    if (fault === 'kill' && on !== this.#down) {
      this.#down = on;
      if (on) await this.#emulator.close();
      else
        this.#emulator = await startEmulator({
          dataDir: this.#dataDir,
          port: Number(new URL(this.url).port),
        });
    }
    if (!this.#down) await this.#applyFaults();
  }

  async close(): Promise<void> {
    if (!this.#down) await this.#emulator.close();
    this.#down = true;
  }

  async #applyFaults(): Promise<void> {
    const plan: Record<string, number> = {};
    for (const fault of this.#faults) if (fault !== 'kill') Object.assign(plan, plans[fault]);
    const answer = await fetch(new URL('/_emulator/faults', this.url), {
      method: 'PUT',
      body: JSON.stringify(plan),
    });
    await answer.body?.cancel();
    if (!answer.ok)
      throw new CliError(`The endpoint took no faults (HTTP ${answer.status}).`, { code: 'NO_FAULTS' });
  }
}
