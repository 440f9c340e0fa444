import { once } from 'node:events';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { runCli } from '../../src/cli.js';
import { whileThere } from '../../src/local/while-there.js';
import { temporaryFolder } from '../folder.js';

test('a folder that is removed, replaced or emptied under the work is what went wrong; every other error stays', async () => {
  const folder = join(await temporaryFolder(), 'data');
  const gone = {
    code: 'FOLDER_GONE',
    message: `The folder ${folder} was removed while the command used it.`,
  };
  const remove = async (): Promise<void> => rm(folder, { recursive: true });
  await mkdir(folder);
  await expect(whileThere(folder, remove)).rejects.toMatchObject(gone);
  await mkdir(folder);
  await expect(
    whileThere(folder, async () => {
      await remove();
      // What is made there holds the place of another file.
      await writeFile(`${folder}.other`, '');
      await mkdir(folder);
    }),
  ).rejects.toMatchObject(gone);
  await expect(whileThere(folder, async () => access(join(folder, 'part')))).rejects.toMatchObject({
    code: 'FOLDER_GONE',
    message: `Files of the folder ${folder} were removed while the command used it.`,
  });
  const other = new Error('The disk is full.');
  await expect(whileThere(folder, async () => Promise.reject(other))).rejects.toBe(other);
  expect(await whileThere(folder, async () => Promise.resolve(3))).toBe(3);
});

test('an endpoint whose folder was removed does not say that everything is kept', async () => {
  const cwd = await temporaryFolder();
  const stop = new AbortController();
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = runCli(['emulator', '--data', 'data', '--json'], {
    ...{ stdin, stdout, stderr, cwd, env: {} },
    signal: stop.signal,
  });
  await once(stdout, 'data');
  await rm(join(cwd, 'data'), { recursive: true });
  stop.abort();
  expect(await code).toBe(1);
  const said = String(stderr.read());
  expect(said).toContain(`"The folder ${join(cwd, 'data')} was removed while the command used it."`);
  expect(said).not.toMatch(/ENOENT|Everything/);
});
