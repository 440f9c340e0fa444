/** What a failed command says: the cause, and what to do about it. */
export interface CliErrorOptions {
  /** Stable, for machines: `PORT_TAKEN`. */
  readonly code: string;
  /** One sentence, imperative: what the reader can do. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/** The command could not do its work: exit code 1. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  readonly code: string;
  readonly fix: string | undefined;

  constructor(message: string, options: CliErrorOptions) {
    super(message, { cause: options.cause });
    this.code = options.code;
    this.fix = options.fix;
  }
}

/** The command was asked for something it does not offer: exit code 2, one line. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';

  constructor(message: string, options: Partial<CliErrorOptions> = {}) {
    super(message, { code: 'USAGE', ...options });
  }
}

/** The command failed and has said why in its own form; only the exit code is left. */
export class SaidAllError extends CliError {
  override readonly name = 'SaidAllError';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('The command has said why.', { code: 'SAID_ALL' });
    this.exitCode = exitCode;
  }
}

/** Ctrl-C or SIGTERM ended the command early, after it had flushed: exit code 130. */
export class InterruptedError extends CliError {
  override readonly name = 'InterruptedError';

  /** @param report - what was and what was not delivered. */
  constructor(report: string) {
    super(report, { code: 'INTERRUPTED' });
  }
}

/** The reader of standard output went away (`store generate | head`): a quiet end, not a failure. */
export class ReaderGoneError extends CliError {
  override readonly name = 'ReaderGoneError';

  constructor() {
    super('The reader of standard output has gone.', { code: 'READER_GONE' });
  }
}

/** The error with which a stopped command ends: quiet when only the reader has gone, otherwise with a report. */
export function interruption(signal: AbortSignal, report: string): CliError {
  return signal.reason instanceof ReaderGoneError ? signal.reason : new InterruptedError(report);
}
