import {
  abortSignal,
  callback,
  checkArgument,
  checkOptions,
  eitherOf,
  having,
  nested,
  numberBetween,
  oneOf,
  required,
  satisfying,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';
import { optionError } from './errors.js';
import { firehoseLimits } from './limits.js';
import {
  firehoseDefaults,
  type FlushOptions,
  type MemoryOptions,
  type PackingOptions,
  type PipeOptions,
  type ProducerBatchOptions,
  type ProducerOptions,
  type RateOptions,
  type RetryOptions,
  type SpoolOptions,
  type TimeoutOptions,
} from './options.js';
import { recordTextBytes } from './packing/packed-record.js';
import type { RateSettings } from './rate/rate-control.js';
import type { SpoolSettings } from './spool/spool.js';
import { sdkClient } from './transport/sdk-transport.js';

/** Options with their defaults, all checked. */
export interface Settings {
  readonly packing: Required<PackingOptions>;
  readonly batch: Required<ProducerBatchOptions>;
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
/** The longest pause, deadline or linger that makes sense with Firehose: 15 minutes. */
const MOST_MS = 900_000;

const packing: OptionRules<PackingOptions> = {
  mode: oneOf('packed', 'single'),
  maxEvents: wholeNumber(1, firehoseLimits.eventsPerRecord),
  maxBytes: wholeNumber(1, firehoseLimits.recordBytes),
};
const batch: OptionRules<ProducerBatchOptions> = {
  maxRecords: wholeNumber(1, firehoseLimits.recordsPerBatch),
  maxBytes: wholeNumber(1, firehoseLimits.batchBytes),
  lingerMs: numberBetween(0, MOST_MS),
};
const memory: OptionRules<MemoryOptions> = { maxBytes: wholeNumber(1), onFull: oneOf('wait', 'reject') };
const rate: OptionRules<RateOptions> = {
  bytesPerSec: eitherOf(oneOf('region', 'learn'), numberBetween(1, Infinity)),
  requestsPerSec: numberBetween(0, Infinity, { above: true }),
  recordsPerSec: numberBetween(0, Infinity, { above: true }),
  share: numberBetween(0, 1, { above: true }),
  maxInFlight: wholeNumber(1, 256),
};
const rateDefaults: RateSettings = {
  requestsPerSec: undefined,
  recordsPerSec: undefined,
  ...firehoseDefaults.rate,
};
const retry: OptionRules<RetryOptions> = {
  baseMs: numberBetween(0, MOST_MS),
  capMs: numberBetween(0, MOST_MS),
  maxAttempts: numberBetween(1, Infinity),
  maxAgeMs: numberBetween(0, Infinity),
  budget: numberBetween(0, 1),
};
const timeouts: OptionRules<TimeoutOptions> = {
  connectMs: numberBetween(1, MOST_MS),
  requestMs: numberBetween(1, MOST_MS),
};
const spool: OptionRules<SpoolOptions> = {
  dir: required(text()),
  mode: oneOf('overflow', 'always'),
  durability: oneOf('process', 'disk'),
  maxBytes: wholeNumber(1024 * 1024),
  onDamage: oneOf('refuse', 'salvage'),
};
const producer: OptionRules<ProducerOptions<never>> = {
  deliveryStreamName: required(
    satisfying(
      '1 to 64 letters, digits, underscores, dots and hyphens',
      (value) => typeof value === 'string' && STREAM_NAME.test(value),
    ),
  ),
  client: sdkClient,
  transport: having('send'),
  encoder: having('encodeInto'),
  packing: nested(packing),
  batch: nested(batch),
  memory: nested(memory),
  rate: nested(rate),
  retry: nested(retry),
  timeouts: nested(timeouts),
  spool: nested(spool),
  deadLetter: callback(),
  meter: having('createCounter', 'createHistogram'),
  clock: having('now', 'wallNow', 'schedule'),
  random: callback(),
};

const signal = abortSignal();
const flush: OptionRules<FlushOptions> = {
  // What is over already is a deadline, too: callers hand in what is left of a time.
  deadlineMs: satisfying('a number', (value) => typeof value === 'number' && !Number.isNaN(value)),
  signal,
};
const pipe: OptionRules<PipeOptions> = { signal, onReject: callback() };

const source = satisfying(
  'an iterable or async iterable, such as a list or a stream',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    (Symbol.iterator in value || Symbol.asyncIterator in value),
);

/** Checks what `flush` and `close` are given. */
export function checkFlushOptions(options: FlushOptions | undefined): void {
  checkOptions(options, flush, optionError);
}

/** Checks what `pipe` and `pipeLines` are given. */
export function checkPipe(from: unknown, options: PipeOptions | undefined): void {
  checkArgument('source', from, source, optionError);
  checkOptions(options, pipe, optionError);
}

/** Checks everything and fills in the defaults. */
export function producerSettings<T>(options: ProducerOptions<T>): Settings {
  checkOptions(options, producer, optionError);
  const packing = withDefaults(firehoseDefaults.packing, options.packing);
  const batch = withDefaults(firehoseDefaults.batch, options.batch);
  const memory = withDefaults(firehoseDefaults.memory, options.memory);
  atLeast('batch.maxBytes', batch.maxBytes, packing.maxBytes, 'to hold a record of `packing.maxBytes`');
  const largest = recordTextBytes(packing.maxBytes);
  atLeast('memory.maxBytes', memory.maxBytes, MIN_SLABS * largest, 'to hold three of the largest records');
  const slabBytes = Math.max(largest, Math.min(SLAB_BYTES, Math.floor(memory.maxBytes / 8)));
  return {
    packing: packing.mode === 'single' ? { ...packing, maxEvents: 1 } : packing,
    batch,
    onFull: memory.onFull,
    slabBytes,
    maxSlabs: Math.floor(memory.maxBytes / slabBytes),
    rate: withDefaults(rateDefaults, options.rate),
    retry: withDefaults(firehoseDefaults.retry, options.retry),
    timeouts: withDefaults(firehoseDefaults.timeouts, options.timeouts),
    spool: options.spool === undefined ? undefined : spoolSettings(options.spool),
  };
}

function spoolSettings({ dir, ...options }: SpoolOptions): SpoolSettings {
  const spool = { dir, ...withDefaults(firehoseDefaults.spool, options) };
  return { ...spool, segmentBytes: Math.min(SEGMENT_BYTES, Math.floor(spool.maxBytes / 4)) };
}

/** The defaults, and over them what is given; an option that is undefined is not. */
function withDefaults<Defaults extends object>(
  defaults: Defaults,
  given: { readonly [Name in keyof Defaults]?: Defaults[Name] | undefined } = {},
): Defaults {
  const settings = { ...defaults };
  // The keys of an object that was written with this type have no other names.
  for (const name of Object.keys(defaults) as (keyof Defaults)[]) {
    const value = given[name];
    if (value !== undefined) settings[name] = value;
  }
  return settings;
}

function atLeast(path: string, value: number, least: number, why: string): void {
  if (value >= least) return;
  throw optionError({ path, message: `Expected \`${path}\` to be at least ${least} ${why}, got ${value}.` });
}
