import { readFileSync } from 'node:fs';

/** Properties of a resource. */
export type Properties = Readonly<Record<string, unknown>>;

interface Template {
  readonly Parameters: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties }>>;
}

/** The committed template, whose values are those of a stack on the endpoint. */
export interface StackTemplate {
  /** Resources of a type with their values, by logical id. */
  resources(type: string): readonly (readonly [id: string, properties: Properties])[];
  /** What CloudFormation would call a resource. */
  nameOf(id: string): string;
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NoValue': '',
};

/** Reads the committed template; a test holds it to what the CDK synthesizes. */
export function stackTemplate(endpoint: string): StackTemplate {
  const file = new URL('../infra/generated/store.template.json', import.meta.url);
  const { Parameters, Resources } = JSON.parse(readFileSync(file, 'utf8')) as Template;

  /** What CloudFormation would call a resource. */
  const nameOf = (id: string): string => {
    const { Type = '', Properties = {} } = Resources[id] ?? {};
    if (Type === 'AWS::S3::Bucket') return id.toLowerCase();
    const names = [
      'QueueName',
      'TableName',
      'DeliveryStreamName',
      'FunctionName',
      'LogGroupName',
      'LogStreamName',
      'Name',
    ];
    const name = names.map((key) => Properties[key]).find((value) => typeof value === 'string');
    return typeof name === 'string' ? name : id;
  };
  const ref = (id: string): string => {
    if (id in pseudo) return pseudo[id] ?? '';
    if (id in Parameters) return Parameters[id]?.Default ?? '';
    const name = nameOf(id);
    return Resources[id]?.Type === 'AWS::SQS::Queue' ? `${endpoint}/000000000000/${name}` : name;
  };
  const arn = (id: string): string => {
    if (Resources[id]?.Type === 'AWS::S3::Bucket') return `arn:aws:s3:::${nameOf(id)}`;
    if (Resources[id]?.Type === 'AWS::IAM::Role') return `arn:aws:iam::000000000000:role/${id}`;
    return `arn:aws:sqs:us-east-1:000000000000:${nameOf(id)}`;
  };

  const valueOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(valueOf);
    if (typeof value !== 'object' || value === null) return value;
    const fields = value as Readonly<Record<string, unknown>>;
    if (typeof fields.Ref === 'string') return ref(fields.Ref);
    const attribute = fields['Fn::GetAtt'];
    if (Array.isArray(attribute)) return attribute[1] === 'Arn' ? arn(String(attribute[0])) : '';
    const join = fields['Fn::Join'];
    if (Array.isArray(join))
      return (valueOf(join[1]) as readonly unknown[]).map(String).join(String(join[0]));
    return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, valueOf(inner)]));
  };

  return {
    nameOf,
    resources: (type) =>
      Object.entries(Resources)
        .filter(([, { Type }]) => Type === type)
        .map(([id, { Properties = {} }]) => [id, valueOf(Properties) as Properties] as const),
  };
}
