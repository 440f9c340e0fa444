import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { read, root } from './repository.js';

test('the commands on the page of `store` print what it shows', async () => {
  const page = read('apps/cli/README.md');
  const [, commands = '', shown = ''] =
    /```sh\n([\s\S]*?)```\n\nprints\n\n```text\n([\s\S]*?)```/.exec(page) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'store-readme-'));
  try {
    const bin = join(root, 'apps/cli/bin/store.js');
    const script = `set -e\nstore() { "${process.execPath}" "${bin}" "$@"; }\n${commands}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder });
    expect(stdout).not.toBe('');
    expect(shown).toBe(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
