import { exec, execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
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

test('what a person with own data does next runs as it is shown', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'store-readme-'));
  try {
    const [, section = ''] = /## With your own data\n([\s\S]*?)\n## /.exec(read('README.md')) ?? [];
    const commands = [...section.matchAll(/^npm run (?:-s )?store -- (.*)$/gm)].map(
      ([, words = '']) => words,
    );
    expect(commands.length).toBeGreaterThan(4);
    await symlink(join(root, 'examples'), join(folder, 'examples'));
    const store = `"${process.execPath}" "${join(root, 'apps/cli/bin/store.js')}"`;
    for (const words of commands) await promisify(exec)(`${store} ${words}`, { cwd: folder });
    // Those that ask AWS are not run here; npm knows each of them.
    const { scripts } = JSON.parse(read('package.json')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const others = [...section.matchAll(/^npm run (\w+)$/gm)].map(([, name = '']) => name);
    expect(others.filter((name) => !(name in scripts))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the first page shows what `npm start` prints', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'store-readme-'));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'apps/cli/bin/store.js'), 'demo'],
      {
        cwd: folder,
        // As npm would: printed commands begin as the person started this one.
        env: {
          ...process.env,
          NO_COLOR: '1',
          npm_lifecycle_event: 'start',
          npm_package_name: 'store-inventory',
          npm_package_json: undefined,
        },
      },
    );
    const [, shown = ''] = /It prints\n\n```text\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
    expect(steady(shown)).toBe(steady(stdout));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
