import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
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

const LOG_MAGIC = 'STORELOG';

/**
 * Refuses streams that an earlier release left undelivered when it was killed: before a journal is converted, since
 * that release, which alone can read them, has to open the folder once more.
 */
export function refuseOlderStreams(streams: string): void {
  for (const stream of existsSync(streams) ? readdirSync(streams) : []) {
    const folder = join(streams, stream, 'log');
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{9,}\.log$/.test(name)) : [];
    const path = names.map((name) => join(folder, name)).find(isOlder);
    if (path === undefined) continue;
    throw olderFormat(
      folder,
      new DurableError('LOG_FORMAT', `${path} is no log of @store/durable.`, { path }),
    );
  }
}

/** Whether a log begins as none of @store/durable does, not even one that is damaged or was never filled. */
function isOlder(path: string): boolean {
  const start = startOf(path);
  const same = [...LOG_MAGIC].filter((letter, index) => letter.charCodeAt(0) === start[index]).length;
  return same < Math.min(LOG_MAGIC.length / 2, start.length) && start.some((byte) => byte !== 0);
}

function startOf(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(LOG_MAGIC.length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

function olderFormat(folder: string, cause: DurableError): EmulatorError {
  return new EmulatorError(
    'OLDER_FORMAT',
    `${folder} was written by another release, which was killed. Nothing was changed. Start that release once on this folder and stop it: what it leaves then opens here.`,
    { cause },
  );
}
