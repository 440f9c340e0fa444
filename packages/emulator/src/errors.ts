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
  | 'TORN_WRITE'
  | 'CLOSED'
  | 'QUERY_FAILED'
  | 'QUERY_LIMIT'
  | 'QUERY_REFUSED'
  | 'QUERY_STOPPED';

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
