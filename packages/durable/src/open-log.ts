import { checkPath } from './errors.js';
import { FileLog } from './file-log.js';
import { makeFolder } from './make-folder.js';
import { checkLogOptions, type LogOptions } from './log-options.js';
import type { Log } from './log.js';

/**
 * Opens the log in a folder, handing each entry that is there to `onEntry`, in order; the folder is made if it is
 * missing. What a crash cut short at the very end is left out, and `recovery.torn` says how much that was. Anything
 * else that is not as it was written is damage, which is refused.
 *
 * @throws {@link DurableError} `LOG_DAMAGED` with path and offset, `LOG_FORMAT`, `LOG_OWNER` or `INVALID_OPTION`.
 *
 * @example
 * ```ts
 * import { openLog } from '@store/durable';
 *
 * const seen: string[] = [];
 * const log = openLog('data/orders', { onEntry: ({ payload }) => seen.push(payload.toString()) });
 * await log.commit(1, Buffer.from('an order'));
 * await log.close();
 * ```
 */
export function openLog(folder: string, options: LogOptions = {}): Log {
  checkPath('folder', folder);
  checkLogOptions(options);
  makeFolder(folder);
  return new FileLog(folder, options);
}
