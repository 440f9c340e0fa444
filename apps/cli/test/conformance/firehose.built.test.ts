import { get } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedFor } from '../authorization.js';
import { askAthena } from './athena-client.js';
import { keysIn } from './filled-endpoint.js';
import { firehoseCases, jodaCases, refusedPatterns } from './firehose-table.js';
import { serveEndpoint, type ServedAnswer, type ServedEndpoint } from './served-endpoint.js';
import { unframeSnappy, unhadoopSnappy, unzip } from './unpack.js';

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint(['--deliver-now']);
  await create('plain', {});
});

afterAll(() => served.stop());

async function firehose(action: string, input: unknown): Promise<ServedAnswer> {
  return served.json(`Firehose_20150804.${action}`, input);
}

async function create(name: string, destination: object): Promise<ServedAnswer> {
  return firehose('CreateDeliveryStream', {
    DeliveryStreamName: name,
    ExtendedS3DestinationConfiguration: {
      BucketARN: 'arn:aws:s3:::lake',
      RoleARN: 'arn:aws:iam::000000000000:role/firehose',
      Prefix: `${name}/`,
      ErrorOutputPrefix: `errors/${name}/!{firehose:error-output-type}/`,
      ...destination,
    },
  });
}

async function put(name: string, texts: readonly string[]): Promise<void> {
  const Records = texts.map((text) => ({ Data: Buffer.from(text).toString('base64') }));
  const { status, text } = await firehose('PutRecordBatch', { DeliveryStreamName: name, Records });
  expect([status, text]).toMatchObject([200, expect.stringContaining('"FailedPutCount":0')]);
}

/** Answers of these services are JSON objects, also where they refuse. */
function fields({ text }: ServedAnswer): Readonly<Record<string, unknown>> {
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

/** The only object below a prefix, its bytes as they come. */
async function objectBelow(prefix: string): Promise<{ key: string; encoding: string; bytes: Buffer }> {
  const keys = (await keysIn(served, 'lake')).filter((name) => name.startsWith(prefix));
  expect(keys).toHaveLength(1);
  const [key = ''] = keys;
  return new Promise((resolve, reject) => {
    // `fetch` decompresses by itself what it can.
    get(`${served.endpoint}/lake/${key}`, { headers: signedFor('s3') }, (response) => {
      const encoding = response.headers['content-encoding'] ?? '';
      buffer(response).then((bytes) => {
        resolve({ key, encoding, bytes });
      }, reject);
    }).on('error', reject);
  });
}

test.each(firehoseCases)('$action: $name', async ({ action, input, status, answer }) => {
  const answered = await firehose(action, input);
  expect([answered.status, fields(answered)]).toEqual([status, expect.objectContaining(answer)]);
  if (action === 'PutRecord' && status === 200) {
    expect(fields(answered)).toEqual({ RecordId: expect.any(String) as unknown, ...answer });
  }
});

test('empty records add nothing to an object, and each is answered with an ID', async () => {
  await create('empty', {});
  const Records = ['', 'a\n', '', 'b\n'].map((text) => ({ Data: Buffer.from(text).toString('base64') }));
  const answer = fields(await firehose('PutRecordBatch', { DeliveryStreamName: 'empty', Records }));
  const id: unknown = expect.stringMatching(/^.{20,}$/);
  expect(answer).toEqual({
    FailedPutCount: 0,
    Encrypted: false,
    RequestResponses: [{ RecordId: id }, { RecordId: id }, { RecordId: id }, { RecordId: id }],
  });
  const { encoding, bytes } = await objectBelow('empty/');
  expect([encoding, bytes.toString()]).toEqual(['', 'a\nb\n']);
});

test('a record that is not taken has code and message in its place, and no ID', async () => {
  const faults = (plan: object): Promise<Response> =>
    fetch(`${served.endpoint}/_emulator/faults`, { method: 'PUT', body: JSON.stringify(plan) });
  expect((await faults({ refusedRecords: 1 })).status).toBe(200);
  const Records = [{ Data: 'YQ==' }, { Data: '' }];
  const answer = fields(await firehose('PutRecordBatch', { DeliveryStreamName: 'plain', Records }));
  const single = await firehose('PutRecord', { DeliveryStreamName: 'plain', Record: { Data: 'YQ==' } });
  await faults({});
  const failed = { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' };
  expect(answer).toEqual({ FailedPutCount: 2, Encrypted: false, RequestResponses: [failed, failed] });
  expect([single.status, fields(single)]).toEqual([
    503,
    { __type: 'ServiceUnavailableException', message: 'Slow down.' },
  ]);
});

const line = `${JSON.stringify({ note: 'the same words again and again, '.repeat(40) })}\n`;

/** How the object of each compression is named, what it says of itself, and how a reader gets its bytes back. */
const compressions: readonly (readonly [string, string, string, (bytes: Buffer) => Buffer])[] = [
  ['UNCOMPRESSED', '', '', (bytes) => bytes],
  ['GZIP', 'gzip', '.gz', (bytes) => gunzipSync(bytes)],
  ['ZIP', 'zip', '.zip', unzip],
  ['Snappy', 'snappy-java', '.snappy', unframeSnappy],
  ['HADOOP_SNAPPY', 'hadoop-snappy', '.hsnappy', unhadoopSnappy],
];

test.each(compressions)(
  'an object of %s says Content-Encoding "%s", and holds the records',
  async (CompressionFormat, encoding, suffix, decompress) => {
    const name = `as-${CompressionFormat}`;
    expect((await create(name, { CompressionFormat })).status).toBe(200);
    await put(name, [line, '', line]);
    const found = await objectBelow(`${name}/`);
    expect([found.encoding, found.key.endsWith(suffix)]).toEqual([encoding, true]);
    expect(decompress(found.bytes).toString()).toBe(line + line);
    const head = await fetch(`${served.endpoint}/lake/${found.key}`, {
      method: 'HEAD',
      headers: signedFor('s3'),
    });
    expect(head.headers.get('content-encoding') ?? '').toBe(encoding);
  },
);

test('a client that knows gzip reads the lines of an object of GZIP', async () => {
  const { key } = await objectBelow('as-GZIP/');
  const response = await fetch(`${served.endpoint}/lake/${key}`, { headers: signedFor('s3') });
  expect(await response.text()).toBe(line + line);
});

function converting(timestampFormats: readonly string[]): object {
  return {
    BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
    DataFormatConversionConfiguration: {
      InputFormatConfiguration: {
        Deserializer: { HiveJsonSerDe: { TimestampFormats: timestampFormats } },
      },
      OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
      SchemaConfiguration: {
        RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        DatabaseName: 'shop',
        TableName: 'events',
      },
    },
  };
}

test('timestamps are read as Joda-Time reads them, and what it does not read goes to the error output', async () => {
  await served.json('AWSGlue.CreateDatabase', { DatabaseInput: { Name: 'shop' } });
  const parquet = 'org.apache.hadoop.hive.ql.io.parquet';
  const created = await served.json('AWSGlue.CreateTable', {
    DatabaseName: 'shop',
    TableInput: {
      Name: 'events',
      StorageDescriptor: {
        Columns: [
          { Name: 'id', Type: 'int' },
          { Name: 'at', Type: 'timestamp' },
        ],
        Location: 's3://lake/events/',
        InputFormat: `${parquet}.MapredParquetInputFormat`,
        OutputFormat: `${parquet}.MapredParquetOutputFormat`,
        SerdeInfo: { SerializationLibrary: `${parquet}.serde.ParquetHiveSerDe` },
      },
    },
  });
  expect(created.status, created.text).toBe(200);
  for (const [id, [pattern, at]] of jodaCases.entries()) {
    const answer = await create(`joda-${id}`, { ...converting([pattern]), Prefix: 'events/' });
    expect(answer.status, answer.text).toBe(200);
    await put(`joda-${id}`, [`${JSON.stringify({ id, at })}\n`]);
  }
  const { rows, failure } = await askAthena(served, 'SELECT id, at FROM shop.events ORDER BY id');
  expect(failure).toBeUndefined();
  const read = jodaCases.flatMap(([, , instant], id) =>
    instant === undefined ? [] : [[String(id), instant]],
  );
  expect(rows).toEqual(read);
  for (const [id, [, at, instant]] of jodaCases.entries()) {
    if (instant !== undefined) continue;
    const { bytes } = await objectBelow(`errors/joda-${id}/format-conversion-failed/`);
    // An error record of Firehose is a line of JSON.
    const { rawData, ...error } = JSON.parse(bytes.toString()) as Readonly<Record<string, unknown>>;
    expect(Buffer.from(String(rawData), 'base64').toString().trim()).toBe(JSON.stringify({ id, at }));
    expect(error).toEqual({
      attemptsMade: 1,
      arrivalTimestamp: expect.any(Number) as unknown,
      attemptEndingTimestamp: expect.any(Number) as unknown,
      lastErrorCode: 'DataFormatConversion.MalformedData',
      lastErrorMessage: expect.stringContaining('Timestamp format') as unknown,
      sequenceNumber: expect.any(String) as unknown,
      subSequenceNumber: null,
      dataCatalogTable: expect.objectContaining({ databaseName: 'shop', tableName: 'events' }) as unknown,
    });
  }
});

test('an empty record that is to be converted goes to the error output, and the others are converted', async () => {
  await create('blank', { ...converting(['millis']), Prefix: 'events/' });
  await put('blank', ['', '{"id":100}\n', '']);
  const { rows } = await askAthena(served, 'SELECT id FROM shop.events WHERE id >= 100');
  expect(rows).toEqual([['100']]);
  const { bytes } = await objectBelow('errors/blank/format-conversion-failed/');
  // As above.
  const errors = bytes
    .toString()
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Readonly<Record<string, unknown>>);
  expect(errors.map(({ rawData, lastErrorCode }) => [rawData, lastErrorCode])).toEqual([
    ['', 'DataFormatConversion.ParseError'],
    ['', 'DataFormatConversion.ParseError'],
  ]);
});

test.each(refusedPatterns)('no stream is made or changed to read %s', async (pattern, letters, instead) => {
  const refused = await create('refused', converting([pattern]));
  const update = await firehose('UpdateDestination', {
    DeliveryStreamName: 'joda-0',
    CurrentDeliveryStreamVersionId: '1',
    DestinationId: 'destinationId-000000000001',
    ExtendedS3DestinationUpdate: converting(['yyyy-MM-dd', pattern]),
  });
  for (const answer of [refused, update]) {
    expect([answer.status, fields(answer).__type]).toEqual([400, 'InvalidArgumentException']);
    expect(fields(answer).message).toContain(` ${letters} of the pattern ${pattern} `);
    expect(fields(answer).message).toContain(instead);
  }
  const described = await firehose('DescribeDeliveryStream', { DeliveryStreamName: 'refused' });
  expect(fields(described).__type).toBe('ResourceNotFoundException');
});
