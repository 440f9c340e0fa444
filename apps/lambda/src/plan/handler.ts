import { systemClock as clock } from '@store/foundation';
import type { Context } from 'aws-lambda';
import { openService } from '../aws/json-service.js';
import type { Environment } from '../environment.js';
import { sqsRequestQueue } from '../requests.js';
import { openTelemetry } from '../telemetry.js';
import { readPlanConfig, readPlanInput } from './plan-input.js';
import { athenaQuery, runPlan, type PlanSummary } from './run-plan.js';

/** Creates the `plan` function: low stock in the lake becomes restock requests on their queue. */
export function createPlanHandler(
  env: Environment,
): (event: unknown, context: Context) => Promise<PlanSummary> {
  const config = readPlanConfig(env);
  const telemetry = openTelemetry('plan');
  const { database, workGroup, maxBytesScanned } = config;
  const athena = openService('athena', env);
  const query = athenaQuery({ athena, database, workGroup, maxBytesScanned, clock });
  const queue = sqsRequestQueue(openService('sqs', env), config.requestQueueUrl, clock);

  return async (event, context) =>
    telemetry.during(context, async (told) => {
      const startedAt = clock.now();
      const summary = await runPlan(
        readPlanInput(event),
        { query, queue, config, clock },
        { remainingMs: () => context.getRemainingTimeInMillis(), telemetry: told },
      );
      told.info('planned', { ...summary });
      told.count('LowStockEpisodes', summary.episodes);
      told.count('RequestsSent', summary.requestsSent);
      told.count('AthenaBytesScanned', summary.bytesScanned);
      told.duration('QueryMs', clock.now() - startedAt);
      return summary;
    });
}
