import { startEmulator } from '@store/emulator';
import { openLog } from '@store/durable';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

/** A data folder whose journal of queues has an entry with one bit turned over. */
async function damagedFolder(): Promise<{ readonly cwd: string; readonly path: string }> {
  const cwd = await temporaryFolder();
  await (await startEmulator({ dataDir: join(cwd, 'data') })).close();
  const journal = join(cwd, 'data', 'state', 'sqs.journal');
  const log = openLog(journal);
  await log.commit(1, Buffer.from('{"op":"nothing"}'));
  await log.close();
  const path = join(journal, `${String(log.segment - 1).padStart(9, '0')}.log`);
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(112) ^ 1, 112);
  await writeFile(path, bytes);
  return { cwd, path };
}

test('the doctor names the damaged file and ends with 1; with --repair it keeps the bytes aside and ends with 0', async () => {
  const { cwd, path } = await damagedFolder();
  const sick = await runStore(['doctor', '--data', 'data', '--json'], { cwd });
  expect(sick.code).toBe(1);
  expect(JSON.parse(sick.stdout)).toMatchObject({ ok: false, findings: [{ kind: 'damage', path }] });
  expect(sick.stderr).toContain('--repair');
  const repaired = await runStore(['doctor', '--data', 'data', '--repair'], { cwd });
  expect(repaired.stdout).toContain('1 entry is missing');
  expect(repaired.stdout).toContain(`${path}.damaged`);
  expect(repaired.code).toBe(0);
  const well = await runStore(['doctor', '--data', 'data', '--json'], { cwd });
  expect(well.code).toBe(0);
  expect(JSON.parse(well.stdout)).toMatchObject({ ok: true });
});

test('a folder that was never one is said to be none', async () => {
  const cwd = await temporaryFolder();
  const { code, stdout } = await runStore(['doctor', '--data', 'nowhere'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('There is no such folder');
});

test('--repair without a folder is wrong usage', async () => {
  const cwd = await temporaryFolder();
  const { code } = await runStore(['doctor', '--repair'], { cwd });
  expect(code).toBe(2);
});
