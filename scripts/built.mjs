/**
 * Whether a build would do anything: the names, sizes and times of the files that builds read and write, as they were after
 * the last one. Where one differs, turbo is asked, which compares contents.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './programs.mjs';

/** What builds read beside the packages: turbo's `globalDependencies`, and turbo's own settings. */
const global = ['tsconfig.base.json', 'tsup.config.ts', 'pnpm-lock.yaml', 'turbo.json'];

/** Folders of a package that no build reads or writes. */
const otherFolders = new Set([
  'node_modules',
  'test',
  'bench',
  'examples',
  'temp',
  'docs',
  'infra',
  'cdk.out',
]);

/** Pages, and what the type check writes. */
const otherFiles = /\.(?:md|tsbuildinfo|d\.ts|d\.ts\.map)$/;

/** True where the last build of these packages ended well, and no file of any package has changed since. */
export function isBuilt(names, at = root) {
  const stamps = readStamps(at);
  // A build of everything is one of each.
  const known = [stamps[keyOf(names)], stamps[keyOf([])]].filter((stamp) => stamp !== undefined);
  return known.length > 0 && known.includes(fingerprint(at));
}

/** Runs a build, and remembers what the files were after it; gives its exit code. */
export function noteBuild(names, build, at = root) {
  const sources = fingerprint(at, { outputs: false });
  const status = build();
  // What somebody wrote while it ran may not be in it.
  if (status !== 0 || fingerprint(at, { outputs: false }) !== sources) return status;
  mkdirSync(dirname(stampsOf(at)), { recursive: true });
  writeFileSync(stampsOf(at), JSON.stringify({ ...readStamps(at), [keyOf(names)]: fingerprint(at) }));
  return status;
}

const stampsOf = (at) => join(at, 'node_modules', '.cache', 'builds.json');
const keyOf = (names) => [...names].sort().join(' ');

function readStamps(at) {
  try {
    return JSON.parse(readFileSync(stampsOf(at), 'utf8'));
  } catch {
    // Not there yet, or cut off with its process: the next build writes it again.
    return {};
  }
}

/** One text for all files that count, those that builds write among them unless `outputs` is false. */
function fingerprint(at, { outputs = true } = {}) {
  const hash = createHash('sha256').update(process.version);
  const add = (path) => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  };
  const walk = (folder, leftOut) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) {
        if (!otherFiles.test(entry.name)) add(path);
      } else if (!leftOut(entry.name)) walk(path, () => false);
    }
  };
  for (const name of global) add(join(at, name));
  for (const group of ['packages', 'apps'])
    for (const name of readdirSync(join(at, group)))
      walk(
        join(at, group, name),
        (inside) => otherFolders.has(inside) || inside.startsWith('.') || (inside === 'dist' && !outputs),
      );
  return hash.digest('hex');
}
