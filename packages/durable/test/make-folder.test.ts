import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockFolder, makeFolder, openLog } from '../src/index.js';

test('a folder is made with those above it, a second time too, and not in place of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'make-folder-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (let times = 0; times < 2; times++) makeFolder(join(folder, 'a', 'b', 'c'));
  expect(existsSync(join(folder, 'a', 'b', 'c'))).toBe(true);
  writeFileSync(join(folder, 'file'), '');
  expect(() => {
    makeFolder(join(folder, 'file'));
  }).toThrow('EEXIST');
  expect(() => {
    makeFolder(join(folder, 'file', 'below'));
  }).toThrow('EEXIST');
});

test.runIf(process.platform === 'linux').each([makeFolder, openLog, lockFolder])(
  'where the file system takes no folder, %o throws and returns',
  (open) => {
    // Node's own recursive mkdir never returns from here.
    expect(() => {
      open('/proc/none/of/these');
    }).toThrow(expect.objectContaining({ code: 'ENOENT', path: '/proc/none' }));
  },
);
