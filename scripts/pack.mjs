/**
 * Packs libraries as they would be published, with those of ours that they need:
 *
 *   npm run pack -- FOLDER [NAME…]     builds, packs into FOLDER, and prints the tarball of each as JSON
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildDeclarations, buildPackages } from './build.mjs';
import { libraries } from './libraries.mjs';
import { environment, runProgram } from './programs.mjs';

/** The libraries of these folder names and all of ours that they bring along; every library without a name. */
export function withDependencies(names) {
  const wanted = new Set(names.length === 0 ? libraries.map(({ folder }) => folder) : names);
  for (const name of wanted) {
    const library = libraries.find(({ folder }) => folder === name);
    if (library === undefined) throw new Error(`There is no library ${name}.`);
    for (const dependency of library.dependencies) wanted.add(dependency);
  }
  return libraries.filter(({ folder }) => wanted.has(folder));
}

/** Packs one built library into a folder and gives the path of its tarball. */
export function packInto(folder, library) {
  const tarball = join(folder, `store-${library.folder}.tgz`);
  if (
    runProgram('pnpm', ['pack', '--out', tarball], {
      cwd: library.path,
      quiet: true,
      env: { ...environment(), STORE_BUILT: '1' },
    }) !== 0
  )
    throw new Error(`${library.name} could not be packed; see above.`);
  return tarball;
}

if (process.argv[1] === import.meta.filename) {
  const [folder = '.', ...names] = process.argv.slice(2);
  const chosen = withDependencies(names);
  mkdirSync(resolve(folder), { recursive: true });
  if (buildPackages(chosen.map(({ name }) => name)) !== 0 || buildDeclarations() !== 0) process.exit(1);
  const packed = chosen.map((library) => [library.name, packInto(resolve(folder), library)]);
  console.log(JSON.stringify(Object.fromEntries(packed)));
}
