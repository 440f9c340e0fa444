import { inventoryEventSchema } from '@store/schema';
import {
  Duration,
  Stack,
  Validations,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_kinesis as kinesis,
  aws_kms as kms,
  aws_s3 as s3,
  aws_secretsmanager as secretsmanager,
  aws_sns as sns,
  aws_sqs as sqs,
  type App,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import {
  byDay,
  byHour,
  InventoryLake,
  LakeAuth,
  LakeSource,
  RestockLoop,
  RuntimeSecret,
  type InventoryLakeProps,
} from '../src/index.js';
import { checkAgainstSchemas } from './property-schemas.js';
import { places, resolveTemplate } from './resolved-template.js';
import { quotasOf } from './template-quotas.js';
import { emptyBundles, synthesize, type Synthesis } from './synthesis.js';

const order = {
  name: 'Order',
  columns: [
    { name: 'order_id', type: { kind: 'string' } },
    { name: 'ordered_at', type: { kind: 'timestamp', wire: 'iso' } },
    { name: 'lines', type: { kind: 'array', element: { kind: 'string' } } },
  ],
} as const;

/** The longest prefix of names. */
const longestPrefix = 'abcdefghijklmnopqrstuvwx';

/** What is synthesized, under every rule of AwsSolutions and AWS's own schemas, in the place with the longest ARNs. */
function build(make: (stack: Stack, app: App) => void): Synthesis {
  const synthesis = synthesize((app) => {
    make(new Stack(app, 'shop'), app);
  });
  const { name, template, text } = synthesis.stack('shop');
  for (const at of places) {
    const resources = resolveTemplate(template, name, at);
    expect(checkAgainstSchemas(resources).problems).toEqual([]);
    expect(quotasOf(template, text, resources).filter(({ value, most }) => value > most)).toEqual([]);
  }
  expect(text).not.toMatch(/arn:aws[a-z-]*:/);
  expect(synthesis.violations).toEqual([]);
  return synthesis;
}

/** Every physical name in a stack, by the type of the resource. */
const namesIn = (synthesis: Synthesis): readonly string[] =>
  Object.values(synthesis.stack('shop').template.Resources).flatMap(({ Type, Properties = {} }) =>
    Object.keys(Properties)
      .filter((key) =>
        /^(Bucket|Queue|Function|Role|Topic|Table|DeliveryStream|LogGroup|StateMachine|Dashboard|Alarm)Name$/.test(
          key,
        ),
      )
      .filter((key) => typeof Properties[key] === 'string')
      .map((key) => `${Type} ${key}`),
  );

test('a bucket and a key that are brought are used: nothing of the kind is made, and the key is granted', () => {
  const synthesis = build((stack) => {
    const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });
    const logs = new s3.Bucket(stack, 'Logs', {
      enforceSSL: true,
      encryption: s3.BucketEncryption.S3_MANAGED,
      serverAccessLogsPrefix: 'self/',
    });
    const bucket = new s3.Bucket(stack, 'Data', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey,
      enforceSSL: true,
      // Under `exactOptionalPropertyTypes`, the CDK's class does not fit its own interface.
      serverAccessLogsBucket: logs as s3.IBucket,
    });
    const tills = new iam.Role(stack, 'Tills', { assumedBy: new iam.AccountRootPrincipal() });
    new InventoryLake(stack, 'Lake', { bucket, streams: 2, compression: 'gzip' }).grantWrite(tills);
  });
  const { resources, text } = synthesis.stack('shop');
  expect(resources('AWS::S3::Bucket')).toHaveLength(2);
  const [stream] = resources('AWS::KinesisFirehose::DeliveryStream');
  expect(stream?.properties.ExtendedS3DestinationConfiguration).toMatchObject({
    EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: expect.anything() as unknown } },
    DataFormatConversionConfiguration: {
      OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'GZIP' } } },
    },
  });
  expect(text).toContain('kms:GenerateDataKey');
  expect(namesIn(synthesis)).toEqual([]);
});

test('files of a bucket that is brought are its owner’s to send', () => {
  expect(() =>
    synthesize((app) => {
      const stack = new Stack(app, 'shop');
      const bucket = s3.Bucket.fromBucketName(stack, 'Theirs', 'their-bucket');
      new InventoryLake(stack, 'Lake', { bucket, bundles: emptyBundles(), sources: [LakeSource.files()] });
    }, false),
  ).toThrow('Send its S3 notifications to `ingestQueue`');
});

test('a bucket that is known by its name alone is granted in the identity, with a reason', () => {
  const synthesis = build((stack) => {
    const bucket = s3.Bucket.fromBucketName(stack, 'Theirs', 'their-bucket');
    new InventoryLake(stack, 'Lake', { bucket });
  });
  expect(synthesis.stack('shop').resources('AWS::S3::BucketPolicy')).toEqual([]);
  expect(synthesis.acknowledged).toEqual([
    'shop/Lake/DeliveryRole/DefaultPolicy/Resource',
    'shop/Lake/DeliveryRole/DefaultPolicy/Resource',
  ]);
});

test('a type of your own has its columns, its key and its name', () => {
  const synthesis = build((stack) => {
    const partitioning = byDay('ordered_at', { from: '2024' });
    new InventoryLake(stack, 'Orders', { schema: order, partitioning, database: 'sales' });
  });
  const { resources } = synthesis.stack('shop');
  expect(resources('AWS::Glue::Database')).toEqual([]);
  const [table] = resources('AWS::Glue::Table');
  expect(table?.properties).toMatchObject({
    DatabaseName: 'sales',
    TableInput: {
      Name: 'order',
      PartitionKeys: [{ Name: 'date', Type: 'string' }],
      Parameters: { 'projection.date.range': '2024-01-01,NOW' },
      StorageDescriptor: {
        Columns: [
          { Name: 'order_id', Type: 'string' },
          { Name: 'ordered_at', Type: 'timestamp' },
          { Name: 'lines', Type: 'array<string>' },
        ],
      },
    },
  });
});

test('two of everything fit into one stack', () => {
  const bundles = emptyBundles();
  const synthesis = build((stack) => {
    const alarmTopic = new sns.Topic(stack, 'Alarms', {
      enforceSSL: true,
      masterKey: new kms.Key(stack, 'AlarmKey', { enableKeyRotation: true }),
    });
    for (const country of ['Germany', 'France']) {
      const lake = new InventoryLake(stack, country, { bundles, alarmTopic, sources: [LakeSource.queue()] });
      const secret = RuntimeSecret.fromReference('ssm:/trucks/secret');
      const webhook = { url: 'https://trucks.example/', secret };
      new RestockLoop(stack, `${country}Restock`, {
        lake,
        bundles,
        alarmTopic,
        webhook,
        every: Duration.hours(1),
      });
    }
  });
  expect(namesIn(synthesis)).toEqual([]);
  const { resources } = synthesis.stack('shop');
  const databases = resources('AWS::Glue::Database').map(
    ({ properties }) => (properties.DatabaseInput as { Name: string }).Name,
  );
  expect(new Set(databases).size).toBe(2);
  const groups = resources('AWS::Athena::WorkGroup').map(({ properties }) => properties.Name);
  expect(new Set(groups).size).toBe(2);
  expect(resources('AWS::Scheduler::Schedule').map(({ properties }) => properties.State)).toEqual([
    'ENABLED',
    'ENABLED',
  ]);
});

test('sources that are brought are read, and what is brought for the loop is written to', () => {
  const bundles = emptyBundles();
  const synthesis = build((stack) => {
    const secret = new secretsmanager.Secret(stack, 'Secret');
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason: 'Both sides must change it at the same time.',
    });
    const dead = new sqs.Queue(stack, 'TheirDead', { enforceSSL: true });
    const queue = new sqs.Queue(stack, 'Theirs', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(6),
      deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
    });
    const tills = new kinesis.Stream(stack, 'Tills', { encryption: kinesis.StreamEncryption.MANAGED });
    const lake = new InventoryLake(stack, 'Lake', {
      bundles,
      sources: [
        LakeSource.queue(queue),
        LakeSource.kinesis(tills),
        LakeSource.functionUrl({ auth: LakeAuth.hmac(RuntimeSecret.fromSecretsManager(secret, 'key')) }),
      ],
      functionProps: { memorySize: 3008, environment: { LOG_LEVEL: 'DEBUG' } },
      // As many as fit, which the quotas of `build` hold.
      streams: 87,
      namePrefix: longestPrefix,
    });
    const trucks = new sqs.Queue(stack, 'Trucks.fifo', {
      fifo: true,
      enforceSSL: true,
      deadLetterQueue: {
        queue: new sqs.Queue(stack, 'TrucksDead', { fifo: true, enforceSSL: true }),
        maxReceiveCount: 5,
      },
    });
    const loop = new RestockLoop(stack, 'Restock', { lake, bundles, queue: trucks });
    expect(loop.dispatch).toBeUndefined();
  });
  const { resources, text } = synthesis.stack('shop');
  expect(resources('AWS::Lambda::EventSourceMapping')).toHaveLength(3);
  const functions = resources('AWS::Lambda::Function');
  const door = functions.find(({ properties }) => JSON.stringify(properties).includes('"door"'));
  expect(JSON.stringify(door?.properties.Environment)).toContain('secretsmanager:');
  expect(text).toContain('#key');
  expect(text).not.toContain('{{resolve');
  const ingest = functions.find(({ properties }) => JSON.stringify(properties).includes('"ingest"'));
  expect(ingest?.properties).toMatchObject({
    MemorySize: 3008,
    Environment: { Variables: { LOG_LEVEL: 'DEBUG', EARLY_REQUEST_QUEUE_URL: expect.anything() as unknown } },
  });
});

test.each([
  [Duration.minutes(5), undefined],
  [Duration.hours(1), undefined],
  [Duration.minutes(61), '3'],
  [Duration.days(1), '48'],
  [Duration.days(3650), '8760'],
])('a plan that runs every %s sees what began since the one before the last', (every, hours) => {
  const stack = new Stack(undefined, 'shop');
  const bundles = emptyBundles();
  const lake = new InventoryLake(stack, 'Lake', { bundles });
  new RestockLoop(stack, 'Restock', { lake, bundles, every });
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')) as {
    Properties: { Environment: { Variables: Record<string, string> } };
  }[];
  const [plan] = functions
    .map(({ Properties }) => Properties.Environment.Variables)
    .filter(({ TABLE }) => TABLE);
  expect(plan?.WINDOW_HOURS).toBe(hours);
});

test('functions in a VPC may make network interfaces, with a reason', () => {
  const bundles = emptyBundles();
  const synthesis = build((stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['us-east-1a'],
      privateSubnetIds: ['subnet-0123456789abcdef0'],
      privateSubnetRouteTableIds: ['rtb-0123456789abcdef0'],
    });
    new InventoryLake(stack, 'Lake', { bundles, functionProps: { vpc }, sources: [LakeSource.queue()] });
  });
  expect(synthesis.acknowledged).toContain('shop/Lake/IngestRole/Resource');
});

test('Iceberg: rows are appended, and the columns are those of the emitter', () => {
  const synthesis = build((stack) => {
    new InventoryLake(stack, 'Lake', { destination: 'iceberg', streams: 2 });
  });
  const { resources } = synthesis.stack('shop');
  const [stream] = resources('AWS::KinesisFirehose::DeliveryStream');
  expect(stream?.properties.ExtendedS3DestinationConfiguration).toBeUndefined();
  expect(stream?.properties.IcebergDestinationConfiguration).toMatchObject({
    AppendOnly: true,
    DestinationTableConfigurationList: [{ DestinationTableName: 'inventory_events' }],
  });
  const [table] = resources('AWS::Glue::Table');
  const text = JSON.stringify(table?.properties.OpenTableFormatInput);
  for (const { name } of inventoryEventSchema.columns) expect(text).toContain(`"Name":"${name}"`);
  expect(text).toContain('"Transform":"hour"');
  expect(text).toContain('"Type":"decimal(10, 2)"');
});

test('what cannot work is said before anything is deployed', () => {
  const bundles = emptyBundles();
  const make = (props: InventoryLakeProps) => () =>
    new InventoryLake(new Stack(undefined, 'shop'), 'Lake', { bundles, ...props });
  expect(make({ streams: 46 })).toThrow('at most 45 without `namePrefix`, got 46');
  expect(make({ streams: 46, namePrefix: 'acme' })).not.toThrow();
  expect(make({ streams: 88, namePrefix: longestPrefix })).toThrow('Give a shorter `namePrefix`');
  expect(make({ mapping: `{"fields":${'x'.repeat(4000)}}` })).toThrow('give its s3:// address');
  expect(make({ schema: order })).toThrow('a column of Order');
  expect(make({ schema: order, partitioning: byHour('lines') })).toThrow('got lines');
  const partitioning = byHour('ordered_at');
  expect(make({ schema: order, partitioning, sources: [LakeSource.queue()] })).toThrow(
    'inventory events alone',
  );
  const { name } = inventoryEventSchema;
  expect(make({ schema: { ...order, name }, partitioning, sources: [LakeSource.queue()] })).toThrow(
    'of other columns',
  );
  expect(make({ namePrefix: 'Acme' })).toThrow('up to 24 lower-case letters');
  const iceberg = make({ destination: 'iceberg' })();
  expect(() => new RestockLoop(Stack.of(iceberg), 'Restock', { lake: iceberg, bundles })).toThrow(
    'Expected `lake` to be of Parquet files',
  );
});
