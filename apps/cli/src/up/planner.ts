import type { AthenaClient } from '@aws-sdk/client-athena';
import type { SQSClient } from '@aws-sdk/client-sqs';
import {
  createMemoryLedger,
  planDeliveries,
  planRestock,
  type RestockRequest,
  type TruckLoad,
} from '@store/restock';
import { managedWorkGroup, queryAthena } from '../aws/athena.js';
import { names } from '../inventory/names.js';
import { receiveAtTrucks, refusalText, sendToTrucks } from '../aws/truck-queue.js';
import { CliError } from '../terminal/errors.js';
import { objectsOf } from '../query/query-result.js';

/** What the planner and the trucks speak to. */
export interface PlannerOptions {
  readonly athena: AthenaClient;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Takes a load that the received requests fill. */
  readonly onLoad: (load: TruckLoad) => void;
  readonly signal: AbortSignal;
  /** Hears of messages that are no requests. */
  readonly onTrouble: (error: unknown) => void;
}

/** Finds low stock in the lake, sends requests to the queue, and is the trucks that receive them. */
export class Planner {
  readonly #options: PlannerOptions;
  readonly #ledger = createMemoryLedger();
  #workGroup: string | undefined;

  constructor(options: PlannerOptions) {
    this.#options = options;
  }

  /** One look at the lake; gives the number of requests that were sent. */
  async plan(): Promise<number> {
    const { athena, sqs, queueUrl, signal } = this.#options;
    this.#workGroup ??= await managedWorkGroup(athena);
    const query = { database: names.database, signal, workGroup: this.#workGroup };
    const { requests } = await planRestock(async (sql) => objectsOf(await queryAthena(athena, sql, query)), {
      table: names.table,
    });
    const fresh: RestockRequest[] = [];
    for (const request of requests) if ((await this.#ledger.ask(request)) === 'asked') fresh.push(request);
    try {
      return await sendToTrucks(sqs, queueUrl, fresh);
    } catch (error) {
      for (const { request_id } of fresh) await this.#ledger.withdraw(request_id);
      throw error;
    }
  }

  /** One look at the queue: what is there is driven. */
  async drive(): Promise<number> {
    const { sqs, queueUrl, onLoad, onTrouble } = this.#options;
    const { received, requests, refused } = await receiveAtTrucks(sqs, queueUrl, 100);
    for (const message of refused) onTrouble(new CliError('BAD_MESSAGE', refusalText(message)));
    for (const load of planDeliveries(requests)) onLoad(load);
    return received;
  }
}
