import { existsSync } from 'node:fs';
import { checkPath } from './errors.js';
import type { LogEntry } from './frame.js';
import { recover, type Recovery } from './recover.js';
import { SegmentList } from './segment-list.js';

/** What {@link inspectLog} looks for. */
export interface InspectOptions {
  /** First segment that matters. @defaultValue the first that is there */
  readonly from?: number;
  /** Segments are dropped in any order, so that one that is missing is no damage. @defaultValue false */
  readonly gaps?: boolean;
  /** Takes each sound entry, in order. */
  readonly onEntry?: (entry: LogEntry) => void;
}

/** What a folder holds of a log. */
export interface LogInspection extends Recovery {
  /** Numbers of the segments that count, oldest first. */
  readonly segments: readonly number[];
  /** Bytes of all of them. */
  readonly bytes: number;
}

/**
 * Reads the log in a folder, whoever owns it, and returns what is in it and what is wrong with it. It changes nothing:
 * a torn write is told of and stays. The log must not be open.
 *
 * @throws {@link DurableError} `LOG_FORMAT` for a file of another release.
 *
 * @example
 * ```ts
 * import { inspectLog } from '@store/durable';
 *
 * const { entries, damages, torn } = inspectLog('data/orders');
 * console.log(entries, damages.map(({ path, offset, problem }) => `${path} at byte ${offset}: ${problem}`), torn?.bytes);
 * ```
 */
export function inspectLog(folder: string, options: InspectOptions = {}): LogInspection {
  checkPath('folder', folder);
  if (!existsSync(folder)) return { segments: [], bytes: 0, entries: 0, damages: [], torn: undefined };
  const { segments, entries, damages, torn } = recover({
    folder,
    from: options.from,
    owner: undefined,
    ownerName: undefined,
    gaps: options.gaps ?? false,
    salvage: true,
    looks: true,
    listed: new SegmentList(folder).listed,
    visit: options.onEntry ?? (() => undefined),
    onSalvaged: () => undefined,
  });
  const bytes = [...segments.values()].reduce((sum, size) => sum + size, 0);
  return { segments: [...segments.keys()], bytes, entries, damages, torn };
}
