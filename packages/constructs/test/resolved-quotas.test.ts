import { beforeAll, expect, test } from 'vitest';
import { longestStage, synthesizeStore, type Synthesis, type SynthesizedStack } from './synthesis.js';
import { checkAgainstSchemas } from './property-schemas.js';
import { places, resolveTemplate, type Json, type Resource } from './resolved-template.js';
import { quotasOf } from './template-quotas.js';

/** The counts of delivery streams that pages promise: one, a million events a second, the most. */
const counts = [1, 88, 100];
const [commercial, gov, china] = places;
let stacks: ReadonlyMap<number, Synthesis>;

beforeAll(() => {
  stacks = new Map(
    counts.map((streams) => [streams, synthesizeStore({ streams, stage: longestStage }, false)]),
  );
});

const synthesis = (streams: number, name: 'core' | 'fan-out' = 'core'): SynthesizedStack => {
  const found = stacks.get(streams);
  if (found === undefined) throw new Error('Expected a synthesized stack.');
  return found.stack(`store-${longestStage}-${name}`);
};

const cases = counts.flatMap((streams) => places.map((at) => ({ streams, at, partition: at.partition })));

test.each(cases)('$streams streams in $partition keep every quota', ({ streams, at }) => {
  const { template, text, name } = synthesis(streams);
  const quotas = quotasOf(template, text, resolveTemplate(template, name, at));
  expect(quotas.filter(({ value, most }) => value > most)).toEqual([]);
  // The check has looked at what it is about: a policy for each function, and the largest of them.
  expect(quotas.filter(({ of }) => of.endsWith('environment'))).toHaveLength(4);
  expect(
    Math.max(...quotas.filter(({ of }) => of.endsWith('inline policies')).map(({ value }) => value)),
  ).toBeGreaterThan(streams === 1 ? 500 : 4500);
});

test('a policy that is too long is found', () => {
  const { template, text, name } = synthesis(100);
  const resources = resolveTemplate(template, name, gov).map((resource) =>
    resource.type === 'AWS::IAM::ManagedPolicy'
      ? { ...resource, properties: { ...resource.properties, PolicyDocument: 'x'.repeat(6143) } }
      : resource,
  );
  expect(quotasOf(template, text, resources).some(({ value, most }) => value > most)).toBe(true);
});

test.each(counts)(
  'every property of %i streams is in the schema that AWS publishes for its resource',
  (streams) => {
    const { template, name } = synthesis(streams);
    const { problems, values } = checkAgainstSchemas(resolveTemplate(template, name, gov));
    expect(problems).toEqual([]);
    expect(values).toBeGreaterThan(500);
  },
);

test('a property that is misspelled, of another type, missing or of no value of the list is found', () => {
  const { template, name } = synthesis(1);
  const [queue] = resolveTemplate(template, name, gov).filter(({ type }) => type === 'AWS::Lambda::Function');
  if (queue === undefined) throw new Error('Expected a function.');
  const { Role: _, ...properties } = queue.properties;
  const wrong = { ...properties, Timeout: '60', Memory: 128, RecursiveLoop: 'Never' };
  expect(checkAgainstSchemas([{ ...queue, properties: wrong }]).problems).toEqual([
    expect.stringMatching(/\.RecursiveLoop is "Never"; expected: string/),
    expect.stringMatching(/\.Timeout is "60"; expected: integer/),
    expect.stringMatching(/\.Memory is no property/),
    expect.stringMatching(/\.Role is required/),
  ]);
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: Json;
  readonly Condition?: Json;
}

const statementsOf = (resource: Resource): readonly Statement[] =>
  (resource.properties.PolicyDocument as { readonly Statement: readonly Statement[] }).Statement;

test('alarms may publish: the topic lets CloudWatch of this account in', () => {
  const { template, name } = synthesis(1);
  const resources = resolveTemplate(template, name, commercial);
  const statements = resources.filter(({ type }) => type === 'AWS::SNS::TopicPolicy').flatMap(statementsOf);
  expect(statements.filter(({ Effect }) => Effect === 'Allow')).toMatchObject([
    {
      Effect: 'Allow',
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      Resource: expect.stringContaining('arn:aws:sns:') as unknown,
    },
  ]);
});

test('the planner may look at the database `default`, which Athena asks for at each query', () => {
  const { template, name } = synthesis(1);
  const resources = resolveTemplate(template, name, china);
  const found = resources
    .filter(({ id, type }) => type === 'AWS::IAM::Policy' && id.includes('Plan'))
    .flatMap(statementsOf)
    .filter(({ Action }) => Action === 'glue:GetDatabase');
  expect(found[0]?.Resource).toContain('arn:aws-cn:glue:cn-northwest-1:123456789012:database/default');
});

test('no ARN has a partition that is written out', () => {
  for (const name of ['core', 'fan-out'] as const)
    for (const streams of counts) expect(synthesis(streams, name).text).not.toMatch(/arn:aws[a-z-]*:/);
});

test('the projection begins before any event that somebody ingests', () => {
  const table = JSON.stringify(synthesis(1).template.Resources);
  expect(table).toContain('"projection.datehour.range":"1990-01-01-00,NOW"');
});

test('a dead-letter queue takes messages of its own queue and of no other', () => {
  const { template, name } = synthesis(1);
  const queues = resolveTemplate(template, name, gov).filter(({ type }) => type === 'AWS::SQS::Queue');
  const sources = queues.filter(({ properties }) => properties.RedrivePolicy !== undefined);
  expect(sources).toHaveLength(2);
  for (const { properties } of sources) {
    const { deadLetterTargetArn } = properties.RedrivePolicy as Json;
    const dead = queues.find((queue) =>
      String(deadLetterTargetArn).endsWith(`:${queue.ref.split('/').at(-1)}`),
    );
    expect(dead?.properties.RedriveAllowPolicy).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: [expect.stringMatching(`:${String(properties.QueueName)}$`)],
    });
  }
});
