/**
 * Packs libraries as they would be published, with those of ours that they need:
 *
 *   npm run pack -- FOLDER [NAME…]     builds, packs into FOLDER, and prints the tarball of each as JSON
 *
 * `cli` is the store command: our packages are in its bundle, so it brings along none of them.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { buildDeclarations, buildPackages } from './build.mjs';
import { libraries } from './libraries.mjs';
import { environment, root, runProgram } from './programs.mjs';

/** The command, packed as a library is. */
const command = { folder: 'cli', name: '@store/cli', path: join(root, 'apps', 'cli'), dependencies: [] };
const packable = [...libraries, command];

/** The libraries of these folder names and all of ours that they bring along; every library without a name. */
export function withDependencies(names) {
  const wanted = new Set(names.length === 0 ? libraries.map(({ folder }) => folder) : names);
  for (const name of wanted) {
    const library = packable.find(({ folder }) => folder === name);
    if (library === undefined) throw new Error(`There is no library ${name}.`);
    for (const dependency of library.dependencies) wanted.add(dependency);
  }
  return packable.filter(({ folder }) => wanted.has(folder));
}

const keptIn = join(root, 'node_modules', '.cache', 'packed');

/**
 * Puts the tarball of one built library into a folder and gives its path. It is packed once for the same files: pnpm takes a
 * second of CPU for each, and the check, `store init` and the tests of both pack the same ones.
 */
export function packInto(folder, library) {
  const tarball = join(folder, `store-${library.folder}.tgz`);
  const kept = join(keptIn, `${library.folder}-${contentOf(library)}.tgz`);
  if (!existsSync(kept)) pack(library, kept);
  copyFileSync(kept, tarball);
  return tarball;
}

function pack(library, kept) {
  mkdirSync(keptIn, { recursive: true });
  const older = readdirSync(keptIn).filter((name) => name.replace(/-\w+\.tgz$/, '') === library.folder);
  for (const name of older) rmSync(join(keptIn, name), { force: true });
  // Another process may pack the same one at this moment: whoever copies it has all of one of the two.
  const beside = `${kept}.${process.pid}`;
  if (
    runProgram('pnpm', ['pack', '--out', beside], {
      cwd: library.path,
      quiet: true,
      env: { ...environment(), STORE_BUILT: '1' },
    }) !== 0
  )
    throw new Error(`${library.name} could not be packed; see above.`);
  renameSync(beside, kept);
}

/** Folders of a package that are in no tarball. */
const notPacked = new Set(['node_modules', 'test', 'bench', 'temp', '.turbo', '.store']);

/** One text for all that a tarball follows from: the files of the package, and what the workspace says of versions. */
function contentOf(library) {
  const hash = createHash('sha256');
  const add = (path) => hash.update(relative(root, path)).update('\n').update(readFileSync(path));
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isFile()) add(path);
      else if (entry.isDirectory() && !notPacked.has(entry.name)) walk(path);
    }
  };
  walk(library.path);
  for (const name of ['LICENSE', 'package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'])
    add(join(root, name));
  for (const { path } of libraries) add(join(path, 'package.json'));
  return hash.digest('hex').slice(0, 16);
}

if (process.argv[1] === import.meta.filename) {
  const [folder = '.', ...names] = process.argv.slice(2);
  const chosen = withDependencies(names);
  mkdirSync(resolve(folder), { recursive: true });
  if (buildPackages(chosen.map(({ name }) => name)) !== 0 || buildDeclarations() !== 0) process.exit(1);
  const packed = chosen.map((library) => [library.name, packInto(resolve(folder), library)]);
  console.log(JSON.stringify(Object.fromEntries(packed)));
}
