import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
  UpdateDestinationCommand,
} from '@aws-sdk/client-firehose';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Emulator } from '../../src/index.js';
import {
  createReadings,
  firehoseClient,
  plainStream,
  reading,
  readingsStream,
  record,
  startedEmulator,
  temporaryFolder,
} from '../clients.js';
import { errorLines, filesBelow } from '../lake-files.js';
import { settled } from '../settled.js';

async function admin(emulator: Emulator, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${emulator.endpoint}/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBe(200);
  return answer.json();
}

const inBucket = (name: string): ReturnType<typeof plainStream> =>
  plainStream(name, {
    BucketARN: `arn:aws:s3:::${name}-bucket`,
    Prefix: 'data/',
    ErrorOutputPrefix: 'errors/',
  });

test('what can be delivered nowhere goes to the quarantine, is counted, and holds up nobody', async () => {
  const dataDir = await temporaryFolder();
  const troubles: unknown[] = [];
  const emulator = await startedEmulator({ dataDir, onTrouble: (error) => troubles.push(error) });
  const firehose = firehoseClient(emulator);
  for (const name of ['sick', 'well']) await firehose.send(new CreateDeliveryStreamCommand(inBucket(name)));
  // A bucket that is no folder any more: neither its objects nor its error output can be written.
  await rm(join(emulator.lakeDir, 'sick-bucket'), { recursive: true });
  await writeFile(join(emulator.lakeDir, 'sick-bucket'), '');
  for (const DeliveryStreamName of ['sick', 'well']) {
    const Records = ['one ', 'two ', 'three'].map(record);
    await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
  }
  expect(await admin(emulator, 'POST', 'flush')).toEqual({ undelivered: [] });
  const [delivered = ''] = (await filesBelow(emulator.lakeDir)).filter((path) =>
    path.startsWith('well-bucket/'),
  );
  expect(await readFile(join(emulator.lakeDir, delivered), 'utf8')).toBe('one two three');
  const quarantine = join(dataDir, 'quarantine', 'sick');
  const names = (await readdir(quarantine)).toSorted();
  expect(names).toEqual([expect.stringMatching(/\.data$/), expect.stringMatching(/\.json$/)]);
  expect(await readFile(join(quarantine, names[0] ?? ''), 'utf8')).toBe('one two three');
  expect(JSON.parse(await readFile(join(quarantine, names[1] ?? ''), 'utf8'))).toMatchObject({
    deliveryStreamName: 'sick',
    records: 3,
    bytes: 13,
    bucket: 'sick-bucket',
  });
  const note = await readFile(join(quarantine, names[1] ?? ''), 'utf8');
  expect(note).toMatch(/"code":"S3\.E[A-Z]+","reason":"[^"]*sick-bucket/);
  const status = {
    streams: [
      { name: 'sick', undeliveredRecords: 0, quarantine: { entries: 1, records: 3, bytes: 13 } },
      { name: 'well', undeliveredRecords: 0, quarantine: { entries: 0, records: 0, bytes: 0 } },
    ],
  };
  expect(await admin(emulator, 'GET', 'status')).toMatchObject(status);
  expect(troubles.map(String).join('\n')).toContain('3 records of sick go to the quarantine');
  // What was quarantined is not taken up again, and the stream continues.
  expect(await emulator.close()).toEqual([]);
  const again = await startedEmulator({ dataDir });
  expect(await admin(again, 'GET', 'status')).toMatchObject(status);
});

test('a disk that is full is waited for a little: flush says what is left and why, puts are refused, and then all continues', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(inBucket('one')));
  const put = (): Promise<unknown> =>
    firehose.send(new PutRecordCommand({ DeliveryStreamName: 'one', Record: record('x') }));
  await put();
  await admin(emulator, 'PUT', 'faults', { diskFull: true });
  expect(await admin(emulator, 'POST', 'flush')).toEqual({
    undelivered: [
      { deliveryStreamName: 'one', records: 1, bytes: 1, reasons: [expect.stringMatching(/disk|space/)] },
    ],
  });
  await expect(put()).rejects.toMatchObject({ name: 'ServiceUnavailableException' });
  await admin(emulator, 'PUT', 'faults', {});
  expect(await emulator.flush()).toEqual([]);
  await put();
  expect(await emulator.close()).toEqual([{ deliveryStreamName: 'one', records: 1, bytes: 1, reasons: [] }]);
});

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:slow';
const transformed = {
  ProcessingConfiguration: {
    Enabled: true,
    Processors: [
      {
        Type: 'Lambda' as const,
        Parameters: [{ ParameterName: 'LambdaArn' as const, ParameterValue: functionArn }],
      },
    ],
  },
};

test('a function that does not answer holds up its stream alone; flush and close end, and the records are there after a start', async () => {
  const dataDir = await temporaryFolder();
  let called = 0;
  const emulator = await startedEmulator({
    dataDir,
    lambdas: {
      [functionArn]: () => {
        called += 1;
        return new Promise(() => undefined);
      },
    },
  });
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('slow', transformed)));
  await firehose.send(new CreateDeliveryStreamCommand(inBucket('quick')));
  for (const DeliveryStreamName of ['slow', 'quick']) {
    await firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('kept') }));
  }
  const left = [expect.objectContaining({ deliveryStreamName: 'slow', records: 1 })];
  expect(await emulator.flush({ deadlineMs: 2_000 })).toEqual(left);
  expect(called).toBe(1);
  expect(await filesBelow(emulator.lakeDir)).toEqual([expect.stringContaining('quick-bucket/data/')]);
  expect(await emulator.close()).toEqual(left);
  const again = await startedEmulator({
    dataDir,
    lambdas: {
      [functionArn]: (event) => ({
        // Firehose's event has this shape.
        records: (event as { records: { recordId: string; data: string }[] }).records.map(
          ({ recordId, data }) => ({
            recordId,
            result: 'Ok',
            data,
          }),
        ),
      }),
    },
  });
  expect(await again.flush()).toEqual([]);
  const stored = (await filesBelow(again.lakeDir)).find((path) => path.startsWith('plain-bucket/')) ?? '';
  expect(await readFile(join(again.lakeDir, stored), 'utf8')).toBe('kept');
});

test.each([
  ['nothing', () => undefined],
  ['a number', () => 7],
  ['records that are none', () => ({ records: 'all' })],
  ['records of null', () => ({ records: [null, 1, 'x', { recordId: {} }] })],
  [
    'keys of every kind',
    (event: unknown) => ({
      records: (event as { records: { recordId: string }[] }).records.map(({ recordId }, index) => ({
        recordId,
        result: 'Ok',
        data: 'eA==',
        metadata: [7, { partitionKeys: { k: { a: 1 } } }, { partitionKeys: ['k'] }][index % 3],
      })),
    }),
  ],
  [
    'a value that contains itself',
    () => {
      const answer: Record<string, unknown> = { records: [] };
      answer.self = answer;
      return answer;
    },
  ],
  [
    'an error',
    () => {
      throw new Error('no');
    },
  ],
])('a function that answers %s costs its own records: they are in the error output', async (_, answer) => {
  const emulator = await startedEmulator({ lambdas: { [functionArn]: answer } });
  const firehose = firehoseClient(emulator);
  await firehose.send(
    new CreateDeliveryStreamCommand(plainStream('plain', { ...transformed, ErrorOutputPrefix: 'errors/' })),
  );
  const Records = ['a', 'b', 'c'].map(record);
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'plain', Records }));
  expect(await emulator.flush()).toEqual([]);
  const paths = await filesBelow(emulator.lakeDir);
  expect(paths).toEqual([expect.stringContaining('plain-bucket/errors/')]);
  const lines = await errorLines(emulator.lakeDir, paths[0] ?? '');
  expect(lines.map(({ rawData }) => Buffer.from(String(rawData), 'base64').toString())).toEqual([
    'a',
    'b',
    'c',
  ]);
});

function queryOf(query: string): ReturnType<typeof readingsStream> {
  const stream = readingsStream();
  const { Processors = [] } = stream.ExtendedS3DestinationConfiguration?.ProcessingConfiguration ?? {};
  const parameter = Processors[1]?.Parameters?.[0];
  if (parameter !== undefined) parameter.ParameterValue = query;
  return stream;
}

test('patterns that jq 1.6 runs are run, and those that are not are refused when the stream is created', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  for (const pattern of ['(?=a)', '(?<=a)b', 'a++', '(?>a)', '\\\\h', '(a)\\\\1', '(?m)a']) {
    const create = new CreateDeliveryStreamCommand(
      queryOf(`{datehour:(.store|test("${pattern}")|tostring)}`),
    );
    await expect(firehose.send(create), pattern).rejects.toThrow(
      /MetadataExtractionQuery: .*regular expression/,
    );
  }
  await firehose.send(
    new CreateDeliveryStreamCommand(
      queryOf('{datehour:((.store|test("(?i)^STORE-")|tostring)+(.store|sub("(?i)STORE";"x")))}'),
    ),
  );
  const Records = [1, 2].map((id) => record(reading(id)));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  expect(await emulator.flush()).toEqual([]);
  expect(await emulator.query('SELECT datehour FROM readings ORDER BY id')).toEqual([
    { datehour: 'truex-1' },
    { datehour: 'truex-2' },
  ]);
});

test('records that would keep a pattern or a query busy forever are in the error output, and others are answered meanwhile', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  const stream = queryOf(
    '{datehour:(if .amount==1 then ([.store|test("a*a*a*a*a*a*b"),test("(.*)(.*)(.*)(.*)x"),test("(a+)+$")]|tostring) else ([range(1e12)]|tostring) end)}',
  );
  await firehose.send(new CreateDeliveryStreamCommand(stream));
  const hostile = [60, 600, 5_000, 900_000].map((length, id) =>
    record(JSON.stringify({ id, at: '', store: 'a'.repeat(length), amount: 1 })),
  );
  const endless = Array.from({ length: 100 }, (_, id) => record(JSON.stringify({ id: 100 + id, amount: 2 })));
  await firehose.send(
    new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records: [...hostile, ...endless] }),
  );
  expect(await emulator.flush()).toEqual([]);
  const rows = await emulator.query('SELECT id FROM readings ORDER BY id');
  expect(rows.slice(0, 2)).toEqual([{ id: 0 }, { id: 1 }]);
  const [path = ''] = (await filesBelow(emulator.lakeDir)).filter((name) => name.includes('/errors/'));
  const lines = await errorLines(emulator.lakeDir, path);
  expect(lines).toHaveLength(104 - rows.length);
  for (const { errorCode, errorMessage } of lines) {
    expect(errorCode).toBe('DynamicPartitioning.MetadataExtractionFailed');
    expect(errorMessage).toContain('steps');
  }
});

test('settings that could write nothing are refused, and a change of settings waits for what cannot be delivered', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  for (const long of [{ Prefix: 'p'.repeat(1_000) }, { ErrorOutputPrefix: 'é'.repeat(450) }]) {
    await expect(firehose.send(new CreateDeliveryStreamCommand(plainStream('long', long)))).rejects.toThrow(
      /too long/,
    );
  }
  await firehose.send(new CreateDeliveryStreamCommand(inBucket('one')));
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'one', Record: record('x') }));
  await firehose.send(
    new UpdateDestinationCommand({
      DeliveryStreamName: 'one',
      CurrentDeliveryStreamVersionId: '1',
      DestinationId: 'destinationId-000000000001',
      ExtendedS3DestinationUpdate: { Prefix: 'new/' },
    }),
  );
  expect(await settled(() => filesBelow(emulator.lakeDir), 1)).toEqual([expect.stringContaining('/data')]);
  await firehose.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName: 'one' }));
});
