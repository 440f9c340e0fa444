/**
 * Installs the npm packages whose types `npm run campaign -- foreign-types` reads, into .foreign-types: 400 MB, so only
 * who runs the campaign asks for it. Their names and versions are in
 * packages/glue-schema/bench/foreign-types.json.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmPath, runNode, root } from './programs.mjs';

const folder = join(root, '.foreign-types');
const { packages } = JSON.parse(
  readFileSync(join(root, 'packages', 'glue-schema', 'bench', 'foreign-types.json'), 'utf8'),
);
const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]));

/** The version that is installed; `undefined` where there is none. */
function installed(name) {
  const manifest = join(folder, 'node_modules', name, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

if (Object.entries(dependencies).every(([name, version]) => installed(name) === version)) {
  console.log('The packages are there.');
} else {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ private: true, dependencies }, undefined, 2)}\n`,
  );
  // Only their declarations are read: no script of theirs runs, and no peer is needed.
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
  process.exitCode = runNode([npmPath(), ...args], { cwd: folder });
}
