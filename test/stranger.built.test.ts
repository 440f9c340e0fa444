import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { npmPath, programPath } from '../scripts/programs.mjs';
import { read, root } from './repository.js';

/**
 * A project outside the workspace that installs the tarballs as npm would publish them, and uses them from
 * ESM under `tsc --strict`: what a reader of the READMEs does, with nothing of this repository to lean on.
 */
const folder = mkdtempSync(join(tmpdir(), 'store-stranger-'));
const run = promisify(execFile);
const wanted = ['glue-schema', 'schema', 'generator', 'firehose', 'restock'];

beforeAll(async () => {
  const packed = await run(process.execPath, ['scripts/pack.mjs', folder, ...wanted], { cwd: root });
  // The script prints the tarball of each library, dependencies of ours included.
  const tarballs = JSON.parse(packed.stdout) as Record<string, string>;
  const manifest = {
    name: 'stranger',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`])),
    devDependencies: { '@types/node': '^20' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        target: 'es2023',
        lib: ['es2023', 'esnext.disposable'],
        module: 'nodenext',
        types: ['node'],
        noEmit: true,
      },
      files: ['main.ts'],
    }),
  );
  writeFileSync(join(folder, 'main.ts'), read('test/fixtures/stranger.ts'));
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  await run(process.execPath, [npmPath(), ...install], { cwd: folder });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('it compiles under tsc --strict, the declarations of the packages checked too', async () => {
  const { stdout } = await run(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    folder,
    '--noEmit',
    'false',
    '--outDir',
    join(folder, 'out'),
  ]);
  expect(stdout).toBe('');
});

test('the README’s recipe for Jest runs: the packages are ES modules', async () => {
  const blocks = read('packages/generator/README.md').matchAll(/^```js\n\/\/ (\S+)\n([\s\S]*?)^```$/gm);
  for (const [, name = '', code = ''] of blocks) writeFileSync(join(folder, name), code);
  const jest = programPath('jest');
  const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules' };
  const { stderr } = await run(process.execPath, [jest, '--ci', '--cache=false', '--runInBand'], {
    cwd: folder,
    env,
  });
  expect(stderr).toContain('1 passed');
});

test('it runs: a world of stores goes through the producer over HTTP, and every line is valid', async () => {
  const report = await runIn([process.execPath]);
  expect(report.accepted).toBeGreaterThan(0);
  expect(report).toEqual({
    accepted: report.accepted,
    delivered: report.accepted,
    lines: report.accepted,
    valid: report.accepted,
    world: report.world,
  });
});

const runtimes = {
  'Node 22': ['node22/bin/node'],
  'Node 24': ['node24/bin/node'],
  Bun: ['bun/bin/bun'],
  Deno: ['deno/deno', 'run', '--quiet', '--allow-all'],
};
for (const [name, [program = '', ...args]] of Object.entries(runtimes)) {
  const path = join(root, '.runtimes/node_modules', program);
  test.skipIf(!existsSync(path))(
    `it does the same, to the last byte of the world, in ${name} (installed by scripts/prepare-runtimes.mjs)`,
    async () => {
      expect(await runIn([path, ...args])).toEqual(await runIn([process.execPath]));
    },
  );
}

interface Report extends Record<'accepted' | 'delivered' | 'lines' | 'valid', number> {
  /** SHA-256 of the world's lines. */
  readonly world: string;
}

/** What the program prints in a runtime. */
async function runIn([program = '', ...args]: readonly string[]): Promise<Report> {
  const { stdout } = await run(program, [...args, 'out/main.js'], { cwd: folder });
  // The program wrote it as JSON.
  return JSON.parse(stdout) as Report;
}
