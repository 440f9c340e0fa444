import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import { inventoryEventColumns } from '@store/schema';
import { fanOutDefinition } from '@store/constructs';
import { actionsWithoutResources } from '../infra/fan-out-stack.js';
import { plainTemplateText } from '../infra/plain-template.js';
import { stageOf } from '@store/constructs';
import { buildBundles } from './bundles.js';
import { synthesize, type Json, type Synthesis, type Template } from './synth.js';

// The package has no types that `nodenext` finds; these are the parts in use.
const aslValidator = createRequire(import.meta.url)('asl-validator') as (definition: object) => {
  readonly isValid: boolean;
  errorsText(separator: string): string;
};
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:store-dev-generate';
let first: Synthesis;
let second: Synthesis;

beforeAll(async () => {
  first = synthesize(await buildBundles());
  // Bundles built again, elsewhere: hashes of the code must not differ either.
  second = synthesize(await buildBundles());
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const statements = (template: Template, role = ''): readonly Statement[] =>
  template
    .resources('AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith(role))
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement);

const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();

test('no rule of AwsSolutions has a finding; the core needs no excuse, the fan-out one', () => {
  const [report] = first.report.pluginReports as readonly {
    violations: unknown[];
    suppressedViolations: { violatingConstructs: { constructPath: string }[] }[];
  }[];
  expect(report?.violations).toEqual([]);
  expect(
    report?.suppressedViolations.flatMap(({ violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => constructPath),
    ),
  ).toEqual(['store-dev-fan-out/Role/DefaultPolicy/Resource']);
});

test('synthesis gives the same bytes twice and opens no connection', () => {
  expect(second.core.text).toBe(first.core.text);
  expect(second.fanOut.text).toBe(first.fanOut.text);
  expect(first.connections + second.connections).toBe(0);
});

test('no identity policy of the core has a wildcard, and a producer may do one thing with Firehose', () => {
  expect(JSON.stringify(statements(first.core))).not.toContain('*');
  expect(
    first.core.resources('AWS::IAM::Role').every(({ properties }) => !('ManagedPolicyArns' in properties)),
  ).toBe(true);
  const firehose = (role: string): readonly string[] =>
    statements(first.core, role)
      .flatMap(actionsOf)
      .filter((action) => action.startsWith('firehose:'));
  expect(firehose('Generate')).toEqual(['firehose:PutRecordBatch']);
  expect(firehose('Ingest')).toEqual(['firehose:PutRecordBatch']);
  expect(firehose('Plan')).toEqual([]);
});

test('in the fan-out, only actions that have no resources stand without one', () => {
  const open = statements(first.fanOut).filter(({ Resource }) => Resource === '*');
  expect(open.flatMap(actionsOf)).toEqual([...actionsWithoutResources].sort());
});

test('the table has the columns of the type, and the delivery stream its partitioning', () => {
  const [table] = first.core.resources('AWS::Glue::Table');
  const input = table?.properties.TableInput as { StorageDescriptor: { Columns: unknown } };
  expect(input.StorageDescriptor.Columns).toEqual(inventoryEventColumns);
  const [stream] = first.core.resources('AWS::KinesisFirehose::DeliveryStream');
  expect(stream?.properties.ExtendedS3DestinationConfiguration).toMatchObject({
    Prefix: 'inventory/datehour=!{partitionKeyFromQuery:datehour}/',
    CompressionFormat: 'UNCOMPRESSED',
    DynamicPartitioningConfiguration: { Enabled: true },
  });
});

test('nothing runs by itself, and nothing runs without end', () => {
  for (const { properties } of first.core.resources('AWS::Scheduler::Schedule')) {
    expect(properties.State).toBe('DISABLED');
  }
  const functions = first.core.resources('AWS::Lambda::Function');
  expect(functions).toHaveLength(4);
  for (const { properties } of functions) {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      RecursiveLoop: 'Terminate',
    });
  }
  for (const { properties } of first.core.resources('AWS::Logs::LogGroup')) {
    expect(properties.RetentionInDays).toBe(14);
  }
});

test('the committed template for people without the CDK is the synthesized one, its code in a bucket of theirs', () => {
  const file = new URL('../infra/generated/store.template.json', import.meta.url);
  const text = plainTemplateText(first.core.text);
  // `npm run template` writes it again.
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(text).not.toMatch(/cdk-|aws:cdk|BootstrapVersion/);
  const { Resources } = JSON.parse(text) as {
    Resources: Record<string, { Type: string; Properties: Json }>;
  };
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions.map(({ Properties }) => JSON.stringify(Properties.Code)).sort()).toEqual(
    ['dispatch', 'generate', 'ingest', 'plan'].map(
      (name) => `{"S3Bucket":{"Ref":"CodeBucket"},"S3Key":{"Fn::Sub":"\${CodePrefix}${name}.zip"}}`,
    ),
  );
  expect(Object.keys(Resources)).toEqual(Object.keys(first.core.json.Resources as object));
});

test('a stack of S delivery streams lets generate write to exactly these, and watches all of them', async () => {
  const { core, report } = synthesize(await buildBundles(), 12);
  const streams = core.resources('AWS::KinesisFirehose::DeliveryStream').map(({ id }) => id);
  expect(streams).toHaveLength(12);
  const mayPut = statements(core, 'Generate').filter((statement) =>
    actionsOf(statement).includes('firehose:PutRecordBatch'),
  );
  expect(mayPut.map(({ Resource }) => Resource)).toEqual([
    [...streams].sort().map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
  ]);
  const [generate] = core.resources('AWS::Lambda::Function').filter(({ id }) => id === 'Generate');
  const { Variables } = generate?.properties.Environment as { Variables: { STREAM_NAMES: unknown } };
  const named = [...JSON.stringify(Variables.STREAM_NAMES).matchAll(/"Ref":"(\w+)"/g)].map(([, id]) => id);
  expect(named).toEqual(streams);
  const alarms = JSON.stringify(core.resources('AWS::CloudWatch::Alarm'));
  for (const id of streams) expect(alarms.split(`"Ref":"${id}"`)).toHaveLength(6);
  expect((report.pluginReports as readonly { violations: unknown[] }[])[0]?.violations).toEqual([]);
  expect(() => synthesize('.', 101)).toThrow(
    'Expected `streams` to be a whole number from 1 to 100, got 101.',
  );
});

test('the state machine is valid Amazon States Language', () => {
  const [machine] = first.fanOut.resources('AWS::StepFunctions::StateMachine');
  expect(JSON.stringify(machine?.properties.DefinitionString)).toContain('DISTRIBUTED');
  const verdict = aslValidator(fanOutDefinition(functionArn));
  expect(verdict.errorsText('\n')).toBe('');
  expect(verdict.isValid).toBe(true);
});

test('a stage is a short name, and only prod is permanent', () => {
  expect(stageOf('prod').permanent).toBe(true);
  expect(stageOf('dev').permanent).toBe(false);
  expect(() => stageOf('Prod!')).toThrow('Expected `stage` to be up to 12 lower-case letters and digits');
});
