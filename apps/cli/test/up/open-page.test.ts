import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { openerOf, openPage } from '../../src/up/open-page.js';
import { temporaryFolder } from '../folder.js';

const url = 'http://127.0.0.1:5080/';

test.each([
  ['darwin', {}, 'open http://127.0.0.1:5080/'],
  ['win32', {}, 'cmd /c start "" http://127.0.0.1:5080/'],
  ['linux', { DISPLAY: ':0' }, 'xdg-open http://127.0.0.1:5080/'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open http://127.0.0.1:5080/'],
  ['linux', {}, undefined],
  ['linux', { DISPLAY: '' }, undefined],
] as const)('on %s with %j the page is opened by %s', (name, env, expected) => {
  const opener = openerOf(url, env, { name });
  expect(opener && [opener.program, ...opener.args].join(' ')).toBe(expected);
});

test.skipIf(process.platform !== 'linux')(
  'the page is opened by the program on the path (needs Linux)',
  async () => {
    const folder = await temporaryFolder();
    const opened = join(folder, 'opened');
    await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" > '${opened}'\n`);
    await chmod(join(folder, 'xdg-open'), 0o755);
    openPage(url, { env: { PATH: folder, DISPLAY: ':0' }, stderr: new PassThrough() });
    await vi.waitUntil(async () => (await readFile(opened, 'utf8').catch(() => '')) !== '', {
      timeout: 300_000,
    });
    expect(await readFile(opened, 'utf8')).toBe(`${url}\n`);
  },
);

test.skipIf(process.platform !== 'linux')(
  'what cannot be opened is said, with the address (needs Linux)',
  async () => {
    const said = async (env: Readonly<Record<string, string>>): Promise<string> => {
      const stderr = new PassThrough();
      const first = once(stderr, 'data').then(String);
      openPage(url, { env, stderr });
      return first;
    };
    expect(await said({})).toBe(`There is no display here: open ${url} in a browser.\n`);
    const missing = { PATH: await temporaryFolder(), DISPLAY: ':0' };
    expect(await said(missing)).toBe(`xdg-open cannot be started: open ${url} in a browser.\n`);
  },
);
