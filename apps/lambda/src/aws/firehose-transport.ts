import type { BatchAnswer, Transport } from '@store/firehose';
import type { Clock } from '@store/foundation';
import { awsErrorOf, openPool } from './http-post.js';
import { actionHeaders } from './json-service.js';
import type { ServiceEndpoint } from './service-endpoint.js';
import { signCall } from './sign-call.js';

/**
 * Takes the producer's batches to Firehose: the AWS SDK's signature and a POST. Retries, pace and deadlines are
 * the producer's.
 */
export function firehoseTransport(endpoint: ServiceEndpoint, clock: Clock): Transport {
  const { url, region, aws } = endpoint;
  const pool = openPool(url);
  return {
    async send(request, signal) {
      const headers = await signCall(
        {
          url,
          headers: {
            ...actionHeaders('firehose', 'PutRecordBatch'),
            'content-length': String(request.bodyBytes),
          },
          bodyHash: request.sha256(),
          region,
          service: 'firehose',
          nowMs: clock.wallNow(),
        },
        endpoint.credentials(),
      );
      const answer = await pool.post({ headers, body: request.body, signal });
      if (answer.status !== 200) throw awsErrorOf('PutRecordBatch', answer);
      // A parse boundary: the producer looks at every part of an answer before it believes it.
      return JSON.parse(answer.body) as BatchAnswer;
    },
    target: () => ({ aws, region }),
    dropIdleConnections: () => {
      pool.dropIdle();
    },
    close: () => {
      pool.dropIdle();
    },
  };
}
