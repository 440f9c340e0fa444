import { DurableError } from '@store/durable';

/**
 * What a failure of a delivery is about: the `disk` (or the memory, or the descriptors left), which does not get
 * better by giving up; something `temporary`; the `entry` itself, which fails again however often it is tried; or the
 * `log`, which takes nothing more until the next start.
 */
export type FailureKind = 'disk' | 'temporary' | 'entry' | 'log';

const diskCodes = [
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
  'ENODEV',
  'ESTALE',
];
const temporaryCodes = ['EAGAIN', 'EBUSY', 'ENOMEM', 'ETIMEDOUT', 'FAILED_ON_PURPOSE'];
/** DuckDB has no codes for what the system said. */
const diskWords =
  /No space left|Disk quota exceeded|Input\/output error|Read-only file system|Too many open files/i;

/** Tells what a failure is about. */
export function failureKind(error: unknown): FailureKind {
  if (error instanceof DurableError) return error.code === 'WRITE_FAILED' ? 'disk' : 'log';
  if (!(error instanceof Error)) return 'entry';
  const code = 'code' in error ? String(error.code) : '';
  if (diskCodes.includes(code) || diskWords.test(error.message)) return 'disk';
  if (temporaryCodes.includes(code)) return 'temporary';
  return error.cause === undefined ? 'entry' : failureKind(error.cause);
}

/** The words of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Returns a listener that never throws: what a user's listener throws becomes a warning, and the endpoint continues. */
export function quietly(listener: ((error: unknown) => void) | undefined): (error: unknown) => void {
  return (error) => {
    try {
      listener?.(error);
    } catch (thrown) {
      process.emitWarning(`\`onTrouble\` threw: ${reasonOf(thrown)}`);
    }
  };
}
