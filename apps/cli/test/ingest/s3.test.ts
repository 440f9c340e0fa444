import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startEmulator } from '@store/emulator';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { clientOptions } from '../../src/aws/client-options.js';
import { temporaryFolder } from '../folder.js';
import { eventWith } from '../query/pretend-lake.js';
import { runStore } from '../terminal.js';

test('objects are read one after the other, and one that is damaged or gone is named and leaves the others', async () => {
  const cwd = await temporaryFolder();
  const emulator = await startEmulator({ dataDir: join(cwd, 'endpoint') });
  const s3 = new S3Client({ ...clientOptions('S3', {}, emulator.endpoint), forcePathStyle: true });
  onTestFinished(async () => {
    s3.destroy();
    await emulator.close();
  });
  const copies = join(cwd, 'tmp');
  await mkdir(copies);
  vi.stubEnv('TMPDIR', copies);
  onTestFinished(() => void vi.unstubAllEnvs());
  const lines = gzipSync(`${JSON.stringify(eventWith({}))}\n`);
  const objects: Readonly<Record<string, Uint8Array | string>> = {
    'in/a.ndjson.gz': lines,
    'in/b.ndjson.gz': lines.subarray(0, 30),
    'in/c.csv': '%PDF-1.7',
    'in/d.ndjson': JSON.stringify(eventWith({ event_id: 'd' })),
    'in/e.txt.bak': 'no source',
  };
  await s3.send(new CreateBucketCommand({ Bucket: 'shop' }));
  for (const [Key, Body] of Object.entries(objects))
    await s3.send(new PutObjectCommand({ Bucket: 'shop', Key, Body }));
  const ingest = async (address: string): Promise<Awaited<ReturnType<typeof runStore>>> =>
    runStore(['ingest', address, '--dry-run', '--json'], {
      cwd,
      env: { AWS_ENDPOINT_URL: emulator.endpoint },
    });

  const all = await ingest('s3://shop/in/');
  expect(all.code).toBe(1);
  expect(JSON.parse(all.stdout)).toMatchObject({
    records: 2,
    accepted: 2,
    refused: [{ path: 's3://shop/in/b.ndjson.gz' }, { path: 's3://shop/in/c.csv' }],
  });
  expect(all.stdout).toContain('s3://shop/in/c.csv is a PDF.');
  expect((await ingest('s3://shop/in/d.ndjson')).code).toBe(0);
  const gone = await ingest('s3://shop/in/gone.ndjson');
  expect([gone.code, gone.stderr]).toEqual([
    1,
    expect.stringContaining('There is no s3://shop/in/gone.ndjson.'),
  ]);
  expect(await readdir(copies)).toEqual([]);
});
