import { createRequire } from 'node:module';
import { inventoryEventColumns, eventHourPartitioning } from '@store/schema';
import { App, Stack, aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { byDay, byHour, fanOutDefinition, RuntimeSecret, StoreApp } from '../src/index.js';
import { emptyBundles, synthesizeStore, type SynthesizedStack, type Synthesis } from './synthesis.js';

// The package has no types that `nodenext` finds; these are the parts in use.
const aslValidator = createRequire(import.meta.url)('asl-validator') as (definition: object) => {
  readonly isValid: boolean;
  errorsText(separator: string): string;
};

let whole: Synthesis;
let one: SynthesizedStack;
beforeAll(() => {
  whole = synthesizeStore();
  one = whole.stack('store-dev-core');
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** Statements of the policies of roles in whose id the name is. */
const statements = (stack: SynthesizedStack, role = ''): readonly Statement[] =>
  ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => stack.resources(type))
    .filter(({ id }) => id.includes(role))
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement);

const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();

const actions = (stack: SynthesizedStack, role: string, service: string): readonly string[] =>
  statements(stack, role)
    .flatMap(actionsOf)
    .filter((action) => action.startsWith(`${service}:`))
    .sort();

test('no rule of AwsSolutions has a finding; the core needs no excuse, the fan-out three', () => {
  expect(whole.violations).toEqual([]);
  expect(whole.acknowledged).toEqual([
    'store/fan-out/FanOut/DistributedMapPolicy/Resource',
    'store/fan-out/FanOut/DistributedMapPolicy/Resource',
    'store/fan-out/FanOut/Role/DefaultPolicy/Resource',
  ]);
});

test('no identity policy of the core has a wildcard, and a producer may do one thing with Firehose', () => {
  expect(JSON.stringify(statements(one))).not.toContain('*');
  const roles = one.resources('AWS::IAM::Role');
  expect(roles.every(({ properties }) => !('ManagedPolicyArns' in properties))).toBe(true);
  expect(actions(one, 'Generate', 'firehose')).toEqual(['firehose:PutRecordBatch']);
  expect(actions(one, 'Ingest', 'firehose')).toEqual(['firehose:PutRecordBatch']);
  expect(actions(one, 'Plan', 'firehose')).toEqual(['firehose:PutRecordBatch']);
  expect(actions(one, 'Dispatch', 'firehose')).toEqual([]);
});

test('the ledger is a table that both sides write by its key: nobody may scan it', () => {
  const [table] = one.resources('AWS::DynamoDB::Table');
  // As `ledgerTable` of `@store/restock/dynamodb` has it, which this package may not import.
  expect(table?.properties).toMatchObject({
    TableName: 'store-dev-restock',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'request_id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [{ IndexName: 'by_state', Projection: { ProjectionType: 'ALL' } }],
  });
  const asking = ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
  expect(actions(one, 'Plan', 'dynamodb')).toEqual([...asking, 'dynamodb:Query'].sort());
  expect(actions(one, 'Dispatch', 'dynamodb')).toEqual(['dynamodb:GetItem', 'dynamodb:UpdateItem']);
  expect([actions(one, 'Generate', 'dynamodb'), actions(one, 'Ingest', 'dynamodb')]).toEqual([
    asking,
    asking,
  ]);
});

test('the table has the columns of the type, and the delivery stream the layout that the command has', () => {
  const [table] = one.resources('AWS::Glue::Table');
  const input = table?.properties.TableInput as { StorageDescriptor: { Columns: unknown } };
  expect(input.StorageDescriptor.Columns).toEqual(inventoryEventColumns);
  const [stream] = one.resources('AWS::KinesisFirehose::DeliveryStream');
  const { prefix, errorPrefix, query } = eventHourPartitioning;
  expect(stream?.properties.ExtendedS3DestinationConfiguration).toMatchObject({
    Prefix: prefix,
    ErrorOutputPrefix: errorPrefix,
    CompressionFormat: 'UNCOMPRESSED',
    DynamicPartitioningConfiguration: { Enabled: true },
  });
  expect(JSON.stringify(stream)).toContain(JSON.stringify(query).slice(1, -1));
});

test('the layout of inventory events is the one that the command writes', () => {
  const { key, query, projection } = eventHourPartitioning;
  expect(byHour('event_time')).toEqual({
    key,
    query,
    column: 'event_time',
    format: projection.format,
    from: projection.range[0],
    intervalUnit: projection.intervalUnit,
  });
  expect(byHour('at', { from: '2026-01-05' }).from).toBe('2026-01-05-00');
  expect(byDay('at', { from: '2026-01-05-08' }).from).toBe('2026-01-05');
});

test('nothing runs by itself, and nothing runs without end', () => {
  const schedules = one.resources('AWS::Scheduler::Schedule');
  expect(schedules).toHaveLength(2);
  for (const { properties } of schedules) expect(properties.State).toBe('DISABLED');
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

const secretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:square-AbCdEf';

test('S delivery streams: generate may write to exactly these, all are watched, and the door is as asked for', () => {
  const app = synthesizeStore({
    streams: 12,
    webhooks: {
      shopify: RuntimeSecret.fromReference('ssm:/store/shopify'),
      square: RuntimeSecret.fromReference(`secretsmanager:${secretArn}#key`),
    },
    stockNow: true,
    truckWebhook: {
      url: 'https://trucks.example/',
      secret: RuntimeSecret.fromReference(`secretsmanager:${secretArn}`),
    },
    squareUrl: 'https://door.example/',
  });
  const twelve = app.stack('store-dev-core');
  const streams = twelve.resources('AWS::KinesisFirehose::DeliveryStream').map(({ id }) => id);
  expect(streams).toHaveLength(12);
  const mayPut = statements(twelve, 'Generate').filter((statement) =>
    actionsOf(statement).includes('firehose:PutRecordBatch'),
  );
  expect(mayPut.map(({ Resource }) => Resource)).toEqual([
    [...streams].sort().map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
  ]);
  const [generate] = twelve.resources('AWS::Lambda::Function').filter(({ id }) => id.includes('Generate'));
  const { Variables } = generate?.properties.Environment as { Variables: { STREAM_NAMES: unknown } };
  const named = [...JSON.stringify(Variables.STREAM_NAMES).matchAll(/"Ref":"(\w+)"/g)].map(([, id]) => id);
  expect(named).toEqual(streams);
  const alarms = JSON.stringify(twelve.resources('AWS::CloudWatch::Alarm'));
  for (const id of streams) expect(alarms.split(`"Ref":"${id}"`)).toHaveLength(6);
  expect(app.violations).toEqual([]);
  const ofDoor = [one, twelve].map((stack) =>
    stack.resources('AWS::CloudWatch::Alarm').filter(({ id }) => id.includes('DoorFailed')),
  );
  expect(ofDoor.map((found) => found.length)).toEqual([0, 1]);

  // The ingest function's own address is for calls signed with AWS's keys; trucks and senders have none.
  const urls = (stack: SynthesizedStack) =>
    stack
      .resources('AWS::Lambda::Url')
      .map(({ properties }) => properties.AuthType)
      .sort();
  expect(urls(one)).toEqual(['AWS_IAM']);
  expect(urls(twelve)).toEqual(['AWS_IAM', 'NONE', 'NONE']);
  expect([...actions(twelve, 'Door', 'ssm'), ...actions(twelve, 'Door', 'secretsmanager')]).toEqual([
    'ssm:GetParameter',
    'secretsmanager:GetSecretValue',
  ]);
  expect(JSON.stringify(statements(twelve, 'Door'))).not.toContain('*');
  // Where the secret is, never the secret.
  const [door] = twelve.resources('AWS::Lambda::Function').filter(({ id }) => id.includes('Door'));
  expect(JSON.stringify(door?.properties.Environment)).toContain(
    '"SHOPIFY_WEBHOOK_SECRET":"ssm:/store/shopify"',
  );
  const [dispatch] = twelve.resources('AWS::Lambda::Function').filter(({ id }) => id.includes('Dispatch'));
  expect(dispatch?.properties.Environment).toMatchObject({
    Variables: { WEBHOOK_URL: 'https://trucks.example/', WEBHOOK_SECRET: `secretsmanager:${secretArn}` },
  });
  const catalog = ['glue:CreateTable', 'glue:UpdateTable'];
  expect(actions(twelve, 'Plan', 'glue')).toEqual(expect.arrayContaining(catalog));
  for (const action of catalog) expect(actions(one, 'Plan', 'glue')).not.toContain(action);
  const [plan] = twelve.resources('AWS::Lambda::Function').filter(({ id }) => /Plan[^a-z]/.test(id));
  expect(plan?.properties.Environment).toMatchObject({
    Variables: { STOCK_NOW_TABLE: 'inventory_events_stock_now' },
  });
  expect(JSON.stringify(twelve.resources('AWS::S3::BucketPolicy'))).toContain('/stock_now/*');
  const schedules = twelve.resources('AWS::Scheduler::Schedule').map(({ properties }) => properties.Name);
  expect(schedules.sort()).toEqual(['store-dev-daily', 'store-dev-maintain', 'store-dev-plan']);
  expect(actions(twelve, 'Dispatch', 'secretsmanager')).toEqual(['secretsmanager:GetSecretValue']);
  expect(actions(one, 'Dispatch', 'secretsmanager')).toEqual([]);
  for (const stack of [one, twelve]) expect(stack.text).not.toMatch(/\{\{resolve|NoEcho|"WebhookSecret"/);
});

test('a query may scan an hour of all delivery streams, and the planner as much as its work group', () => {
  const cutoffs = [1, 88].map((streams) => {
    const stack = streams === 1 ? one : synthesizeStore({ streams }, false).stack('store-dev-core');
    const [group] = stack.resources('AWS::Athena::WorkGroup');
    const [plan] = stack
      .resources('AWS::Lambda::Function')
      .filter(({ properties }) => properties.FunctionName === 'store-dev-plan');
    const { BytesScannedCutoffPerQuery: cutoff } = group?.properties.WorkGroupConfiguration as {
      BytesScannedCutoffPerQuery: number;
    };
    const { Variables } = plan?.properties.Environment as { Variables: Record<string, unknown> };
    expect(Variables.MAX_BYTES_SCANNED).toBe(String(cutoff));
    return cutoff;
  });
  // 88 streams of 5 MiB a second: 3.6 thousand million events of 52 bytes.
  expect(cutoffs[0]).toBe(10_000_000_000);
  expect(cutoffs[1]).toBeGreaterThan(1_000_000 * 3600 * 52);
  expect(cutoffs[1]).toBeLessThan(200_000_000_000);
});

test('a file below incoming/ comes to the queue of ingest, which takes notes of S3 in this account alone', () => {
  const lake = one
    .resources('AWS::S3::Bucket')
    .find(({ properties }) => 'NotificationConfiguration' in properties);
  expect(lake?.id).toMatch(/^LakeBucket/);
  expect(lake?.properties.NotificationConfiguration).toMatchObject({
    QueueConfigurations: [
      {
        Event: 's3:ObjectCreated:*',
        Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'incoming/' }] } },
        Queue: { 'Fn::GetAtt': [expect.stringMatching(/^LakeIngestQueue/), 'Arn'] },
      },
    ],
  });
  // In a bucket with versions a notification names one, and to read that is an action of its own.
  const bucketPolicies = JSON.stringify(one.resources('AWS::S3::BucketPolicy'));
  expect(bucketPolicies).toMatch(
    /"s3:GetObjectVersion"\],"Effect":"Allow","Principal":\{"AWS":\{"Fn::GetAtt":\["LakeIngestRole\w+","Arn"\]\}\}.{1,120}\/incoming\/\*/,
  );
  const policies = one.resources('AWS::SQS::QueuePolicy').map(({ properties }) => JSON.stringify(properties));
  const [policy, ...others] = policies.filter((text) => text.includes('s3.amazonaws.com'));
  expect(others).toEqual([]);
  expect(policy).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
});

test('the state machine is valid Amazon States Language', () => {
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:store-dev-generate';
  const verdict = aslValidator(fanOutDefinition({ functionArn, partition: 'aws' }));
  expect(verdict.errorsText('\n')).toBe('');
  expect(verdict.isValid).toBe(true);
});

test('the state machine may do what a distributed map of the CDK may do, to its own executions', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'theirs');
  const map = new stepfunctions.DistributedMap(stack, 'Map', { itemsPath: '$.items' });
  map.itemProcessor(new stepfunctions.Pass(stack, 'Pass'));
  new stepfunctions.StateMachine(stack, 'Machine', {
    definitionBody: stepfunctions.DefinitionBody.fromChainable(map),
  });
  const shapes = (found: readonly Statement[]): readonly string[] =>
    found
      .flatMap((statement) => actionsOf(statement).map((action) => ({ action, of: statement.Resource })))
      .filter(({ action }) => action.startsWith('states:'))
      .map(
        ({ action, of }) =>
          `${action} on ${/(?:\/\*)?:\*(?="|$)/.exec(JSON.stringify(of))?.[0] ?? 'machine'}`,
      )
      .sort();
  const theirs = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }) =>
      (Properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement,
  );
  expect(shapes(statements(whole.stack('store-dev-fan-out')))).toEqual(shapes(theirs));
  expect(shapes(theirs)).toHaveLength(4);
});

test('in the fan-out, only actions that have no resources stand without one', () => {
  const open = statements(whole.stack('store-dev-fan-out')).filter(({ Resource }) => Resource === '*');
  const services = open.flatMap(actionsOf).map((action) => action.split(':')[0]);
  expect([...new Set(services)].sort()).toEqual(['logs', 'xray']);
  expect(JSON.stringify(open)).not.toMatch(/:\*"|"(logs|xray):\w*\*/);
});

test('options are checked before anything is made', () => {
  const app = new App({ analyticsReporting: false });
  const bundles = emptyBundles();
  const make = (props: object) => () =>
    new StoreApp(app, `store${String(Math.random())}`, { bundles, ...props });
  expect(make({ stage: 'Prod!' })).toThrow('Expected `stage` to be up to 12 lower-case letters and digits');
  expect(make({ straems: 2 })).toThrow('Did you mean `streams`?');
  expect(make({ streams: 101 })).toThrow('Expected `streams` to be 1 to 100, got 101.');
  expect(make({ webhooks: {} })).toThrow('Expected `secrets` to name at least one secret, got none.');
  const secret = RuntimeSecret.fromReference('ssm:/square');
  expect(make({ webhooks: { square: secret } })).toThrow('Expected `squareUrl`');
  expect(make({ webhooks: { shopify: 'a secret' } })).toThrow('Expected `shopify` to be a RuntimeSecret');
  expect(make({ truckWebhook: { url: 'http://trucks', secret } })).toThrow('to be an https address');
  expect(make({ truckWebhook: { url: 'https://trucks', secret: 'text' } })).toThrow('to be a RuntimeSecret');
  expect(() => RuntimeSecret.fromReference('my secret')).toThrow('to be ssm:/NAME, secretsmanager:ARN');
  expect(make({ bundles: '/nowhere' })).toThrow('Expected /nowhere/ingest to hold index.mjs');
});
