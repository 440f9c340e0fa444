import type { Context } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { openService } from '../aws/open-service.js';
import type { Environment } from '../config/environment.js';
import { sqsRequestQueue } from '../requests/send-requests.js';
import { openTelemetry } from '../telemetry/powertools.js';
import { athenaRows } from './athena-rows.js';
import { readPlanConfig } from './plan-config.js';
import { readPlanInput } from './plan-input.js';
import { runPlan, type PlanSummary } from './run-plan.js';

/** The `plan` function: low stock in the lake becomes restock requests on their queue. */
export function createPlanHandler(
  env: Environment,
): (event: unknown, context: Context) => Promise<PlanSummary> {
  const config = readPlanConfig(env);
  const telemetry = openTelemetry('plan');
  const { requestQueueUrl: queueUrl } = config;
  const source = athenaRows({ ...config, athena: openService('athena', env), sleep });
  const queue = sqsRequestQueue({ sqs: openService('sqs', env), queueUrl, sleep });

  return async (event, context) =>
    telemetry.during(context, async (told) => {
      const startedAt = performance.now();
      const summary = await runPlan(
        readPlanInput(event),
        { source, queue, config, now: Date.now },
        { remainingMs: () => context.getRemainingTimeInMillis(), telemetry: told },
      );
      told.info('planned', { ...summary });
      told.count('LowStockEpisodes', summary.episodes);
      told.count('RequestsSent', summary.requestsSent);
      told.count('AthenaBytesScanned', summary.bytesScanned);
      told.duration('QueryMs', performance.now() - startedAt);
      return summary;
    });
}
