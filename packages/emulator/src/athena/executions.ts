import { randomUUID } from 'node:crypto';
import { stringifyJson } from '@store/foundation';
import { action, type Actions } from '../wire/service-entry.js';
import { QueryLimitError } from '../query/query-error.js';
import { queryLimits } from '../query/query-limits.js';
import {
  invalidRequest,
  QueryFailure,
  refusedRequest,
  ScanLimitExceeded,
  tooManyQueries,
} from './athena-error.js';
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
import { describeExecution, type Execution } from './execution.js';
import { failureOf } from './failure.js';
import { isSameRequest, resultsOf, startOf } from './execution-answers.js';
import { valueOf } from './reading-outcome.js';
import { runExecution, type ExecutionsOptions } from './run-execution.js';
import { outputOf, readRequest } from './read-request.js';
import { resultPlaces } from './results/result-location.js';
import { kindOf } from './statement/statement-kind.js';

/** How many queries are remembered; the results of older ones have expired. */
const remembered = 1000;
/** Queries that run at the same time; the others wait in line. */
const concurrent = 2;

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
  /** Statements whose syntax is looked at. */
  #checking = 0;
  #closed = false;

  constructor(options: ExecutionsOptions) {
    this.#options = options;
  }

  /** `StartQueryExecution`; the same client token starts the same query once. */
  async start(input: StartInput): Promise<unknown> {
    if (this.#closed) throw invalidRequest('The endpoint is closing');
    const { ExecutionParameters: parameters = [], WorkGroup: workGroup = 'primary' } = input;
    const group = this.#options.workGroups.require(workGroup);
    if (group.State === 'DISABLED') throw invalidRequest(`WorkGroup ${workGroup} is disabled.`);
    const token = input.ClientRequestToken;
    const known = token === undefined ? undefined : this.#byToken.get(token);
    if (known !== undefined) {
      if (!isSameRequest(known, input)) {
        throw refusedRequest('IDEMPOTENT_PARAMETER_MISMATCH', 'Idempotent parameters do not match');
      }
      return { QueryExecutionId: known.id };
    }
    const execution = this.#admitted(input, parameters, workGroup);
    this.#remember(execution, token);
    const failure = await this.#checked(execution);
    if (failure !== undefined) await this.#fail(execution, failure);
    else if (execution.state === 'QUEUED') {
      this.#line.push(execution);
      this.#runNext();
    }
    return { QueryExecutionId: execution.id };
  }

  /** Refuses a query that does not parse; one that takes more than it may in being looked at fails by what is returned. */
  async #checked(execution: Execution): Promise<Error | undefined> {
    const { statement, abort } = execution;
    const sql = 'query' in statement ? statement.query : statement.kind === 'select' ? statement.sql : '';
    if (sql === '') return undefined;
    this.#checking += 1;
    try {
      valueOf(await this.#options.engine.read({ kind: 'check', sql }), 'check');
      return undefined;
    } catch (error) {
      if (error instanceof QueryLimitError) return failureOf(error, abort.signal);
      this.#forget(execution);
      throw error;
    } finally {
      this.#checking -= 1;
    }
  }

  /** A new execution of what the request says, or Athena's refusal. */
  #admitted(input: StartInput, parameters: readonly string[], workGroup: string): Execution {
    const { QueryString: sql, ResultConfiguration: given = {} } = input;
    const { workflow, workGroups } = this.#options;
    const waiting = this.#running + this.#line.length + this.#checking;
    if (waiting >= queryLimits.queued) throw tooManyQueries(queryLimits.queued);
    const id = randomUUID();
    const found = readRequest(sql, parameters, (name) => workflow?.prepared.find(workGroup, name));
    const kind = kindOf(found.statement);
    const output =
      workflow === undefined ? undefined : outputOf(given.OutputLocation, workGroups.output(workGroup));
    const places = output === undefined ? undefined : resultPlaces(output, id, kind);
    return {
      id,
      chars: stringifyJson(input).length,
      sql,
      statement: found.statement,
      kind,
      places,
      parameters,
      boundParameters: found.parameters,
      database: input.QueryExecutionContext?.Database,
      catalog: input.QueryExecutionContext?.Catalog,
      workGroup,
      resultConfiguration: given,
      submittedAt: this.#options.clock.wallNow(),
      abort: new AbortController(),
      state: 'QUEUED',
      reason: undefined,
      startedAt: undefined,
      completedAt: undefined,
      columns: undefined,
      scannedBytes: 0,
      updateCount: undefined,
      subtype: undefined,
    };
  }

  #remember(execution: Execution, token: string | undefined): void {
    this.#executions.set(execution.id, execution);
    this.#statementChars += execution.chars;
    if (token !== undefined) this.#byToken.set(token, execution);
    for (const oldest of this.#executions.values()) {
      const fits =
        this.#executions.size <= remembered && this.#statementChars * 2 <= queryLimits.statementBytes;
      if (fits) return;
      // One that waits or runs is not forgotten: somebody waits for it, and `queryLimits.queued` bounds them.
      if (oldest.state !== 'QUEUED' && oldest.state !== 'RUNNING') this.#forget(oldest);
    }
  }

  #forget(execution: Execution): void {
    if (!this.#executions.delete(execution.id)) return;
    this.#statementChars -= execution.chars;
    this.#discard(execution.id);
    for (const [key, value] of this.#byToken) if (value === execution) this.#byToken.delete(key);
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
    const { clock, results, onTrouble } = this.#options;
    execution.state = 'RUNNING';
    execution.startedAt = clock.wallNow();
    try {
      await runExecution(execution, this.#options);
    } catch (error) {
      this.#discard(execution.id);
      await this.#fail(execution, error);
      return;
    }
    this.#finish(execution, 'SUCCEEDED', undefined);
    // An older result that cannot be removed is no failure of this query.
    await results.makeRoom(execution.id).catch(onTrouble);
  }

  async #fail(execution: Execution, error: unknown): Promise<void> {
    if (error instanceof ScanLimitExceeded) {
      this.#finish(execution, 'CANCELLED', error.message);
      return;
    }
    const { kind, places, id, state } = execution;
    // What is no failure of Athena's own may name files of this machine.
    const reason =
      error instanceof QueryFailure
        ? error.message
        : 'GENERIC_INTERNAL_ERROR: The statement failed by a fault of the endpoint itself';
    const fault = error instanceof QueryFailure ? error.cause : error;
    if (fault !== undefined && state !== 'CANCELLED') this.#options.onTrouble(fault);
    if (state !== 'CANCELLED' && kind.result === 'text' && kind.type !== 'DML' && places !== undefined) {
      const text = reason.startsWith('FAILED: ') ? reason : `FAILED: ${reason}`;
      await this.#options.workflow?.objects.text(places, id, text).catch(() => undefined);
    }
    this.#finish(execution, 'FAILED', reason);
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
    if (found === undefined) {
      throw refusedRequest('QUERY_EXECUTION_NOT_FOUND', `QueryExecution ${id} was not found`);
    }
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
    return resultsOf(this.#require(input), this.#options.results, input);
  }

  /** Stops everything. */
  close(): void {
    this.#closed = true;
    for (const execution of this.#executions.values()) this.#cancel(execution);
  }
}
