import { nameList, optionalText, wholeNumber, type Environment } from '../config/environment.js';

/** Settings of `generate`, read once. */
export interface GenerateConfig {
  /** Shard i writes to stream i modulo their number. */
  readonly streamNames: readonly string[];
  readonly maxEvents: number;
  /** Time kept back for the last flush and the answer. */
  readonly marginMs: number;
  /** Where restock requests go at once; without it, only the planner asks for trucks. */
  readonly requestQueueUrl: string | undefined;
  readonly recoveryMargin: number;
  readonly packSize: number;
}

/** @throws HandlerError `INVALID_CONFIG` */
export function readGenerateConfig(env: Environment): GenerateConfig {
  return {
    streamNames: nameList(env, 'STREAM_NAMES'),
    maxEvents: wholeNumber(env, 'MAX_EVENTS', { least: 1, most: 1_000_000_000, otherwise: 1_000_000 }),
    marginMs: wholeNumber(env, 'DEADLINE_MARGIN_MS', { least: 100, most: 600_000, otherwise: 10_000 }),
    requestQueueUrl: optionalText(env, 'EARLY_REQUEST_QUEUE_URL'),
    recoveryMargin: wholeNumber(env, 'RECOVERY_MARGIN', { least: 0, most: 1_000_000, otherwise: 0 }),
    packSize: wholeNumber(env, 'PACK_SIZE', { least: 1, most: 1_000_000, otherwise: 1 }),
  };
}
