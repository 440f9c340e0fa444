import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { isLoopbackUrl, systemClock } from '@store/foundation';
import { readRequestMessage, RestockError, type RestockRequest } from '@store/restock';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { openService } from '../aws/json-service.js';
import { invalid, optionalText, requiredText, wholeNumber, type Environment } from '../environment.js';
import { HandlerError } from '../errors.js';
import { openTelemetry } from '../telemetry.js';
import { eventBus, webhook, type TruckSystem } from './truck-systems.js';

/**
 * The `dispatch` function: restock requests from their queue to the truck system.
 *
 * Every message of a batch is tried, whatever became of the others: requests do not depend on one another,
 * so one poisoned message must not keep a store from its trucks. It comes again alone, and ends in the
 * dead-letter queue.
 */
export function createDispatchHandler(
  env: Environment,
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  const config = readDispatchConfig(env);
  const telemetry = openTelemetry('dispatch');
  const systems = truckSystems(config, env);

  return async (event, context) =>
    telemetry.during(context, async (told) => {
      const deadline = { leftMs: () => context.getRemainingTimeInMillis() - config.marginMs };
      const dispatched: string[] = [];
      const refusals = new Set<string>();
      const dispatch = async ({ body }: SQSRecord): Promise<void> => {
        try {
          const request = requestIn(body);
          for (const system of systems) await system.request(request, deadline);
          dispatched.push(request.request_id);
        } catch (error) {
          refusals.add(error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN');
          throw error;
        }
      };
      const answer = await processPartialResponse(event, dispatch, new BatchProcessor(EventType.SQS), {
        context,
        throwOnFullBatchFailure: false,
      });
      const failed = answer.batchItemFailures.length;
      told.info('dispatched', { requestIds: dispatched, failed, failureCodes: [...refusals] });
      told.count('RequestsDispatched', dispatched.length);
      told.count('RequestsFailed', failed);
      return answer;
    });
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
    systems.push(eventBus(openService('events', env), eventBusName));
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
  readonly webhook: { readonly url: string; readonly secret: string; readonly timeoutMs: number } | undefined;
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
  const secret = requiredText(env, 'WEBHOOK_SECRET');
  if (secret.length < 16) throw invalid('WEBHOOK_SECRET', 'to have at least 16 characters');
  return {
    url,
    secret,
    timeoutMs: wholeNumber(env, 'WEBHOOK_TIMEOUT_MS', { least: 100, most: 60_000, otherwise: 5000 }),
  };
}
