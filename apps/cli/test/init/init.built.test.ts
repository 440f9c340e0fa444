import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { npmPath } from '../../../../scripts/programs.mjs';
import { ended, start } from '../built-command.js';
import { temporaryFolder } from '../folder.js';

const run = promisify(execFile);
const home = { HOME: process.env.HOME ?? '' };

/** The blocks of commands of a page. */
const blocksOf = (page: string): string[] =>
  [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server on an address of the network has an address with a port.
  const { port } = server.address() as AddressInfo;
  server.close();
  return String(port);
}

test('a new project installs, and every line of its README runs', async ({ skip }) => {
  const cwd = await temporaryFolder();
  const { code, stdout, stderr } = await ended(start(['init', 'my-stores'], cwd, home));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('Next: cd my-stores && npm install && npm start');
  const project = join(cwd, 'my-stores');
  const install = [npmPath(), 'install', '--no-audit', '--no-fund', '--prefer-offline'];
  const failure = await run(process.execPath, install, { cwd: project }).then(
    () => '',
    (error: unknown) => String(error),
  );
  if (/E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT)|network/.test(failure))
    skip('No package registry answers.');
  expect(failure).toBe('');

  const page = await readFile(join(project, 'README.md'), 'utf8');
  const [first = '', endpoint = '', second = ''] = blocksOf(page.replaceAll('4599', await freePort()));
  const shell = async (script: string): Promise<string> =>
    (await run('bash', ['-ec', script], { cwd: project, env: { PATH: process.env.PATH, ...home } })).stdout;
  expect(await shell('npm run --silent check')).toBe('');
  const alone = await shell(first);
  expect(alone).toMatch(/\d+ events, \d+ of them with low stock/);
  expect(alone).toContain('npx store query --named turnover');

  const served = spawn('bash', ['-ec', endpoint], {
    cwd: project,
    env: { PATH: process.env.PATH, ...home },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: npx does not pass signals on to what it runs.
    detached: true,
  });
  const closed = once(served, 'close');
  try {
    for await (const line of createInterface({ input: served.stdout })) if (line.startsWith('READY')) break;
    const sent = await shell(second);
    expect(sent).toContain('40 orders delivered');
    expect(sent).toMatch(/returned +10 +485\.00/);
    expect(sent).toMatch(/events delivered to inventory-events/);
  } finally {
    process.kill(-(served.pid ?? 0), 'SIGINT');
    served.stdout.destroy();
    await closed;
  }
});

test('in a project that is there, --here adds what is missing and changes nothing else', async () => {
  const cwd = await temporaryFolder();
  // Files of its owner under every name that `store init` would use, and a lockfile.
  const theirs = new Map(
    ['tsconfig.json', 'src/order.ts', 'world.json', 'README.md', 'pnpm-lock.yaml'].map((path) => [
      path,
      `theirs: ${path}\n`,
    ]),
  );
  await mkdir(join(cwd, 'src'));
  for (const [path, content] of theirs) await writeFile(join(cwd, path), content);
  await writeFile(join(cwd, '.gitignore'), 'node_modules\n.env');
  const before = {
    name: 'shop',
    type: 'commonjs',
    scripts: { start: 'node .' },
    devDependencies: { tsx: '4' },
  };
  await writeFile(join(cwd, 'package.json'), JSON.stringify(before, undefined, '\t'));
  const { code, stdout } = await ended(start(['init', '--here'], cwd, home));
  expect(code).toBe(0);
  expect(stdout).toContain('Left as they were: README.md, tsconfig.json, world.json, src/order.ts.\n');
  // `start` is theirs.
  expect(stdout).toContain('Next: pnpm install && npx tsx src/simulate.mts\n');
  const text = await readFile(join(cwd, 'package.json'), 'utf8');
  expect(text).toContain('\n\t"name": "shop",');
  const after = JSON.parse(text) as Record<string, unknown>;
  expect(after).toMatchObject({
    name: 'shop',
    type: 'commonjs',
    scripts: { start: 'node .', check: 'tsc --noEmit' },
    devDependencies: { tsx: '4' },
    dependencies: { '@store/cli': 'file:vendor/store-cli.tgz' },
  });
  for (const [path, content] of theirs) expect(await readFile(join(cwd, path), 'utf8')).toBe(content);
  expect(await readFile(join(cwd, '.gitignore'), 'utf8')).toBe('node_modules\n.env\n.store/\n');

  // What its owner writes afterwards stays, too, when it is added to again.
  await writeFile(join(cwd, 'store.config.ts'), 'export default { all: { seed: 7 } };\n');
  const named = text.replace('"name"', '"packageManager": "yarn@4.9.1",\n\t"name"');
  await writeFile(join(cwd, 'package.json'), named);
  const again = await ended(start(['init', '--here'], cwd, home));
  expect(again.code).toBe(0);
  // What package.json names wins over a lock file that was left behind.
  expect(again.stdout).toContain('Next: yarn install && ');
  expect(await readFile(join(cwd, 'store.config.ts'), 'utf8')).toContain('seed: 7');
  expect(await readFile(join(cwd, 'package.json'), 'utf8')).toBe(named);
});

test('stopped while it packs, it says so, and not that the packing failed', async () => {
  const cwd = await temporaryFolder();
  const child = start(['init', 'shop'], cwd, home);
  // The folder is made before the packing begins.
  await expect.poll(() => existsSync(join(cwd, 'shop')), { interval: 2 }).toBe(true);
  child.kill('SIGINT');
  const { code, stderr } = await ended(child);
  expect(stderr).toMatch(/^Stopped\. .*\n$/);
  expect(code).toBe(130);
});
