import { checkArgument, CodedError, satisfying, text, type OptionProblem } from '@store/foundation';

/** Codes of {@link DurableError}. */
export type DurableErrorCode =
  | 'CALLBACK_FAILED'
  | 'CLOSED'
  | 'FOLDER_IN_USE'
  | 'INVALID_OPTION'
  | 'LOCK_UNSUPPORTED'
  | 'LOG_DAMAGED'
  | 'LOG_FORMAT'
  | 'LOG_OWNER'
  | 'SYNC_FAILED'
  | 'WRITE_FAILED';

/** What a {@link DurableError} is about. */
export interface DurableErrorFacts extends ErrorOptions {
  /** The file or folder. */
  readonly path?: string;
  /** Where in the file, in bytes. */
  readonly offset?: number;
  /** Who holds the folder, as far as it says so. */
  readonly holder?: string;
  /** `LOG_DAMAGED`: what is wrong at that place, without what to do about it. */
  readonly problem?: string;
}

/**
 * What goes wrong with a log, a lock or a file; the message names the file and says what to do.
 *
 * @example
 * ```ts
 * import { DurableError, openLog } from '@store/durable';
 *
 * try {
 *   openLog('data/log');
 * } catch (error) {
 *   if (error instanceof DurableError && error.code === 'LOG_DAMAGED') console.log(error.path, error.offset);
 *   else throw error;
 * }
 * ```
 */
export class DurableError extends CodedError<DurableErrorCode> {
  /** The class's name, as logs show it. */
  override readonly name = 'DurableError';
  /** The file or folder that it is about. */
  readonly path: string | undefined;
  /** Where in that file, in bytes. */
  readonly offset: number | undefined;
  /** Who holds the folder, as far as it says so. */
  readonly holder: string | undefined;
  /** `LOG_DAMAGED`: what is wrong at that place, without what to do about it. */
  readonly problem: string | undefined;

  constructor(code: DurableErrorCode, message: string, facts: DurableErrorFacts = {}) {
    super(code, message, facts);
    this.path = facts.path;
    this.offset = facts.offset;
    this.holder = facts.holder;
    this.problem = facts.problem;
  }
}

/** The log takes no entries any more. */
export function logClosed(path: string): DurableError {
  return new DurableError('CLOSED', `The log ${path} is closed.`, { path });
}

/** Does the error carry this code of the operating system's? */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** What a wrong option or argument becomes. */
export function invalidOption({ message }: OptionProblem): DurableError {
  return new DurableError('INVALID_OPTION', message);
}

const pathRule = text('a path');
const textRule = satisfying('text', (value) => typeof value === 'string');

/** Throws unless the argument is a path. */
export function checkPath(name: string, value: unknown): void {
  checkArgument(name, value, pathRule, invalidOption);
}

/** Throws unless the argument is text. */
export function checkText(name: string, value: unknown): void {
  checkArgument(name, value, textRule, invalidOption);
}
