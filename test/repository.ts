/** What the tests of the repository itself read: its files, as git lists them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root of the repository. */
export const root: string = join(import.meta.dirname, '..');

/** As git lists them; asked once, since seventy tests want to know. */
let listed: readonly string[] | undefined;

/** Paths from the root of every file that git tracks or would track, with one of these endings. */
export function files(...endings: readonly string[]): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  listed ??= execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n');
  return listed.filter((path) => endings.some((ending) => path.endsWith(ending)));
}

/** Text of one file, by its path from the root. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
