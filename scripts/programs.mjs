/**
 * Starts the programs of this repository through Node itself: no shell, no `.cmd` of Windows, and none of the
 * links in node_modules/.bin. What a system lacks, as far as scripts are concerned, is decided here.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Root of the repository. */
export const root = join(import.meta.dirname, '..');

/** Package of each program that is not named as its package. */
const packageOf = {
  attw: '@arethetypeswrong/cli',
  tsc: 'typescript-7',
  changeset: '@changesets/cli',
  depcruise: 'dependency-cruiser',
  cdk: 'aws-cdk',
};

/** pnpm's own program is native, and named otherwise on Windows; this is the entry of it that is JavaScript. */
const entryOf = { pnpm: 'bin/pnpm.mjs' };

/** Path of the JavaScript file that starts a program which `folder`, or else the root, depends on. */
export function programPath(name, folder = root) {
  const packageName = packageOf[name] ?? name;
  const place = [folder, root]
    .map((at) => join(at, 'node_modules', packageName))
    .find((at) => existsSync(join(at, 'package.json')));
  if (place === undefined) throw new Error(`${name} is not installed: run npm test once.`);
  const { bin } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  return join(place, entryOf[name] ?? (typeof bin === 'string' ? bin : bin[name]));
}

/**
 * npm, or npx, as the JavaScript file that Node runs: what started this process if that was npm, or else what
 * is beside Node.
 */
export function npmPath(name = 'npm') {
  const started = process.env.npm_execpath ?? '';
  const beside = dirname(process.execPath);
  const found = [
    /[\\/]npm-cli\.js$/.test(started) ? dirname(started) : undefined,
    join(beside, 'node_modules', 'npm', 'bin'), // Windows
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin'),
    join(beside, '..', 'share', 'nodejs', 'npm', 'bin'), // Debian
    join(beside, '..', 'share', 'npm', 'bin'),
  ]
    .map((folder) => (folder === undefined ? undefined : join(folder, `${name}-cli.js`)))
    .find((path) => path !== undefined && existsSync(path));
  if (found === undefined)
    throw new Error(`npm was not found beside ${process.execPath}: start this with npm.`);
  return found;
}

/** The environment of every program: no telemetry, and pnpm in the path, since turbo looks for it there. */
export function environment(more = {}, from = process.env) {
  const env = { ...from };
  // On Windows the variable may be `Path`, and a copy of the environment is no longer blind to case.
  const path = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  env[path] = [join(root, 'node_modules', '.bin'), env[path] ?? ''].join(delimiter);
  return {
    ...env,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...more,
  };
}

/** Runs Node to its end and gives its exit code; when `quiet`, what it says is shown only if it fails. */
export function runNode(args, { quiet = false, cwd = root, env = environment() } = {}) {
  const result = spawnSync(process.execPath, args, {
    cwd,
    env,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error !== undefined) throw result.error;
  if (quiet && result.status !== 0) process.stderr.write(result.stdout + result.stderr);
  return result.status ?? 1;
}

/** Runs a program to its end and gives its exit code. */
export function runProgram(name, args, options) {
  return runNode([programPath(name, options?.cwd), ...args], options);
}

/** Starts a program that continues beside this process. */
export function startProgram(name, args) {
  return spawn(process.execPath, [programPath(name), ...args], {
    cwd: root,
    env: environment(),
    stdio: 'inherit',
  });
}
