import { createRequire } from 'node:module';
import { inventoryEventColumns } from '@store/schema';
import { App, Stack } from 'aws-cdk-lib';
import { beforeAll, expect, test } from 'vitest';
import {
  createAlarms,
  createCatalog,
  createDeliveryStreams,
  createLake,
  fanOutDefinition,
  stageOf,
} from '../src/index.js';
import { synthesizeInventory, type Synthesis } from './inventory-stack.js';

// The package has no types that `nodenext` finds; these are the parts in use.
const aslValidator = createRequire(import.meta.url)('asl-validator') as (definition: object) => {
  readonly isValid: boolean;
  errorsText(separator: string): string;
};

let one: Synthesis;
beforeAll(() => {
  one = synthesizeInventory();
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const statements = (stack: Synthesis, role = ''): readonly Statement[] =>
  stack
    .resources('AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith(role))
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement);

const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();

test('no rule of AwsSolutions has a finding', () => {
  expect(one.violations).toEqual([]);
});

test('no identity policy has a wildcard, and a producer may do one thing with Firehose', () => {
  expect(JSON.stringify(statements(one))).not.toContain('*');
  const roles = one.resources('AWS::IAM::Role');
  expect(roles.every(({ properties }) => !('ManagedPolicyArns' in properties))).toBe(true);
  const firehose = (role: string): readonly string[] =>
    statements(one, role)
      .flatMap(actionsOf)
      .filter((action) => action.startsWith('firehose:'));
  expect(firehose('Generate')).toEqual(['firehose:PutRecordBatch']);
  expect(firehose('Ingest')).toEqual(['firehose:PutRecordBatch']);
  expect(firehose('Plan')).toEqual([]);
});

test('the table has the columns of the type, and the delivery stream its partitioning', () => {
  const [table] = one.resources('AWS::Glue::Table');
  const input = table?.properties.TableInput as { StorageDescriptor: { Columns: unknown } };
  expect(input.StorageDescriptor.Columns).toEqual(inventoryEventColumns);
  const [stream] = one.resources('AWS::KinesisFirehose::DeliveryStream');
  expect(stream?.properties.ExtendedS3DestinationConfiguration).toMatchObject({
    Prefix: 'inventory/datehour=!{partitionKeyFromQuery:datehour}/',
    CompressionFormat: 'UNCOMPRESSED',
    DynamicPartitioningConfiguration: { Enabled: true },
  });
});

test('nothing runs by itself, and nothing runs without end', () => {
  for (const { properties } of one.resources('AWS::Scheduler::Schedule')) {
    expect(properties.State).toBe('DISABLED');
  }
  const functions = one.resources('AWS::Lambda::Function');
  expect(functions).toHaveLength(4);
  for (const { properties } of functions) {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      RecursiveLoop: 'Terminate',
    });
  }
  for (const { properties } of one.resources('AWS::Logs::LogGroup')) {
    expect(properties.RetentionInDays).toBe(14);
  }
});

test('a stack of S delivery streams lets generate write to exactly these, and watches all of them', () => {
  const twelve = synthesizeInventory(12);
  const streams = twelve.resources('AWS::KinesisFirehose::DeliveryStream').map(({ id }) => id);
  expect(streams).toHaveLength(12);
  const mayPut = statements(twelve, 'Generate').filter((statement) =>
    actionsOf(statement).includes('firehose:PutRecordBatch'),
  );
  expect(mayPut.map(({ Resource }) => Resource)).toEqual([
    [...streams].sort().map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
  ]);
  const [generate] = twelve.resources('AWS::Lambda::Function').filter(({ id }) => id === 'Generate');
  const { Variables } = generate?.properties.Environment as { Variables: { STREAM_NAMES: unknown } };
  const named = [...JSON.stringify(Variables.STREAM_NAMES).matchAll(/"Ref":"(\w+)"/g)].map(([, id]) => id);
  expect(named).toEqual(streams);
  const alarms = JSON.stringify(twelve.resources('AWS::CloudWatch::Alarm'));
  for (const id of streams) expect(alarms.split(`"Ref":"${id}"`)).toHaveLength(6);
  expect(twelve.violations).toEqual([]);
});

test('the state machine is valid Amazon States Language', () => {
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:store-dev-generate';
  const verdict = aslValidator(fanOutDefinition(arn));
  expect(verdict.errorsText('\n')).toBe('');
  expect(verdict.isValid).toBe(true);
});

test('a stage is a short name, and only prod is permanent', () => {
  expect(stageOf('prod').permanent).toBe(true);
  expect(stageOf('dev').permanent).toBe(false);
  expect(() => stageOf('Prod!')).toThrow('Expected `stage` to be up to 12 lower-case letters and digits');
});

test('options are checked before anything is made', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'inventory');
  const stage = stageOf('dev');
  const lake = createLake(stack, stage);
  const catalog = createCatalog(stack, stage, lake);
  const before = stack.node.children.length;
  const code = 'INVALID_OPTION';
  const misspelled = { lake, catalog, count: 1, cuont: 2 };
  expect(() => createDeliveryStreams(stack, stage, misspelled)).toThrow('Did you mean `count`?');
  expect(() => createDeliveryStreams(stack, stage, { lake, catalog, count: 101 })).toThrow(
    'Expected `count` to be 1 to 100, got 101.',
  );
  expect(() => createAlarms(stack, stage, {} as never)).toThrow(
    expect.objectContaining({ code, field: 'deliveryStreams' }),
  );
  expect(stack.node.children).toHaveLength(before);
});
