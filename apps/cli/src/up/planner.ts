import type { AthenaClient } from '@aws-sdk/client-athena';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { planDeliveries, planRestock, type RestockLedger, type TruckLoad } from '@store/restock';
import { managedWorkGroup, queryAthena } from '../aws/athena.js';
import { names } from '../inventory/names.js';
import { askTrucks, assertQueued, receiveAtTrucks, refusalText, takeByLedger } from '../aws/truck-queue.js';
import { CliError } from '../terminal/errors.js';
import { objectsOf } from '../query/query-result.js';

/** What the planner and the trucks speak to. */
export interface PlannerOptions {
  readonly athena: AthenaClient;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Remembers what was asked for, and takes down what was delivered. */
  readonly ledger: RestockLedger;
  /** Takes a load that the received requests fill. */
  readonly onLoad: (load: TruckLoad) => void;
  /** The world's time: what was told of later, before the world was moved back, is of no matter. */
  readonly worldTime: () => Date;
  readonly signal: AbortSignal;
  /** Hears of messages that are no requests. */
  readonly onTrouble: (error: unknown) => void;
}

/** Finds low stock in the lake, sends requests to the queue, and is the trucks that receive them. */
export class Planner {
  readonly #options: PlannerOptions;
  /** Requests that were delivered and of which the ledger has not heard. */
  #delivered: string[] = [];
  #workGroup: string | undefined;

  constructor(options: PlannerOptions) {
    this.#options = options;
  }

  /** One look at the lake; gives the number of requests that were sent. */
  async plan(): Promise<number> {
    const { athena, sqs, queueUrl, ledger, worldTime, signal } = this.#options;
    this.#workGroup ??= await managedWorkGroup(athena);
    const query = { database: names.database, signal, workGroup: this.#workGroup };
    const { requests } = await planRestock(async (sql) => objectsOf(await queryAthena(athena, sql, query)), {
      table: names.table,
      to: new Date(worldTime().getTime() + 1).toISOString(),
    });
    const { asked, refused } = await askTrucks(ledger, sqs, queueUrl, requests);
    assertQueued(refused);
    return asked;
  }

  /** One look at the queue: what is there is driven. */
  async drive(): Promise<number> {
    const { sqs, queueUrl, ledger, onLoad, onTrouble } = this.#options;
    const take = takeByLedger(ledger);
    const { received, requests, refused } = await receiveAtTrucks(sqs, queueUrl, 100, take);
    for (const message of refused) onTrouble(new CliError('BAD_MESSAGE', refusalText(message)));
    for (const load of planDeliveries(requests)) onLoad(load);
    return received;
  }

  /** Notes in the ledger what has come to its shelf; what it cannot hear of now is noted the next time. */
  async deliver(requestIds: readonly string[]): Promise<void> {
    this.#delivered.push(...requestIds);
    while (this.#delivered.length > 0) {
      const [id = ''] = this.#delivered;
      await this.#options.ledger.advance(id, 'delivered');
      this.#delivered.shift();
    }
  }
}
