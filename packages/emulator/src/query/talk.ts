import type { TableName } from './reading.js';
import type { CatalogTable } from '../lake/table-catalog.js';
import type { FromProcess, ToProcess } from './query-protocol.js';

/** Tells the endpoint something. */
export function tell(message: FromProcess): void {
  process.send?.(message);
}

/** What is said during one task: of each message that wants an answer, the next one waits for it. */
export class Talk {
  #answered: ((answer: ToProcess) => void) | undefined;

  /** The endpoint has answered. */
  hear(answer: ToProcess): void {
    this.#answered?.(answer);
  }

  /** Sends rows; resolves when they are taken. */
  async send(bytes: Uint8Array): Promise<void> {
    await this.#ask({ kind: 'rows', bytes });
  }

  /** Looks tables up in the catalog. */
  async lookUp(names: readonly TableName[]): Promise<readonly CatalogTable[]> {
    if (names.length === 0) return [];
    const answer = await this.#ask({ kind: 'asks', names });
    return answer.kind === 'tables' ? answer.tables : [];
  }

  async #ask(message: FromProcess): Promise<ToProcess> {
    const answered = new Promise<ToProcess>((resolve) => {
      this.#answered = resolve;
    });
    tell(message);
    return answered;
  }
}
