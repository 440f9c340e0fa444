import { Athena } from '@aws-sdk/client-athena';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Firehose } from '@aws-sdk/client-firehose';
import { Glue } from '@aws-sdk/client-glue';
import { SQS } from '@aws-sdk/client-sqs';

/** Clients by service. The body is the test's own, so what SQS digests is not what it would look at. */
const clients: Readonly<Record<Service, (config: Config) => Client>> = {
  athena: (config: Config) => new Athena(config),
  firehose: (config: Config) => new Firehose(config),
  glue: (config: Config) => new Glue(config),
  sqs: (config: Config) => new SQS({ ...config, useQueueUrlAsEndpoint: false, md5: false }),
  dynamodb: (config: Config) => new DynamoDB(config),
};

type Service = 'athena' | 'firehose' | 'glue' | 'sqs' | 'dynamodb';
type Client = Athena | Firehose | Glue | SQS | DynamoDB;

interface Config {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * Makes one signed call, as deployment or AWS itself would, and gives its answer. The input goes out as it is: the SDK would
 * leave out members that it does not know, and with them what is wrong in a template.
 */
export async function callAws(
  endpoint: string,
  service: Service,
  action: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = clients[service]({ endpoint, region: 'us-east-1', credentials });
  // Their stacks differ in nothing that is used here.
  (client as Athena).middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.request as object, { body: JSON.stringify(input) });
      return next(args);
    },
    { step: 'serialize', priority: 'low' },
  );
  const method: unknown = Reflect.get(
    client,
    action.replace(/^./, (first) => first.toLowerCase()),
  );
  if (typeof method !== 'function') throw new TypeError(`Expected ${service} to have the action ${action}.`);
  try {
    return (await Reflect.apply(method, client, [{}])) as Readonly<Record<string, unknown>>;
  } finally {
    client.destroy();
  }
}
