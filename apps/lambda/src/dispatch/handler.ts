import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { openService } from '../aws/open-service.js';
import type { Environment } from '../config/environment.js';
import { openTelemetry } from '../telemetry/powertools.js';
import { readDispatchConfig, type DispatchConfig } from './dispatch-config.js';
import { eventBus } from './event-bus.js';
import { readRestockMessage } from './restock-message.js';
import type { TruckSystem } from './truck-system.js';
import { webhook } from './webhook.js';

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
          const request = readRestockMessage(body);
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
    systems.push(webhook({ ...hook, fetch, now: Date.now, random: Math.random, sleep: (ms) => sleep(ms) }));
  }
  if (eventBusName !== undefined) {
    systems.push(eventBus(openService('events', env), eventBusName));
  }
  return systems;
}
