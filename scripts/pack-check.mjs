/** Packs every library as it would be published and looks at the tarball with publint and attw. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { libraries } from './libraries.mjs';
import { packInto } from './pack.mjs';
import { runProgram } from './programs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'store-pack-'));
let failures = 0;

function check(library, program, args) {
  if (runProgram(program, args, { cwd: library.path, quiet: true }) === 0) return;
  failures++;
  console.error(`${library.name}: ${program} refuses the package; see above.`);
}

for (const library of libraries) {
  const tarball = packInto(folder, library);
  check(library, 'publint', ['run', tarball, '--strict']);
  check(library, 'attw', [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji']);
}
rmSync(folder, { recursive: true, force: true });
process.exit(failures === 0 ? 0 : 1);
