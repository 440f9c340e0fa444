import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimRunFolder } from '../../src/local/run-folder.js';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'run-folder-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a folder is one run’s until that lets go of it, and the next run replaces what it left', async () => {
  const path = await temporaryFolder();
  const first = await claimRunFolder(path);
  await writeFile(join(path, 'rows'), 'of the first run');
  await expect(claimRunFolder(path)).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
  await first.finish({ rows: 1 });
  await first.release();
  expect((await readdir(path)).sort()).toEqual(['rows', 'store-run.json', 'summary.json']);
  const second = await claimRunFolder(path);
  expect((await readdir(path)).filter((name) => !name.startsWith('lock-'))).toEqual(['store-run.json']);
  await second.release();
});

test('a run that ended without letting go holds nothing, whatever process has its number now', async () => {
  const path = await temporaryFolder();
  await writeFile(join(path, 'store-run.json'), JSON.stringify({ state: 'running', pid: 1 }));
  await (await claimRunFolder(path)).release();
});

test('a folder that holds anything else is left alone', async () => {
  const path = await temporaryFolder();
  await writeFile(join(path, 'thesis.txt'), 'two years of work');
  await expect(claimRunFolder(path)).rejects.toMatchObject({ code: 'NOT_A_RUN_FOLDER' });
  expect(await readdir(path)).toEqual(['thesis.txt']);
});
