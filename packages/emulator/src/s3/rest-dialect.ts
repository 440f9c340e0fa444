import { createReadStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { addressOf } from '../wire/address.js';
import { isForm, writeXml, type Call, type Dialect } from '../wire/dialect.js';
import { ServiceError } from '../wire/service-error.js';
import { xmlDocument } from '../wire/xml.js';

/** What an action answers: the head of an HTTP answer, and its body as text or as a part of a file. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: string | { readonly path: string; readonly start: number; readonly end: number };
}

/** An answer that is an XML document. */
export function xmlAnswer(text: string): RestAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(text) },
    body: text,
  };
}

/** The S3 REST API, path style, reading only. */
export const restDialect: Dialect = {
  speaks: (request) => request.headers['x-amz-target'] === undefined && !isForm(request),
  read: (request) => callOf(request),
  async write({ response }, _action, answer) {
    // Every action of S3's table answers so.
    const { status, headers, body } = answer as RestAnswer;
    response.writeHead(status, headers);
    if (body === undefined || typeof body === 'string') response.end(body);
    else await pipeline(createReadStream(body.path, { start: body.start, end: body.end }), response);
  },
  writeError(exchange, error) {
    const { request, requestId } = exchange;
    const { status, text } = errorDocument(error, addressOf(request).path, requestId);
    writeXml(exchange, status, request.method === 'HEAD' ? '' : text);
  },
};

/** Parameters of an address that are members of an action's input. */
const members: Readonly<Record<string, string>> = {
  prefix: 'Prefix',
  delimiter: 'Delimiter',
  marker: 'Marker',
  'continuation-token': 'ContinuationToken',
  'start-after': 'StartAfter',
  'max-keys': 'MaxKeys',
  'encoding-type': 'EncodingType',
};

function callOf(request: IncomingMessage): Call {
  // Not by URL, which takes `..` and the like for steps: to S3 they are a part of the key.
  const address = addressOf(request);
  const path = address.path.replace(/^\//, '');
  const slash = path.indexOf('/');
  const bucket = decoded(slash < 0 ? path : path.slice(0, slash));
  const key = slash < 0 ? '' : decoded(path.slice(slash + 1));
  const { method = 'GET' } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    throw new ServiceError('MethodNotAllowed', 'The lake is read-only here; deliver through Firehose.', 405);
  }
  const input = (): Readonly<Record<string, unknown>> => {
    const found: Record<string, unknown> = { Bucket: bucket, Key: key };
    const { range } = request.headers;
    if (range !== undefined) found.Range = range;
    for (const [name, member] of Object.entries(members)) {
      const value = address.query.get(name);
      if (value !== null) found[member] = member === 'MaxKeys' && /^\d+$/.test(value) ? Number(value) : value;
    }
    return found;
  };
  return { action: actionOf(method, bucket, key, address.query), input };
}

function actionOf(method: string, bucket: string, key: string, query: URLSearchParams): string {
  if (bucket === '') return 'ListBuckets';
  if (key !== '') return method === 'HEAD' ? 'HeadObject' : 'GetObject';
  if (method === 'HEAD') return 'HeadBucket';
  if (query.has('location')) return 'GetBucketLocation';
  return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** What S3 calls an error that the other services call otherwise; source: S3 API reference, error responses. */
const codes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  IncompleteSignatureException: 'AuthorizationHeaderMalformed',
  InvalidHttpRequest: 'InvalidRequest',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'AccessDenied',
  RequestEntityTooLargeException: 'EntityTooLarge',
  InternalFailure: 'InternalError',
  ServiceUnavailable: 'SlowDown',
};

function errorDocument(
  error: unknown,
  resource: string,
  requestId: string,
): { readonly status: number; readonly text: string } {
  const message = error instanceof Error ? error.message : String(error);
  const known = error instanceof ServiceError ? error : new ServiceError('InternalError', message, 500);
  const Code = Object.hasOwn(codes, known.code) ? (codes[known.code] ?? known.code) : known.code;
  const content = { Code, Message: message, Resource: resource, RequestId: requestId };
  return { status: known.status, text: xmlDocument('Error', content) };
}
