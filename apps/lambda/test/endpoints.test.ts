import { AthenaClient, GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { isAwsHost } from '@store/foundation';
import { afterEach, expect, test, vi } from 'vitest';
import { clientSettings, type ClientSettings, type ServiceName } from '../src/aws/clients.js';

type Settings = Omit<ClientSettings, 'requestHandler'> & {
  readonly requestHandler: { handle(request: { readonly hostname: string }): Promise<never> };
};

/** One call of each service. */
const calls: Readonly<Record<ServiceName, (settings: Settings) => Promise<unknown>>> = {
  ATHENA: async (s) => new AthenaClient(s).send(new GetQueryExecutionCommand({ QueryExecutionId: 'q' })),
  DYNAMODB: async (s) => new DynamoDBClient(s).send(new GetItemCommand({ TableName: 't', Key: {} })),
  EVENTBRIDGE: async (s) => new EventBridgeClient(s).send(new PutEventsCommand({ Entries: [] })),
  FIREHOSE: async (s) =>
    new FirehoseClient(s).send(new PutRecordBatchCommand({ DeliveryStreamName: 'd', Records: [] })),
  S3: async (s) => new S3Client(s).send(new GetObjectCommand({ Bucket: 'lake', Key: 'k' })),
  SECRETS_MANAGER: async (s) =>
    new SecretsManagerClient(s).send(new GetSecretValueCommand({ SecretId: 's' })),
  SQS: async (s) => new SQSClient(s).send(new ListQueuesCommand({})),
  SSM: async (s) => new SSMClient(s).send(new GetParameterCommand({ Name: 'p' })),
};

/** Host that a call of a service goes to: the request is caught before it leaves. */
async function hostOf(service: ServiceName, env: Readonly<Record<string, string>>): Promise<string> {
  // The SDK reads the environment of its process.
  for (const [name, value] of Object.entries({ ...keys, ...env })) vi.stubEnv(name, value);
  let host = '';
  const requestHandler = {
    handle: async ({ hostname }: { readonly hostname: string }): Promise<never> => {
      host = hostname;
      return Promise.reject(new Error('caught'));
    },
  };
  await expect(calls[service]({ ...clientSettings(service, env), requestHandler })).rejects.toThrow();
  vi.unstubAllEnvs();
  return host;
}
const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', AWS_MAX_ATTEMPTS: '1' };

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['FIREHOSE', { AWS_REGION: 'us-east-1' }, 'firehose.us-east-1.amazonaws.com'],
  [
    'FIREHOSE',
    { AWS_REGION: 'us-east-1', AWS_USE_FIPS_ENDPOINT: 'true' },
    'firehose-fips.us-east-1.amazonaws.com',
  ],
  ['SQS', { AWS_REGION: 'us-east-1', AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'sqs.us-east-1.api.aws'],
  ['SQS', { AWS_REGION: 'us-iso-east-1' }, 'sqs.us-iso-east-1.c2s.ic.gov'],
  ['ATHENA', { AWS_REGION: 'us-isob-east-1' }, 'athena.us-isob-east-1.sc2s.sgov.gov'],
  ['EVENTBRIDGE', { AWS_REGION: 'cn-north-1' }, 'events.cn-north-1.amazonaws.com.cn'],
  ['DYNAMODB', { AWS_REGION: 'us-gov-west-1' }, 'dynamodb.us-gov-west-1.amazonaws.com'],
  ['SECRETS_MANAGER', { AWS_REGION: 'eusc-de-east-1' }, 'secretsmanager.eusc-de-east-1.amazonaws.eu'],
  ['SSM', { AWS_REGION: 'eu-isoe-west-1' }, 'ssm.eu-isoe-west-1.cloud.adc-e.uk'],
  ['S3', { AWS_REGION: 'cn-northwest-1' }, 'lake.s3.cn-northwest-1.amazonaws.com.cn'],
] as const)('%s in %o is %s', async (service, env, host) => {
  expect(await hostOf(service, env)).toBe(host);
  expect(isAwsHost(host)).toBe(true);
});

test('an endpoint that is given is used, of a VPC too; one that must be ignored is not', async () => {
  const vpce = 'vpce-1a2b-3c4d.athena.us-east-1.vpce.amazonaws.com';
  const env = { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_ATHENA: `https://${vpce}` };
  expect(await hostOf('ATHENA', env)).toBe(vpce);
  expect(await hostOf('SQS', env)).toBe('sqs.us-east-1.amazonaws.com');
  expect(await hostOf('ATHENA', { ...env, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' })).toBe(
    'athena.us-east-1.amazonaws.com',
  );
});

test('a region that would lead elsewhere is refused by the SDK', async () => {
  expect(await hostOf('SQS', { AWS_REGION: 'x.evil.example/' })).toBe('');
});
