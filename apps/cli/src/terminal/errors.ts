import { CodedError, nearestNames } from '@store/foundation';

/** Why a command ended early: stable names, for machines. */
export type CliErrorCode =
  // How a command ends, whichever it is.
  | 'USAGE'
  | 'SAID_ALL'
  | 'INTERRUPTED'
  | 'READER_GONE'
  | 'CANNOT_WRITE'
  // What it reads and writes on this machine.
  | 'NOT_A_RUN_FOLDER'
  | 'FOLDER_IN_USE'
  | 'FOLDER_GONE'
  | 'CORRUPT_STATE'
  | 'NOT_EMPTY'
  | 'NO_SOURCE'
  | 'BAD_MAPPING'
  | 'NO_SUGGESTION'
  | 'ALL_REFUSED'
  | 'BAD_SOURCE'
  | 'OUTSIDE_TABLE'
  | 'TOO_MANY_REJECTS'
  | 'NO_CHECKOUT'
  | 'NO_HANDLER'
  | 'NO_PAGE'
  | 'DOCTOR_FAILED'
  | 'POLICY_FAILED'
  // The lake, Athena and the queue.
  | 'NO_LAKE'
  | 'BAD_SQL'
  | 'QUERY_FAILED'
  | 'QUERY_LIMIT'
  | 'NO_QUEUE_URL'
  | 'QUEUE_REFUSED'
  | 'NO_LEDGER'
  | 'LEDGER_DAMAGED'
  | 'NOT_MOVED'
  | 'BAD_MESSAGE'
  | 'COUNTS_DISAGREE'
  | 'TRUCKS_DISAGREE'
  // The endpoint and the page of `store up`.
  | 'NO_ENDPOINT'
  | 'STREAM_DIFFERS'
  | 'NOT_CONVERTED'
  | 'ENDPOINT_DOWN'
  | 'DELIVERY_FAILED'
  | 'UNDELIVERED'
  | 'NO_FAULTS'
  | 'BAD_REQUEST'
  | 'REFUSED'
  | 'NOT_JSON'
  | 'TOO_LARGE';

/** What else an error of the command may say. */
export interface CliErrorOptions {
  /** One sentence, imperative: what the reader can do. */
  readonly fix?: string;
  /** How the process ends. @defaultValue 2 for `USAGE`, 130 for `INTERRUPTED`, 0 for `READER_GONE`, otherwise 1 */
  readonly exitCode?: number;
  readonly cause?: unknown;
}

const exitCodes = new Map<CliErrorCode, number>([
  ['USAGE', 2],
  ['INTERRUPTED', 130],
  ['READER_GONE', 0],
]);

/** The command could not do its work, or was stopped: what is said about it, and how the process ends. */
export class CliError extends CodedError<CliErrorCode> {
  override readonly name = 'CliError';
  readonly fix: string | undefined;
  readonly exitCode: number;

  constructor(code: CliErrorCode, message: string, options: CliErrorOptions = {}) {
    super(code, message, { cause: options.cause });
    this.fix = options.fix;
    this.exitCode = options.exitCode ?? exitCodes.get(code) ?? 1;
  }
}

/** The reader of standard output went away (`store generate | head`): a quiet end, not a failure. */
export function readerGone(): CliError {
  return new CliError('READER_GONE', 'The reader of standard output has gone.');
}

/**
 * The error with which a stopped command ends: quiet when only the reader has gone, otherwise with a report of what
 * was delivered and what was not.
 */
export function interruption(signal: AbortSignal, report: string): CliError {
  const reason: unknown = signal.reason;
  return reason instanceof CliError ? reason : new CliError('INTERRUPTED', report);
}

/** True for what work throws because the command was stopped, and for no other failure. */
export function isStop(error: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted || error === signal.reason) return signal.aborted;
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || ('code' in error && error.code === 'QUERY_STOPPED');
}

/** Why a command was stopped by whoever runs services, who asks with SIGTERM: for a server that is no failure. */
export const termination: Error = new Error('The process was asked to end.');

/** ` Did you mean turnover?`, for the end of a message; empty where no name is near. */
export function didYouMean(wanted: string, names: Iterable<string>): string {
  const [nearest] = nearestNames(wanted, names);
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}
