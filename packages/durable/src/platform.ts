/** What a system offers, or lacks, for files, locks and names; every difference between systems is decided here. */
export interface Platform {
  /** As `process.platform` calls it. */
  readonly name: NodeJS.Platform;
  /** A folder can be opened and synced, so that a new name in it survives a power failure. Windows has no such call. */
  readonly syncsFolders: boolean;
  /** What the kernel drops when a process ends, however it ends, and so says that a folder is held. */
  readonly lock: 'socket-file' | 'named-pipe';
  /** Sockets without a file: where a file system takes none, they hold at least within one network namespace. */
  readonly abstractSockets: boolean;
  /** Longest path of a socket file in bytes (`sun_path` without its end: unix(7), macOS `sys/un.h`). */
  readonly socketPathBytes: number;
  /** `process.on('SIGTERM')` is called when somebody asks the process to end. */
  readonly signals: boolean;
  /** Names that differ in case only are one file. */
  readonly caseBlind: boolean;
  /** Characters, ends and words that no file name may have. */
  readonly forbiddenNames: 'posix' | 'windows';
}

/**
 * Returns what a system offers; `name` is for tests of other systems than this one.
 *
 * @example
 * ```ts
 * import { platformOf } from '@store/durable';
 *
 * console.log(platformOf('win32').syncsFolders, platformOf('linux').lock); // false socket-file
 * ```
 */
export function platformOf(name: NodeJS.Platform = process.platform): Platform {
  const windows = name === 'win32';
  return {
    name,
    syncsFolders: !windows,
    lock: windows ? 'named-pipe' : 'socket-file',
    abstractSockets: name === 'linux' || name === 'android',
    socketPathBytes: name === 'linux' || name === 'android' ? 107 : 103,
    signals: !windows,
    caseBlind: windows || name === 'darwin',
    forbiddenNames: windows ? 'windows' : 'posix',
  };
}
