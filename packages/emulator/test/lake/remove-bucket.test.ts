import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LakeFolder } from '../../src/lake/lake-folder.js';
import { startedEmulator, temporaryFolder } from '../clients.js';
import { s3Client } from '../s3/s3-client.js';

const put = async (lake: LakeFolder, drafts: string, bucket: string, key: string): Promise<void> => {
  const draft = join(drafts, `${bucket}-${key}`);
  await writeFile(draft, key);
  await lake.place(draft, bucket, key, { facts: { etag: key } });
};

test('a bucket that holds a file put there by hand stays, with that file, and loses nothing of others', async () => {
  const drafts = await temporaryFolder();
  const root = join(await temporaryFolder(), 's3');
  const lake = await LakeFolder.open(root);
  await lake.ensureBucket('mine');
  await writeFile(join(root, 'mine', 'by-hand'), 'x');
  const keys = Array.from({ length: 50 }, (_, index) => `k${index}`);
  const [removed] = await Promise.all([
    lake.removeBucket('mine'),
    ...keys.map((key) => put(lake, drafts, 'other', key)),
  ]);
  expect(removed).toBe(false);
  expect(lake.objects('mine')?.map(({ key }) => key)).toEqual(['by-hand']);
  expect(lake.objects('other')).toHaveLength(keys.length);
});

test('an object that is put while its bucket is removed is in the new bucket, with all that is recorded of it', async () => {
  const drafts = await temporaryFolder();
  const root = join(await temporaryFolder(), 's3');
  const lake = await LakeFolder.open(root);
  for (let round = 0; round < 20; round += 1) {
    await lake.ensureBucket('mine');
    await Promise.all([lake.removeBucket('mine'), put(lake, drafts, 'mine', 'k'), lake.ensureBucket('mine')]);
    expect(lake.object('mine', 'k')?.facts).toEqual({ etag: 'k' });
    expect(lake.records.put('mine', 'k')?.facts).toEqual({ etag: 'k' });
    await lake.remove('mine', 'k');
  }
});

test('a multipart upload that begins while another bucket is deleted takes its parts', async () => {
  const s3 = s3Client(await startedEmulator());
  await s3.send(new CreateBucketCommand({ Bucket: 'stays' }));
  const deleted = Array.from({ length: 20 }, (_, index) => `deleted-${index}`);
  await Promise.all(deleted.map(async (Bucket) => s3.send(new CreateBucketCommand({ Bucket }))));
  const object = { Bucket: 'stays', Key: 'k' };
  const uploads = await Promise.all(
    deleted.map(async (Bucket) => {
      const [upload] = await Promise.all([
        s3.send(new CreateMultipartUploadCommand(object)),
        s3.send(new DeleteBucketCommand({ Bucket })),
      ]);
      return upload;
    }),
  );
  for (const { UploadId } of uploads) {
    await s3.send(new UploadPartCommand({ ...object, UploadId, PartNumber: 1, Body: 'part' }));
  }
});
