import { nameList, wholeNumber, type Environment } from '../environment.js';
import { HandlerError } from '../errors.js';

/** Settings of `generate`, read once. */
export interface GenerateConfig {
  /** Shard i writes to stream i modulo their number. */
  readonly streamNames: readonly string[];
  readonly maxEvents: number;
  /** Time kept back for the last flush and the answer. */
  readonly marginMs: number;
  readonly recoveryMargin: number;
  readonly packSize: number;
}

/** @throws HandlerError `INVALID_CONFIG` */
export function readGenerateConfig(env: Environment): GenerateConfig {
  return {
    streamNames: nameList(env, 'STREAM_NAMES'),
    maxEvents: wholeNumber(env, 'MAX_EVENTS', { least: 1, most: 1_000_000_000, otherwise: 1_000_000 }),
    marginMs: wholeNumber(env, 'DEADLINE_MARGIN_MS', { least: 100, most: 600_000, otherwise: 10_000 }),
    recoveryMargin: wholeNumber(env, 'RECOVERY_MARGIN', { least: 0, most: 1_000_000, otherwise: 0 }),
    packSize: wholeNumber(env, 'PACK_SIZE', { least: 1, most: 1_000_000, otherwise: 1 }),
  };
}

/** What an invocation of `generate` asks for. Everything may be left out. */
export interface GenerateInput {
  /** @defaultValue with `start`, the number of its day, so that each day's events have ids of their own; else 42 */
  readonly seed?: number;
  readonly stores?: number;
  readonly products?: number;
  /** First day, or an instant in it, such as the time of a schedule. */
  readonly start?: string;
  readonly days?: number;
  /** Which part of the world, counted from 0. */
  readonly shard?: { readonly index: number; readonly count: number };
  /** Events to send at most; the function's own limit holds all the same. */
  readonly maxEvents?: number;
  /** Events of the shard to leave out, as an earlier answer's `resumeFrom` says. */
  readonly resumeFrom?: number;
  /** The same place in time, as an earlier answer's `resumeAt` says: the world is moved there instead of made again. */
  readonly resumeAt?: ResumePoint;
  /** False leaves asking for trucks to the planner, even where the function has a queue for it. @defaultValue true */
  readonly earlyRequests?: boolean;
}

/** A place in a world: an instant, and how many events of that very instant have been sent. */
export interface ResumePoint {
  readonly instant: string;
  readonly sent: number;
}

const numbers = ['seed', 'stores', 'products', 'days', 'maxEvents', 'resumeFrom'] as const;
const keys: ReadonlySet<string> = new Set([...numbers, 'start', 'shard', 'resumeAt', 'earlyRequests']);

/**
 * Reads the event: of a hand, of EventBridge Scheduler, of Step Functions as it stands, of an EventBridge rule
 * from its `detail`.
 *
 * @throws HandlerError `INVALID_INPUT`
 */
export function readGenerateInput(event: unknown): GenerateInput {
  const input = isRecord(event) && 'detail-type' in event ? event.detail : event;
  if (input === undefined || input === null) return {};
  if (!isRecord(input)) throw notGiven('the event', 'an object', input);
  for (const key of Object.keys(input)) {
    if (!keys.has(key)) throw notGiven('the event', `an object of ${[...keys].join(', ')}`, key);
  }
  const read: { -readonly [Key in keyof GenerateInput]: GenerateInput[Key] } = {};
  for (const key of numbers) {
    const value = input[key];
    if (value !== undefined) read[key] = count(key, value);
  }
  if (input.start !== undefined) read.start = instantOf('start', input.start);
  if (input.shard !== undefined) read.shard = shardOf(input.shard);
  if (input.resumeAt !== undefined) read.resumeAt = pointOf(input.resumeAt);
  if (input.earlyRequests !== undefined) {
    if (typeof input.earlyRequests !== 'boolean') {
      throw notGiven('earlyRequests', 'true or false', input.earlyRequests);
    }
    read.earlyRequests = input.earlyRequests;
  }
  return read;
}

function instantOf(name: string, value: unknown): string {
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return new Date(value).toISOString();
  throw notGiven(name, 'a day such as 2026-01-05, or an instant', value);
}

function pointOf(value: unknown): ResumePoint {
  if (!isRecord(value)) throw notGiven('resumeAt', 'an object of instant and sent', value);
  return { instant: instantOf('resumeAt.instant', value.instant), sent: count('resumeAt.sent', value.sent) };
}

function shardOf(value: unknown): { readonly index: number; readonly count: number } {
  if (!isRecord(value)) throw notGiven('shard', 'an object of index and count', value);
  const shard = { index: count('shard.index', value.index), count: count('shard.count', value.count) };
  if (shard.index < shard.count && shard.count <= 1_000_000) return shard;
  throw notGiven('shard.index', 'less than `shard.count`, which is at most 1000000', shard.index);
}

function count(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw notGiven(name, 'a whole number from 0 on', value);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const notGiven = (name: string, expected: string, got: unknown): HandlerError =>
  new HandlerError(
    'INVALID_INPUT',
    `Expected \`${name}\` to be ${expected}, got ${got === undefined ? 'nothing' : JSON.stringify(got).slice(0, 80)}.`,
  );
