import { rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectDataFolder, repairDataFolder, startEmulator } from '../src/index.js';
import { seededChance } from '../src/faults/fault-injector.js';
import {
  damageCases,
  damagedCopy,
  folderCases,
  killedFolder,
  type KilledFolder,
} from './damage/damaged-folder.js';
import { judgeDamage } from './damage/judge-damage.js';

// A share with a fresh seed; bench/campaign-damage.ts takes all.
const seed = Math.floor(Math.random() * 2 ** 32);

async function folderForTest(): Promise<KilledFolder> {
  const folder = await killedFolder();
  onTestFinished(() => {
    rmSync(folder.dataDir, { recursive: true, force: true });
  });
  return folder;
}

test(`whatever happens to a file of a data folder, nothing goes missing in silence (seed ${seed})`, async () => {
  const chance = seededChance(seed);
  const folder = await folderForTest();
  for await (const damage of damageCases(folder)) {
    if (chance() >= 0.002) continue;
    const { silent } = await judgeDamage(folder, damage);
    expect(silent, damage.name).toBeUndefined();
  }
});

test(`a folder that is gone, or is in the place of another, is told of (seed ${seed})`, async () => {
  const chance = seededChance(seed);
  const folder = await folderForTest();
  for (const damage of folderCases(folder)) {
    if (chance() >= 0.3) continue;
    const { silent } = await judgeDamage(folder, damage);
    expect(silent, damage.name).toBeUndefined();
  }
});

test('a log whose folder is gone is found by the doctor, refused, and left out', async () => {
  const folder = await folderForTest();
  const log = join('state', 'firehose', 'stream-plain', 'log');
  const dataDir = damagedCopy(folder, {
    name: 'no log',
    apply: (at) => {
      rmSync(join(at, log), { recursive: true });
    },
  });
  onTestFinished(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });
  const path = join(dataDir, log);
  const detail = expect.stringContaining('the log that was there is gone') as unknown;
  expect(inspectDataFolder(dataDir).findings).toContainEqual({ kind: 'damage', path, detail });
  await expect(startEmulator({ dataDir })).rejects.toMatchObject({ code: 'CORRUPT_STATE' });
  expect(await repairDataFolder(dataDir)).toContainEqual(
    expect.stringContaining('An unknown number of records'),
  );
  expect(inspectDataFolder(dataDir).ok).toBe(true);
  await (await startEmulator({ dataDir })).close();
});

test('one bit of the first call flipped: the start is refused with file, byte and way out, and the doctor repairs it', async () => {
  const folder = await folderForTest();
  const log = join('state', 'firehose', 'stream-plain', 'log', '000000003.log');
  const dataDir = damagedCopy(folder, {
    name: 'the first call',
    apply: () => undefined,
  });
  onTestFinished(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });
  expect(inspectDataFolder(dataDir).ok).toBe(true);
  const path = join(dataDir, log);
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(140) ^ 1, 140);
  await writeFile(path, bytes);
  await expect(startEmulator({ dataDir })).rejects.toMatchObject({
    code: 'CORRUPT_STATE',
    message: expect.stringMatching(/000000003\.log is damaged: byte 80: .*--on-damage salvage/) as unknown,
  });
  const { ok, findings } = inspectDataFolder(dataDir);
  expect(ok).toBe(false);
  expect(findings).toContainEqual({
    kind: 'damage',
    path,
    detail: expect.stringContaining('1 call with 2 records is missing') as unknown,
  });
  expect(await repairDataFolder(dataDir)).toEqual([
    expect.stringContaining('1 call with 2 records is missing'),
  ]);
  const after = inspectDataFolder(dataDir);
  expect(after.ok).toBe(true);
  expect(after.findings).toContainEqual(expect.objectContaining({ kind: 'kept', path: `${path}.damaged` }));
  await (await startEmulator({ dataDir })).close();
});
