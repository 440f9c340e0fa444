/** Builds: JavaScript by each package's `build`, cached by turbo; declarations by the type check itself. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt, noteBuild } from './built.mjs';
import { libraries } from './libraries.mjs';
import { runProgram } from './programs.mjs';

/**
 * Builds the JavaScript of the named packages and of what they need, or of everything; gives the exit code. Where no
 * file has changed since the last time, nothing is started: turbo takes half a second to find that out.
 *
 * @param say - takes one line before a build begins
 */
export function buildPackages(names = [], say = () => undefined) {
  if (isBuilt(names)) return 0;
  say(`Building ${names.join(', ') || 'everything'}…`);
  return noteBuild(names, () => runTurbo(names));
}

function runTurbo(names) {
  const filters = names.map((name) => `--filter=${name}`);
  return runProgram('turbo', ['run', 'build', '--output-logs=errors-only', ...filters], { quiet: true });
}

/** Checks the types of all there is and writes the declarations of the packages; gives the exit code. */
export function checkTypes() {
  return typeScript([], {});
}

/** Writes the declarations of the libraries where something changed; gives the exit code. */
export function buildDeclarations() {
  const projects = libraries.map(({ path }) => join(path, 'tsconfig.build.json'));
  return typeScript(projects, { quiet: true });
}

function typeScript(projects, options) {
  for (const { path, entries } of libraries) {
    // Declarations that somebody deleted: the compiler looks only at what it noted when it wrote them.
    if (entries.some(({ types }) => !existsSync(join(path, types))))
      rmSync(join(path, 'node_modules', '.cache', 'sources.tsbuildinfo'), { force: true });
  }
  // One thread: several check the shared declarations once each, for half as much CPU again (`npm run loop`).
  return runProgram('tsc', ['-b', '--singleThreaded', ...projects], options);
}
