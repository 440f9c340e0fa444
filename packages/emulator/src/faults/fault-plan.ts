import { readFile } from 'node:fs/promises';
import { flag, nested, numberBetween, type OptionRules } from '@store/foundation';
import { EmulatorError } from '../errors.js';

/** Faults to make on purpose; every share is between 0 and 1, and absent means none. */
export interface FaultPlan {
  /** Share of records that PutRecordBatch refuses one by one, as under throttling. */
  readonly refusedRecords?: number;
  /** Share of put calls that are throttled as a whole: ServiceUnavailableException. */
  readonly throttledCalls?: number;
  /** Share of calls that fail with InternalFailure, HTTP 500. */
  readonly internalErrors?: number;
  /** Share of calls that fail with HTTP 503 before anything is done. */
  readonly unavailable?: number;
  /** Share of put calls whose connection is cut before anything is stored. */
  readonly resetsBeforeCommit?: number;
  /** Share of put calls whose connection is cut after everything is stored: a retry makes duplicates. */
  readonly resetsAfterCommit?: number;
  /** Wait before each call is worked on, in milliseconds, up to an hour. */
  readonly latencyMs?: number;
  /** Share of deliveries that fail and are tried again. */
  readonly failedDeliveries?: number;
  /** Wait before each delivery, in milliseconds, up to an hour. */
  readonly deliveryDelayMs?: number;
  /** Nothing more is written, as if the disk were full. */
  readonly diskFull?: boolean;
  /** What is added to the endpoint's time, in milliseconds; up to ten years either way. */
  readonly clockSkewMs?: number;
}

/** Kinds of faults that strike by chance. */
export type FaultKind =
  | 'refusedRecords'
  | 'throttledCalls'
  | 'internalErrors'
  | 'unavailable'
  | 'resetsBeforeCommit'
  | 'resetsAfterCommit'
  | 'failedDeliveries';

/** No faults. */
export const noFaults: FaultPlan = Object.freeze({});

const share = numberBetween(0, 1);
/** A timer that is set for longer than 2^31 ms fires immediately; nobody waits for an hour. */
const delay = numberBetween(0, 3_600_000);
/** Ten years: a date stays one. */
const LARGEST_SKEW_MS = 315_360_000_000;

/** What is accepted of a plan's members. */
export const faultRules: OptionRules<FaultPlan> = {
  refusedRecords: share,
  throttledCalls: share,
  internalErrors: share,
  unavailable: share,
  resetsBeforeCommit: share,
  resetsAfterCommit: share,
  latencyMs: delay,
  failedDeliveries: share,
  deliveryDelayMs: delay,
  diskFull: flag(),
  clockSkewMs: numberBetween(-LARGEST_SKEW_MS, LARGEST_SKEW_MS),
};

/** Takes a plan, or the path of a file that holds one. */
export async function readFaultPlan(plan: FaultPlan | string | undefined): Promise<FaultPlan> {
  if (plan === undefined) return noFaults;
  if (typeof plan !== 'string') return checkFaultPlan(plan);
  const text = await readFile(plan, 'utf8');
  try {
    return checkFaultPlan(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof EmulatorError) throw cause;
    throw new EmulatorError('INVALID_OPTION', `Expected ${plan} to hold a fault plan as JSON.`, { cause });
  }
}

/** Checks a plan that came from outside. */
export function checkFaultPlan(value: unknown): FaultPlan {
  const problem = nested(faultRules).problem(value, '');
  if (problem !== undefined) throw new EmulatorError('INVALID_OPTION', problem.message);
  // Every member was checked.
  return value as FaultPlan;
}
