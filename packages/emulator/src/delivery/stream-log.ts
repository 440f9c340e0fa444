import { DurableError, openLog, type Log, type LogOptions, type TornTail } from '@store/durable';
import { EmulatorError } from '../errors.js';

/** Opens a stream's log, or says what may be done about one that does not open. */
export function openStreamLog(folder: string, options: LogOptions): Log {
  try {
    return openLog(folder, options);
  } catch (cause) {
    if (!(cause instanceof DurableError)) throw cause;
    if (cause.code === 'LOG_FORMAT') {
      throw new EmulatorError(
        'OLDER_FORMAT',
        `${folder} holds records of a release before 0.1 that was killed. Nothing was changed. Start that release once on this folder and stop it: what it leaves then opens here.`,
        { cause },
      );
    }
    if (cause.code === 'LOG_DAMAGED') throw new EmulatorError('CORRUPT_STATE', cause.message, { cause });
    throw cause;
  }
}

/** What is said about calls that were not acknowledged when the process ended. */
export function cutShort({ path, offset, bytes }: TornTail): Error {
  return new Error(
    `The last ${bytes} bytes of ${path}, from byte ${offset} on, are a write that never ended, and were cut off: the calls in it were not acknowledged.`,
  );
}
