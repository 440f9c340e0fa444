import { randomUUID } from 'node:crypto';
import type { JsonInput } from '../json-input.js';
import type { Clock } from '@store/foundation';
import type { SqlEngine } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { invalidRequest, QueryFailure, ScanLimitExceeded } from './athena-error.js';
import { describeExecution, type Execution, resultPage } from './execution.js';
import { runQuery } from './query-runner.js';
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
}

/** Starts queries, runs them in line, and keeps what became of them. */
export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #executions = new Map<string, Execution>();
  readonly #byToken = new Map<string, Execution>();
  readonly #line: Execution[] = [];
  #running = 0;
  #closed = false;

  constructor(options: ExecutionsOptions) {
    this.#options = options;
  }

  /** `StartQueryExecution`; the same client token starts the same query once. */
  start(input: JsonInput): unknown {
    if (this.#closed) throw invalidRequest('The endpoint is closing');
    const sql = input.string('QueryString', { min: 1, max: 262_144 });
    const parameters = input.optionalStrings('ExecutionParameters') ?? [];
    const workGroup = input.optionalString('WorkGroup') ?? 'primary';
    const group = this.#options.workGroups.require(workGroup);
    if (group.State === 'DISABLED') throw invalidRequest(`WorkGroup ${workGroup} is disabled.`);
    const token = input.optionalString('ClientRequestToken', { min: 32, max: 128 });
    const known = token === undefined ? undefined : this.#byToken.get(token);
    if (known !== undefined) {
      const isSame = known.sql === sql && known.parameters.join('\0') === parameters.join('\0');
      if (!isSame) throw invalidRequest('Idempotent parameters do not match');
      return { QueryExecutionId: known.id };
    }
    const context = input.optionalObject('QueryExecutionContext');
    const execution: Execution = {
      id: randomUUID(),
      sql,
      parameters,
      database: context?.optionalString('Database', { min: 1, max: 255 }),
      catalog: context?.optionalString('Catalog', { min: 1, max: 256 }),
      workGroup,
      resultConfiguration: input.raw('ResultConfiguration'),
      submittedAt: this.#options.clock.wallNow(),
      abort: new AbortController(),
      state: 'QUEUED',
      reason: undefined,
      startedAt: undefined,
      completedAt: undefined,
      result: undefined,
      scannedBytes: 0,
    };
    this.#remember(execution, token);
    this.#line.push(execution);
    this.#runNext();
    return { QueryExecutionId: execution.id };
  }

  #remember(execution: Execution, token: string | undefined): void {
    this.#executions.set(execution.id, execution);
    if (token !== undefined) this.#byToken.set(token, execution);
    if (this.#executions.size <= remembered) return;
    const [oldest] = this.#executions.values();
    if (oldest === undefined) return;
    this.#executions.delete(oldest.id);
    for (const [key, value] of this.#byToken) if (value === oldest) this.#byToken.delete(key);
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
    const { engine, catalog, clock } = this.#options;
    const { sql, parameters, database, abort } = execution;
    execution.state = 'RUNNING';
    execution.startedAt = clock.wallNow();
    try {
      const beforeScan = (bytes: number): void => {
        const limit = this.#options.workGroups.scanLimit(execution.workGroup);
        if (bytes > limit) throw new ScanLimitExceeded('Bytes scanned limit was exceeded');
        execution.scannedBytes = bytes;
      };
      const request = { sql, parameters, database, signal: abort.signal, beforeScan };
      const result = await runQuery(request, engine, catalog);
      this.#finish(execution, 'SUCCEEDED', undefined);
      if (!abort.signal.aborted) execution.result = result;
    } catch (error) {
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
  stop(input: JsonInput): unknown {
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

  #require(input: JsonInput): Execution {
    const id = input.string('QueryExecutionId', { min: 1, max: 128 });
    const found = this.#executions.get(id);
    if (found === undefined) throw invalidRequest(`QueryExecution ${id} was not found`);
    return found;
  }

  /** `GetQueryExecution` */
  get(input: JsonInput): unknown {
    return { QueryExecution: describeExecution(this.#require(input)) };
  }

  /** `BatchGetQueryExecution` */
  batchGet(input: JsonInput): unknown {
    const ids = input.optionalStrings('QueryExecutionIds', { min: 1, max: 50 }) ?? [];
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
  list(input: JsonInput): unknown {
    const workGroup = input.optionalString('WorkGroup') ?? 'primary';
    this.#options.workGroups.require(workGroup);
    const ids = [...this.#executions.values()]
      .filter((execution) => execution.workGroup === workGroup)
      .map(({ id }) => id)
      .reverse();
    const most = input.optionalInteger('MaxResults', { min: 0, max: 50 }) ?? 50;
    const start = startOf(input);
    const end = start + most;
    return {
      QueryExecutionIds: ids.slice(start, end),
      ...(end < ids.length ? { NextToken: `row-${end}` } : {}),
    };
  }

  /** `GetQueryResults` */
  results(input: JsonInput): unknown {
    const { state, result, sql } = this.#require(input);
    if (state === 'QUEUED' || state === 'RUNNING') {
      throw invalidRequest(`Query has not yet finished. Current state: ${state}`);
    }
    if (state !== 'SUCCEEDED' || result === undefined) {
      throw invalidRequest(`Query did not finish successfully. Final query state: ${state}`);
    }
    const most = input.optionalInteger('MaxResults', { min: 1, max: 1000 }) ?? 1000;
    return resultPage(result, startOf(input), most, !/^\s*show\b/i.test(sql));
  }

  /** Stops everything. */
  close(): void {
    this.#closed = true;
    for (const execution of this.#executions.values()) this.#cancel(execution);
  }
}

function startOf(input: JsonInput): number {
  const token = input.optionalString('NextToken');
  if (token === undefined) return 0;
  const start = Number(/^row-([0-9]+)$/.exec(token)?.[1]);
  if (Number.isNaN(start)) throw invalidRequest('NextToken is not valid; take it from the page before');
  return start;
}
