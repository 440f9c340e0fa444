import { randomUUID } from 'node:crypto';
import { stringifyJson, type Clock } from '@store/foundation';
import type { SqlEngine } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { action, type Actions } from '../wire/service-entry.js';
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
import { describeExecution, type Execution, resultPage } from './execution.js';
import { checkSyntax, runQuery, type QuerySink } from './query-runner.js';
import type { ResultStore, TextRow } from './result-store.js';
import type { WorkGroups } from './work-groups.js';
import { outputPlace, resultPlaces, type ResultPlaces } from './results/result-location.js';
import type { ResultObject, ResultObjects } from './results/result-objects.js';
import { parseStatement } from './statement/parse-statement.js';
import { kindOf, type StatementKind } from './statement/statement-kind.js';
import type { Statement } from './statement/statement.js';
import { runStatement, type StatementOutcome, type StatementParts } from './statement-runner.js';
import { withParameters } from './statement-text.js';
import type { PreparedStatements } from './prepared-statements.js';

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
  /** What statements besides SELECT work on; without it there are no objects either. */
  readonly workflow?: Omit<StatementParts, 'engine' | 'tables' | 'prepared'> & {
    readonly objects: ResultObjects;
    readonly prepared: PreparedStatements;
  };
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
      const isSame = known.sql === input.QueryString && known.parameters.join('\0') === parameters.join('\0');
      if (!isSame) throw invalidRequest('Idempotent parameters do not match');
      return { QueryExecutionId: known.id };
    }
    const execution = this.#admitted(input, parameters, workGroup);
    this.#remember(execution, token);
    this.#checking += 1;
    try {
      const { statement } = execution;
      const query = 'query' in statement ? statement.query : statement.kind === 'select' ? statement.sql : '';
      if (query !== '') await checkSyntax(query, this.#options.engine);
    } catch (error) {
      this.#forget(execution);
      throw error;
    } finally {
      this.#checking -= 1;
    }
    if (execution.state === 'QUEUED') {
      this.#line.push(execution);
      this.#runNext();
    }
    return { QueryExecutionId: execution.id };
  }

  /** A new execution of what the request says, or Athena's refusal. */
  #admitted(input: StartInput, parameters: readonly string[], workGroup: string): Execution {
    const { QueryString: sql, ResultConfiguration: given = {} } = input;
    const waiting = this.#running + this.#line.length + this.#checking;
    if (waiting >= queryLimits.queued) throw tooManyQueries(queryLimits.queued);
    const id = randomUUID();
    const found = this.#statementOf(sql, parameters, workGroup);
    const kind = kindOf(found.statement);
    const places = this.#placesOf(given.OutputLocation, workGroup, id, kind);
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
    };
  }

  /** Reads a statement; in the place of an EXECUTE stands what it names, its parameters put in. */
  #statementOf(
    sql: string,
    parameters: readonly string[],
    workGroup: string,
  ): { readonly statement: Statement; readonly parameters: readonly string[] } {
    const statement = parseStatement(sql);
    if (statement.kind !== 'execute') return { statement, parameters };
    const query = this.#options.workflow?.prepared.find(workGroup, statement.name);
    if (query === undefined) return { statement, parameters };
    const given = statement.parameters.length > 0 ? statement.parameters : parameters;
    try {
      return { statement: parseStatement(withParameters(query, given)), parameters: [] };
    } catch (error) {
      // A wrong number of parameters is the execution's own failure: it is found again when it runs.
      if (error instanceof QueryFailure) return { statement: parseStatement(query), parameters: given };
      throw error;
    }
  }

  #placesOf(
    given: string | undefined,
    workGroup: string,
    id: string,
    kind: StatementKind,
  ): ResultPlaces | undefined {
    if (this.#options.workflow === undefined) return undefined;
    const { location, decides, managed } = this.#options.workGroups.output(workGroup);
    if (managed) {
      if (given === undefined) return undefined;
      throw refusedRequest(
        'INVALID_INPUT',
        'The workgroup keeps the results of its queries; leave ResultConfiguration.OutputLocation out.',
      );
    }
    return resultPlaces(outputPlace(given, location, decides), id, kind);
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
      this.#forget(oldest);
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
    const { clock, results } = this.#options;
    const { id } = execution;
    execution.state = 'RUNNING';
    execution.startedAt = clock.wallNow();
    const object = this.#objectOf(execution);
    try {
      const file = results.writer(id);
      const lines = rowsInto(execution, object);
      const sink: QuerySink = {
        columns(columns, scannedBytes) {
          execution.columns = columns;
          execution.scannedBytes = scannedBytes;
        },
        rows: async (rows) => {
          await file.add(rows);
          await lines(rows);
        },
      };
      let outcome: StatementOutcome;
      try {
        outcome = await this.#answer(execution, sink);
      } finally {
        await file.finish();
      }
      // Without rows there is a header still.
      await lines([]);
      await this.#publish(execution, object, outcome);
      this.#finish(execution, 'SUCCEEDED', undefined);
      await results.makeRoom(id);
    } catch (error) {
      this.#discard(id);
      await object?.drop().catch(() => undefined);
      await this.#fail(execution, error);
    }
  }

  #objectOf({ id, kind, places }: Execution): ResultObject | undefined {
    if (places === undefined || (kind.result !== 'csv' && kind.result !== 'text')) return undefined;
    return this.#options.workflow?.objects.rows(id, places, kind.result);
  }

  async #answer(execution: Execution, sink: QuerySink): Promise<StatementOutcome> {
    const { engine, catalog, workGroups, workflow } = this.#options;
    const { id, statement, boundParameters: parameters, database, workGroup, abort, places } = execution;
    const mostScannedBytes = workGroups.scanLimit(workGroup);
    const request = { parameters, database, signal: abort.signal, mostScannedBytes, sink };
    if (workflow !== undefined) {
      const prepared = {
        put: async (name: string, query: string) => workflow.prepared.put(workGroup, name, query),
        drop: async (name: string) => workflow.prepared.drop(workGroup, name),
      };
      return runStatement(
        { ...request, id, statement, places },
        { ...workflow, engine, tables: catalog, prepared },
      );
    }
    if (statement.kind !== 'select') throw new QueryFailure('NOT_SUPPORTED: anything but SELECT here');
    await runQuery({ ...request, sql: statement.sql }, engine, catalog);
    return {};
  }

  /** Writes the objects of a statement that went through. */
  async #publish(
    execution: Execution,
    object: ResultObject | undefined,
    { updateType, updateCount, objects }: StatementOutcome,
  ): Promise<void> {
    execution.updateCount = updateCount;
    const { id, places, columns = [] } = execution;
    const { workflow } = this.#options;
    if (workflow === undefined || places === undefined) return;
    await object?.finish();
    if (objects !== undefined) await workflow.objects.manifest(places, id, objects);
    if (columns.length > 0) {
      await workflow.objects.metadata(places, { queryId: id, updateType, updateCount, columns });
    }
  }

  async #fail(execution: Execution, error: unknown): Promise<void> {
    if (error instanceof ScanLimitExceeded) {
      this.#finish(execution, 'CANCELLED', error.message);
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    // What is no failure of Athena's own may tell of this machine.
    const reason =
      error instanceof QueryFailure
        ? message
        : 'GENERIC_INTERNAL_ERROR: The statement cannot be carried out; the disk may be full';
    const { kind, places, id, state } = execution;
    if (state !== 'CANCELLED' && kind.result === 'text' && kind.type !== 'DML' && places !== undefined) {
      await this.#options.workflow?.objects.text(places, id, reason).catch(() => undefined);
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
    const { id, state, columns, kind, updateCount } = this.#require(input);
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
    return resultPage({ columns, result, updateCount }, startOf(token), most, kind.header);
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

/** Takes rows into the object of a result, whose first line may be a header. */
function rowsInto(
  execution: Execution,
  object: ResultObject | undefined,
): (rows: readonly TextRow[]) => Promise<void> {
  let needsHeader = execution.kind.header;
  return async (rows) => {
    const { columns } = execution;
    if (object === undefined) return;
    if (needsHeader && columns !== undefined) await object.add([columns.map(({ Name }) => Name)]);
    needsHeader = false;
    await object.add(rows);
  };
}
