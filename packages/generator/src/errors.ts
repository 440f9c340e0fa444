/** What can go wrong in this package; a code stays the same between releases. */
export type WorldErrorCode =
  'INVALID_OPTION' | 'OUT_OF_RANGE' | 'UNKNOWN_SERIES' | 'SNAPSHOT_MISMATCH' | 'ABORTED';

/** Every error that this package throws: which option, what was given, what is allowed. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
  readonly code: WorldErrorCode;
  /** The option or argument that is wrong, with dots for nested ones: `shard.index`. */
  readonly option: string;
  /** What was given. */
  readonly value: unknown;
  /** What would have been accepted. */
  readonly allowed: string;

  constructor(code: WorldErrorCode, option: string, value: unknown, allowed: string) {
    super(`Expected \`${option}\` to be ${allowed}, got ${show(value)}.`);
    this.code = code;
    this.option = option;
    this.value = value;
    this.allowed = allowed;
  }
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Date) return `a Date of ${String(value.getTime())}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
