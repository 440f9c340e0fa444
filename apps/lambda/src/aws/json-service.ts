import { createHash } from 'node:crypto';
import { systemClock, timeoutSignal, wait, type Clock } from '@store/foundation';
import type { Environment } from '../environment.js';
import { AwsError, awsErrorOf, jsonObject, openPool, type HttpAnswer } from './http-post.js';
import { signCall } from './sign-call.js';
import { serviceEndpoint, type ServiceEndpoint, type ServiceName } from './service-endpoint.js';

/** Calls one AWS service that speaks the AWS JSON protocol. */
export interface JsonService {
  /**
   * Makes a call, again where it was throttled, failed on the other side or did not get through.
   *
   * @throws AwsError what the service answered
   */
  call(action: string, input: object): Promise<Readonly<Record<string, unknown>>>;
}

/** What is needed beside the endpoint. */
export interface JsonServiceOptions {
  /** @defaultValue 5 */
  readonly maxAttempts?: number;
  /** One attempt, in milliseconds. @defaultValue 10000 */
  readonly timeoutMs?: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Prefix of `X-Amz-Target` and version of the protocol, by service (their API references, 2026). */
const protocols: Readonly<Record<ServiceName, { readonly prefix: string; readonly version: string }>> = {
  firehose: { prefix: 'Firehose_20150804', version: '1.1' },
  athena: { prefix: 'AmazonAthena', version: '1.1' },
  sqs: { prefix: 'AmazonSQS', version: '1.0' },
  events: { prefix: 'AWSEvents', version: '1.1' },
};

/** Headers that say what a call is. */
export function actionHeaders(service: ServiceName, action: string): Readonly<Record<string, string>> {
  const { prefix, version } = protocols[service];
  return { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${prefix}.${action}` };
}

/**
 * Opens a service. A call is repeated although the first attempt may have been taken: queries carry a token and FIFO
 * messages an id that the other side deduplicates by; PutEvents and a standard queue do not deduplicate, so what they
 * take may come twice, and its receiver knows it by the id in it.
 */
export function jsonService(endpoint: ServiceEndpoint, options: JsonServiceOptions): JsonService {
  const { maxAttempts = 5, timeoutMs = 10_000, clock, random } = options;
  const { service, url, region } = endpoint;
  const pool = openPool(url);

  async function once(action: string, body: Buffer): Promise<HttpAnswer> {
    const headers = await signCall(
      {
        url,
        headers: { ...actionHeaders(service, action), 'content-length': String(body.length) },
        bodyHash: createHash('sha256').update(body).digest('hex'),
        region,
        service,
        nowMs: clock.wallNow(),
      },
      endpoint.credentials(),
    );
    return pool.post({ headers, body: [body], signal: timeoutSignal(clock, timeoutMs) });
  }

  return {
    async call(action, input) {
      const body = Buffer.from(JSON.stringify(input));
      for (let attempt = 1; ; attempt++) {
        try {
          const answer = await once(action, body);
          if (answer.status === 200) return jsonObject(answer.body) ?? {};
          throw awsErrorOf(action, answer);
        } catch (error) {
          if (attempt >= maxAttempts || !worthRepeating(error)) throw error;
          pool.dropIdle();
          await wait(clock, random() * Math.min(5000, 100 * 2 ** attempt));
        }
      }
    },
  };
}

function worthRepeating(error: unknown): boolean {
  if (!(error instanceof AwsError)) return isNetworkError(error);
  return error.$metadata.httpStatusCode >= 500 || /Throttl|TooManyRequests|LimitExceeded/.test(error.name);
}

const isNetworkError = (error: unknown): boolean =>
  error instanceof Error && ('code' in error || error.name === 'TimeoutError');

/** A service as a deployed function reaches it: real clock, real chance. */
export function openService(name: ServiceName, env: Environment): JsonService {
  return jsonService(serviceEndpoint(name, env), { clock: systemClock, random: Math.random });
}
