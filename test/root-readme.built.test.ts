import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { read, root } from './repository.js';

/** What differs from run to run: how fast it was, and how bytes fell into records and row groups. */
const steady = (printed: string): string =>
  printed
    .split('\n')
    .map((line) =>
      /^ {2}(Speed|Lake|Billed) /.test(line)
        ? line.replaceAll(/[\d.,]+/g, '#').replaceAll(/[KM]iB/g, '?iB')
        : line,
    )
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

test('the first page shows what `npm start` prints', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'store-readme-'));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'apps/cli/bin/store.js'), 'demo'],
      {
        cwd: folder,
        env: { ...process.env, NO_COLOR: '1' },
      },
    );
    const [, shown = ''] = /It prints\n\n```text\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
    expect(steady(shown)).toBe(steady(stdout));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
