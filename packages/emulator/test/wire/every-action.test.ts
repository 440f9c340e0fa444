import { CreateDeliveryStreamCommand } from '@aws-sdk/client-firehose';
import { CreateDatabaseCommand, CreateTableCommand } from '@aws-sdk/client-glue';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { executionActions } from '../../src/athena/executions.js';
import { workGroupActions } from '../../src/athena/work-groups.js';
import { requestShapes } from '../../src/firehose/model/requests.js';
import { glueActions } from '../../src/glue/glue-service.js';
import { sqsActions } from '../../src/sqs/actions.js';
import { dynamodbActions } from '../../src/dynamodb/dynamodb-service.js';
import type { ShapeNode } from '../../src/wire/shape.js';
import { firehoseClient, glueClient, plainStream, startedEmulator } from '../clients.js';
import { startNeighbor } from './neighbor.js';
import { authorization } from './raw-client.js';

/** A POST to the endpoint. */
interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Words that name something here, mean something to a program, or are hard to store. */
const words = fc.constantFrom(
  ...Array.from({ length: 12 }, () => 'victim'),
  ...Array.from({ length: 4 }, () => '/000000000000/victim'),
  'default',
  'lake',
  '/000000000000/victim',
  'arn:aws:sqs:us-east-1:000000000000:victim',
  'arn:aws:iam::000000000000:role/any',
  'arn:aws:s3:::lake',
  '__proto__',
  'constructor',
  'toString',
  'select 1',
  'int',
  'struct<a:array<int>>',
  'All',
  'eA==',
  '',
  '0',
  '-1',
  'a\u0000b',
  'ü\u{1f69a}\u2028',
  '../../x',
  '!{partitionKeyFromQuery:x}/',
  '(((((a+)+)+)+)+)b',
  'x'.repeat(3_000),
);
const strange = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer(),
  words,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(JSON.parse(`${'[1,'.repeat(40)}1${']'.repeat(40)}`) as unknown),
);

/** Mostly what a shape lets through, so that actions run; now and then something else in its place. */
function valueOf(shape: ShapeNode): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fittingOf(shape) }, { weight: 1, arbitrary: strange });
}

function fittingOf(shape: ShapeNode): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'any':
      return strange;
    case 'string':
      return shape.values === undefined ? words : fc.constantFrom(...shape.values);
    case 'integer':
    case 'double':
      return fc.oneof(
        fc.integer({ min: shape.min ?? -1, max: shape.max ?? (shape.min ?? 0) + 10 }),
        fc.constantFrom(-1, 0, 1, 2 ** 53),
      );
    case 'boolean':
      return fc.boolean();
    case 'blob':
      return fc.base64String({ maxLength: 40 });
    case 'list':
      return fc.array(valueOf(shape.of), { maxLength: 3 });
    case 'map':
      return fc.dictionary(words, valueOf(shape.value), { maxKeys: 3 });
    case 'structure': {
      const members = Object.entries(shape.members).map(([name, of]) => {
        const value = valueOf(of);
        const given = shape.required.includes(name) ? 12 : 2;
        return fc.oneof(
          { weight: given, arbitrary: value.map((one) => [[name, one]]) },
          { weight: 1, arbitrary: fc.constant([]) },
        );
      });
      // Never a wait of 20 seconds: what is looked for does not take its time.
      return fc
        .tuple(...members)
        .map((all) => Object.fromEntries(all.flat()) as Record<string, unknown>)
        .map((input) => ('WaitTimeSeconds' in input ? { ...input, WaitTimeSeconds: 0 } : input));
    }
  }
}

const services: readonly (readonly [
  target: string,
  scope: string,
  shapes: Iterable<readonly [string, ShapeNode]>,
])[] = [
  ['Firehose_20150804', 'firehose', Object.entries(requestShapes)],
  ['AWSGlue', 'glue', [...glueActions].map(([name, { input }]) => [name, input])],
  [
    'AmazonAthena',
    'athena',
    [...executionActions, ...workGroupActions].map(([name, { input }]) => [name, input]),
  ],
  ['AmazonSQS', 'sqs', [...sqsActions].map(([name, { input }]) => [name, input])],
  ['DynamoDB_20120810', 'dynamodb', [...dynamodbActions].map(([name, { input }]) => [name, input])],
];

const calls = services.flatMap(([target, scope, shapes]) =>
  [...shapes].map(([name, shape]) =>
    valueOf(shape).map((input): Sent => ({
      headers: { authorization: authorization(scope), 'x-amz-target': `${target}.${name}` },
      body: Buffer.from(JSON.stringify(input)),
    })),
  ),
);

/** The query protocol, whose names say where a value stands. */
const forms = fc
  .tuple(
    fc.constantFrom(...sqsActions.keys()),
    fc.array(
      fc.tuple(
        fc
          .tuple(
            fc.constantFrom(
              'Attribute',
              'AttributeName',
              'Tag',
              'TagKey',
              'MessageAttribute',
              'SendMessageBatchRequestEntry',
              'QueueUrl',
              'MessageBody',
              '__proto__',
            ),
            fc.array(
              fc.constantFrom(
                '1',
                '2',
                '0',
                '999999999',
                'Name',
                'Value',
                'Key',
                'Id',
                'member',
                'MessageBody',
                'StringValue',
                '__proto__',
              ),
              { maxLength: 5 },
            ),
          )
          .map(([first, rest]) => [first, ...rest].join('.')),
        words,
      ),
      { maxLength: 6 },
    ),
  )
  .map(([action, pairs]): Sent => ({
    headers: { authorization: authorization('sqs'), 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams([['Action', action], ...pairs]).toString()),
  }));

/** The same with bytes that were changed, cut or put in. */
function mutated(whole: fc.Arbitrary<Sent>): fc.Arbitrary<Sent> {
  const change = fc.tuple(
    fc.nat(),
    fc.constantFrom('flip', 'cut', 'put in'),
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
  );
  return fc
    .tuple(whole, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([{ headers, body }, changes]) => ({
      headers,
      body: changes.reduce((bytes, [place, how, put]) => {
        const at = bytes.length === 0 ? 0 : place % bytes.length;
        const rest = bytes.subarray(how === 'put in' ? at : at + 1);
        if (how === 'cut') return bytes.subarray(0, at);
        return Buffer.concat([bytes.subarray(0, at), put, rest]);
      }, body),
    }));
}

test('no request to any action of any service ends the endpoint, is left without an answer, or fails without a name', async () => {
  const emulator = await startedEmulator({ duckDbThreads: 1 });
  const neighbor = await startNeighbor(emulator.endpoint);
  // What the requests may find: a stream, a database and its table, a queue.
  await firehoseClient(emulator).send(new CreateDeliveryStreamCommand(plainStream('victim')));
  const glue = glueClient(emulator);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'victim' } }));
  const Columns = [{ Name: 'victim', Type: 'int' }];
  await glue.send(
    new CreateTableCommand({
      DatabaseName: 'victim',
      TableInput: { Name: 'victim', StorageDescriptor: { Columns, Location: 's3://lake/victim/' } },
    }),
  );
  const queue = Buffer.from('{"QueueName":"victim"}');
  const headers = { authorization: authorization('sqs'), 'x-amz-target': 'AmazonSQS.CreateQueue' };
  expect((await fetch(emulator.endpoint, { method: 'POST', headers, body: queue })).status).toBe(200);
  const fitting = fc.oneof(...calls, forms);
  const request = fc.oneof({ weight: 4, arbitrary: fitting }, { weight: 1, arbitrary: mutated(fitting) });
  // A failure prints its seed; the default is a fresh one.
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 10, maxLength: 40 }), async (requests) => {
      const answers = await Promise.all(
        requests.map(async ({ headers, body }) => {
          const answer = await fetch(emulator.endpoint, { method: 'POST', headers, body });
          return { status: answer.status, text: await answer.text() };
        }),
      );
      const unnamed = answers.filter(({ status }) => status >= 500 && status !== 503);
      expect(unnamed).toEqual([]);
      await neighbor.goesOn();
    }),
    { numRuns: Number(process.env.RUNS ?? 25) },
  );
  expect(await neighbor.stop()).toBeGreaterThan(0);
});
