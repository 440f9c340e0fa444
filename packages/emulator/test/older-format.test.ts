import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startEmulator } from '../src/index.js';
import { startedEmulator, temporaryFolder } from './clients.js';
import { filesBelow } from './lake-files.js';

/** A folder that the release before @store/durable left: three records in a stream, not delivered. */
async function older(how: 'closed' | 'killed'): Promise<string> {
  const dataDir = await temporaryFolder();
  await cp(join(import.meta.dirname, 'fixtures/older', how), dataDir, { recursive: true });
  return dataDir;
}

test('a folder that an earlier release closed opens with all that it holds', async () => {
  const dataDir = await older('closed');
  for (let start = 0; start < 2; start += 1) {
    const emulator = await startedEmulator({ dataDir });
    expect(await emulator.query('SELECT count(*) AS n FROM lake.readings')).toEqual([{ n: 3 }]);
    await emulator.close();
  }
});

test('a folder of an earlier release that was killed is refused with the way out, and stays as it is', async () => {
  const dataDir = await older('killed');
  const log = join(dataDir, 'state/firehose/stream-readings/log/000000001.log');
  const before = await readFile(log);
  const glue = join(dataDir, 'state/glue.journal');
  const journal = await readFile(glue);
  const refused = startEmulator({ dataDir });
  await expect(refused).rejects.toMatchObject({ code: 'OLDER_FORMAT', cause: { path: log } });
  await expect(refused).rejects.toThrow('Start that release once on this folder and stop it');
  expect((await readFile(log)).equals(before)).toBe(true);
  // That release could not read a journal that was converted.
  expect((await readFile(glue)).equals(journal)).toBe(true);
  const left = await filesBelow(join(dataDir, 'state'));
  expect(left.map((path) => path.split('/').at(-1))).toEqual(
    expect.arrayContaining(['000000001.log', 'stream.json']),
  );
});

/** Every file below a folder with its bytes. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const paths = await filesBelow(folder);
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'latin1')));
  return Object.fromEntries(paths.map((path, index) => [path, texts[index] ?? '']));
}

const flipped = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(25) ^ 1, 25);
  await writeFile(path, bytes);
};

const copiedOver = async (path: string): Promise<void> => {
  await cp(join(import.meta.dirname, 'fixtures/older/counters.journal'), path);
  await flipped(path);
};

test.each([
  ['the journal of the tables', 'glue.journal', flipped],
  ['the journal of the queues', 'sqs.journal', copiedOver],
  ['the journal that is read last', 'athena.journal', copiedOver],
  ['the state of a stream', 'firehose/stream-readings/stream.json', (path: string) => truncate(path, 100)],
  ['a staged file', 'firehose/stream-readings/staging/1.0', (path: string) => truncate(path, 3)],
  ['a staged file that is missing', 'firehose/stream-readings/staging/1.0', rm],
])('damage in %s of an earlier release leaves every file as it was', async (_, name, damage) => {
  const dataDir = await older('closed');
  const state = join(dataDir, 'state');
  await damage(join(state, name));
  const before = await contentsOf(state);
  await expect(startEmulator({ dataDir })).rejects.toMatchObject({ code: 'CORRUPT_STATE' });
  expect(await contentsOf(state)).toEqual(before);
});
