import { createHash } from 'node:crypto';
import {
  AthenaClient as SdkClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { inertText, timeoutSignal, type Clock } from '@store/foundation';
import {
  planRestock,
  refreshStockNow,
  RestockError,
  runAthenaQuery,
  stockNowTable,
  type AthenaClient,
  type AthenaResult,
  type QueryRow,
  type StockNowRefresh,
} from '@store/restock';
import { calling, clientSettings } from '../aws/clients.js';
import type { Environment } from '../environment.js';
import { HandlerError } from '../errors.js';
import { assertQueued, type AskTrucks } from '../requests.js';
import type { Invocation } from '../telemetry.js';
import type { WriteOwed } from './owed-events.js';
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
  /** Restock requests sent: those that nobody has asked for before. */
  readonly requestsSent: number;
  /** Restock requests that were asked for before. */
  readonly requestsKnown: number;
  /** Trucks that they fill, and what these carry. */
  readonly trucks: number;
  readonly units: number;
  /** Events that earlier requests owed the lake, such as `order_placed` of one that a truck took on. */
  readonly eventsWritten: number;
  /** How the state of the shelves was renewed; null where the events were scanned. */
  readonly stockNow: StockNowRefresh['how'] | null;
}

/** Runs one statement on the lake, for at most this many milliseconds. */
export type LakeQuery = (sql: string, allowedMs: number) => Promise<AthenaResult>;

/** What the core of `plan` works with. */
export interface PlanParts {
  readonly query: LakeQuery;
  readonly ask: AskTrucks;
  /** Unset where the function has no delivery stream. */
  readonly owed: WriteOwed | undefined;
  readonly config: PlanConfig;
  readonly clock: Clock;
}

/**
 * Finds low-stock episodes, plans the trucks, and sends the restock requests in the order in which trucks
 * load them: one for each episode, under the episode's id, if the ledger knows of none.
 */
export async function runPlan(
  input: PlanInput,
  { query, ask, owed, config, clock }: PlanParts,
  invocation: Invocation,
): Promise<PlanSummary> {
  const to = input.at ?? new Date(clock.wallNow()).toISOString();
  const windowStart = input.from ?? new Date(Date.parse(to) - config.windowHours * 3_600_000).toISOString();
  const from = input.all === true ? undefined : windowStart;
  const { table, partitioning, recoveryMargin, packSize, truckCapacity, lookBackHours, stockNow } = config;
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
  let refresh: StockNowRefresh | undefined;
  if (stockNow !== undefined) {
    await rowsOf(stockNowTable({ stockNow: stockNow.table, location: stockNow.location }));
    refresh = await refreshStockNow(rowsOf, {
      table,
      partitioning,
      recoveryMargin,
      to,
      stockNow: stockNow.table,
    });
  }
  const { episodes, requests, loads } = await planRestock(rowsOf, {
    table,
    partitioning,
    recoveryMargin,
    packSize,
    truckCapacity,
    lookBackHours,
    to,
    ...(from === undefined ? {} : { from }),
    ...(stockNow === undefined ? {} : { stockNow: stockNow.table }),
  });
  const { asked, resent, known, refused } = await ask(requests);
  const eventsWritten =
    owed === undefined
      ? 0
      : await owed(
          episodes.map(({ request_id }) => request_id),
          rowsOf,
          { to, leftMs: () => invocation.remainingMs() - config.marginMs },
        ).catch((error: unknown) => {
          const cause = inertText(error instanceof Error ? error.message : String(error), 500);
          invocation.telemetry.warn('events of requests left to the next plan', { cause });
          return 0;
        });
  // Last of all: a request that no queue takes must not keep from the lake what the others owe it.
  assertQueued(refused);
  return {
    windowStart: from ?? null,
    windowEnd: to,
    queryIds,
    bytesScanned,
    episodes: episodes.length,
    requestsSent: asked + resent,
    requestsKnown: known,
    trucks: loads.length,
    units: loads.reduce((sum, { units }) => sum + units, 0),
    eventsWritten,
    stockNow: refresh?.how ?? null,
  };
}

/** What a maintenance of the state has done. */
export interface MaintainSummary {
  readonly maintained: string;
  readonly queryIds: readonly string[];
}

/**
 * Compacts the state of the shelves and drops what it has replaced: each plan adds files.
 *
 * @throws HandlerError `INVALID_INPUT` where there is no state
 */
export async function maintainStockNow(
  { query, config }: Pick<PlanParts, 'query' | 'config'>,
  invocation: Pick<Invocation, 'remainingMs'>,
): Promise<MaintainSummary> {
  const { stockNow, marginMs } = config;
  if (stockNow === undefined) {
    throw new HandlerError('INVALID_INPUT', 'Expected STOCK_NOW_TABLE to be set for `maintain`, got none.');
  }
  const { table: maintained } = stockNow;
  const queryIds: string[] = [];
  for (const sql of [`optimize ${maintained} rewrite data using bin_pack`, `vacuum ${maintained}`]) {
    queryIds.push((await query(sql, invocation.remainingMs() - marginMs)).queryId);
  }
  return { maintained, queryIds };
}

/** Options of {@link athenaQuery}. */
export interface AthenaQueryOptions {
  readonly athena: AthenaClient;
  readonly database: string;
  readonly workGroup: string | undefined;
  /** A query that has scanned more is an error; the work group's own limit stops it before that. */
  readonly maxBytesScanned: number;
  /** Whether the same text is a new query each time: where queries change what others read. */
  readonly isAlwaysNew: boolean;
  readonly clock: Clock;
}

/**
 * Athena: a query is stopped when time is up. It is started with a token made of its text, so that a repeated invocation finds the
 * query that it has started already, unless each is new.
 */
export function athenaQuery(options: AthenaQueryOptions): LakeQuery {
  const { athena, database, workGroup, maxBytesScanned, isAlwaysNew, clock } = options;
  return async (sql, allowedMs) => {
    const clientRequestToken = createHash('sha256').update(`${database} ${sql}`).digest('hex');
    const result = await runAthenaQuery(athena, sql, {
      database,
      ...(isAlwaysNew ? {} : { clientRequestToken }),
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

/** Opens Athena as `@store/restock` calls it. @throws HandlerError `INVALID_CONFIG` */
export function athenaClient(env: Environment): AthenaClient {
  const athena = new SdkClient(clientSettings('ATHENA', env));
  return {
    startQueryExecution: async (input) =>
      calling('athena:StartQueryExecution', athena.send(new StartQueryExecutionCommand(input))),
    getQueryExecution: async (input) =>
      calling('athena:GetQueryExecution', athena.send(new GetQueryExecutionCommand(input))),
    getQueryResults: async (input) =>
      calling('athena:GetQueryResults', athena.send(new GetQueryResultsCommand(input))),
    stopQueryExecution: async (input) =>
      calling('athena:StopQueryExecution', athena.send(new StopQueryExecutionCommand(input))),
  };
}
