import type { AthenaClient } from '@aws-sdk/client-athena';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { planDeliveries, type TruckLoad } from '@store/restock';
import { queryAthena } from '../aws/athena.js';
import { names } from '../inventory/names.js';
import { receiveAtTrucks, sendToTrucks } from '../aws/truck-queue.js';
import { planQuery, planRestock, requestsFrom, truckMessage } from '../restock/plan-restock.js';

/** What the planner and the trucks speak to. */
export interface PlannerOptions {
  readonly athena: AthenaClient;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Takes a load that the received requests fill. */
  readonly onLoad: (load: TruckLoad) => void;
  readonly signal: AbortSignal;
}

/** Finds low stock in the lake, sends requests to the queue, and is the trucks that receive them. */
export class Planner {
  readonly #options: PlannerOptions;
  /** Requests that are sent; an episode gets one truck, however often the lake shows it. */
  readonly #sent = new Set<string>();

  constructor(options: PlannerOptions) {
    this.#options = options;
  }

  /** One look at the lake; gives the number of requests that were sent. */
  async plan(): Promise<number> {
    const { athena, sqs, queueUrl, signal } = this.#options;
    const rows = await queryAthena(athena, planQuery(names.table), { database: names.database, signal });
    const fresh = planRestock(rows).requests.filter(({ request_id }) => !this.#sent.has(request_id));
    const sent = await sendToTrucks(sqs, queueUrl, fresh.map(truckMessage));
    for (const { request_id } of fresh) this.#sent.add(request_id);
    return sent;
  }

  /** One look at the queue: what is there is driven. */
  async drive(): Promise<number> {
    const { sqs, queueUrl, onLoad } = this.#options;
    const { received, bodies } = await receiveAtTrucks(sqs, queueUrl, 100);
    for (const load of planDeliveries(requestsFrom(bodies))) onLoad(load);
    return received;
  }
}
