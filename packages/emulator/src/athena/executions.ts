import { randomUUID } from 'node:crypto';
import { stringifyJson, type Clock } from '@store/foundation';
import type { SqlEngine } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { action, type Actions } from '../wire/service-entry.js';
import { queryLimits } from '../query/query-limits.js';
import { invalidRequest, QueryFailure, ScanLimitExceeded, tooManyQueries } from './athena-error.js';
import {
  batchInput,
  listInput,
  oneInput,
  resultsInput,
  startInput,
  type OneInput,
  type PageInput,
  type StartInput,
} from './execution-inputs.js';
import { describeExecution, type Execution, resultPage } from './execution.js';
import { runQuery, type QuerySink } from './query-runner.js';
import type { ResultStore } from './result-store.js';
import type { WorkGroups } from './work-groups.js';

/** How many queries are remembered; the results of older ones have expired. */
const remembered = 1000;
/** Queries that run at once; the others wait in line. */
const concurrent = 2;

/** What queries run on. */
export interface ExecutionsOptions {
  readonly engine: SqlEngine;
  readonly catalog: TableCatalog;
  readonly clock: Clock;
  readonly workGroups: WorkGroups;
  readonly results: ResultStore;
}

/** The actions on queries. */
export const executionActions: Actions<Executions> = new Map([
  ['StartQueryExecution', action(startInput, (input, to: Executions) => to.start(input))],
  ['StopQueryExecution', action(oneInput, (input, to: Executions) => to.stop(input))],
  ['GetQueryExecution', action(oneInput, (input, to: Executions) => to.get(input))],
  ['BatchGetQueryExecution', action(batchInput, (input, to: Executions) => to.batchGet(input))],
  ['ListQueryExecutions', action(listInput, (input, to: Executions) => to.list(input))],
  ['GetQueryResults', action(resultsInput, (input, to: Executions) => to.results(input))],
]);

/** Starts queries, runs them in line, and keeps what became of them. */
export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #executions = new Map<string, Execution>();
  readonly #byToken = new Map<string, Execution>();
  readonly #line: Execution[] = [];
  #statementChars = 0;
  #running = 0;
  #closed = false;

  constructor(options: ExecutionsOptions) {
    this.#options = options;
  }

  /** `StartQueryExecution`; the same client token starts the same query once. */
  start(input: StartInput): unknown {
    if (this.#closed) throw invalidRequest('The endpoint is closing');
    const {
      QueryString: sql,
      ExecutionParameters: parameters = [],
      WorkGroup: workGroup = 'primary',
    } = input;
    const group = this.#options.workGroups.require(workGroup);
    if (group.State === 'DISABLED') throw invalidRequest(`WorkGroup ${workGroup} is disabled.`);
    const token = input.ClientRequestToken;
    const known = token === undefined ? undefined : this.#byToken.get(token);
    if (known !== undefined) {
      const isSame = known.sql === sql && known.parameters.join('\0') === parameters.join('\0');
      if (!isSame) throw invalidRequest('Idempotent parameters do not match');
      return { QueryExecutionId: known.id };
    }
    if (this.#running + this.#line.length >= queryLimits.queued) throw tooManyQueries(queryLimits.queued);
    const execution: Execution = {
      id: randomUUID(),
      chars: stringifyJson(input).length,
      sql,
      parameters,
      database: input.QueryExecutionContext?.Database,
      catalog: input.QueryExecutionContext?.Catalog,
      workGroup,
      resultConfiguration: input.ResultConfiguration,
      submittedAt: this.#options.clock.wallNow(),
      abort: new AbortController(),
      state: 'QUEUED',
      reason: undefined,
      startedAt: undefined,
      completedAt: undefined,
      columns: undefined,
      scannedBytes: 0,
    };
    this.#remember(execution, token);
    this.#line.push(execution);
    this.#runNext();
    return { QueryExecutionId: execution.id };
  }

  #remember(execution: Execution, token: string | undefined): void {
    this.#executions.set(execution.id, execution);
    this.#statementChars += execution.chars;
    if (token !== undefined) this.#byToken.set(token, execution);
    for (const oldest of this.#executions.values()) {
      const fits =
        this.#executions.size <= remembered && this.#statementChars * 2 <= queryLimits.statementBytes;
      // One that waits or runs is not forgotten: somebody waits for it, and `queryLimits.queued` bounds them.
      if (fits || oldest.state === 'QUEUED' || oldest.state === 'RUNNING') return;
      this.#executions.delete(oldest.id);
      this.#statementChars -= oldest.chars;
      this.#discard(oldest.id);
      for (const [key, value] of this.#byToken) if (value === oldest) this.#byToken.delete(key);
    }
  }

  /** Forgets a result. A file that cannot be removed is gone at the next start, and takes nothing but room. */
  #discard(id: string): void {
    this.#options.results.drop(id).catch(() => undefined);
  }

  #runNext(): void {
    while (this.#running < concurrent) {
      const next = this.#line.shift();
      if (next === undefined) return;
      if (next.state !== 'QUEUED') continue;
      this.#running += 1;
      void this.#run(next).finally(() => {
        this.#running -= 1;
        this.#runNext();
      });
    }
  }

  async #run(execution: Execution): Promise<void> {
    const { engine, catalog, clock, results, workGroups } = this.#options;
    const { id, sql, parameters, database, abort } = execution;
    execution.state = 'RUNNING';
    execution.startedAt = clock.wallNow();
    try {
      const file = results.writer(id);
      const sink: QuerySink = {
        columns(columns, scannedBytes) {
          execution.columns = columns;
          execution.scannedBytes = scannedBytes;
        },
        rows: async (rows) => file.add(rows),
      };
      const mostScannedBytes = workGroups.scanLimit(execution.workGroup);
      const request = { sql, parameters, database, signal: abort.signal, mostScannedBytes, sink };
      try {
        await runQuery(request, engine, catalog);
      } finally {
        await file.finish();
      }
      this.#finish(execution, 'SUCCEEDED', undefined);
      await results.makeRoom(id);
    } catch (error) {
      this.#discard(id);
      if (error instanceof ScanLimitExceeded) {
        this.#finish(execution, 'CANCELLED', error.message);
        return;
      }
      const isKnown = error instanceof QueryFailure;
      const message = error instanceof Error ? error.message : String(error);
      const reason = isKnown ? message : `GENERIC_INTERNAL_ERROR: ${message}`;
      this.#finish(execution, 'FAILED', reason);
    }
  }

  #finish(
    execution: Execution,
    state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED',
    reason: string | undefined,
  ): void {
    // One that was stopped stays stopped, however it ended.
    if (execution.state === 'CANCELLED') return;
    execution.state = state;
    execution.reason = reason;
    execution.completedAt = this.#options.clock.wallNow();
  }

  /** `StopQueryExecution`; a query that is over stays as it is. */
  stop(input: OneInput): unknown {
    this.#cancel(this.#require(input));
    return {};
  }

  #cancel(execution: Execution): void {
    if (execution.state !== 'QUEUED' && execution.state !== 'RUNNING') return;
    execution.state = 'CANCELLED';
    execution.reason = 'Query cancelled by user';
    execution.completedAt = this.#options.clock.wallNow();
    execution.abort.abort();
  }

  #require({ QueryExecutionId: id }: OneInput): Execution {
    const found = this.#executions.get(id);
    if (found === undefined) throw invalidRequest(`QueryExecution ${id} was not found`);
    return found;
  }

  /** `GetQueryExecution` */
  get(input: OneInput): unknown {
    return { QueryExecution: describeExecution(this.#require(input)) };
  }

  /** `BatchGetQueryExecution` */
  batchGet({ QueryExecutionIds: ids = [] }: { readonly QueryExecutionIds?: readonly string[] }): unknown {
    const found = ids.flatMap((id) => this.#executions.get(id) ?? []);
    const missing = ids.filter((id) => !this.#executions.has(id));
    return {
      QueryExecutions: found.map(describeExecution),
      UnprocessedQueryExecutionIds: missing.map((id) => ({
        QueryExecutionId: id,
        ErrorCode: 'INVALID_INPUT',
        ErrorMessage: `QueryExecution ${id} was not found`,
      })),
    };
  }

  /** `ListQueryExecutions`, newest first. */
  list({
    WorkGroup: workGroup = 'primary',
    MaxResults: most = 50,
    NextToken: token,
  }: PageInput & { readonly WorkGroup?: string }): unknown {
    this.#options.workGroups.require(workGroup);
    const ids = [...this.#executions.values()]
      .filter((execution) => execution.workGroup === workGroup)
      .map(({ id }) => id)
      .reverse();
    const start = startOf(token);
    const end = start + most;
    return {
      QueryExecutionIds: ids.slice(start, end),
      ...(end < ids.length ? { NextToken: `row-${end}` } : {}),
    };
  }

  /** `GetQueryResults` */
  async results(input: PageInput & OneInput): Promise<unknown> {
    const { id, state, columns, sql } = this.#require(input);
    if (state === 'QUEUED' || state === 'RUNNING') {
      throw invalidRequest(`Query has not yet finished. Current state: ${state}`);
    }
    if (state !== 'SUCCEEDED') {
      throw invalidRequest(`Query did not finish successfully. Final query state: ${state}`);
    }
    const result = this.#options.results.result(id);
    if (result === undefined || columns === undefined) {
      throw invalidRequest(`The result of QueryExecution ${id} has made room for newer ones. Run it again.`);
    }
    const { MaxResults: most = 1000, NextToken: token } = input;
    return resultPage({ columns, result }, startOf(token), most, !/^\s*show\b/i.test(sql));
  }

  /** Stops everything. */
  close(): void {
    this.#closed = true;
    for (const execution of this.#executions.values()) this.#cancel(execution);
  }
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = Number(/^row-([0-9]+)$/.exec(token)?.[1]);
  if (Number.isNaN(start)) throw invalidRequest('NextToken is not valid; take it from the page before');
  return start;
}
