import { platformOf, type Platform } from '@store/durable';
import { posix, win32, type PlatformPath } from 'node:path';

/**
 * Signals that ask the command to stop in good order: by a person, by what runs services, and by a terminal that closes.
 * Windows knows no SIGTERM that a process could hear: there Ctrl-C, Ctrl-Break and the closing of the window are what arrives
 * (Node's documentation of process signals). What systems offer is decided in `platformOf`; Windows and macOS are tested with
 * the platform handed in.
 */
export function stopSignals(platform: Platform = platformOf()): readonly NodeJS.Signals[] {
  return platform.signals ? ['SIGINT', 'SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGBREAK', 'SIGHUP'];
}

/** Whether a path is written as a folder: with a separator at its end. */
export function looksLikeFolder(path: string, platform: Platform = platformOf()): boolean {
  return path.endsWith('/') || path.endsWith(pathsOf(platform).sep);
}

/** Whether a path is in a folder, at any depth; both absolute. */
export function isInside(folder: string, path: string, platform: Platform = platformOf()): boolean {
  const paths = pathsOf(platform);
  const way = paths.relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way);
}

const pathsOf = ({ name }: Platform): PlatformPath => (name === 'win32' ? win32 : posix);
