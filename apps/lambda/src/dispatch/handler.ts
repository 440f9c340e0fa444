import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { inertText, isLoopbackUrl, systemClock } from '@store/foundation';
import { readRequestMessage, RestockError, type RestockLedger, type RestockRequest } from '@store/restock';
import type { Context, LambdaFunctionURLResult, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { clientSettings, onFirstUse } from '../aws/clients.js';
import { secretReader, type SecretReader } from '../aws/secret-reader.js';
import { invalid, optionalText, requiredText, wholeNumber, type Environment } from '../environment.js';
import { HandlerError } from '../errors.js';
import { openRequestLedger } from '../request-ledger.js';
import { openTelemetry } from '../telemetry.js';
import { answerTrucks, isHttpCall, type HttpCall } from './truck-callback.js';
import { webhook, type TruckSystem } from './truck-systems.js';

/**
 * The `dispatch` function: restock requests from their queue to the truck system.
 *
 * Every message of a batch is tried, whatever became of the others: requests do not depend on one another,
 * so one poisoned message must not keep a store from its trucks. It comes again alone, and ends in the
 * dead-letter queue. The ledger decides whether a request is told at all, so that a message which comes again, however
 * late, brings no second truck.
 *
 * On its URL the function takes what the truck system says of a request: that it is on the way, delivered or cancelled.
 */
export function createDispatchHandler(
  env: Environment,
): (event: SQSEvent | HttpCall, context: Context) => Promise<SQSBatchResponse | LambdaFunctionURLResult> {
  const config = readDispatchConfig(env);
  const telemetry = openTelemetry('dispatch');
  const systems = truckSystems(config, env);
  const ledger = openRequestLedger(env, systemClock);

  return async (event, context) =>
    telemetry.during(context, async (told) => {
      if (isHttpCall(event)) {
        const answer = await answerTrucks(event, {
          ledger,
          secret: config.webhook?.secret,
          clock: systemClock,
        });
        told.info('moved', { status: answer.statusCode });
        return answer;
      }
      const deadline = { leftMs: () => context.getRemainingTimeInMillis() - config.marginMs };
      const dispatched: string[] = [];
      let known = 0;
      const refusals = new Set<string>();
      const dispatch = async ({ body, messageId }: SQSRecord): Promise<void> => {
        try {
          const request = requestIn(body);
          if (await dispatchOnce(request, { ledger, systems, deadline })) dispatched.push(request.request_id);
          else known += 1;
        } catch (error) {
          const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
          refusals.add(code);
          const reason = inertText(error instanceof Error ? error.message : String(error), 300);
          told.warn('not dispatched', { messageId, code, reason });
          throw error;
        }
      };
      const answer = await processPartialResponse(event, dispatch, new BatchProcessor(EventType.SQS), {
        context,
        throwOnFullBatchFailure: false,
      });
      const failed = answer.batchItemFailures.length;
      told.info('dispatched', { requestIds: dispatched, known, failed, failureCodes: [...refusals] });
      told.count('RequestsDispatched', dispatched.length);
      told.count('RequestsKnown', known);
      told.count('RequestsFailed', failed);
      return answer;
    });
}

/**
 * Tells the trucks of a request whose turn it is; false where they know of it already, or must not come any more.
 *
 * @throws HandlerError `TRUCK_BUSY` while another invocation is at it, and what the systems throw
 */
async function dispatchOnce(
  request: RestockRequest,
  {
    ledger,
    systems,
    deadline,
  }: {
    readonly ledger: RestockLedger;
    readonly systems: readonly TruckSystem[];
    readonly deadline: { leftMs(): number };
  },
): Promise<boolean> {
  const turn = await ledger.take(request);
  if (turn.turn === 'done') return false;
  if (turn.turn === 'wait') {
    throw new HandlerError(
      'TRUCK_BUSY',
      'Another invocation is telling the trucks of this request. The message comes again.',
    );
  }
  const { key, entry } = turn;
  try {
    for (const system of systems) await system.request(entry.request, key, deadline);
  } catch (error) {
    // If this fails, too, the lease ends by itself; what went wrong first is what counts.
    await ledger.release(entry.request_id, entry.attempt).catch(() => undefined);
    throw error;
  }
  await ledger.told(entry.request_id, entry.attempt);
  return true;
}

function truckSystems(
  { webhook: hook, eventBusName }: DispatchConfig,
  env: Environment,
): readonly TruckSystem[] {
  const systems: TruckSystem[] = [];
  if (hook !== undefined) {
    systems.push(webhook({ ...hook, fetch, clock: systemClock, random: Math.random }));
  }
  if (eventBusName !== undefined) {
    const settings = clientSettings('EVENTBRIDGE', env);
    const open = onFirstUse(async () => (await import('./event-bus.js')).eventBus(settings, eventBusName));
    systems.push({ request: async (...request) => (await open()).request(...request) });
  }
  return systems;
}

/** A message that holds no request is poison, and its queue's dead-letter queue will have it. */
function requestIn(body: string): RestockRequest {
  try {
    return readRequestMessage(body);
  } catch (error) {
    if (!(error instanceof RestockError)) throw error;
    throw new HandlerError('INVALID_INPUT', error.message, { cause: error });
  }
}

/** Settings of `dispatch`, read once. */
interface DispatchConfig {
  readonly webhook:
    { readonly url: string; readonly secret: SecretReader; readonly timeoutMs: number } | undefined;
  readonly eventBusName: string | undefined;
  readonly marginMs: number;
}

/** @throws HandlerError `INVALID_CONFIG` */
function readDispatchConfig(env: Environment): DispatchConfig {
  const url = optionalText(env, 'WEBHOOK_URL');
  const eventBusName = optionalText(env, 'EVENT_BUS_NAME');
  if (url === undefined && eventBusName === undefined) {
    throw invalid('WEBHOOK_URL or EVENT_BUS_NAME', 'to be set, for somebody to hear of restock requests');
  }
  return {
    webhook: url === undefined ? undefined : webhookOf(url, env),
    eventBusName,
    marginMs: wholeNumber(env, 'DEADLINE_MARGIN_MS', { least: 100, most: 600_000, otherwise: 1000 }),
  };
}

function webhookOf(url: string, env: Environment): NonNullable<DispatchConfig['webhook']> {
  const secure = URL.canParse(url) && (new URL(url).protocol === 'https:' || isLoopbackUrl(url));
  if (!secure) throw invalid('WEBHOOK_URL', 'to be an https address');
  const secret = { name: 'WEBHOOK_SECRET', setting: requiredText(env, 'WEBHOOK_SECRET'), leastChars: 16 };
  return {
    url,
    secret: secretReader(secret, env, systemClock),
    timeoutMs: wholeNumber(env, 'WEBHOOK_TIMEOUT_MS', { least: 100, most: 60_000, otherwise: 5000 }),
  };
}
