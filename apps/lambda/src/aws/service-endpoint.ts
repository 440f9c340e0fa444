import { isLoopbackUrl } from '@store/foundation';
import { invalid, optionalText, type Environment } from '../environment.js';
import type { Credentials } from './sign-call.js';

/** The services that the handlers speak to: AWS's signing names. */
export type ServiceName = 'firehose' | 'athena' | 'sqs' | 'events';

/** Where a service is, and how its calls are signed. */
export interface ServiceEndpoint {
  readonly service: ServiceName;
  readonly url: URL;
  readonly region: string;
  /** False for an endpoint that is not AWS's own. */
  readonly aws: boolean;
  /** The keys as they stand in the environment at the moment of the call. */
  credentials(): Credentials;
}

/** The SDKs' names of the services in environment variables. */
const variableOf = { firehose: 'FIREHOSE', athena: 'ATHENA', sqs: 'SQS', events: 'EVENTBRIDGE' } as const;

/**
 * The endpoint of a service. One that is not AWS's own is refused unless it is on this machine or the stage
 * is `local`: a function that is talked into another endpoint would send it signed calls.
 *
 * @throws HandlerError `INVALID_CONFIG`
 */
export function serviceEndpoint(service: ServiceName, env: Environment): ServiceEndpoint {
  const name = `AWS_ENDPOINT_URL_${variableOf[service]}`;
  const given = optionalText(env, name) ?? optionalText(env, 'AWS_ENDPOINT_URL');
  if (given === undefined) {
    const region = optionalText(env, 'AWS_REGION');
    if (region === undefined || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
      throw invalid('AWS_REGION', 'to be a region such as us-east-1');
    }
    const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    const url = new URL(`https://${service}.${region}.${suffix}/`);
    return { service, url, region, aws: true, credentials: () => keysOf(env) };
  }
  const loopback = isLoopbackUrl(given);
  if (!URL.canParse(given) || (!loopback && optionalText(env, 'STAGE') !== 'local')) {
    throw invalid(`${name} or AWS_ENDPOINT_URL`, 'to be an address of this machine, or STAGE to be local');
  }
  return {
    service,
    url: new URL(given),
    region: optionalText(env, 'AWS_REGION') ?? 'us-east-1',
    aws: false,
    // The embedded endpoint needs no account: a name stands in where no keys are set.
    credentials: () => (env.AWS_ACCESS_KEY_ID === undefined ? localKeys : keysOf(env)),
  };
}

const localKeys: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

function keysOf(env: Environment): Credentials {
  const accessKeyId = optionalText(env, 'AWS_ACCESS_KEY_ID');
  const secretAccessKey = optionalText(env, 'AWS_SECRET_ACCESS_KEY');
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw invalid('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY', 'to be set; Lambda sets them from the role');
  }
  const sessionToken = optionalText(env, 'AWS_SESSION_TOKEN');
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
