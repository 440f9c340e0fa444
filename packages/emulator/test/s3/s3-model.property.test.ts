import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { damagedObjects, startEmulator, type Emulator } from '../../src/index.js';
import { compareKeys } from '../../src/lake/key-order.js';
import { temporaryFolder } from '../clients.js';
import { s3Client } from './s3-client.js';

const Bucket = 'model';
const keys = fc.constantFrom(
  'f',
  'f/g',
  'f/g/h',
  'f//h',
  'dir/',
  '../up',
  '.',
  'é/ü',
  '%',
  'k'.repeat(300),
  '/',
);
const bodies = fc.string({ unit: 'grapheme', maxLength: 40 });
const types = fc.constantFrom('text/plain', 'application/json', undefined);
const someTags = fc.constantFrom('', 'a=1', 'b=x y&c=');

type Step =
  | {
      readonly do: 'put';
      readonly key: string;
      readonly body: string;
      readonly type: string | undefined;
      readonly tags: string;
    }
  | { readonly do: 'tag'; readonly key: string; readonly tags: string }
  | { readonly do: 'copy'; readonly from: string; readonly key: string }
  | { readonly do: 'delete'; readonly keys: readonly string[] }
  | {
      readonly do: 'upload';
      readonly key: string;
      readonly body: string;
      readonly ends: 'complete' | 'abort' | 'later';
    }
  | { readonly do: 'restart' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      key: keys,
      body: bodies,
      type: types,
      tags: someTags,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('tag' as const), key: keys, tags: someTags }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('copy' as const), from: keys, key: keys }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('delete' as const),
      keys: fc.array(keys, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('upload' as const),
      key: keys,
      body: bodies,
      ends: fc.constantFrom('complete' as const, 'abort' as const, 'later' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

interface Held {
  readonly body: string;
  readonly type: string;
  readonly etag: string;
  /** As the query of a URL, as the header of a put has them. */
  readonly tags: string;
}

const tagSet = (tags: string): { Key: string; Value: string }[] =>
  [...new URLSearchParams(tags)].map(([Key, Value]) => ({ Key, Value }));

const md5 = (bytes: string | Buffer): Buffer => createHash('md5').update(bytes).digest();

test('puts, copies, deletions, multipart uploads and restarts, in any order, leave what a map of them holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 20 }), async (sequence) => {
      const dataDir = await temporaryFolder();
      const model = new Map<string, Held>();
      let emulator: Emulator = await startEmulator({ dataDir });
      let s3 = s3Client(emulator);
      const open: { id: string; key: string; body: string; tag: string }[] = [];
      const complete = async (upload: (typeof open)[number]): Promise<void> => {
        const { id: UploadId, key: Key, body, tag } = upload;
        const Parts = [{ PartNumber: 3, ETag: tag }];
        await s3.send(
          new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
        );
        const etag = `"${md5(md5(body)).toString('hex')}-1"`;
        model.set(Key, { body, type: 'image/png', etag, tags: 'of=upload' });
      };
      try {
        await s3.send(new CreateBucketCommand({ Bucket }));
        for (const step of sequence) {
          switch (step.do) {
            case 'put': {
              const { key: Key, body: Body, type: ContentType, tags } = step;
              const Tagging = tags === '' ? undefined : tags.replaceAll(' ', '%20');
              await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, Tagging }));
              const type = ContentType ?? 'application/octet-stream';
              model.set(Key, { body: Body, type, etag: `"${md5(Body).toString('hex')}"`, tags });
              break;
            }
            case 'tag': {
              const { key: Key, tags } = step;
              const held = model.get(Key);
              const Tagging = { TagSet: tagSet(tags) };
              const tagged =
                tags === ''
                  ? s3.send(new DeleteObjectTaggingCommand({ Bucket, Key }))
                  : s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging }));
              if (held === undefined) await expect(tagged).rejects.toMatchObject({ name: 'NoSuchKey' });
              else {
                await tagged;
                model.set(Key, { ...held, tags });
              }
              break;
            }
            case 'copy': {
              const held = model.get(step.from);
              const CopySource = `${Bucket}/${encodeURIComponent(step.from)}`;
              const copied = s3.send(new CopyObjectCommand({ Bucket, Key: step.key, CopySource }));
              if (held === undefined) await expect(copied).rejects.toMatchObject({ name: 'NoSuchKey' });
              else if (step.from === step.key) {
                await expect(copied).rejects.toMatchObject({ name: 'InvalidRequest' });
              } else {
                await copied;
                model.set(step.key, { ...held, etag: `"${md5(held.body).toString('hex')}"` });
              }
              break;
            }
            case 'delete': {
              const [first = '', ...more] = step.keys;
              if (more.length === 0) await s3.send(new DeleteObjectCommand({ Bucket, Key: first }));
              else {
                const Objects = step.keys.map((Key) => ({ Key }));
                await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
              }
              for (const key of step.keys) model.delete(key);
              break;
            }
            case 'upload': {
              const { key: Key, body: Body } = step;
              const input = { Bucket, Key, ContentType: 'image/png', Tagging: 'of=upload' };
              const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand(input));
              const part = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 3, Body });
              const { ETag: tag = '' } = await s3.send(part);
              const upload = { id: UploadId, key: Key, body: Body, tag };
              if (step.ends === 'complete') await complete(upload);
              else if (step.ends === 'later') open.push(upload);
              else await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
              break;
            }
            case 'restart':
              await emulator.close();
              emulator = await startEmulator({ dataDir });
              s3 = s3Client(emulator);
          }
        }
        for (const upload of open) await complete(upload);
        await holds(s3, model);
        await emulator.close();
        expect(damagedObjects(dataDir)).toEqual([]);
        emulator = await startEmulator({ dataDir });
        s3 = s3Client(emulator);
        await holds(s3, model);
      } finally {
        await emulator.close();
      }
    }),
    { numRuns: 12 },
  );
});

async function holds(s3: S3Client, model: ReadonlyMap<string, Held>): Promise<void> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const expected = [...model].sort(([a], [b]) => compareKeys(a, b));
  expect(Contents.map(({ Key, ETag }) => [Key, ETag])).toEqual(
    expected.map(([key, { etag }]) => [key, etag]),
  );
  for (const [Key, { body, type, etag, tags }] of expected) {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
    expect([TagSet, got.TagCount ?? 0]).toEqual([tagSet(tags), tagSet(tags).length]);
    expect([await got.Body?.transformToString(), got.ContentType, got.ETag]).toEqual([body, type, etag]);
  }
}
