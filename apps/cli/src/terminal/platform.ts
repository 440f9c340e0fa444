import { posix, win32, type PlatformPath } from 'node:path';

/**
 * What differs between operating systems, decided here and nowhere else in the command. Linux is tested; the rules for
 * Windows and macOS are tested with the platform handed in (test/terminal/platform.test.ts).
 */
export type Platform = NodeJS.Platform;

/**
 * Signals that ask the command to stop in good order. Windows knows no SIGTERM that a process could hear: there Ctrl-C,
 * Ctrl-Break and the closing of the window are what arrives (Node's documentation of process signals).
 */
export function stopSignals(platform: Platform = process.platform): readonly NodeJS.Signals[] {
  return platform === 'win32' ? ['SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGINT', 'SIGTERM'];
}

/** Whether a path is written as a folder: with a separator at its end. */
export function looksLikeFolder(path: string, platform: Platform = process.platform): boolean {
  return path.endsWith('/') || path.endsWith(pathsOf(platform).sep);
}

/** Whether a path lies in a folder, at any depth; both absolute. */
export function isInside(folder: string, path: string, platform: Platform = process.platform): boolean {
  const { relative, isAbsolute, sep } = pathsOf(platform);
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const pathsOf = (platform: Platform): PlatformPath => (platform === 'win32' ? win32 : posix);
