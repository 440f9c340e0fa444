import { checkArgument, CodedError, text, type OptionProblem } from '@store/foundation';

/** Codes of {@link EmulatorError}. */
export type EmulatorErrorCode =
  | 'INVALID_OPTION'
  | 'NEWER_FORMAT'
  | 'OLDER_FORMAT'
  | 'DATA_DIR_IN_USE'
  | 'ADDRESS_IN_USE'
  | 'CORRUPT_STATE'
  | 'DISK_FAILED'
  | 'FOLDER_UNUSABLE'
  | 'SALVAGED'
  | 'OBJECT_DAMAGED'
  | 'TORN_WRITE'
  | 'CLOSED'
  | 'QUERY_FAILED'
  | 'QUERY_LIMIT'
  | 'QUERY_REFUSED'
  | 'QUERY_STOPPED';

/** What an {@link EmulatorError} is about. */
export interface EmulatorErrorFacts extends ErrorOptions {
  /** The file or folder. */
  readonly path?: string;
  /** What happened, in sentences, where the message continues with what a program does about it. */
  readonly problem?: string;
}

/**
 * What goes wrong with the endpoint itself; clients of its services get AWS's errors instead.
 *
 * @example
 * ```ts
 * import { EmulatorError, startEmulator } from '@store/emulator';
 *
 * try {
 *   await startEmulator({ dataDir: './lake', port: 70_000 });
 * } catch (error) {
 *   if (error instanceof EmulatorError && error.code === 'INVALID_OPTION') console.log(error.message);
 *   // Expected `port` to be 0 to 65535, got 70000.
 * }
 * ```
 */
export class EmulatorError extends CodedError<EmulatorErrorCode> {
  /** The class's name, as logs show it. */
  override readonly name = 'EmulatorError';
  /** The file or folder that it is about, where it is about one. */
  readonly path: string | undefined;
  /** What happened, without what a program does about it: a command has other ways. The message, where that says no more. */
  readonly problem: string;

  constructor(code: EmulatorErrorCode, message: string, facts: EmulatorErrorFacts = {}) {
    super(code, message, facts);
    this.path = facts.path;
    this.problem = facts.problem ?? message;
  }
}

/** An error whose message is what happened and what a program does about it. */
export function advised(
  code: EmulatorErrorCode,
  problem: string,
  advice: string,
  facts: Omit<EmulatorErrorFacts, 'problem'> = {},
): EmulatorError {
  return new EmulatorError(code, `${problem} ${advice}`, { ...facts, problem });
}

/** What a wrong option or argument becomes. */
export function invalidOption({ message }: OptionProblem): EmulatorError {
  return new EmulatorError('INVALID_OPTION', message);
}

const pathRule = text('a path');

/** Throws unless the argument is a path. */
export function checkPath(name: string, value: unknown): void {
  checkArgument(name, value, pathRule, invalidOption);
}
