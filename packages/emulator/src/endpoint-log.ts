import { DurableError, openLog, type Log, type LogOptions } from '@store/durable';
import { EmulatorError } from './errors.js';

/** Opens a log of the endpoint; one that does not open is told of in the endpoint's own words. */
export function openEndpointLog(folder: string, options: LogOptions): Log {
  try {
    return openLog(folder, options);
  } catch (cause) {
    if (!(cause instanceof DurableError)) throw cause;
    if (cause.code === 'LOG_FORMAT') throw olderFormat(folder, cause);
    if (cause.code !== 'LOG_DAMAGED') throw cause;
    throw new EmulatorError(
      'CORRUPT_STATE',
      `The log ${cause.path ?? folder} is damaged at byte ${cause.offset ?? 0}. Nothing was changed. Bring the folder back from a copy, or choose another \`dataDir\`.`,
      { cause },
    );
  }
}

/** The error for a folder that only an earlier release can read. */
export function olderFormat(folder: string, cause: DurableError): EmulatorError {
  return new EmulatorError(
    'OLDER_FORMAT',
    `${folder} was written by another release, which was killed. Nothing was changed. Start that release once on this folder and stop it: what it leaves then opens here.`,
    { cause },
  );
}
