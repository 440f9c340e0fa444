import { wholeNumber, type OptionRules } from '@store/foundation';

/** What one query may take; each is enforced from outside of the process that runs it. */
export interface QueryOptions {
  /**
   * Time that one query may work, in milliseconds; waiting for its reader does not count.
   * @defaultValue 60000
   */
  readonly timeoutMs?: number;
  /**
   * Resident memory of the process that runs a query, in bytes. A process above it is killed, and its query fails;
   * others have processes of their own. It is at least `duckDbMemoryBytes` and 320 MiB.
   * @defaultValue 536870912
   */
  readonly memoryBytes?: number;
  /**
   * Rows of one result.
   * @defaultValue 1000000
   */
  readonly maxRows?: number;
  /**
   * Bytes of one result.
   * @defaultValue 268435456
   */
  readonly maxResultBytes?: number;
  /**
   * Bytes on disk that one query may use for what does not fit into memory.
   * @defaultValue 1073741824
   */
  readonly maxSpillBytes?: number;
}

/**
 * What holds for queries where nothing is given.
 *
 * @example
 * ```ts
 * import { queryDefaults } from '@store/emulator';
 *
 * console.log(queryDefaults.timeoutMs); // 60000
 * ```
 */
export const queryDefaults: Readonly<Required<QueryOptions>> = Object.freeze({
  timeoutMs: 60_000,
  memoryBytes: 512 * 1024 * 1024,
  maxRows: 1_000_000,
  maxResultBytes: 256 * 1024 * 1024,
  maxSpillBytes: 1024 * 1024 * 1024,
});

/**
 * Limits of queries that no option moves.
 *
 * @example
 * ```ts
 * import { queryLimits } from '@store/emulator';
 *
 * console.log(queryLimits.sequenceEntries); // 10000
 * ```
 */
export const queryLimits: Readonly<{
  sequenceEntries: number;
  rowBytes: number;
  processes: number;
  queued: number;
  statementBytes: number;
  storedResultBytes: number;
  writtenRows: number;
  writtenPartitions: number;
  namedQueries: number;
  preparedStatements: number;
  statementTokens: number;
  rewrittenExpressions: number;
  typeDepth: number;
  sortedJsonDepth: number;
  repeatEntries: number;
}> = Object.freeze({
  /** Entries of `sequence`; Trino's `SequenceFunction.MAX_RESULT_ENTRIES` (2026). */
  sequenceEntries: 10_000,
  /** Bytes of one row; "32 MB" in "Service Quotas" of Athena's guide (2026). */
  rowBytes: 32 * 1024 * 1024,
  /** Processes that run queries at the same time; more queries wait in line. Own. */
  processes: 4,
  /** Queries that wait or run in Athena at the same time; 200 is its quota of active DML queries in most regions (2026). */
  queued: 200,
  /** Bytes of statements that are remembered with their results. Own. */
  statementBytes: 32 * 1024 * 1024,
  /** Bytes of finished results on disk; the oldest are dropped beyond it. Own. */
  storedResultBytes: 1024 * 1024 * 1024,
  /** Rows that one CTAS, INSERT or UNLOAD writes. Own. */
  writtenRows: 100_000_000,
  /** Partitions that one CTAS or INSERT writes; "Create a partitioned table" of Athena's guide (2026). */
  writtenPartitions: 100,
  /** Named queries that are kept. Own. */
  namedQueries: 10_000,
  /** Prepared statements of a workgroup; 1,000 is Athena's quota (2026). */
  preparedStatements: 1_000,
  /** Tokens of a statement; Athena takes 262,144 bytes ("Service Quotas", 2026). */
  statementTokens: 262_144,
  /** Expressions of one expression of a statement once it is rewritten, with what is in it twice. Own. */
  rewrittenExpressions: 300_000,
  /** Types within each other in a cast. Own. */
  typeDepth: 50,
  /** Lists and objects within each other in JSON whose keys are put in order. Own. */
  sortedJsonDepth: 500,
  /** Entries of `repeat`; Trino's `RepeatFunction.MAX_RESULT_ENTRIES` (2026). */
  repeatEntries: 10_000,
});

const MIB = 1024 * 1024;

/** What the options may be. */
export const queryRules: OptionRules<QueryOptions> = {
  timeoutMs: wholeNumber(1, 86_400_000),
  memoryBytes: wholeNumber(128 * MIB, 1024 * 1024 * MIB),
  maxRows: wholeNumber(1, 1_000_000_000),
  maxResultBytes: wholeNumber(1, 1024 * 1024 * MIB),
  maxSpillBytes: wholeNumber(0, 1024 * 1024 * MIB),
};

/** Memory of a process beside what DuckDB counts: Node, code, and rows on their way out. */
const BESIDE_DUCKDB_BYTES = 320 * MIB;

/** The options with their defaults; the memory of the process has room for DuckDB's. */
export function queryBounds(
  given: QueryOptions | undefined,
  duckDbMemoryBytes: number,
): Readonly<Required<QueryOptions>> {
  const set = Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
  const bounds: Required<QueryOptions> = { ...queryDefaults, ...set };
  return { ...bounds, memoryBytes: Math.max(bounds.memoryBytes, duckDbMemoryBytes + BESIDE_DUCKDB_BYTES) };
}
