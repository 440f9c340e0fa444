import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { platformOf } from '@store/durable';
import { expect, test } from 'vitest';
import { streamFolderName } from '../../src/firehose/stream-registry.js';
import { entriesOf } from '../../src/lake/lake-files.js';
import { LakeFolder } from '../../src/lake/lake-folder.js';

const keys = [
  'events/datehour=2026-01-05-08/part-1.parquet',
  'events/at=08:00/part.json',
  'errors/con/aux.txt',
  'ends/with./a dot ',
  'a//b',
  './../c',
  '100%/50%25',
  'quoted "<|>?*\\',
];
const bucket = 'lake-bucket';

async function roundTrip(system: NodeJS.Platform): Promise<readonly string[]> {
  const root = await mkdtemp(join(tmpdir(), 'names-'));
  try {
    const lake = await LakeFolder.open(root, platformOf(system));
    await lake.ensureBucket(bucket);
    const paths: string[] = [];
    for (const [index, key] of keys.entries()) {
      const draft = join(root, `draft-${index}`);
      await writeFile(draft, key);
      await lake.place(draft, bucket, key);
      paths.push(relative(join(root, bucket), lake.pathOf(bucket, key)));
    }
    const again = await LakeFolder.open(root, platformOf(system));
    expect(
      again
        .objects(bucket)
        ?.map(({ key }) => key)
        .sort(),
    ).toEqual([...keys].sort());
    return paths;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

test('on Windows every key has a name that is legal there, and is found again under its key', async () => {
  const segments = (await roundTrip('win32')).flatMap((path) => path.split('/'));
  for (const segment of segments) {
    expect(segment).not.toMatch(/[<>:"\\|?*]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
  }
});

test.each(['linux', 'darwin'] as const)(
  'on %s a key is its path, except what a path cannot say',
  async (system) => {
    expect(await roundTrip(system)).toEqual([
      'events/datehour=2026-01-05-08/part-1.parquet',
      'events/at=08:00/part.json',
      'errors/con/aux.txt',
      'ends/with./a dot ',
      'a/%/b',
      '%2E/%2E%2E/c',
      '100%/50%25',
      '%%quoted "<|>%3F%2A%5C',
    ]);
  },
);

test('a folder that an earlier release wrote is read as it is', async () => {
  const root = await mkdtemp(join(tmpdir(), 'names-'));
  try {
    await mkdir(join(root, bucket, 'a', '%', '%2E%2E'), { recursive: true });
    await writeFile(join(root, bucket, 'a', '%', '%2E%2E', 'x:y'), '');
    const lake = await LakeFolder.open(root, platformOf('linux'));
    expect(lake.objects(bucket)?.map(({ key }) => key)).toEqual(['a//../x:y']);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test('a bucket never leads out of the lake', async () => {
  const root = await mkdtemp(join(tmpdir(), 'names-'));
  try {
    const lake = await LakeFolder.open(join(root, 's3'), platformOf('linux'));
    await lake.ensureBucket('..');
    expect(await readdir(root)).toEqual(['s3']);
    expect(lake.pathOf('..', 'x')).toBe(join(root, 's3', '%2E%2E', 'x'));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test('the folder of a stream is legal everywhere, and no two streams share one', () => {
  const names = ['events', 'Events', 'a.b-c_d', 'ends.', '..', 'CON'];
  expect(names.map((name) => streamFolderName(name, platformOf('linux')))).toEqual(
    names.map((name) => `stream-${name}`),
  );
  for (const system of ['win32', 'darwin'] as const) {
    const folders = names.map((name) => streamFolderName(name, platformOf(system)).toLowerCase());
    expect(new Set(folders).size).toBe(names.length);
  }
  expect(streamFolderName('ends.', platformOf('win32'))).toBe('stream-ends%2E');
});

test('a folder that is not there has no names; one that cannot be read is an error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'names-'));
  try {
    expect(await entriesOf(join(folder, 'drafts'))).toEqual([]);
    await writeFile(join(folder, 'drafts'), 'no folder');
    await expect(entriesOf(join(folder, 'drafts'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
