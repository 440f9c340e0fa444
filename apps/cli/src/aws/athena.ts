import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  type AthenaClient,
} from '@aws-sdk/client-athena';
import { runAthenaQuery, type AthenaQueryOptions, type AthenaResult } from '@store/restock';

/** Runs one statement on Athena, or on the embedded endpoint's Athena, and waits for all rows. */
export async function queryAthena(
  athena: AthenaClient,
  sql: string,
  options: AthenaQueryOptions,
): Promise<AthenaResult> {
  return runAthenaQuery(
    {
      startQueryExecution: async (input) => athena.send(new StartQueryExecutionCommand(input)),
      getQueryExecution: async (input) => athena.send(new GetQueryExecutionCommand(input)),
      getQueryResults: async (input) => athena.send(new GetQueryResultsCommand(input)),
      stopQueryExecution: async (input) => athena.send(new StopQueryExecutionCommand(input)),
    },
    sql,
    // The embedded endpoint answers within milliseconds.
    { firstWaitMs: 5, ...options },
  );
}
