import { JsonInput } from '../json-input.js';
import { type Clock, type JsonService, ServiceError, type SqlEngine, type TableCatalog } from '../service.js';
import { invalidRequest } from './athena-error.js';
import { Executions } from './executions.js';
import { WorkGroups } from './work-groups.js';

/** What Athena runs on. */
export interface AthenaServiceOptions {
  /** The lake's engine; its connections have run `trinoPrelude`. */
  readonly engine: SqlEngine;
  readonly catalog: TableCatalog;
  readonly clock: Clock;
}

/** Amazon Athena: queries over the lake, in Athena's SQL. */
export interface AthenaService extends JsonService {
  /** Stops the queries that still run. */
  close(): void;
}

/** Serves Athena. */
export function createAthenaService(options: AthenaServiceOptions): AthenaService {
  const { clock } = options;
  const workGroups = new WorkGroups(Math.floor(clock.now() / 1000));
  const executions = new Executions({ ...options, workGroups });
  const actions: ReadonlyMap<string, (input: JsonInput) => unknown> = new Map(
    Object.entries<(input: JsonInput) => unknown>({
      StartQueryExecution: (input) => executions.start(input),
      StopQueryExecution: (input) => executions.stop(input),
      GetQueryExecution: (input) => executions.get(input),
      BatchGetQueryExecution: (input) => executions.batchGet(input),
      ListQueryExecutions: (input) => executions.list(input),
      GetQueryResults: (input) => executions.results(input),
      CreateWorkGroup: (input) => workGroups.create(input, Math.floor(clock.now() / 1000)),
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
      return act(new JsonInput(input ?? {}, invalidRequest));
    },
    close: () => {
      executions.close();
    },
  };
}
