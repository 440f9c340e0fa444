import { spawn } from 'node:child_process';
import { platformOf, type Platform } from '@store/durable';
import type { Terminal } from '../terminal/terminal.js';

/** The program that shows an address in the person's browser, and its arguments. */
export interface Opener {
  readonly program: string;
  readonly args: readonly string[];
}

/** Returns what opens an address on this system; undefined where there is no display to show it on. */
export function openerOf(
  url: string,
  env: Terminal['env'],
  { name }: Pick<Platform, 'name'> = platformOf(),
): Opener | undefined {
  if (name === 'darwin') return { program: 'open', args: [url] };
  // `start` is a word of the command interpreter; its first argument in quotes is the title of a window.
  if (name === 'win32') return { program: 'cmd', args: ['/c', 'start', '""', url] };
  const hasDisplay = [env.DISPLAY, env.WAYLAND_DISPLAY].some((value) => value !== undefined && value !== '');
  return hasDisplay ? { program: 'xdg-open', args: [url] } : undefined;
}

/** Opens an address in the person's browser; says on standard error where that is not possible, and never fails. */
export function openPage(url: string, { env, stderr }: Pick<Terminal, 'env' | 'stderr'>): void {
  const opener = openerOf(url, env);
  if (opener === undefined) {
    stderr.write(`There is no display here: open ${url} in a browser.\n`);
    return;
  }
  const { program, args } = opener;
  const child = spawn(program, args, {
    env,
    stdio: 'ignore',
    detached: true,
    windowsVerbatimArguments: true,
  });
  child.on('error', () => {
    stderr.write(`${program} cannot be started: open ${url} in a browser.\n`);
  });
  child.on('exit', (code) => {
    if (code !== 0) stderr.write(`${program} found no browser: open ${url} in one.\n`);
  });
  // The browser stays open when this program ends.
  child.unref();
}
