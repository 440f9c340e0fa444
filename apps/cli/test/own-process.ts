import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from '../../../scripts/bundle.mjs';
import type { Outcome } from './terminal.js';

const source = join(import.meta.dirname, '..', 'src', 'main.ts');

/**
 * Runs the command from its sources in a process of its own. For what a process reads once and keeps, such as its time
 * zone, which DuckDB takes from the system at its first use: set in this process, it would hold for every later test.
 */
export async function runInOwnProcess(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Outcome> {
  const program = await bundle(source);
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [program, ...args],
      { ...options, env: { PATH: process.env.PATH ?? '', ...options.env }, encoding: 'buffer' },
      (_error, stdout, stderr) => {
        resolve({
          code: child.exitCode ?? -1,
          bytes: stdout,
          stdout: stdout.toString('utf8'),
          stderr: stderr.toString('utf8'),
        });
      },
    );
  });
}
