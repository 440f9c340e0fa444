import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { CreateDeliveryStreamCommand, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { afterEach, expect, test } from 'vitest';
import type { LambdaFunction } from '../../src/index.js';
import { firehoseClient, plainStream, record, startedEmulator } from '../clients.js';
import { errorLines, filesBelow } from '../lake-files.js';

interface Event {
  readonly records: readonly { readonly recordId: string; readonly data: string }[];
}

/** Each answers to three records, "a", "b" and "c"; what it throws is the function's own failure. */
type Answer = (records: Event['records'], call: number) => unknown;

const ok = ({ recordId, data }: Event['records'][number]): object => {
  const loud = Buffer.from(data, 'base64').toString().toUpperCase();
  return { recordId, result: 'Ok', data: Buffer.from(loud).toString('base64') };
};

/** What is asked, what the function answers, what is stored, and what goes to the error output, by code. */
const cases: readonly (readonly [
  string,
  Answer,
  stored: string,
  failed: Readonly<Record<string, string>>,
])[] = [
  ['every record', (records) => ({ records: records.map(ok) }), 'ABC', {}],
  [
    'one dropped, one failed',
    ([a, b, c]) => ({
      records: [
        { ...a, result: 'Dropped' },
        { ...b, result: 'ProcessingFailed' },
        ...(c === undefined ? [] : [ok(c)]),
      ],
    }),
    'C',
    { b: 'Lambda.ProcessingFailedStatus' },
  ],
  ['the records in another order', (records) => ({ records: records.map(ok).reverse() }), 'ABC', {}],
  [
    'one record missing',
    (records) => ({ records: records.slice(1).map(ok) }),
    'BC',
    { a: 'Lambda.MissingRecordId' },
  ],
  [
    'one record more than asked',
    (records) => ({ records: [...records.map(ok), { recordId: 'x' }] }),
    'ABC',
    {},
  ],
  [
    'a result that is none',
    (records) => ({ records: records.map((one) => ({ ...ok(one), result: 'Fine' })) }),
    '',
    {
      a: 'Lambda.JsonProcessingException',
      b: 'Lambda.JsonProcessingException',
      c: 'Lambda.JsonProcessingException',
    },
  ],
  [
    'data that is no text',
    ([a, ...rest]) => ({ records: [{ ...a, result: 'Ok', data: 7 }, ...rest.map(ok)] }),
    'BC',
    { a: 'Lambda.JsonProcessingException' },
  ],
  [
    'an id twice',
    ([a, ...rest]) => ({ records: [a, a, ...rest].flatMap((one) => (one === undefined ? [] : [ok(one)])) }),
    '',
    { a: 'Lambda.DuplicatedRecordId', b: 'Lambda.DuplicatedRecordId', c: 'Lambda.DuplicatedRecordId' },
  ],
  [
    'no records',
    () => ({ result: 'Ok' }),
    '',
    {
      a: 'Lambda.JsonProcessingException',
      b: 'Lambda.JsonProcessingException',
      c: 'Lambda.JsonProcessingException',
    },
  ],
  [
    'more than 6 MB',
    (records) => ({ records: records.map((one) => ({ ...ok(one), data: 'A'.repeat(3 << 20) })) }),
    '',
    { a: 'Lambda.PayloadTooLarge', b: 'Lambda.PayloadTooLarge', c: 'Lambda.PayloadTooLarge' },
  ],
  [
    'a failure, twice, and then every record',
    (records, call) => {
      if (call <= 2) throw new Error('not today');
      return { records: records.map(ok) };
    },
    'ABC',
    {},
  ],
  [
    'a failure, always',
    () => {
      throw new Error('never');
    },
    '',
    { a: 'Lambda.FunctionError', b: 'Lambda.FunctionError', c: 'Lambda.FunctionError' },
  ],
];

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:shout';

/** The function behind a URL: 500 for what it throws. */
async function functionUrl(answer: LambdaFunction): Promise<string> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      try {
        response.end(JSON.stringify(answer(JSON.parse(Buffer.concat(pieces).toString()))));
      } catch {
        response.writeHead(500).end('{"errorMessage":"by the test"}');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

const ways = ['a function of this process', 'a function URL'] as const;
test.each(ways.flatMap((way) => cases.map((one) => [way, ...one] as const)))(
  '%s that answers %s',
  async (way, _, answer, stored, failed) => {
    let call = 0;
    // Firehose's event has this shape.
    const lambda: LambdaFunction = (event) => answer((event as Event).records, (call += 1));
    const byUrl = way === 'a function URL';
    const arn = byUrl ? await functionUrl(lambda) : functionArn;
    const emulator = await startedEmulator({ lambdas: byUrl ? {} : { [functionArn]: lambda } });
    const firehose = firehoseClient(emulator);
    await firehose.send(
      new CreateDeliveryStreamCommand(
        plainStream('plain', {
          Prefix: 'words/',
          ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
          ProcessingConfiguration: {
            Enabled: true,
            Processors: [
              { Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: arn }] },
            ],
          },
        }),
      ),
    );
    const Records = ['a', 'b', 'c'].map(record);
    await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'plain', Records }));
    await emulator.flush();
    const paths = await filesBelow(emulator.lakeDir);
    const words = paths.filter((path) => path.includes('/words/'));
    const texts = await Promise.all(words.map((path) => readFile(join(emulator.lakeDir, path), 'utf8')));
    expect(texts.join('')).toBe(stored);
    const codes: Record<string, unknown> = {};
    for (const path of paths.filter((one) => one.includes('/errors/processing-failed/'))) {
      for (const line of await errorLines(emulator.lakeDir, path)) {
        codes[Buffer.from(String(line.rawData), 'base64').toString()] = line.errorCode;
        expect(line.lambdaArn).toBe(arn);
      }
    }
    expect(codes).toEqual(failed);
  },
);

test('a function is told the stream, its region and its account as they are', async () => {
  const told: unknown[] = [];
  const lambda: LambdaFunction = (event) => {
    told.push(event);
    return { records: (event as Event).records.map(ok) };
  };
  const emulator = await startedEmulator({
    accountId: '123456789012',
    lambdas: { [functionArn]: lambda },
  });
  const firehose = firehoseClient(emulator, 'eu-central-1');
  const Processors = [
    {
      Type: 'Lambda' as const,
      Parameters: [{ ParameterName: 'LambdaArn' as const, ParameterValue: functionArn }],
    },
  ];
  await firehose.send(
    new CreateDeliveryStreamCommand(
      plainStream('plain', { ProcessingConfiguration: { Enabled: true, Processors } }),
    ),
  );
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'plain', Records: [record('a')] }));
  await emulator.flush();
  expect(told).toMatchObject([
    {
      deliveryStreamArn: 'arn:aws:firehose:eu-central-1:123456789012:deliverystream/plain',
      region: 'eu-central-1',
    },
  ]);
});
