import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bin } from '../built-command.js';

const app = join(import.meta.dirname, '..', '..');
const guide = join(app, '..', '..', 'docs', 'guides', 'use-in-tests.md');

/** Beside the app's packages, which the examples import. */
let folder = '';

beforeAll(async () => {
  await mkdir(join(app, 'temp'), { recursive: true });
  folder = await mkdtemp(join(app, 'temp', 'guide-'));
  // The command, under the name that the guide calls.
  const command = join(folder, 'store');
  await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`);
  await chmod(command, 0o755);
  const blocks = (await readFile(guide, 'utf8')).matchAll(/^```\w+ (\w+):(\S+)\n([\s\S]*?)^```$/gm);
  for (const [, suite = '', name = '', code = ''] of blocks) {
    await mkdir(join(folder, suite), { recursive: true });
    await writeFile(join(folder, suite, name), code);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; said: string }> {
  const PATH = `${folder}${delimiter}${process.env.PATH ?? ''}`;
  const env = { PATH, HOME: folder, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await closed, said: `${out}\n${err}` };
}

async function runVitest(suite: string, setup: string, globals: boolean): Promise<void> {
  // Without the condition that leads to sources: as a stranger's project finds the package, and nothing is translated again.
  const config = {
    test: { globals, include: ['*.test.*'], setupFiles: [setup], testTimeout: 600_000, hookTimeout: 600_000 },
  };
  await writeFile(join(folder, suite, 'vitest.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  const vitest = join(app, '..', '..', 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--reporter=verbose', '--root', join(folder, suite)];
  const { code, said } = await run(process.execPath, args, join(folder, suite));
  expect(said).toMatch(/2 passed/);
  expect(code).toBe(0);
}

test('the guide’s example for Vitest runs', async () => {
  await runVitest('vitest', 'endpoint.ts', false);
});

test('the guide’s example for Jest runs, on Vitest’s globals of the same names, since Jest is no dependency here', async () => {
  await runVitest('jest', 'endpoint.js', true);
});

const hasPytest = spawnSync('python3', ['-c', 'import boto3, pytest']).status === 0;

test.skipIf(!hasPytest)(
  'the guide’s example for pytest runs (needs Python with pytest and boto3)',
  async () => {
    const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '.'];
    const { code, said } = await run('python3', args, join(folder, 'pytest'));
    expect(said).toMatch(/2 passed/);
    expect(code).toBe(0);
  },
);
