import { startEmulator } from '@store/emulator';
import { openLog } from '@store/durable';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findFiles } from '../../src/local/folder.js';
import { temporaryFolder } from '../folder.js';
import { runStore, type Outcome } from '../terminal.js';

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

/** Starts an endpoint that should not come up: one that does is stopped, not waited for. */
const emulator = async (cwd: string, ...args: string[]): Promise<Outcome> =>
  runStore(['emulator', ...args], { cwd, signal: AbortSignal.abort() });

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

test('an endpoint that meets the damage says what happened in its own words, and names the commands', async () => {
  const { cwd, path } = await damagedFolder();
  const { code, stderr } = await emulator(cwd, '--data', 'data');
  expect(stderr).toBe(
    `Error: ${path} is damaged: byte 80: 44 bytes there do not fit their checksum. 1 entry is lost. Nothing was read behind that place. The file was not changed.\nFix: Bring the folder back from a copy, or see with \`store doctor --data data\` what is damaged and continue with what is sound: \`store doctor --data data --repair\`.\n`,
  );
  expect(code).toBe(1);
});

test('what else keeps an endpoint from starting comes without the options of a program', async () => {
  const cwd = await temporaryFolder();
  const running = await startEmulator({ dataDir: join(cwd, 'data') });
  onTestFinished(async () => {
    await running.close();
  });
  const held = await emulator(cwd, '--data', 'data');
  const port = new URL(running.endpoint).port;
  const taken = await emulator(cwd, '--data', 'other', '--port', port);
  await mkdir(join(cwd, 'mine', 's3'), { recursive: true });
  const foreign = await emulator(cwd, '--data', 'mine', '--reset');
  for (const { code, stderr } of [held, taken, foreign]) {
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: .*\.\nFix: .*\.\n$/);
    expect(stderr).not.toMatch(/dataDir|`port`|`reset`/);
  }
});

test('a Parquet file that was removed by hand fails the doctor and each query by its path, until it is let go', async () => {
  const cwd = await temporaryFolder();
  const made = await runStore(
    ['demo', '--stores', '2', '--products', '3', '--days', '1', '--out', 'data', '--json'],
    { cwd },
  );
  // The command's own summary.
  const { rowsInLake } = JSON.parse(made.stdout) as { readonly rowsInLake: number };
  const count = ['query', 'select count(*) as rows from inventory_events', '--data', 'data', '--json'];
  expect(JSON.parse((await runStore(count, { cwd })).stdout)).toEqual([{ rows: rowsInLake }]);
  const [lost] = await findFiles(join(cwd, 'data'), '.parquet');
  const path = lost?.path ?? '';
  await rm(path);
  const doctor = ['doctor', '--data', 'data'];
  const sick = await runStore([...doctor, '--json'], { cwd });
  expect(sick.code).toBe(1);
  expect(JSON.parse(sick.stdout)).toMatchObject({ ok: false, findings: [{ kind: 'damage', path }] });
  const failed = await runStore(count, { cwd });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(`${path} is gone`);
  expect((await runStore([...doctor, '--repair'], { cwd })).stdout).toContain(path);
  expect(await runStore(doctor, { cwd })).toMatchObject({ code: 0 });
  expect(await runStore(count, { cwd })).toMatchObject({ code: 0 });
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
