import { FirehoseClient, ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateDeliveryStreamCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { firehoseClient, plainStream, record, startedEmulator } from '../clients.js';
import { filesBelow } from '../lake-files.js';

function signedClient(endpoint: string, secretAccessKey: string, skewMs = 0): FirehoseClient {
  const client = new FirehoseClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey },
    systemClockOffset: skewMs,
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}

test('with a secret, a request signed with another one, or at another time, is refused', async () => {
  const { endpoint } = await startedEmulator({ secretAccessKey: 'right' });
  const list = new ListDeliveryStreamsCommand({});
  await signedClient(endpoint, 'right').send(list);
  await expect(signedClient(endpoint, 'wrong').send(list)).rejects.toMatchObject({
    name: 'InvalidSignatureException',
  });
  await expect(signedClient(endpoint, 'right', -16 * 60_000).send(list)).rejects.toMatchObject({
    message: expect.stringContaining('expired') as unknown,
  });
});

test('a request without a signature is refused, even without a secret', async () => {
  const { endpoint } = await startedEmulator();
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'Firehose_20150804.ListDeliveryStreams' },
    body: '{}',
  });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
});

test('a request for another host is refused: a web page cannot reach the endpoint by a name of its own', async () => {
  const { endpoint } = await startedEmulator();
  const status = await new Promise((resolve, reject) => {
    request(endpoint, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});

async function threeObjects(): Promise<{ endpoint: string; lakeDir: string }> {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  for (const name of ['one', 'two', 'three']) {
    await firehose.send(
      new CreateDeliveryStreamCommand(
        plainStream(name, {
          Prefix: `${name}/!{timestamp:yyyy}/`,
          ErrorOutputPrefix: 'e/!{firehose:error-output-type}/',
        }),
      ),
    );
    await firehose.send(
      new PutRecordCommand({ DeliveryStreamName: name, Record: record(`content of ${name}`) }),
    );
  }
  await emulator.flush();
  return emulator;
}

test('the S3 client lists, pages and reads what was delivered', async () => {
  const { endpoint, lakeDir } = await threeObjects();
  const s3 = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(() => {
    s3.destroy();
  });
  const Bucket = 'plain-bucket';
  const keys = (await filesBelow(lakeDir)).map((path) => path.slice(Bucket.length + 1));
  expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  const first = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 2 }));
  expect(first.IsTruncated).toBe(true);
  const rest = await s3.send(
    new ListObjectsV2Command({ Bucket, ContinuationToken: first.NextContinuationToken }),
  );
  expect([...(first.Contents ?? []), ...(rest.Contents ?? [])].map(({ Key }) => Key)).toEqual(keys);
  const folders = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
  expect(folders.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['one/', 'three/', 'two/']);
  const Key = keys[0] ?? '';
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength).toBe(14);
  const whole = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await whole.Body?.transformToString()).toBe('content of one');
  const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=-3' }));
  expect(await part.Body?.transformToString()).toBe('one');
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'nothing' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
});
