import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

const run = promisify(execFile);

/** What a real bash offers after these words; the last is the one being typed. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const folder = await temporaryFolder();
  const { stdout: script } = await runStore(['completion', 'bash']);
  await writeFile(join(folder, 'store.bash'), script);
  const ask =
    'source ./store.bash; COMP_WORDS=(store "$@"); COMP_CWORD=$#; _store; printf "%s\\n" "${COMPREPLY[@]}"';
  const { stdout } = await run('bash', ['-c', ask, 'bash', ...words], { cwd: folder });
  return stdout.trim().split('\n');
}

describe('in bash', () => {
  test('commands are offered by their beginning', async () => {
    expect(await offered('e')).toEqual(['emulator', 'estimate']);
  });

  test('commands below commands, and their flags', async () => {
    expect(await offered('restock', '')).toEqual(expect.arrayContaining(['plan', 'trucks']));
    expect(await offered('restock', 'plan', '--se')).toEqual(['--send']);
  });

  test('the values of a flag that has few', async () => {
    expect(await offered('query', '--named', 'l')).toEqual(['low-stock', 'late-events']);
  });

  test('flags still come after an argument or a value', async () => {
    expect(await offered('query', 'select 1', '--form')).toEqual(['--format']);
    expect(await offered('stream', '--stream', 'demo', '--spe')).toEqual(['--speed']);
  });

  test('files where a value is free', async () => {
    expect(await offered('query', '--output', 's')).toEqual(['store.bash']);
  });
});

test.each([
  ['zsh', '/usr/bin/zsh', ['-n']],
  ['fish', '/usr/bin/fish', ['--no-execute']],
] as const)('%s reads its script without complaint (where it is installed)', async (shell, path, check) => {
  const { stdout } = await runStore(['completion', shell]);
  expect(stdout).toContain('low-stock');
  if (!existsSync(path)) return;
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'script'), stdout);
  expect(await run(path, [...check, join(folder, 'script')])).toMatchObject({ stdout: '', stderr: '' });
});

test('--json lists every command, flag and choice', async () => {
  const { stdout } = await runStore(['completion', '--json']);
  const { commands } = JSON.parse(stdout) as { commands: { path: string; flags: { long: string }[] }[] };
  expect(commands.map(({ path }) => path)).toEqual(expect.arrayContaining(['demo', 'restock plan']));
  expect(commands.every(({ flags }) => flags.some(({ long }) => long === '--help'))).toBe(true);
});

test('no shell named is wrong usage, with the names', async () => {
  const { code, stderr } = await runStore(['completion']);
  expect(code).toBe(2);
  expect(stderr).toContain('Expected a shell: bash, zsh, fish');
});
