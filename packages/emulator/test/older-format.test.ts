import { cp, readFile } from 'node:fs/promises';
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
