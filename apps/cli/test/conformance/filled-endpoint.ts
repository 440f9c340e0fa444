import { signedFor } from '../authorization.js';
import type { ServedEndpoint } from './served-endpoint.js';

/** What asks an endpoint. */
type Asked = Pick<ServedEndpoint, 'endpoint' | 'json'>;

/** Calls an action and gives what it answers. */
async function called(
  served: Asked,
  target: string,
  input: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, text } = await served.json(target, input);
  if (status !== 200) throw new Error(`${target}: ${status} ${text}`);
  // Every answer of these services is an object.
  return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
}

const record = { Data: Buffer.from('{"amount":1}\n').toString('base64') };

/** Makes something in each service: a table, a stream with an object and an open record, a queue with a message, a query. */
export async function fill(served: Asked): Promise<void> {
  await called(served, 'AWSGlue.CreateDatabase', { DatabaseInput: { Name: 'shop' } });
  await called(served, 'AWSGlue.CreateTable', {
    DatabaseName: 'shop',
    TableInput: {
      Name: 'sales',
      StorageDescriptor: {
        Columns: [{ Name: 'amount', Type: 'int' }],
        Location: 's3://lake/sales/',
        SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      },
      PartitionKeys: [],
    },
  });
  await createStream(served, 'sales');
  await put(served, 'sales');
  await fetch(`${served.endpoint}/_emulator/flush`, { method: 'POST' });
  await put(served, 'sales');
  await called(served, 'AmazonSQS.CreateQueue', { QueueName: 'trucks' });
  await called(served, 'AmazonSQS.SendMessage', { QueueUrl: queueUrl(served), MessageBody: 'go' });
  await called(served, 'AmazonAthena.CreateWorkGroup', { Name: 'reports' });
  await called(served, 'AmazonAthena.StartQueryExecution', {
    QueryString: 'SELECT 1',
    ResultConfiguration: { OutputLocation: 's3://lake/results/' },
  });
}

/** Creates a delivery stream into the bucket `lake`. */
export async function createStream(served: Asked, name: string): Promise<void> {
  await called(served, 'Firehose_20150804.CreateDeliveryStream', {
    DeliveryStreamName: name,
    ExtendedS3DestinationConfiguration: {
      BucketARN: 'arn:aws:s3:::lake',
      RoleARN: 'arn:aws:iam::000000000000:role/firehose',
      Prefix: `${name}/`,
      BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 128 },
    },
  });
}

/** Puts one record. */
export async function put(served: Asked, name: string): Promise<void> {
  await called(served, 'Firehose_20150804.PutRecord', { DeliveryStreamName: name, Record: record });
}

/** Address of the queue of {@link fill}. */
export function queueUrl({ endpoint }: Pick<Asked, 'endpoint'>): string {
  return `${endpoint}/000000000000/trucks`;
}

/** Keys of the objects in a bucket; none where there is no such bucket. */
export async function keysIn(
  { endpoint }: Pick<Asked, 'endpoint'>,
  bucket: string,
): Promise<readonly string[]> {
  const response = await fetch(`${endpoint}/${bucket}?list-type=2`, { headers: signedFor('s3') });
  return Array.from((await response.text()).matchAll(/<Key>([^<]*)<\/Key>/g), ([, key = '']) => key);
}

/** What is there, of all services. */
export async function contentsOf(served: Asked): Promise<Readonly<Record<string, number>>> {
  const { DatabaseList = [] } = await called(served, 'AWSGlue.GetDatabases', {});
  const { DeliveryStreamNames = [] } = await called(served, 'Firehose_20150804.ListDeliveryStreams', {});
  const { QueueUrls = [] } = await called(served, 'AmazonSQS.ListQueues', {});
  const { WorkGroups = [] } = await called(served, 'AmazonAthena.ListWorkGroups', {});
  const { QueryExecutionIds = [] } = await called(served, 'AmazonAthena.ListQueryExecutions', {});
  const count = (list: unknown): number => (Array.isArray(list) ? list.length : NaN);
  return {
    databases: count(DatabaseList),
    streams: count(DeliveryStreamNames),
    queues: count(QueueUrls),
    // Without the primary one, which every account has.
    workGroups: count(WorkGroups) - 1,
    queries: count(QueryExecutionIds),
    objects: (await keysIn(served, 'lake')).filter((key) => key.startsWith('sales/')).length,
  };
}

/** {@link contentsOf} an endpoint in which nothing was made. */
export const empty = { databases: 0, streams: 0, queues: 0, workGroups: 0, queries: 0, objects: 0 };
