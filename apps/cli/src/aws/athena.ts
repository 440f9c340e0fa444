import {
  CreateWorkGroupCommand,
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

/** Name of the workgroup that {@link managedWorkGroup} makes. */
const MANAGED = 'store';

/** Returns a workgroup that keeps the results of its queries itself, so that no place in S3 is needed for them. */
export async function managedWorkGroup(athena: AthenaClient): Promise<string> {
  try {
    await athena.send(
      new CreateWorkGroupCommand({
        Name: MANAGED,
        Configuration: { ManagedQueryResultsConfiguration: { Enabled: true } },
      }),
    );
  } catch (error) {
    const isThere = error instanceof Error && error.message.includes('already created');
    if (!isThere) throw error;
  }
  return MANAGED;
}
