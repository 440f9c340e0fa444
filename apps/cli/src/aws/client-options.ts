import { isLoopbackUrl } from '@store/foundation';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** What every AWS client of the command is built with. */
export interface ClientOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The services that the command speaks to, as the environment variables spell them. */
export type ServiceName = 'FIREHOSE' | 'GLUE' | 'ATHENA' | 'SQS' | 'S3' | 'DYNAMODB';

/**
 * Options for a client: the endpoint of the environment, or of the emulator in this process. An endpoint on
 * this machine needs no account, so it gets a region and made-up keys where none are set; AWS gets neither.
 *
 * @throws CliError `USAGE` where the environment names what is no address
 */
export function clientOptions(service: ServiceName, env: Terminal['env'], embedded?: string): ClientOptions {
  const endpoint = embedded ?? endpointOf(service, env);
  if (endpoint !== undefined && !URL.canParse(endpoint))
    throw new CliError('USAGE', `Expected AWS_ENDPOINT_URL to be an address, got ${endpoint}.`, {
      fix: 'Set it to what `store emulator` prints, such as http://127.0.0.1:4599, or unset it for AWS.',
    });
  if (endpoint === undefined || !isLoopbackUrl(endpoint)) {
    return endpoint === undefined ? {} : { endpoint };
  }
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-east-1';
  const signedIn = env.AWS_ACCESS_KEY_ID !== undefined || env.AWS_PROFILE !== undefined;
  if (signedIn && embedded === undefined) return { endpoint, region };
  return { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

/** The endpoint that the environment names for a service, if it names one. */
export function endpointOf(service: ServiceName, env: Terminal['env']): string | undefined {
  const named = env[`AWS_ENDPOINT_URL_${service}`] ?? env.AWS_ENDPOINT_URL;
  return named === undefined || named === '' ? undefined : named;
}
