import { checkOptions, systemClock, wholeNumber, type OptionRules } from '@store/foundation';
import type { RestockRequest } from '@store/schema';
import { checkInput, invalidOption, RestockError } from './errors.js';
import type { LedgerEntry, RestockLedger } from './ledger.js';
import { reopens } from './ledger-moves.js';
import { restockDefaults } from './options.js';
import { attemptMessage, type RequestMessage } from './request-message.js';
import {
  endsSending,
  fitBatch,
  sendMessages,
  sendRules,
  sqsLimits,
  type FailedEntry,
  type SendOptions,
  type SqsClient,
} from './send-messages.js';

/** How requests are asked for and sent. */
export interface AskOptions extends SendOptions {
  /**
   * Hours after which a request that the queue took and no truck took on is sent again: a queue forgets a message in the
   * end, and a second one brings no second truck. @defaultValue 96, after which SQS forgets by default
   */
  readonly resendAfterHours?: number;
}

/** What became of the requests. */
export interface AskOutcome {
  /** Requests that the queue took for the first time, those that an earlier run noted and did not send among them. */
  readonly asked: number;
  /** Requests that were asked for before. */
  readonly known: number;
  /** Requests that were sent again since no truck took them on for {@link AskOptions.resendAfterHours}. */
  readonly resent: number;
  /** Ids of the requests that were sent, in their order. */
  readonly sent: readonly string[];
  /**
   * Messages that the queue refused, with the request's id as `Id`; they are owed. So are requests that the ledger cannot hold,
   * with `REQUEST_TOO_LARGE` as `Code`. One that is refused through its own fault
   * holds up no other; after one that is refused otherwise at the last attempt, nothing is sent.
   */
  readonly refused: readonly FailedEntry[];
}

const rules: OptionRules<AskOptions> = { ...sendRules, resendAfterHours: wholeNumber(1, 87_600) };

/**
 * Asks for trucks: notes each request in the ledger, sends those that are new, in the order given, and notes that they are
 * sent; returns how many were new and how many known. A crash between any two of these steps loses nothing and doubles
 * nothing: what is noted and not sent is sent by the next call, and a message that comes twice finds the ledger changed.
 *
 * @example
 * ```ts
 * import { askForTrucks, type RestockLedger, type RestockRequest, type SqsClient } from '@store/restock';
 *
 * export async function plan(ledger: RestockLedger, sqs: SqsClient, queueUrl: string, requests: RestockRequest[]) {
 *   const { asked, known } = await askForTrucks(ledger, sqs, queueUrl, requests);
 *   console.log(`${asked} new, ${known} already asked`);
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, and what ledger and client throw
 */
export async function askForTrucks(
  ledger: RestockLedger,
  sqs: SqsClient,
  queueUrl: string,
  requests: Iterable<RestockRequest>,
  options: AskOptions = {},
): Promise<AskOutcome> {
  checkInput('ledger', ledger, 'ledger');
  checkInput('requests', requests, 'objects');
  checkOptions(options, rules, invalidOption);
  const { resendAfterHours = restockDefaults.resendAfterHours, ...sending } = options;
  const { clock = systemClock } = options;
  const distinct = [...new Map([...requests].map((request) => [request.request_id, request])).values()];
  const found = await ledger.find(distinct.map(({ request_id }) => request_id));
  const outcome = { asked: 0, known: 0, resent: 0, sent: [] as string[], refused: [] as FailedEntry[] };
  // By whole batches of the queue, so that little is owed whenever this ends.
  let batch: { readonly entry: LedgerEntry; readonly message: RequestMessage }[] = [];
  /** @returns whether the queue takes more */
  const send = async (): Promise<boolean> => {
    const entries = batch.map(({ entry }) => entry);
    const messages = batch.map(({ message }) => message);
    batch = [];
    const { refused } = await sendMessages(sqs, queueUrl, messages, sending);
    const taken = entries.filter((_, index) => !refused.some(({ Id }) => Id === String(index)));
    for (const { request_id, attempt, sent_at } of taken) {
      await ledger.sent(request_id, attempt);
      outcome.sent.push(request_id);
      if (sent_at === undefined) outcome.asked += 1;
      else outcome.resent += 1;
    }
    outcome.refused.push(...refused.map((one) => ({ ...one, Id: entries[Number(one.Id)]?.request_id })));
    return !endsSending(refused);
  };
  for (const request of distinct) {
    const forgottenAt = clock.wallNow() - resendAfterHours * 3_600_000;
    let entry: LedgerEntry | undefined;
    try {
      entry = await toSend(ledger, request, found.get(request.request_id), forgottenAt);
    } catch (error) {
      if (!(error instanceof RestockError) || error.code !== 'REQUEST_TOO_LARGE') throw error;
      const { code: Code, message: Message } = error;
      outcome.refused.push({ Id: request.request_id, Code, Message, SenderFault: true });
      continue;
    }
    if (entry === undefined) {
      outcome.known += 1;
      continue;
    }
    const message = attemptMessage(entry.request, entry.attempt);
    const fits = fitBatch([...batch.map((one) => one.message), message]);
    if (!fits && !(await send())) return outcome;
    batch.push({ entry, message });
    if (batch.length === sqsLimits.messagesPerBatch && !(await send())) return outcome;
  }
  if (batch.length > 0) await send();
  return outcome;
}

/** The entry whose request has to be sent; undefined where it was asked for before. */
async function toSend(
  ledger: RestockLedger,
  request: RestockRequest,
  found: LedgerEntry | undefined,
  forgottenAt: number,
): Promise<LedgerEntry | undefined> {
  let entry = found;
  if (entry === undefined || reopens(entry, request)) {
    if ((await ledger.ask(request)) === 'known') return undefined;
    entry = (await ledger.find([request.request_id])).get(request.request_id);
  }
  if (entry?.state !== 'asked') return undefined;
  return entry.sent_at === undefined || Date.parse(entry.sent_at) <= forgottenAt ? entry : undefined;
}
