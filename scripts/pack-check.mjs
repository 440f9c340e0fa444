/**
 * Packs every library as it would be published and looks at the tarball with publint and attw; with
 * `--keep DIR` leaves the tarballs there (the stranger's project of the tests installs them).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { libraries } from './libraries.mjs';

const keepAt = process.argv.indexOf('--keep');
const keep = keepAt === -1 ? undefined : resolve(process.argv[keepAt + 1]);
const folder = keep ?? mkdtempSync(join(tmpdir(), 'store-pack-'));
mkdirSync(folder, { recursive: true });
let failures = 0;

function check(library, program, args) {
  const result = spawnSync(program, args, { cwd: library.path, encoding: 'utf8' });
  if (result.status === 0) return;
  failures++;
  console.error(`${library.name}: ${program} says\n${result.stdout}${result.stderr}`);
}

for (const library of libraries) {
  const tarball = join(folder, `${library.folder}.tgz`);
  execFileSync('pnpm', ['pack', '--out', tarball], {
    cwd: library.path,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (keep !== undefined) continue;
  check(library, 'publint', ['run', tarball, '--strict']);
  check(library, 'attw', [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji']);
}
if (keep === undefined) rmSync(folder, { recursive: true, force: true });
process.exit(failures === 0 ? 0 : 1);
