import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, npmPath, programPath, root } from '../scripts/programs.mjs';

const names = [
  'attw',
  'changeset',
  'depcruise',
  'eslint',
  'knip',
  'pnpm',
  'prettier',
  'publint',
  'tsc',
  'tsup',
];

test.each([...names, 'turbo', 'typedoc', 'vitest'])('%s is started from a file that Node runs', (name) => {
  const path = programPath(name);
  expect(existsSync(path)).toBe(true);
  expect(path).not.toMatch(/\.(cmd|exe|ps1|sh)$|node_modules[\\/]\.bin/);
});

test('npm and npx are files that Node runs', () => {
  expect([npmPath(), npmPath('npx')].filter((path) => !existsSync(path))).toEqual([]);
});

test('the path of Windows, whatever its case, is one variable and keeps what it held', () => {
  const env = environment({}, { Path: 'C:\\Windows' });
  const paths = Object.keys(env).filter((key) => key.toUpperCase() === 'PATH');
  expect(paths).toEqual(['Path']);
  expect(env.Path).toBe([join(root, 'node_modules', '.bin'), 'C:\\Windows'].join(delimiter));
});
