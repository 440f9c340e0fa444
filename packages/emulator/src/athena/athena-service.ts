import { JournalError } from '../journal-error.js';
import { type Journal, memoryJournal, openJournal } from '../journal.js';
import { JsonInput } from '../json-input.js';
import type { Clock } from '@store/foundation';
import type { JsonService } from '../wire/request-context.js';
import { ServiceError } from '../wire/service-error.js';
import type { SqlEngine } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { invalidRequest } from './athena-error.js';
import { Executions } from './executions.js';
import { type WorkGroupEntry, WorkGroups, WorkGroupState } from './work-groups.js';

/** What Athena runs on. */
export interface AthenaServiceOptions {
  /** The lake's engine; its connections have run `trinoPrelude`. */
  readonly engine: SqlEngine;
  readonly catalog: TableCatalog;
  readonly clock: Clock;
  /**
   * File of the workgroups' journal.
   * @defaultValue none: the workgroups live as long as the process
   */
  readonly journal?: string;
}

/** Amazon Athena: queries over the lake, in Athena's SQL. */
export interface AthenaService extends JsonService {
  /** Stops the queries that still run, and lets go of the journal. */
  close(): Promise<void>;
}

/** Serves Athena. */
export async function createAthenaService(options: AthenaServiceOptions): Promise<AthenaService> {
  const { clock } = options;
  const state = new WorkGroupState(Math.floor(clock.wallNow() / 1000));
  const journal: Journal<WorkGroupEntry> =
    options.journal === undefined
      ? memoryJournal(state)
      : await openJournal({ path: options.journal, state });
  const workGroups = new WorkGroups(state, journal);
  const executions = new Executions({ ...options, workGroups });
  const actions: ReadonlyMap<string, (input: JsonInput) => unknown> = new Map(
    Object.entries<(input: JsonInput) => unknown>({
      StartQueryExecution: (input) => executions.start(input),
      StopQueryExecution: (input) => executions.stop(input),
      GetQueryExecution: (input) => executions.get(input),
      BatchGetQueryExecution: (input) => executions.batchGet(input),
      ListQueryExecutions: (input) => executions.list(input),
      GetQueryResults: (input) => executions.results(input),
      CreateWorkGroup: (input) => workGroups.create(input, Math.floor(clock.wallNow() / 1000)),
      UpdateWorkGroup: (input) => workGroups.update(input),
      GetWorkGroup: (input) => workGroups.get(input),
      ListWorkGroups: () => workGroups.list(),
      DeleteWorkGroup: (input) => workGroups.delete(input),
    }),
  );
  return {
    targetPrefix: 'AmazonAthena',
    jsonVersion: '1.1',
    async handle(action, input) {
      const act = actions.get(action);
      if (act === undefined) {
        throw new ServiceError('UnknownOperationException', `Athena's ${action} is not served here`);
      }
      try {
        return await act(new JsonInput(input ?? {}, invalidRequest));
      } catch (error) {
        throw error instanceof JournalError
          ? new ServiceError('InternalServerException', error.message, 500)
          : error;
      }
    },
    async close() {
      executions.close();
      await journal.close();
    },
  };
}
