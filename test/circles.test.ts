import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { programPath } from '../scripts/programs.mjs';
import { root } from './repository.js';

test('no file imports itself through others, type-only imports included, and no arrow runs against the table', () => {
  const args = ['--config', 'dependency-cruiser.config.mjs', '--output-type', 'err', 'packages', 'apps'];
  const { stdout, stderr } = spawnSync(process.execPath, [programPath('depcruise'), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toContain('no dependency violations found');
});
