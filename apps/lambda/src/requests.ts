import { inertText, type Clock } from '@store/foundation';
import {
  askForTrucks,
  sendRequests,
  type AskOutcome,
  type FailedEntry,
  type RestockLedger,
  type RestockRequest,
  type SqsClient,
} from '@store/restock';
import { clientSettings, onFirstUse } from './aws/clients.js';
import { optionalText, type Environment } from './environment.js';
import { HandlerError } from './errors.js';

/** Where restock requests go. */
export interface RequestQueue {
  /** Sends each request once, in the order given. @returns how many were sent */
  send(requests: readonly RestockRequest[]): Promise<number>;
}

/** A FIFO queue of requests. What it refuses for good fails the invocation, which can be repeated. */
export function sqsRequestQueue(sqs: SqsClient, queueUrl: string, clock: Clock): RequestQueue {
  return {
    async send(requests) {
      const { sent, refused } = await sendRequests(sqs, queueUrl, requests, { clock });
      assertQueued(refused);
      return sent;
    },
  };
}

/**
 * Opens the queue that requests go to before the next plan, where `EARLY_REQUEST_QUEUE_URL` names one. With `RESTOCK_TABLE`
 * each is noted in the ledger first, so that it is asked for once, ever; without it the queue's deduplication holds for five
 * minutes, and `dispatch` forever. The ledger's client is loaded with the first request.
 *
 * @throws HandlerError `INVALID_CONFIG`
 */
export function earlyRequestQueue(env: Environment, sqs: SqsClient, clock: Clock): RequestQueue | undefined {
  const queueUrl = optionalText(env, 'EARLY_REQUEST_QUEUE_URL');
  if (queueUrl === undefined) return undefined;
  if (optionalText(env, 'RESTOCK_TABLE') === undefined) return sqsRequestQueue(sqs, queueUrl, clock);
  const open = onFirstUse(async (): Promise<AskTrucks> => {
    const { openRequestLedger } = await import('./request-ledger.js');
    return askByLedger(openRequestLedger(env, clock), sqs, queueUrl, clock);
  });
  return {
    async send(requests) {
      if (requests.length === 0) return 0;
      const ask = await open();
      const outcomes = await Promise.all(lanesOf(requests).map(ask));
      assertQueued(outcomes.flatMap(({ refused }) => refused));
      return outcomes.reduce((sum, { asked, resent }) => sum + asked + resent, 0);
    },
  };
}

/** A ledger is written request by request, some 15 ms each: 2,000 requests in 16 lanes take 2 seconds. */
const lanes = 16;

/** Requests in lanes that can go at the same time; a store keeps to one, and so its requests keep their order. */
function lanesOf(requests: readonly RestockRequest[]): readonly (readonly RestockRequest[])[] {
  const byStore = new Map<string, number>();
  const made: RestockRequest[][] = [];
  for (const request of requests) {
    const lane = byStore.get(request.store_id) ?? byStore.size % lanes;
    byStore.set(request.store_id, lane);
    (made[lane] ??= []).push(request);
  }
  return made;
}

/** Asks for trucks: each request once, ever, by what the ledger remembers. */
export type AskTrucks = (requests: readonly RestockRequest[]) => Promise<AskOutcome>;

/** Asks by a ledger and a FIFO queue. */
export function askByLedger(
  ledger: RestockLedger,
  sqs: SqsClient,
  queueUrl: string,
  clock: Clock,
): AskTrucks {
  return async (requests) => askForTrucks(ledger, sqs, queueUrl, requests, { clock });
}

/** What the queue refused fails the invocation, which can be repeated. @throws HandlerError `NOT_QUEUED` */
export function assertQueued(refused: readonly FailedEntry[]): void {
  const [first] = refused;
  if (first === undefined) return;
  const which = `${inertText(first.Id ?? '', 200)} (${first.Code ?? 'no code'})`;
  throw new HandlerError(
    'NOT_QUEUED',
    `The queue refused ${refused.length} restock requests, the first ${which}; the invocation can be repeated.`,
  );
}

/** SQS as `@store/restock` calls it; its client is loaded at the first call. @throws HandlerError `INVALID_CONFIG` */
export function sqsClient(env: Environment): SqsClient {
  const settings = clientSettings('SQS', env);
  const open = onFirstUse(async () => (await import('./aws/sqs-client.js')).openSqs(settings));
  return { sendMessageBatch: async (input) => (await open()).sendMessageBatch(input) };
}
