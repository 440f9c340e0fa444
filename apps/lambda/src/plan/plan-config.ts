import { eventDayPartitioning, eventHourPartitioning, type EventPartitioning } from '@store/schema';
import { invalid, optionalText, requiredText, wholeNumber, type Environment } from '../config/environment.js';

/** Settings of `plan`, read once. */
export interface PlanConfig {
  readonly database: string;
  readonly table: string;
  readonly workGroup: string | undefined;
  readonly partitioning: EventPartitioning;
  readonly requestQueueUrl: string;
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
    requestQueueUrl: requiredText(env, 'REQUEST_QUEUE_URL'),
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
