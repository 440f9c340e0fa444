import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import { inventoryEventColumns } from '@store/schema';
import { fanOutDefinition } from '../infra/fan-out-definition.js';
import { actionsWithoutResources } from '../infra/fan-out-stack.js';
import { plainTemplate } from '../infra/plain-template.js';
import { stageOf } from '../infra/stage.js';
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
  first = await synthesize('dev', await buildBundles());
  // Bundles built again, elsewhere: hashes of the code must not differ either.
  second = await synthesize('dev', await buildBundles());
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
  expect(open.flatMap(actionsOf)).toEqual(actionsWithoutResources);
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

test('the plain template needs no CDK: no bootstrap, code from folders, nothing else changed', () => {
  const plain = plainTemplate(first.core.json);
  expect(JSON.stringify(plain)).not.toMatch(/cdk-|aws:cdk|BootstrapVersion/);
  const resources = Object.values(plain.Resources as Record<string, { Type: string; Properties: Json }>);
  const functions = resources.filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions.map(({ Properties }) => Properties.Code).sort()).toEqual([
    './dispatch',
    './generate',
    './ingest',
    './plan',
  ]);
  expect(resources).toHaveLength(Object.keys(first.core.json.Resources as object).length);
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
