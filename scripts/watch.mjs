/**
 * Checks the types again whenever a source changes. The compiler's own watch of a build looks for changes by
 * polling every file of every project; here the system tells, and a check where little changed takes a
 * second.
 */
import { existsSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { root, startProgram } from './programs.mjs';

/** Waits this long for the rest of what an editor or a checkout writes. */
const QUIET_MS = 150;

/** Folders of the repository that hold TypeScript. */
function sourceFolders() {
  const members = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name)),
  );
  return [
    ...members.flatMap((member) =>
      ['src', 'test', 'bench', 'examples', 'scripts', 'infra'].map((name) => join(member, name)),
    ),
    ...['scripts', 'test', 'docs/guides'].map((name) => join(root, name)),
  ].filter((folder) => existsSync(folder));
}

/** Checks now and after every change; returns what ends it. */
export function watchTypes() {
  let running;
  let again = false;
  let timer;
  const check = () => {
    if (running !== undefined) {
      again = true;
      return;
    }
    running = startProgram('tsc', ['-b', '--pretty']);
    running.on('exit', (code) => {
      running = undefined;
      if (code === 0) process.stderr.write('Types: no error.\n');
      if (again) check();
      again = false;
    });
  };
  const watchers = sourceFolders().map((folder) =>
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(check, QUIET_MS);
    }),
  );
  check();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
