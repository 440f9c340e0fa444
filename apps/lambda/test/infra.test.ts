import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { actionsWithoutResources } from '../infra/fan-out-stack.js';
import { plainTemplateText } from '../infra/plain-template.js';
import { buildBundles } from './bundles.js';
import { synthesize, type Json, type Synthesis, type Template } from './synth.js';

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

test('in the fan-out, only actions that have no resources stand without one', () => {
  const open = statements(first.fanOut).filter(({ Resource }) => Resource === '*');
  expect(open.flatMap(actionsOf)).toEqual([...actionsWithoutResources].sort());
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

test('an app has at most as many delivery streams as one function can name', () => {
  expect(() => synthesize('.', 101)).toThrow(
    'Expected `streams` to be a whole number from 1 to 100, got 101.',
  );
});

test('the state machine of the fan-out runs its shards as executions of their own', () => {
  const [machine] = first.fanOut.resources('AWS::StepFunctions::StateMachine');
  expect(JSON.stringify(machine?.properties.DefinitionString)).toContain('DISTRIBUTED');
});
