import type { FaultPlan } from './faults/fault-plan.js';
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
   * Partitions that one delivery stream may have open at once.
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
   * Size at which the log goes on in a new segment and a checkpoint is taken, in bytes.
   * @defaultValue 67108864
   */
  readonly logSegmentBytes?: number;
  /**
   * Memory that DuckDB may take, in bytes.
   * @defaultValue 201326592
   */
  readonly duckDbMemoryBytes?: number;
  /**
   * Threads that DuckDB may take.
   * @defaultValue 2
   */
  readonly duckDbThreads?: number;
  /**
   * Functions that Lambda processors name by ARN, run in this process.
   * @defaultValue none
   */
  readonly lambdas?: Readonly<Record<string, LambdaFunction>>;
  /**
   * Told of failures behind the scenes that the endpoint goes on from: a delivery that is tried again.
   * @defaultValue does nothing
   */
  readonly onTrouble?: (error: unknown) => void;
}

/** Firehose's quotas for one delivery stream, each a second. */
export interface QuotaOptions {
  readonly requestsPerSecond: number;
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
}

/** A Lambda function that transforms records: takes Firehose's event, gives Firehose's answer. */
export type LambdaFunction = (event: unknown) => unknown;

/** What holds where an option is not given. */
export const emulatorDefaults: Readonly<
  Required<
    Pick<
      EmulatorOptions,
      | 'port'
      | 'host'
      | 'region'
      | 'accountId'
      | 'seed'
      | 'maxActivePartitions'
      | 'conversionBlockBytes'
      | 'logSegmentBytes'
      | 'duckDbMemoryBytes'
      | 'duckDbThreads'
    >
  >
> = Object.freeze({
  port: 0,
  host: '127.0.0.1',
  region: 'us-east-1',
  accountId: '000000000000',
  seed: 1,
  maxActivePartitions: 500,
  conversionBlockBytes: 12 * 1024 * 1024,
  logSegmentBytes: 64 * 1024 * 1024,
  duckDbMemoryBytes: 192 * 1024 * 1024,
  duckDbThreads: 2,
});
