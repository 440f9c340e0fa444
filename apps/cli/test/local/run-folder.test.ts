import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textIfThere } from '../../src/local/folder.js';
import { claimRunFolder } from '../../src/local/run-folder.js';
import { temporaryFolder } from '../folder.js';

test('a second run in the same folder is refused, whatever the first has written by then', async () => {
  const path = join(await temporaryFolder(), 'run');
  const claims = await Promise.allSettled([claimRunFolder(path), claimRunFolder(path)]);
  const held = claims.flatMap((claim) => (claim.status === 'fulfilled' ? [claim.value] : []));
  expect(held).toHaveLength(1);
  expect(claims.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'FOLDER_IN_USE', exitCode: 1 },
  });
  await held[0]?.release();
  const next = await claimRunFolder(path);
  await next.release();
});

test('an earlier run is emptied out; a folder with anything else is left as it is', async () => {
  const path = join(await temporaryFolder(), 'run');
  const first = await claimRunFolder(path);
  await writeFile(join(path, 'lake.parquet'), 'rows');
  await first.finish({ events: 3 });
  await first.release();
  const second = await claimRunFolder(path);
  expect(await readdir(path)).not.toContain('lake.parquet');
  await second.release();

  const foreign = join(await temporaryFolder(), 'mine');
  await mkdir(foreign);
  await writeFile(join(foreign, 'thesis.txt'), 'years of work');
  await expect(claimRunFolder(foreign)).rejects.toMatchObject({ code: 'NOT_A_RUN_FOLDER' });
  expect(await readdir(foreign)).toEqual(['thesis.txt']);
});

test('a file that is not there has no text; one that cannot be read is an error', async () => {
  const folder = await temporaryFolder();
  expect(await textIfThere(join(folder, 'cursor.json'))).toBeUndefined();
  await expect(textIfThere(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});
