import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError } from './service-error.js';
import type { JsonService, RequestContext } from './request-context.js';
import { queryAnswer, readQuery } from '../sqs/query/index.js';

/** Whether a request speaks the query protocol: a form, as the AWS CLI before 2.13 sends to SQS. */
export function isQuery(request: IncomingMessage): boolean {
  const type = request.headers['content-type'] ?? '';
  return request.method === 'POST' && type.startsWith('application/x-www-form-urlencoded');
}

/** Answers a form: the same action as the JSON protocol's, with its answer in XML. */
export async function answerQuery(
  services: readonly JsonService[],
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  context: RequestContext,
): Promise<void> {
  const path = request.url?.split('?')[0] ?? '/';
  const { action, input } = readQuery(body.toString(), path === '/' ? undefined : path);
  const sqs = services.find(({ targetPrefix }) => targetPrefix === 'AmazonSQS');
  if (sqs === undefined || action === '') {
    throw new ServiceError('MissingAction', 'The request must contain the parameter Action.');
  }
  writeXml(response, 200, queryAnswer(action, await sqs.handle(action, input, context), context.requestId), {
    requestId: context.requestId,
  });
}

/** Writes a document in AWS's XML form. */
export function writeXml(
  response: ServerResponse,
  status: number,
  text: string,
  { requestId }: { readonly requestId: string },
): void {
  response.writeHead(status, {
    'content-type': 'text/xml',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': requestId,
    'x-amz-request-id': requestId,
  });
  response.end(text);
}
