import {
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { CreateDeliveryStreamCommand, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { platformOf } from '@store/durable';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { LakeFolder } from '../../src/lake/lake-folder.js';
import { compareKeys } from '../../src/lake/key-order.js';
import { objectKey, objectPath } from '../../src/lake/object-path.js';
import {
  createReadings,
  firehoseClient,
  readingsStream,
  record,
  startedEmulator,
  temporaryFolder,
} from '../clients.js';
import { errorLines, filesBelow } from '../lake-files.js';

const hostile = [
  'a/b',
  'A/b',
  'a',
  'a/b/c',
  'a//b',
  '/a',
  'a/',
  '.',
  '..',
  './../x',
  '%',
  '%2E',
  '%%',
  '%%a%+',
  'x%41y',
  'ends.',
  'ends ',
  'con',
  'x*y?[z]',
  'back\\slash',
  'line\nfeed\u0000\u0001\u007f',
  '\u00e9/e\u0301',
  '😀'.repeat(256),
  'k'.repeat(1024),
  `${'K'.repeat(500)}/${'k'.repeat(500)}`,
  '/'.repeat(1024),
  './'.repeat(512),
  '%'.repeat(1024),
  '\u0001'.repeat(300),
];
const segments = fc.oneof(
  fc.constantFrom('', '.', '..', '%', '%2E', '%%', '%+', '%-', 'a', 'A', 'é', 'nul', 'k=1', '*', '[', '😀'),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('/')),
  fc.string({
    unit: fc.constantFrom('a', '%', '2', 'E', '+', '-', '\n', 'ü', '.'),
    minLength: 200,
    maxLength: 400,
  }),
);
const keys = fc
  .array(segments, { minLength: 1, maxLength: 6 })
  .map((parts) => Buffer.from(parts.join('/')).toString())
  .filter((key) => key !== '' && Buffer.byteLength(key) <= 1024);

test.each(['linux', 'darwin', 'win32'] as const)(
  'on %s every key has a path of its own, of names that fit, which gives the key back',
  (system) => {
    const platform = platformOf(system);
    const pathOf = (key: string): string => {
      const path = objectPath(key, platform);
      for (const name of path) {
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/^\.{0,2}$|[/\0]/);
        if (platform.caseBlind && name.startsWith('%%'))
          expect(name.slice(2)).not.toMatch(/[^%0-9A-F\x20-@[-~+-]/);
      }
      expect(objectKey(path, platform)).toBe(key);
      return path.join('/');
    };
    expect(new Set(hostile.map(pathOf)).size).toBe(hostile.length);
    fc.assert(
      fc.property(keys, keys, (one, other) => {
        const [first, second] = [pathOf(one), pathOf(other)];
        if (one !== other) expect(first).not.toBe(second);
      }),
      { numRuns: 300 },
    );
  },
);

async function everyKey(s3: S3Client, input: { Prefix?: string; Delimiter?: string }): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const page: ListObjectsV2CommandOutput = await s3.send(
      new ListObjectsV2Command({
        Bucket: 'keys',
        EncodingType: 'url',
        MaxKeys: 7,
        ...input,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    found.push(
      ...[
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      ].map((name = '') => decodeURIComponent(name.replaceAll('+', ' '))),
    );
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return found;
}

test('whatever is put is listed by prefix and delimiter, and got, under its own key, before and after a restart', async () => {
  const seed = Math.floor(Math.random() * 0x7fffffff);
  const put = [...new Set([...hostile, ...fc.sample(keys, { seed, numRuns: 60 })])];
  const dataDir = await temporaryFolder();
  // The lake is written by delivery alone; here by the part that delivery hands its objects to.
  const lake = await LakeFolder.open(join(dataDir, 's3'));
  for (const key of put) {
    const draft = join(dataDir, 'draft');
    await writeFile(draft, key);
    await lake.place(draft, 'keys', key);
  }
  const emulator = await startedEmulator({ dataDir });
  const s3 = new S3Client({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
  });
  onTestFinished(() => {
    s3.destroy();
  });
  const sorted = put.toSorted(compareKeys);
  expect(await everyKey(s3, {}), `seed ${seed}`).toEqual(sorted);
  for (const prefix of ['a', 'a/', 'A', '%', '.', '😀', 'k=1/']) {
    expect(await everyKey(s3, { Prefix: prefix })).toEqual(sorted.filter((key) => key.startsWith(prefix)));
  }
  const folders = new Set(
    sorted.map((key) => (key.includes('/') ? key.slice(0, key.indexOf('/') + 1) : key)),
  );
  expect(new Set(await everyKey(s3, { Delimiter: '/' }))).toEqual(folders);
  for (const Key of put) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'keys', Key }));
    expect(await Body?.transformToString(), `seed ${seed}`).toBe(Key);
  }
});

test('a folder of before is read as it was', async () => {
  const dataDir = await temporaryFolder();
  for (const folder of ['k=a%2Ab', 'K=x', 'a/%/%2E%2E']) {
    await mkdir(join(dataDir, 's3', 'keys', folder), { recursive: true });
    await writeFile(join(dataDir, 's3', 'keys', folder, 'x*[y]?'), 'old');
  }
  const lake = await LakeFolder.open(join(dataDir, 's3'), platformOf('linux'));
  expect(
    lake
      .objects('keys')
      ?.map(({ key }) => key)
      .toSorted(),
  ).toEqual(['K=x/x*[y]?', 'a//../x*[y]?', 'k=a%2Ab/x*[y]?']);
});

test('partition values of any text are delivered, and queried as what they are', async () => {
  const values = [
    'k'.repeat(260),
    'ü'.repeat(400),
    'a*b',
    'a?b',
    '[x]',
    'A',
    'a',
    'x/id=7',
    'x/y',
    'x',
    '..',
    '.',
    '%41',
    'b\\c',
    'q\'"<>',
    'nul\u0000\u0001',
    '😀',
    'two\nlines',
    '__HIVE_DEFAULT_PARTITION__',
    'datehour=1',
    ' ',
  ];
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  const query = '{datehour:.at}';
  const stream = readingsStream();
  const destination = stream.ExtendedS3DestinationConfiguration;
  const parameter = destination?.ProcessingConfiguration?.Processors?.[1]?.Parameters?.[0];
  if (parameter !== undefined) parameter.ParameterValue = query;
  await firehose.send(new CreateDeliveryStreamCommand(stream));
  const Records = values.map((at, id) => record(JSON.stringify({ id, at, store: 's', amount: 1 })));
  const giants = ['k'.repeat(2_000), 'g'.repeat(900_000)].map((at) => record(JSON.stringify({ id: 99, at })));
  for (const batch of [Records, giants]) {
    await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records: batch }));
  }
  const rows = async (): Promise<unknown> => emulator.query('SELECT id, "at" FROM readings ORDER BY id');
  const all = values.map((at, id) => ({ id, at }));
  expect(await rows()).toEqual(all);
  expect(await emulator.flush()).toEqual([]);
  expect(await rows()).toEqual(all);
  // What a path cannot carry unchanged by Hive's rules (a slash, a percent sign) is no value to compare with.
  for (const value of values.filter((text) => !/[/%]|^__HIVE/.test(text))) {
    const text = value.replaceAll("'", "''").replaceAll('\0', "' || chr(0) || '");
    expect(
      await emulator.query(`SELECT "at" FROM readings WHERE datehour = ('${text}')`),
      value,
    ).toContainEqual({
      at: value,
    });
  }
  // Hive's folder of NULL, whoever wrote it.
  expect(await emulator.query('SELECT "at" FROM readings WHERE datehour IS NULL')).toEqual([
    { at: '__HIVE_DEFAULT_PARTITION__' },
  ]);
  const [errors = ''] = (await filesBelow(emulator.lakeDir)).filter((path) => path.includes('/errors/'));
  const lines = await errorLines(emulator.lakeDir, errors);
  expect(lines.map(({ errorCode }) => errorCode)).toEqual(['S3.KeyTooLongError', 'S3.KeyTooLongError']);
});
