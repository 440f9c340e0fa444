import {
  callback,
  checkOptions,
  eitherOf,
  flag,
  having,
  isLoopback,
  listOf,
  mapOf,
  nested,
  numberBetween,
  oneOf,
  required,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';
import { EmulatorError, invalidOption } from './errors.js';
import { faultRules, type FaultPlan } from './faults/fault-plan.js';
import { queryRules, type QueryOptions } from './query/query-limits.js';
import type { Clock } from '@store/foundation';

/** How the endpoint is started. */
export interface EmulatorOptions {
  /** Folder that holds everything: the lake below `s3`, the rest below `state`. */
  readonly dataDir: string;
  /**
   * TCP port; 0 takes any free one.
   * @defaultValue 0
   */
  readonly port?: number;
  /**
   * Address to listen on. One that other machines reach needs a {@link EmulatorOptions.secretAccessKey}.
   * @defaultValue '127.0.0.1'
   */
  readonly host?: string;
  /**
   * Hosts, besides the loopback ones, that requests may name.
   * @defaultValue none
   */
  readonly allowedHosts?: readonly string[];
  /**
   * Secret that every request must be signed with; without one, any signature will do.
   * @defaultValue none
   */
  readonly secretAccessKey?: string;
  /**
   * Region of the names that the endpoint makes up.
   * @defaultValue 'us-east-1'
   */
  readonly region?: string;
  /**
   * Account of the names that the endpoint makes up, 12 digits.
   * @defaultValue '000000000000'
   */
  readonly accountId?: string;
  /**
   * Whether the name of an SQS queue that was deleted can be taken again immediately, as test suites do.
   * `false`: after 60 seconds, as on AWS, which answers QueueDeletedRecently until then.
   * @defaultValue true
   */
  readonly reuseQueueNames?: boolean;
  /**
   * Faults to make, as a plan or as the path of a JSON file that holds one.
   * @defaultValue none
   */
  readonly faults?: FaultPlan | string;
  /**
   * Decides which requests and records the faults hit.
   * @defaultValue 1
   */
  readonly seed?: number;
  /**
   * Time as the endpoint sees it.
   * @defaultValue the computer's own
   */
  readonly clock?: Clock;
  /**
   * Firehose's quotas for one delivery stream: `'none'`, those of a region as AWS sets them, or own ones.
   * @defaultValue 'none'
   */
  readonly quotas?: 'none' | 'us-east-1' | 'other' | QuotaOptions;
  /**
   * Partitions that one delivery stream may have open at the same time.
   * @defaultValue 500
   */
  readonly maxActivePartitions?: number;
  /**
   * A buffer under format conversion is delivered at this many bytes of JSON at the latest, whatever SizeInMBs
   * says, in bytes, and at a sixteenth of it where nothing came for a second. Smaller: flush is quicker and takes less
   * memory. Larger: fewer objects.
   * @defaultValue 12582912
   */
  readonly conversionBlockBytes?: number;
  /**
   * Size at which the log continues in a new segment and a checkpoint is taken, in bytes.
   * @defaultValue 67108864
   */
  readonly logSegmentBytes?: number;
  /**
   * Memory that DuckDB may take for one query, in bytes.
   * @defaultValue 201326592
   */
  readonly duckDbMemoryBytes?: number;
  /**
   * Threads that DuckDB may take for one query.
   * @defaultValue 2
   */
  readonly duckDbThreads?: number;
  /**
   * What one query may take: time, memory, rows, bytes.
   * @defaultValue queryDefaults
   */
  readonly queries?: QueryOptions;
  /**
   * Functions that Lambda processors name by ARN, run in this process.
   * @defaultValue none
   */
  readonly lambdas?: Readonly<Record<string, LambdaFunction>>;
  /**
   * What is done about a file of the data folder that is not as it was written: `'refuse'` does not start, and names
   * the file and the place; `'salvage'` continues with all that is sound, tells {@link
   * EmulatorOptions.onTrouble} of each thing that is missing (an {@link EmulatorError} `SALVAGED`), and keeps
   * the damaged bytes.
   * @defaultValue 'refuse'
   */
  readonly onDamage?: 'refuse' | 'salvage';
  /**
   * Starts empty: what clients made before is removed, damaged or not. A folder that no endpoint was started in is
   * refused, unless it has none of the names that one uses.
   * @defaultValue false
   */
  readonly reset?: boolean;
  /**
   * Delivers each put immediately: when it is answered, its records are objects in S3, whatever the buffering
   * hints say. A put waits for that, ten seconds at most; what is not delivered by then goes out as usual.
   * @defaultValue false
   */
  readonly deliverNow?: boolean;
  /**
   * Told of failures behind the scenes that the endpoint continues from: a delivery that is tried again.
   * @defaultValue does nothing
   */
  readonly onTrouble?: (error: unknown) => void;
}

/** Firehose's quotas for one delivery stream, each a second. */
export interface QuotaOptions {
  /** PutRecord and PutRecordBatch calls a second. */
  readonly requestsPerSecond: number;
  /** Records a second. */
  readonly recordsPerSecond: number;
  /** Bytes of record data a second, before base64. */
  readonly bytesPerSecond: number;
}

/** A Lambda function that transforms records: takes Firehose's event, gives Firehose's answer. */
export type LambdaFunction = (event: unknown) => unknown;

/**
 * What holds where an option is not given.
 *
 * @example
 * ```ts
 * import { emulatorDefaults } from '@store/emulator';
 *
 * console.log(emulatorDefaults.region); // us-east-1
 * ```
 */
export const emulatorDefaults: Readonly<
  Required<
    Pick<
      EmulatorOptions,
      | 'port'
      | 'host'
      | 'region'
      | 'accountId'
      | 'reuseQueueNames'
      | 'seed'
      | 'maxActivePartitions'
      | 'conversionBlockBytes'
      | 'logSegmentBytes'
      | 'duckDbMemoryBytes'
      | 'duckDbThreads'
      | 'onDamage'
      | 'reset'
      | 'deliverNow'
    >
  >
> = Object.freeze({
  port: 0,
  host: '127.0.0.1',
  region: 'us-east-1',
  accountId: '000000000000',
  reuseQueueNames: true,
  seed: 1,
  maxActivePartitions: 500,
  conversionBlockBytes: 12 * 1024 * 1024,
  logSegmentBytes: 64 * 1024 * 1024,
  duckDbMemoryBytes: 192 * 1024 * 1024,
  duckDbThreads: 2,
  onDamage: 'refuse',
  reset: false,
  deliverNow: false,
});

/** Options with the defaults filled in. */
export type EmulatorSettings = EmulatorOptions &
  Required<Pick<EmulatorOptions, keyof typeof emulatorDefaults>>;

const MIB = 1024 * 1024;
const perSecond = required(numberBetween(0, Infinity, { above: true }));
const quotaRules: OptionRules<QuotaOptions> = {
  requestsPerSecond: perSecond,
  recordsPerSecond: perSecond,
  bytesPerSecond: perSecond,
};

const rules: OptionRules<EmulatorOptions> = {
  dataDir: required(text('a folder')),
  port: wholeNumber(0, 65_535),
  host: text(),
  allowedHosts: listOf(text()),
  secretAccessKey: text(),
  region: text(),
  accountId: text('12 digits', /^\d{12}$/),
  faults: eitherOf(text(), nested(faultRules)),
  reuseQueueNames: flag(),
  seed: wholeNumber(0, 2 ** 32 - 1),
  clock: having('now', 'wallNow', 'schedule'),
  quotas: eitherOf(oneOf('none', 'us-east-1', 'other'), nested(quotaRules)),
  maxActivePartitions: wholeNumber(1, 5_000),
  conversionBlockBytes: wholeNumber(1, 128 * MIB),
  logSegmentBytes: wholeNumber(1, 1024 * MIB),
  duckDbMemoryBytes: wholeNumber(64 * MIB, 1024 * 1024 * MIB),
  duckDbThreads: wholeNumber(1, 256),
  queries: nested(queryRules),
  lambdas: mapOf(callback()),
  onDamage: oneOf('refuse', 'salvage'),
  reset: flag(),
  deliverNow: flag(),
  onTrouble: callback(),
};

/** Fills in the defaults and refuses what cannot work. */
export function settingsFrom(options: EmulatorOptions): EmulatorSettings {
  checkOptions(options, rules, invalidOption);
  // An option that is undefined counts as not given, and must not be in the place of its default.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings: EmulatorSettings = { ...emulatorDefaults, dataDir: options.dataDir, ...given };
  if (!isLoopback(settings.host) && settings.secretAccessKey === undefined) {
    throw new EmulatorError(
      'INVALID_OPTION',
      `Expected \`host\` to be a loopback address, got ${settings.host}. To be reached from other machines, set \`secretAccessKey\` too.`,
    );
  }
  return settings;
}
