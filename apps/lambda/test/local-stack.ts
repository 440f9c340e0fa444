import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startEmulator, type Emulator, type EmulatorOptions, type FaultPlan } from '@store/emulator';
import { clientSettings } from '../src/aws/clients.js';
import { openS3 } from '../src/aws/s3-objects.js';
import { callAws } from './aws-calls.js';
import { stackTemplate, type Properties, type StackTemplate } from './template-values.js';

/** A message as a queue had it. */
export interface QueuedMessage {
  readonly body: string;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** The stack, as its template says, on the embedded endpoint. */
export interface LocalStack {
  readonly emulator: Emulator;
  /** Environment of a function as its template says, and where the endpoint is. */
  env(functionName: string): Readonly<Record<string, string>>;
  queueUrl(name: string): string;
  createStream(name: string): Promise<void>;
  faults(plan: FaultPlan): Promise<void>;
  /** Takes everything out of a queue. */
  take(queueName: string): Promise<readonly QueuedMessage[]>;
  /** The text of an object. */
  readObject(place: { readonly bucket: string; readonly key: string }): Promise<string>;
  /** Writes an object. */
  putObject(place: { readonly bucket: string; readonly key: string }, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Creates buckets, database, table, delivery stream, queues, ledger and work group of the template, from its own properties. */
export async function startLocalStack(
  options: Pick<EmulatorOptions, 'faults' | 'quotas' | 'secretAccessKey'> = {},
): Promise<LocalStack> {
  const emulator = await startEmulator({
    dataDir: mkdtempSync(join(tmpdir(), 'store-stack-')),
    seed: 7,
    ...options,
  });
  const { endpoint } = emulator;
  // The SDK takes keys from the process alone.
  Object.assign(process.env, testKeys);
  const template = stackTemplate(endpoint);
  const create = await deploy(endpoint, template);
  const queueUrl = (name: string): string => `${endpoint}/000000000000/${name}`;
  const objects = openS3(clientSettings('S3', { AWS_ENDPOINT_URL: endpoint, ...testKeys }));

  return {
    emulator,
    env(functionName) {
      const environments = template
        .resources('AWS::Lambda::Function')
        .map(([, { Environment }]) => (Environment as { Variables: Record<string, string> }).Variables);
      const Variables = environments.find(
        ({ POWERTOOLS_SERVICE_NAME: name }) => name === functionName.toLowerCase(),
      );
      if (Variables === undefined) throw new Error(`Expected the template to have ${functionName}.`);
      return { ...Variables, AWS_ENDPOINT_URL: endpoint };
    },
    queueUrl,
    createStream: create,
    async faults(plan) {
      const body = JSON.stringify(plan);
      const { ok } = await fetch(`${endpoint}/_emulator/faults`, { method: 'PUT', body });
      if (!ok) throw new Error('Expected the endpoint to take the faults; with a secret it does not.');
    },
    async take(queueName) {
      const taken: QueuedMessage[] = [];
      for (;;) {
        const { Messages = [] } = (await callAws(endpoint, 'sqs', 'ReceiveMessage', {
          QueueUrl: queueUrl(queueName),
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
        })) as { Messages?: readonly ReceivedMessage[] };
        if (Messages.length === 0) return taken;
        for (const { Body, ReceiptHandle, Attributes = {} } of Messages) {
          taken.push({
            body: Body,
            groupId: Attributes.MessageGroupId,
            deduplicationId: Attributes.MessageDeduplicationId,
          });
          await callAws(endpoint, 'sqs', 'DeleteMessage', { QueueUrl: queueUrl(queueName), ReceiptHandle });
        }
      }
    },
    readObject: async (place) => (await objects.get(place, 1 << 30)).bytes.toString('utf8'),
    putObject: async (place, bytes) => {
      await objects.put(place, bytes, 'application/octet-stream');
    },
    async close() {
      await emulator.close();
    },
  };
}

const testKeys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

interface ReceivedMessage {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes?: { readonly MessageGroupId?: string; readonly MessageDeduplicationId?: string };
}

/** @returns what creates one more delivery stream like the template's */
async function deploy(endpoint: string, template: StackTemplate): Promise<(name: string) => Promise<void>> {
  const only = (type: string): Properties => template.resources(type)[0]?.[1] ?? {};
  const s3 = new S3Client({
    ...clientSettings('S3', { AWS_ENDPOINT_URL: endpoint, ...testKeys }),
    forcePathStyle: true,
  });
  for (const [id] of template.resources('AWS::S3::Bucket')) {
    await s3.send(new CreateBucketCommand({ Bucket: template.nameOf(id) }));
  }
  s3.destroy();
  const { DatabaseInput } = only('AWS::Glue::Database');
  await callAws(endpoint, 'glue', 'CreateDatabase', { DatabaseInput });
  const { DatabaseName, TableInput } = only('AWS::Glue::Table');
  await callAws(endpoint, 'glue', 'CreateTable', { DatabaseName, TableInput });
  const stream = only('AWS::KinesisFirehose::DeliveryStream');
  await callAws(endpoint, 'firehose', 'CreateDeliveryStream', stream);
  const { Name, WorkGroupConfiguration } = only('AWS::Athena::WorkGroup');
  await callAws(endpoint, 'athena', 'CreateWorkGroup', { Name, Configuration: WorkGroupConfiguration });
  for (const [, properties] of template.resources('AWS::DynamoDB::Table')) {
    // What CloudFormation sets by a call of its own.
    const table = { ...properties };
    delete table.PointInTimeRecoverySpecification;
    await callAws(endpoint, 'dynamodb', 'CreateTable', table);
  }
  const queues = template.resources('AWS::SQS::Queue').map(([, properties]) => properties);
  // Dead-letter queues first: the others name them.
  for (const queue of [
    ...queues.filter((q) => !('RedrivePolicy' in q)),
    ...queues.filter((q) => 'RedrivePolicy' in q),
  ]) {
    const { QueueName, ...rest } = queue;
    const Attributes = Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
    await callAws(endpoint, 'sqs', 'CreateQueue', { QueueName, Attributes });
  }
  return async (name) => {
    await callAws(endpoint, 'firehose', 'CreateDeliveryStream', { ...stream, DeliveryStreamName: name });
  };
}
