import { OptionError } from './errors.js';
import { FIREHOSE_LIMITS } from './limits.js';
import {
  PRODUCER_DEFAULTS,
  type BatchOptions,
  type PackingOptions,
  type ProducerOptions,
  type RetryOptions,
  type SpoolOptions,
  type TimeoutOptions,
} from './options.js';
import { recordTextBytes } from './packing/packed-record.js';
import type { RateSettings } from './rate/rate-control.js';
import type { SpoolSettings } from './spool/spool.js';

/** Options with their defaults, all checked. */
export interface Settings {
  readonly packing: Required<PackingOptions>;
  readonly batch: Required<BatchOptions>;
  readonly onFull: 'wait' | 'reject';
  readonly slabBytes: number;
  readonly maxSlabs: number;
  readonly rate: RateSettings;
  readonly retry: Required<RetryOptions>;
  readonly timeouts: Required<TimeoutOptions>;
  readonly spool: SpoolSettings | undefined;
}

/** Enough for one to fill, one to send and one to move a record that outgrew its slab. */
const MIN_SLABS = 3;
const SLAB_BYTES = 2 * 1024 * 1024;
const SEGMENT_BYTES = 16 * 1024 * 1024;
const STREAM_NAME = /^[a-zA-Z0-9_.-]{1,64}$/;

/** Puts in the defaults and checks everything. */
export function checkOptions<T>(options: ProducerOptions<T>): Settings {
  if (!STREAM_NAME.test(options.deliveryStreamName)) {
    throw new OptionError(
      'Expected `deliveryStreamName` to be 1 to 64 letters, digits, underscores, dots and hyphens, ' +
        `got ${JSON.stringify(options.deliveryStreamName)}.`,
    );
  }
  const packing = { ...PRODUCER_DEFAULTS.packing, ...options.packing };
  const batch = { ...PRODUCER_DEFAULTS.batch, ...options.batch };
  const memory = { ...PRODUCER_DEFAULTS.memory, ...options.memory };
  const rate = {
    requestsPerSec: undefined,
    recordsPerSec: undefined,
    ...PRODUCER_DEFAULTS.rate,
    ...options.rate,
  };
  const retry = { ...PRODUCER_DEFAULTS.retry, ...options.retry };
  const timeouts = { ...PRODUCER_DEFAULTS.timeouts, ...options.timeouts };

  oneOf('packing.mode', packing.mode, ['packed', 'single']);
  oneOf('memory.onFull', memory.onFull, ['wait', 'reject']);
  if (typeof rate.bytesPerSec !== 'number') oneOf('rate.bytesPerSec', rate.bytesPerSec, ['region', 'learn']);
  whole('packing.maxEvents', packing.maxEvents, 1, FIREHOSE_LIMITS.eventsPerRecord);
  whole('packing.maxBytes', packing.maxBytes, 1, FIREHOSE_LIMITS.recordBytes);
  whole('batch.maxRecords', batch.maxRecords, 1, FIREHOSE_LIMITS.recordsPerBatch);
  whole('batch.maxBytes', batch.maxBytes, packing.maxBytes, FIREHOSE_LIMITS.batchBytes);
  between('batch.lingerMs', batch.lingerMs, 0, 900_000);
  between('rate.share', rate.share, Number.MIN_VALUE, 1);
  whole('rate.maxInFlight', rate.maxInFlight, 1, 256);
  if (typeof rate.bytesPerSec === 'number') between('rate.bytesPerSec', rate.bytesPerSec, 1, Infinity);
  between('rate.requestsPerSec', rate.requestsPerSec ?? 1, Number.MIN_VALUE, Infinity);
  between('rate.recordsPerSec', rate.recordsPerSec ?? 1, Number.MIN_VALUE, Infinity);
  between('retry.baseMs', retry.baseMs, 0, 900_000);
  between('retry.capMs', retry.capMs, 0, 900_000);
  between('retry.maxAttempts', retry.maxAttempts, 1, Infinity);
  between('retry.maxAgeMs', retry.maxAgeMs, 0, Infinity);
  between('retry.budget', retry.budget, 0, 1);
  between('timeouts.connectMs', timeouts.connectMs, 1, 900_000);
  between('timeouts.requestMs', timeouts.requestMs, 1, 900_000);

  const largest = recordTextBytes(packing.maxBytes);
  const slabBytes = Math.max(largest, Math.min(SLAB_BYTES, Math.floor(memory.maxBytes / 8)));
  whole('memory.maxBytes', memory.maxBytes, MIN_SLABS * largest, Number.MAX_SAFE_INTEGER);
  return {
    packing: packing.mode === 'single' ? { ...packing, maxEvents: 1 } : packing,
    batch,
    onFull: memory.onFull,
    slabBytes,
    maxSlabs: Math.floor(memory.maxBytes / slabBytes),
    rate,
    retry,
    timeouts,
    spool: options.spool === undefined ? undefined : checkSpool(options.spool),
  };
}

function checkSpool(options: SpoolOptions): SpoolSettings {
  const spool = { ...PRODUCER_DEFAULTS.spool, ...options };
  if (spool.dir === '') throw new OptionError('Expected `spool.dir` to be a directory, got an empty text.');
  oneOf('spool.mode', spool.mode, ['overflow', 'always']);
  oneOf('spool.durability', spool.durability, ['process', 'disk']);
  whole('spool.maxBytes', spool.maxBytes, 1024 * 1024, Number.MAX_SAFE_INTEGER);
  return { ...spool, segmentBytes: Math.min(SEGMENT_BYTES, Math.floor(spool.maxBytes / 4)) };
}

/** Callers without types may write anything. */
function oneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  const words = allowed.map((word) => `'${word}'`).join(' or ');
  throw new OptionError(`Expected \`${name}\` to be ${words}, got ${JSON.stringify(value)}.`);
}

function between(name: string, value: number, from: number, to: number): void {
  if (value >= from && value <= to) return;
  const least = from === Number.MIN_VALUE ? 'above 0' : String(from);
  throw new OptionError(`Expected \`${name}\` to be ${least} to ${to}, got ${value}.`);
}

function whole(name: string, value: number, from: number, to: number): void {
  if (Number.isInteger(value)) between(name, value, from, to);
  else
    throw new OptionError(`Expected \`${name}\` to be a whole number from ${from} to ${to}, got ${value}.`);
}
