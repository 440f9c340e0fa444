import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { addressOf } from '../wire/address.js';
import { isForm, type Call, type Dialect, type Exchange } from '../wire/dialect.js';
import { readXml } from '../wire/read-xml.js';
import type { ServiceError } from '../wire/service-error.js';
import { xmlDocument } from '../wire/xml.js';
import { checkChecksum, checkMd5, declaredChecksum } from './body-checks.js';
import { startChecksum } from './checksums.js';
import { bodyMembers } from './request-documents.js';
import type { RestAnswer } from './rest-answer.js';
import { actionOfRequest, streamsBody, targetOf } from './route.js';
import { invalidArgument, malformedXml } from './s3-errors.js';

/** The S3 REST API, path style, and with the bucket in the host where that is below localhost. */
export const restDialect: Dialect = {
  speaks: (request) => request.headers['x-amz-target'] === undefined && !isForm(request),
  streams: streamsBody,
  read: (request, body) => callOf(request, body),
  async write({ response, requestId }, _action, answer) {
    // Every action of S3's table answers so.
    const { status, headers, body } = answer as RestAnswer;
    try {
      response.writeHead(status, { ...identity(requestId), ...headers });
    } catch (error) {
      if (typeof body === 'object') await body.file.close();
      throw error;
    }
    if (body === undefined || typeof body === 'string') response.end(body);
    else await pipeline(body.file.createReadStream({ start: body.start, end: body.end }), response);
  },
  writeError(exchange, error) {
    const { status, text, headers } = errorDocument(error, exchange);
    const { request, response, requestId } = exchange;
    // A refusal of HEAD has no body; its client reads the status.
    const body = request.method === 'HEAD' || status === 304 ? '' : text;
    response.writeHead(status, {
      'content-type': 'application/xml',
      ...(request.method === 'HEAD' ? {} : { 'content-length': Buffer.byteLength(body) }),
      ...identity(requestId),
      ...headers,
    });
    response.end(body);
  },
};

function identity(requestId: string): Readonly<Record<string, string>> {
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': Buffer.from(requestId).toString('base64') };
}

/** Parameters of a URL that are members of an action's input, and whether they are numbers. */
const members: Readonly<Record<string, readonly [member: string, isNumber: boolean]>> = {
  prefix: ['Prefix', false],
  delimiter: ['Delimiter', false],
  marker: ['Marker', false],
  'continuation-token': ['ContinuationToken', false],
  'start-after': ['StartAfter', false],
  'fetch-owner': ['FetchOwner', false],
  'encoding-type': ['EncodingType', false],
  'max-keys': ['MaxKeys', true],
  'max-buckets': ['MaxBuckets', true],
  'bucket-region': ['BucketRegion', false],
  'max-uploads': ['MaxUploads', true],
  'max-parts': ['MaxParts', true],
  'key-marker': ['KeyMarker', false],
  'version-id-marker': ['VersionIdMarker', false],
  'upload-id-marker': ['UploadIdMarker', false],
  'part-number-marker': ['PartNumberMarker', false],
  uploadId: ['UploadId', false],
  partNumber: ['PartNumber', true],
  versionId: ['VersionId', false],
  'response-cache-control': ['ResponseCacheControl', false],
  'response-content-disposition': ['ResponseContentDisposition', false],
  'response-content-encoding': ['ResponseContentEncoding', false],
  'response-content-language': ['ResponseContentLanguage', false],
  'response-content-type': ['ResponseContentType', false],
  'response-expires': ['ResponseExpires', false],
};

function callOf(request: IncomingMessage, body: Buffer): Call {
  const target = targetOf(request);
  const action = actionOfRequest(request, target);
  const input = (): Readonly<Record<string, unknown>> => {
    const found: Record<string, unknown> = target.bucket === '' ? {} : { Bucket: target.bucket };
    if (target.key !== '') found.Key = target.key;
    const { query } = addressOf(request);
    for (const [name, [member, isNumber]] of Object.entries(members)) {
      const value = query.get(name);
      if (value === null) continue;
      if (member === 'FetchOwner') found[member] = value === 'true';
      else found[member] = isNumber ? numberOf(name, value) : value;
    }
    if (body.length > 0) Object.assign(found, documentOf(action, request, body));
    return found;
  };
  return { action, input };
}

function documentOf(
  action: string,
  request: IncomingMessage,
  body: Buffer,
): Readonly<Record<string, unknown>> {
  checkMd5(request.headers, createHash('md5').update(body).digest());
  // What CompleteMultipartUpload declares is the checksum of the object.
  const declared = action === 'CompleteMultipartUpload' ? undefined : declaredChecksum(request.headers);
  if (declared !== undefined) {
    const sum = startChecksum(declared.algorithm);
    sum.update(body);
    checkChecksum(declared, sum.digest());
  }
  const read = bodyMembers[action];
  if (read === undefined) return {};
  const document = readXml(body.toString());
  if (document === undefined) throw malformedXml();
  return read(document);
}

function numberOf(name: string, value: string): number {
  if (/^[+-]?\d{1,10}$/.test(value) && Math.abs(Number(value)) < 2 ** 31) {
    const number = Number(value);
    if (number >= 0) return number;
    const member = name === 'max-keys' ? 'maxKeys' : name;
    throw invalidArgument(`Argument ${member} must be an integer between 0 and 2147483647`, {
      ArgumentName: name,
      ArgumentValue: value,
    });
  }
  throw invalidArgument(`Provided ${name} not an integer or within integer range`, {
    ArgumentName: name,
    ArgumentValue: value.slice(0, 100),
  });
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
  error: ServiceError,
  { requestId }: Exchange,
): { readonly status: number; readonly text: string; readonly headers: Readonly<Record<string, string>> } {
  const Code = Object.hasOwn(codes, error.code) ? (codes[error.code] ?? error.code) : error.code;
  const HostId = Buffer.from(requestId).toString('base64');
  const content = { Code, Message: error.message, ...error.facts, RequestId: requestId, HostId };
  const size = error.facts.ActualObjectSize;
  const headers: Record<string, string> =
    error.status === 416 && size !== undefined ? { 'content-range': `bytes */${size}` } : {};
  return { status: error.status, text: xmlDocument('Error', content), headers };
}
