import { eventDayPartitioning, eventHourPartitioning, type EventPartitioning } from '@store/schema';
import {
  invalid,
  nameList,
  optionalText,
  requiredText,
  wholeNumber,
  type Environment,
} from '../environment.js';
import { HandlerError } from '../errors.js';

/** Settings of `plan`, read once. */
export interface PlanConfig {
  readonly database: string;
  readonly table: string;
  readonly workGroup: string | undefined;
  readonly partitioning: EventPartitioning;
  /** Set where the state of the shelves is kept and read: its table, and where that is on S3. */
  readonly stockNow: { readonly table: string; readonly location: string } | undefined;
  readonly requestQueueUrl: string;
  /** Delivery streams for the events that requests owe the lake. */
  readonly streamNames: readonly string[] | undefined;
  readonly windowHours: number;
  readonly lookBackHours: number;
  readonly truckCapacity: number;
  readonly recoveryMargin: number;
  readonly packSize: number;
  readonly maxBytesScanned: number;
  readonly marginMs: number;
}

/** @throws HandlerError `INVALID_CONFIG` */
export function readPlanConfig(env: Environment): PlanConfig {
  return {
    database: requiredText(env, 'DATABASE'),
    table: requiredText(env, 'TABLE'),
    workGroup: optionalText(env, 'WORKGROUP'),
    partitioning: partitioningOf(optionalText(env, 'PARTITION_KEY') ?? 'datehour'),
    stockNow:
      optionalText(env, 'STOCK_NOW_TABLE') === undefined
        ? undefined
        : {
            table: requiredText(env, 'STOCK_NOW_TABLE'),
            location: requiredText(env, 'STOCK_NOW_LOCATION'),
          },
    requestQueueUrl: requiredText(env, 'REQUEST_QUEUE_URL'),
    streamNames: optionalText(env, 'STREAM_NAMES') === undefined ? undefined : nameList(env, 'STREAM_NAMES'),
    windowHours: wholeNumber(env, 'WINDOW_HOURS', { least: 1, most: 8760, otherwise: 2 }),
    lookBackHours: wholeNumber(env, 'LOOK_BACK_HOURS', { least: 0, most: 8760, otherwise: 168 }),
    truckCapacity: wholeNumber(env, 'TRUCK_CAPACITY', { least: 1, most: 1_000_000, otherwise: 500 }),
    recoveryMargin: wholeNumber(env, 'RECOVERY_MARGIN', { least: 0, most: 1_000_000, otherwise: 0 }),
    packSize: wholeNumber(env, 'PACK_SIZE', { least: 1, most: 1_000_000, otherwise: 1 }),
    maxBytesScanned: wholeNumber(env, 'MAX_BYTES_SCANNED', {
      least: 10_000_000,
      most: Number.MAX_SAFE_INTEGER,
      otherwise: 10_000_000_000,
    }),
    marginMs: wholeNumber(env, 'DEADLINE_MARGIN_MS', { least: 100, most: 600_000, otherwise: 5000 }),
  };
}

function partitioningOf(key: string): EventPartitioning {
  const known = [eventHourPartitioning, eventDayPartitioning].find(
    (partitioning) => partitioning.key === key,
  );
  if (known === undefined) throw invalid('PARTITION_KEY', 'to be datehour or date');
  return known;
}

/** What an invocation of `plan` asks for. Everything may be left out. */
export interface PlanInput {
  /** The window's end is this instant: a schedule passes its time, so that a retry plans the same window. @defaultValue now */
  readonly at?: string;
  /** Start of the window. @defaultValue the configured hours before its end */
  readonly from?: string;
  /** Every open episode, however old: for the first run, and after a pause. @defaultValue false */
  readonly all?: boolean;
  /** Compact the state of the shelves and drop what it has replaced, and plan nothing. @defaultValue false */
  readonly maintain?: boolean;
}

/** @throws HandlerError `INVALID_INPUT` */
export function readPlanInput(event: unknown): PlanInput {
  const input = isRecord(event) && 'detail-type' in event ? event.detail : event;
  if (input === undefined || input === null) return {};
  if (!isRecord(input)) throw notGiven('the event', 'an object');
  for (const key of Object.keys(input)) {
    if (!['at', 'from', 'all', 'maintain'].includes(key)) {
      throw notGiven('the event', 'an object of at, from, all, maintain');
    }
  }
  const { at, from, all, maintain } = input;
  if (all !== undefined && typeof all !== 'boolean') throw notGiven('all', 'true or false');
  if (maintain !== undefined && typeof maintain !== 'boolean') throw notGiven('maintain', 'true or false');
  return {
    ...(at === undefined ? {} : { at: instant('at', at) }),
    ...(from === undefined ? {} : { from: instant('from', from) }),
    ...(all === undefined ? {} : { all }),
    ...(maintain === undefined ? {} : { maintain }),
  };
}

function instant(name: string, value: unknown): string {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw notGiven(name, 'an instant such as 2026-01-05T08:00:00Z');
  return new Date(ms).toISOString();
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const notGiven = (name: string, expected: string): HandlerError =>
  new HandlerError('INVALID_INPUT', `Expected \`${name}\` to be ${expected}.`);
