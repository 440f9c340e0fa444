import type { IncomingMessage, ServerResponse } from 'node:http';
import { s3ErrorDocument } from '../s3/s3-error.js';
import { ServiceError } from './service-error.js';
import { queryError, queryErrorCode } from '../sqs/query/index.js';
import { errorAnswer, writeJson } from './json-dispatch.js';
import { isQuery, writeXml } from './query-dispatch.js';

/** Writes an error in the form of the protocol that the request speaks. */
export function writeError(
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, version }: { readonly requestId: string; readonly version: string },
): void {
  // What is left of a body that was not read would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close');
  const target = request.headers['x-amz-target'];
  const path = request.url ?? '/';
  if (target === undefined && isQuery(request)) {
    const { status, text } = queryError(error, requestId);
    writeXml(response, status, text, { requestId });
    return;
  }
  if (target === undefined && !path.startsWith('/_emulator/')) {
    const { status, text } = s3ErrorDocument(error, path.split('?')[0] ?? '/', requestId);
    writeXml(response, status, request.method === 'HEAD' ? '' : text, { requestId });
    return;
  }
  if (String(target).startsWith('AmazonSQS.') && error instanceof ServiceError) {
    // Clients that once spoke the query protocol still know errors by its codes.
    const side = error.status < 500 ? 'Sender' : 'Receiver';
    response.setHeader('x-amzn-query-error', `${queryErrorCode(error.code)};${side}`);
  }
  const { status, body } = errorAnswer(error);
  writeJson(response, status, body, { requestId, version });
}
