import { validateRestockRequest, type RestockRequest } from '@store/schema';
import { checkInput, RestockError } from './errors.js';
import { attemptKey } from './ledger.js';
import { queueGroup, queueId } from './restock-request.js';
import {
  queueJson,
  sendMessages,
  type QueueMessage,
  type SendOptions,
  type SendOutcome,
  type SqsClient,
} from './send-messages.js';

/** A message of the queue of restock requests. */
export interface RequestMessage extends QueueMessage {
  /** The request's store: requests of one store keep their order. */
  readonly groupId: string;
  /** The request's id: a request that is sent again is dropped. */
  readonly deduplicationId: string;
}

/**
 * Returns the message of a request. The group is the store, so one store's requests keep their order and no other
 * store waits for them; the deduplication id is the request's id, so that whoever notices an episode first asks for
 * the truck, and whoever notices it within the next five minutes does not. It is the request that is sent and not a
 * load, since what shares a truck depends on what else is planned, while the identity of a request does not.
 *
 * @example
 * ```ts
 * import { toRequestMessage, type RestockRequest } from '@store/restock';
 *
 * export function groupOf(request: RestockRequest) {
 *   return toRequestMessage(request).groupId; // the store
 * }
 * ```
 */
export function toRequestMessage(request: RestockRequest): RequestMessage {
  return attemptMessage(request, 1);
}

/** {@link toRequestMessage} of a later request of the episode: a ledger counts on after a cancellation. */
export function attemptMessage(request: RestockRequest, attempt: number): RequestMessage {
  checkInput('request', request, 'request');
  checkInput('request.store_id', request.store_id, 'id');
  return {
    body: queueJson(JSON.stringify(request)),
    groupId: queueGroup(request.store_id),
    deduplicationId: queueId(attemptKey(request.request_id, attempt)),
  };
}

/**
 * Sends each request once to a FIFO queue, in the order given, as {@link sendMessages} does; what is refused has the request's
 * id as `Id`.
 *
 * @example
 * ```ts
 * import { sendRequests, type RestockRequest, type SqsClient } from '@store/restock';
 *
 * export async function askForTrucks(sqs: SqsClient, queueUrl: string, requests: readonly RestockRequest[]) {
 *   const { sent, refused } = await sendRequests(sqs, queueUrl, requests);
 *   console.log(`${sent} sent, ${refused.length} refused`);
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, and what the client throws
 */
export async function sendRequests(
  sqs: SqsClient,
  queueUrl: string,
  requests: Iterable<RestockRequest>,
  options: SendOptions = {},
): Promise<SendOutcome> {
  checkInput('requests', requests, 'objects');
  const distinct = [...new Map([...requests].map((request) => [request.request_id, request])).values()];
  const { sent, refused } = await sendMessages(sqs, queueUrl, distinct.map(toRequestMessage), options);
  return { sent, refused: refused.map((one) => ({ ...one, Id: distinct[Number(one.Id)]?.request_id })) };
}

/**
 * Returns the restock request in a message of the queue.
 *
 * @example
 * ```ts
 * import { readRequestMessage } from '@store/restock';
 *
 * export function unitsOf(messageBody: string) {
 *   return readRequestMessage(messageBody).quantity;
 * }
 * ```
 *
 * @throws RestockError `INVALID_MESSAGE`
 */
export function readRequestMessage(body: string): RestockRequest {
  const result = validateRestockRequest(parsed(body));
  if (result.ok) return result.value;
  const [issue] = result.issues;
  const field = issue?.path.join('.') ?? '';
  throw new RestockError(
    'INVALID_MESSAGE',
    `The message is no restock request: ${issue?.code ?? 'INVALID'} at \`${field}\`.`,
    { field },
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new RestockError(
      'INVALID_MESSAGE',
      'The message is no restock request: it is not JSON.',
      {},
      { cause },
    );
  }
}
