import { EmulatorError } from '../errors.js';
import { damageSentence, type DamagedObject } from '../lake/damaged-object.js';

/** What a query may run into. */
export type QueryLimitName =
  | 'timeoutMs'
  | 'memoryBytes'
  | 'duckDbMemoryBytes'
  | 'maxRows'
  | 'maxResultBytes'
  | 'maxSpillBytes'
  | 'rowBytes'
  | 'scannedBytes';

/** A query went beyond a limit and was ended. */
export class QueryLimitError extends Error {
  override readonly name = 'QueryLimitError';
  readonly limit: QueryLimitName;
  /** The limit's value. */
  readonly most: number;

  constructor(limit: QueryLimitName, most: number) {
    super(`The query ${what[limit](most)}: \`${limit}\` is ${most}. ${fixes[limit]}`);
    this.limit = limit;
    this.most = most;
  }
}

/** A statement that does not only read, or that reads what is no table. */
export class QueryRefused extends Error {
  override readonly name = 'QueryRefused';
}

/** An object could not be read, since its file is gone or is not the one that was written. */
export class DamagedObjectError extends Error {
  override readonly name = 'DamagedObjectError';
  readonly object: DamagedObject;

  constructor(object: DamagedObject) {
    super(
      `${damageSentence(object)} Bring the file back from a copy, or delete the object (\`aws s3 rm\`) to continue without it.`,
    );
    this.object = object;
  }
}

/** The query was called off: stopped by its caller, or its engine was closed. */
export class QueryStopped extends Error {
  override readonly name = 'QueryStopped';
}

const bytes = (count: number): string =>
  count >= 1024 * 1024 ? `${Math.round(count / 1024 / 1024)} MiB` : `${count} bytes`;

const what: Readonly<Record<QueryLimitName, (most: number) => string>> = {
  timeoutMs: (most) => `ran longer than ${most} ms`,
  memoryBytes: (most) => `took more than ${bytes(most)} of memory`,
  duckDbMemoryBytes: (most) => `took more than ${bytes(most)} of memory`,
  maxRows: (most) => `gave more than ${most} rows`,
  maxResultBytes: (most) => `gave more than ${bytes(most)}`,
  maxSpillBytes: (most) => `took more than ${bytes(most)} of disk`,
  rowBytes: (most) => `gave a row of more than ${bytes(most)}`,
  scannedBytes: (most) => `would scan more than ${bytes(most)}`,
};

const smaller = 'Read less at a time, with a condition, fewer groups, or LIMIT; or raise the limit.';
const fixes: Readonly<Record<QueryLimitName, string>> = {
  timeoutMs: smaller,
  memoryBytes: smaller,
  duckDbMemoryBytes: smaller,
  maxRows: 'Add LIMIT, or raise the limit.',
  maxResultBytes: 'Select fewer columns, add LIMIT, or raise the limit.',
  maxSpillBytes: smaller,
  rowBytes: 'Select less in one row.',
  scannedBytes: 'Name a partition in the conditions, or raise the limit of the work group.',
};

/** The endpoint's error for what a query ran into. */
export function queryError(cause: unknown): EmulatorError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof QueryLimitError) return new EmulatorError('QUERY_LIMIT', message, { cause });
  if (cause instanceof QueryRefused) return new EmulatorError('QUERY_REFUSED', message, { cause });
  if (cause instanceof QueryStopped || (cause instanceof Error && cause.name === 'AbortError')) {
    return new EmulatorError('QUERY_STOPPED', message, { cause });
  }
  return new EmulatorError('QUERY_FAILED', message, { cause });
}
