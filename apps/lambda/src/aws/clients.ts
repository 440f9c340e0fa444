import { FirehoseClient } from '@aws-sdk/client-firehose';
import { sdkTransport, type Transport } from '@store/firehose';
import { inertText, isAwsHost, isLoopbackUrl } from '@store/foundation';
import { invalid, optionalText, type Environment } from '../environment.js';

/** The services that the handlers call: the SDKs' names of them in environment variables. */
export type ServiceName =
  'FIREHOSE' | 'ATHENA' | 'SQS' | 'EVENTBRIDGE' | 'S3' | 'SSM' | 'SECRETS_MANAGER' | 'DYNAMODB';

/** What a client of the AWS SDK is made with. All that is not in it is the SDK's own default, the credentials too. */
export interface ClientSettings {
  readonly maxAttempts?: number;
  readonly requestHandler: typeof timeouts;
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: typeof localKeys;
}

/** The SDK has no timeouts by default, and only warns of `requestTimeout` unless it is told to throw. */
const timeouts = {
  connectionTimeout: 1000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
  /** Silence within an answer. */
  socketTimeout: 10_000,
} as const;

const localKeys = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Any of these says where credentials come from. */
const signedIn: readonly string[] = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
];

/**
 * Returns what the client of a service is made with. A call is tried five times unless `AWS_MAX_ATTEMPTS` says otherwise: queries
 * carry a token and FIFO messages an id that the other side deduplicates by, and a conditional write is refused the second
 * time; PutEvents and a standard queue do not deduplicate, so what they take may come twice, and its receiver knows it by
 * the id in it.
 *
 * @throws HandlerError `INVALID_CONFIG` for an endpoint that is neither AWS's nor on this machine, unless `STAGE` is `local`: a
 * function that is talked into another endpoint would send it signed calls
 */
export function clientSettings(service: ServiceName, env: Environment): ClientSettings {
  const attempts = optionalText(env, 'AWS_MAX_ATTEMPTS') === undefined ? { maxAttempts: 5 } : {};
  const region = optionalText(env, 'AWS_REGION');
  const settings = { ...attempts, requestHandler: timeouts, ...(region === undefined ? {} : { region }) };
  const endpoint = givenEndpoint(service, env);
  if (endpoint === undefined) return settings;
  if (!isLoopbackUrl(endpoint)) {
    if (!isAwsUrl(endpoint) && optionalText(env, 'STAGE') !== 'local') {
      throw invalid(
        `AWS_ENDPOINT_URL_${service} or AWS_ENDPOINT_URL`,
        'to be an address of AWS or of this machine, or STAGE to be local',
      );
    }
    return { ...settings, endpoint };
  }
  // The embedded endpoint needs no account: a placeholder is used where no keys are set.
  const keys = signedIn.some((name) => optionalText(env, name) !== undefined)
    ? {}
    : { credentials: localKeys };
  return { region: 'us-east-1', ...settings, endpoint, ...keys };
}

/** The endpoint that the environment names for a service, if it names one. */
function givenEndpoint(service: ServiceName, env: Environment): string | undefined {
  if (optionalText(env, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS')?.toLowerCase() === 'true') return undefined;
  return optionalText(env, `AWS_ENDPOINT_URL_${service}`) ?? optionalText(env, 'AWS_ENDPOINT_URL');
}

/** Whether an address is AWS's own, the endpoint of a VPC among them. */
const isAwsUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' && isAwsHost(hostname);
};

/** Connections at the same time: a producer for each of 100 delivery streams takes several. */
const mostSockets = 256;

/**
 * Takes the producers' batches to Firehose through one client of the AWS SDK. Retries, pace and deadlines are the
 * producers'.
 *
 * @throws HandlerError `INVALID_CONFIG`
 */
export function firehoseTransport(env: Environment): Transport {
  const agent = { keepAlive: true, maxSockets: mostSockets };
  const client = new FirehoseClient({
    ...clientSettings('FIREHOSE', env),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1000, httpAgent: agent, httpsAgent: agent },
  });
  return sdkTransport({ client });
}

/**
 * Returns what opens a client once, when it is first needed: a cold start does not pay for one that no event of it asks
 * for (bench cold-start).
 */
export function onFirstUse<Client>(open: () => Promise<Client>): () => Promise<Client> {
  let opening: Promise<Client> | undefined;
  return async () => (opening ??= open());
}

/** What an answer that is an error may claim. */
export const answerLimits: Readonly<{ textChars: number }> = Object.freeze({
  /** Characters of a service's text that an error holds. */
  textChars: 500,
});

/**
 * Makes a call, and names its action in what it throws: services do not always say what they denied.
 *
 * @param action - as IAM names it: `athena:StartQueryExecution`
 */
export async function calling<Answer>(action: `${string}:${string}`, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { message, stack } = error;
    error.message = `${action}: ${inertText(message, answerLimits.textChars)}`;
    if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
    throw error;
  }
}
