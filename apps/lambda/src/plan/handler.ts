import { systemClock as clock } from '@store/foundation';
import type { Context } from 'aws-lambda';
import { onFirstUse } from '../aws/clients.js';
import type { Environment } from '../environment.js';
import { openRequestLedger } from '../request-ledger.js';
import { askByLedger, sqsClient } from '../requests.js';
import { openTelemetry } from '../telemetry.js';
import type { WriteOwed } from './owed-events.js';
import { readPlanConfig, readPlanInput } from './plan-input.js';
import {
  athenaClient,
  athenaQuery,
  maintainStockNow,
  runPlan,
  type MaintainSummary,
  type PlanSummary,
} from './run-plan.js';

/** Creates the `plan` function: low stock in the lake becomes restock requests on their queue. */
export function createPlanHandler(
  env: Environment,
): (event: unknown, context: Context) => Promise<PlanSummary | MaintainSummary> {
  const config = readPlanConfig(env);
  const telemetry = openTelemetry('plan');
  const { database, workGroup, maxBytesScanned, stockNow } = config;
  // The state's own queries are the same text before and after it is renewed.
  const isAlwaysNew = stockNow !== undefined;
  const athena = athenaClient(env);
  const query = athenaQuery({ athena, database, workGroup, maxBytesScanned, isAlwaysNew, clock });
  const ledger = openRequestLedger(env, clock);
  const ask = askByLedger(ledger, sqsClient(env), config.requestQueueUrl, clock);

  // With the first plan, not at the start: it takes Firehose's client.
  const openOwed = onFirstUse(async (): Promise<WriteOwed> => {
    const { openOwedEvents } = await import('./owed-events.js');
    return openOwedEvents(env, ledger, config.streamNames ?? [], config);
  });
  const owed: WriteOwed | undefined =
    config.streamNames === undefined ? undefined : async (...plan) => (await openOwed())(...plan);

  return async (event, context) =>
    telemetry.during(context, async (told) => {
      const startedAt = clock.now();
      const input = readPlanInput(event);
      const invocation = { remainingMs: () => context.getRemainingTimeInMillis(), telemetry: told };
      if (input.maintain === true) {
        const summary = await maintainStockNow({ query, config }, invocation);
        told.info('maintained', { ...summary });
        return summary;
      }
      const summary = await runPlan(input, { query, ask, owed, config, clock }, invocation);
      told.info('planned', { ...summary });
      told.count('LowStockEpisodes', summary.episodes);
      told.count('RequestsSent', summary.requestsSent);
      told.count('RequestsKnown', summary.requestsKnown);
      told.count('EventsWritten', summary.eventsWritten);
      told.count('AthenaBytesScanned', summary.bytesScanned);
      told.duration('QueryMs', clock.now() - startedAt);
      return summary;
    });
}
