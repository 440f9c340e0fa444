import { createHash } from 'node:crypto';
import { timeoutSignal, type Clock } from '@store/foundation';
import {
  planRestock,
  RestockError,
  runAthenaQuery,
  type AthenaClient,
  type AthenaResult,
  type QueryRow,
} from '@store/restock';
import type { JsonService } from '../aws/json-service.js';
import { HandlerError } from '../errors.js';
import type { RequestQueue } from '../requests.js';
import type { Invocation } from '../telemetry.js';
import type { PlanConfig, PlanInput } from './plan-input.js';

/** What one invocation of `plan` has done: counts and ids, never rows. */
export interface PlanSummary {
  /** Null where every open episode was asked for. */
  readonly windowStart: string | null;
  readonly windowEnd: string;
  readonly queryIds: readonly string[];
  readonly bytesScanned: number;
  /** Open episodes that began in the window. */
  readonly episodes: number;
  /** Restock requests sent: the episodes that ask for units. */
  readonly requestsSent: number;
  /** Trucks that they fill, and what these carry. */
  readonly trucks: number;
  readonly units: number;
}

/** Runs one statement on the lake, for at most so many milliseconds. */
export type LakeQuery = (sql: string, allowedMs: number) => Promise<AthenaResult>;

/** What the core of `plan` works with. */
export interface PlanParts {
  readonly query: LakeQuery;
  readonly queue: RequestQueue;
  readonly config: PlanConfig;
  readonly clock: Clock;
}

/**
 * Finds low-stock episodes, plans the trucks, and sends the restock requests in the order in which trucks
 * load them: one for each episode, under the episode's id.
 */
export async function runPlan(
  input: PlanInput,
  { query, queue, config, clock }: PlanParts,
  invocation: Invocation,
): Promise<PlanSummary> {
  const to = input.at ?? new Date(clock.wallNow()).toISOString();
  const windowStart = input.from ?? new Date(Date.parse(to) - config.windowHours * 3_600_000).toISOString();
  const from = input.all === true ? undefined : windowStart;
  const { table, partitioning, recoveryMargin, packSize, truckCapacity, lookBackHours } = config;
  const queryIds: string[] = [];
  let bytesScanned = 0;
  const rowsOf = async (sql: string): Promise<readonly QueryRow[]> => {
    const result = await query(sql, invocation.remainingMs() - config.marginMs);
    queryIds.push(result.queryId);
    bytesScanned += result.scannedBytes;
    return result.rows.map((row) =>
      Object.fromEntries(result.columns.map(({ name }, at) => [name, row[at] ?? undefined])),
    );
  };
  const { episodes, requests, loads } = await planRestock(rowsOf, {
    table,
    partitioning,
    recoveryMargin,
    packSize,
    truckCapacity,
    lookBackHours,
    to,
    ...(from === undefined ? {} : { from }),
  });
  return {
    windowStart: from ?? null,
    windowEnd: to,
    queryIds,
    bytesScanned,
    episodes: episodes.length,
    requestsSent: await queue.send(requests),
    trucks: loads.length,
    units: loads.reduce((sum, { units }) => sum + units, 0),
  };
}

/** Options of {@link athenaQuery}. */
export interface AthenaQueryOptions {
  readonly athena: JsonService;
  readonly database: string;
  readonly workGroup: string | undefined;
  /** A query that has scanned more is an error; the work group's own limit stops it before that. */
  readonly maxBytesScanned: number;
  readonly clock: Clock;
}

/**
 * Athena: a query is started with a token made of its text, so that a repeated invocation finds the query that it
 * has started already, and stopped when time is up.
 */
export function athenaQuery(options: AthenaQueryOptions): LakeQuery {
  const { athena, database, workGroup, maxBytesScanned, clock } = options;
  const client = athenaClient(athena);
  return async (sql, allowedMs) => {
    const clientRequestToken = createHash('sha256').update(`${database} ${sql}`).digest('hex');
    const result = await runAthenaQuery(client, sql, {
      database,
      clientRequestToken,
      clock,
      signal: timeoutSignal(clock, allowedMs),
      ...(workGroup === undefined ? {} : { workGroup }),
    }).catch(queryFailed);
    if (result.scannedBytes <= maxBytesScanned) return result;
    throw new HandlerError(
      'QUERY_TOO_LARGE',
      `The query scanned ${result.scannedBytes} bytes, more than MAX_BYTES_SCANNED (${maxBytesScanned}). Narrow the window.`,
    );
  };
}

function queryFailed(error: unknown): never {
  if (!(error instanceof RestockError)) throw error;
  throw new HandlerError('QUERY_FAILED', `Athena: ${error.message}`, { cause: error });
}

/** Athena as `@store/restock` calls it: the answers are the service's own, and all of their parts are optional there. */
function athenaClient(athena: JsonService): AthenaClient {
  return {
    startQueryExecution: async (input) => athena.call('StartQueryExecution', input),
    getQueryExecution: async (input) => athena.call('GetQueryExecution', input),
    getQueryResults: async (input) => athena.call('GetQueryResults', input),
    stopQueryExecution: async (input) => athena.call('StopQueryExecution', input),
  };
}
