import { isDeepStrictEqual } from 'node:util';

/** Plain JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** A template as CloudFormation reads it. */
export interface PlainTemplate {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Json;
  readonly Outputs?: Json;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;
}

/** Where a stack stands: what its pseudo parameters come to. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly urlSuffix: string;
}

/** The partitions, each with its longest region; the second has the longest ARNs. */
export const places: readonly [commercial: Place, gov: Place, china: Place] = [
  { partition: 'aws', region: 'ap-southeast-1', urlSuffix: 'amazonaws.com' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1', urlSuffix: 'amazonaws.com' },
  { partition: 'aws-cn', region: 'cn-northwest-1', urlSuffix: 'amazonaws.com.cn' },
];

/** A resource with its values filled in. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  /** What `Ref` comes to. */
  readonly ref: string;
  readonly properties: Json;
}

const account = '123456789012';

/** Property that holds a given name, and the most characters of a name that CloudFormation makes up. */
const names: Readonly<Record<string, readonly [property: string, most: number]>> = {
  'AWS::Athena::WorkGroup': ['Name', 128],
  'AWS::DynamoDB::Table': ['TableName', 255],
  'AWS::EC2::SecurityGroup': ['GroupName', 255],
  'AWS::Glue::Database': ['Name', 255],
  'AWS::Glue::Table': ['Name', 255],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', 128],
  'AWS::IAM::Role': ['RoleName', 64],
  'AWS::KMS::Key': ['KeyId', 36],
  'AWS::Kinesis::Stream': ['Name', 128],
  'AWS::KinesisFirehose::DeliveryStream': ['DeliveryStreamName', 64],
  'AWS::Lambda::Function': ['FunctionName', 64],
  'AWS::Logs::LogGroup': ['LogGroupName', 512],
  'AWS::Logs::LogStream': ['LogStreamName', 512],
  'AWS::S3::Bucket': ['BucketName', 63],
  'AWS::SNS::Topic': ['TopicName', 256],
  'AWS::SQS::Queue': ['QueueName', 80],
  'AWS::SecretsManager::Secret': ['Name', 512],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 80],
};

/** What is between region and account, and the name, in the ARN of each type. */
const arns: Readonly<Record<string, (name: string, at: Place) => string>> = {
  'AWS::CloudWatch::Alarm': (name, at) => regional('cloudwatch', `alarm:${name}`, at),
  'AWS::DynamoDB::Table': (name, at) => regional('dynamodb', `table/${name}`, at),
  'AWS::IAM::ManagedPolicy': (name, { partition }) => `arn:${partition}:iam::${account}:policy/${name}`,
  'AWS::IAM::Role': (name, { partition }) => `arn:${partition}:iam::${account}:role/${name}`,
  'AWS::KMS::Key': (name, at) => regional('kms', `key/${name}`, at),
  'AWS::Kinesis::Stream': (name, at) => regional('kinesis', `stream/${name}`, at),
  'AWS::KinesisFirehose::DeliveryStream': (name, at) => regional('firehose', `deliverystream/${name}`, at),
  'AWS::Lambda::Function': (name, at) => regional('lambda', `function:${name}`, at),
  'AWS::Logs::LogGroup': (name, at) => regional('logs', `log-group:${name}:*`, at),
  'AWS::S3::Bucket': (name, { partition }) => `arn:${partition}:s3:::${name}`,
  'AWS::SNS::Topic': (name, at) => regional('sns', name, at),
  'AWS::SQS::Queue': (name, at) => regional('sqs', name, at),
  'AWS::SecretsManager::Secret': (name, at) => regional('secretsmanager', `secret:${name}-AbCdEf`, at),
  'AWS::StepFunctions::StateMachine': (name, at) => regional('states', `stateMachine:${name}`, at),
};

const regional = (service: string, resource: string, { partition, region }: Place): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

/** Types whose `Ref` is their ARN. */
const refIsArn = new Set([
  'AWS::IAM::ManagedPolicy',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
]);

/**
 * Fills in a template's values as CloudFormation would: `Ref`, `GetAtt`, `Join`, `Sub`, `Select`, `Split` and `If`. A name that
 * nobody gave is as long as CloudFormation makes it at most. What is not known here is an error, never an empty text.
 */
export function resolveTemplate(template: PlainTemplate, stackName: string, at: Place): readonly Resource[] {
  const { Resources, Parameters = {}, Conditions = {} } = template;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::NoValue': '',
    'AWS::Partition': at.partition,
    'AWS::Region': at.region,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': at.urlSuffix,
  };
  const typeOf = (id: string): string => {
    const type = Resources[id]?.Type;
    if (type === undefined) throw new Error(`Expected ${id} to be a resource or a parameter.`);
    return type;
  };
  const nameOf = (id: string): string => {
    const type = typeOf(id);
    const [property = '', most = 255] = names[type] ?? [];
    const properties = Resources[id]?.Properties ?? {};
    const inner = (properties.DatabaseInput ?? properties.TableInput ?? {}) as Json;
    const given = properties[property] ?? inner.Name ?? inner.name;
    if (given !== undefined) return String(valueOf(given));
    const made = `${stackName}-${id}-XXXXXXXXXXXXX`.slice(-most);
    return type === 'AWS::S3::Bucket' ? made.toLowerCase() : made;
  };
  const arnOf = (id: string): string => {
    const make = arns[typeOf(id)];
    if (make === undefined) throw new Error(`The ARN of ${typeOf(id)} is not known here.`);
    return make(nameOf(id), at);
  };
  const ref = (id: string): unknown => {
    const known = pseudo[id];
    if (known !== undefined) return known;
    const parameter = Parameters[id];
    if (parameter !== undefined) return parameter.Default ?? `${id}-value`;
    if (refIsArn.has(typeOf(id))) return arnOf(id);
    if (typeOf(id) !== 'AWS::SQS::Queue') return nameOf(id);
    return `https://sqs.${at.region}.${at.urlSuffix}/${account}/${nameOf(id)}`;
  };
  const attribute = (id: string, name: string): string => {
    if (name === 'Arn' || name === 'TopicArn') return arnOf(id);
    if (name.endsWith('Name') || name === 'GroupId') return nameOf(id);
    if (name === 'FunctionUrl') return `https://${'x'.repeat(32)}.lambda-url.${at.region}.on.aws/`;
    throw new Error(`${typeOf(id)} has no ${name} here.`);
  };
  const filled = (text: string): string =>
    text.replaceAll(/\$\{([^!}]+)\}/g, (_, name: string) => {
      const [id = '', ...rest] = name.split('.');
      return String(rest.length === 0 ? ref(id) : attribute(id, rest.join('.')));
    });
  const holds = (condition: unknown): boolean => {
    const fields = condition as Readonly<Record<string, unknown>>;
    const equal = fields['Fn::Equals'];
    if (Array.isArray(equal)) return isDeepStrictEqual(valueOf(equal[0]), valueOf(equal[1]));
    const not = fields['Fn::Not'];
    if (Array.isArray(not)) return !holds(not[0]);
    throw new Error(`The condition ${JSON.stringify(condition)} is not known here.`);
  };
  const functions: Readonly<Record<string, (given: never) => unknown>> = {
    Ref: (id: string) => ref(id),
    'Fn::GetAtt': ([id, name]: [string, string]) => attribute(id, name),
    'Fn::Join': ([between, parts]: [string, unknown[]]) =>
      (valueOf(parts) as readonly unknown[]).map(String).join(between),
    'Fn::Sub': (text: string) => filled(text),
    'Fn::Select': ([index, from]: [number | string, unknown]) =>
      (valueOf(from) as readonly unknown[])[Number(index)],
    'Fn::Split': ([by, from]: [string, unknown]) => String(valueOf(from)).split(by),
    'Fn::If': ([condition, yes, no]: [string, unknown, unknown]) =>
      valueOf(holds(Conditions[condition]) ? yes : no),
  };
  const valueOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(valueOf);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [name, given] = entries.length === 1 ? (entries[0] ?? []) : [];
    const call = functions[name ?? ''];
    if (call !== undefined) return call(given as never);
    if (name?.startsWith('Fn::') === true) throw new Error(`${name} is not known here.`);
    return Object.fromEntries(entries.map(([key, inner]) => [key, valueOf(inner)]));
  };
  return Object.entries(Resources).map(([id, { Type: type, Properties = {} }]) => ({
    id,
    type,
    ref: String(ref(id)),
    properties: valueOf(Properties) as Json,
  }));
}
