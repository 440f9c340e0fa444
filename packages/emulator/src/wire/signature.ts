import type { IncomingMessage } from 'node:http';
import { addressOf } from './address.js';
import { ServiceError } from './service-error.js';

/** What a SigV4 signature says, in the `Authorization` header or in a presigned URL. */
export interface Signature {
  readonly accessKeyId: string;
  /** `yyyyMMdd` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly value: string;
  /** When it was made: `yyyyMMdd'T'HHmmss'Z'`. */
  readonly stamp: string;
  /** It is part of a presigned URL. */
  readonly presigned: boolean;
  /** How long a presigned URL may be used. */
  readonly expiresSeconds: number | undefined;
}

/** How far a request's time may be off, in milliseconds; source: IAM user guide, SigV4, read 2026-08. */
const MAX_SKEW_MS = 15 * 60 * 1000;
/** Longest life of a presigned URL, a week; source: S3 API reference, SigV4 query parameters, read 2026-08. */
const MAX_EXPIRES_SECONDS = 604_800;

const ALGORITHM = 'AWS4-HMAC-SHA256';
const HEADER = /^AWS4-HMAC-SHA256\s+Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;
const CREDENTIAL = /^([^/]+)\/(\d{8})\/([^/]*)\/([^/]*)\/aws4_request$/;
const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** Reads the signature; every request must carry one, as on AWS. Only URLs of S3 and of a GET of SQS may be presigned. */
export function parseSignature(request: IncomingMessage, mayBePresigned: boolean): Signature {
  const header = request.headers.authorization;
  if (header !== undefined) return signatureOfHeader(header, request);
  const { query } = addressOf(request);
  if (!query.has('X-Amz-Signature')) {
    throw new ServiceError(
      'MissingAuthenticationTokenException',
      'Request is missing Authentication Token. Any credentials will do: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      403,
    );
  }
  if (!mayBePresigned) {
    throw new ServiceError(
      'AccessDeniedException',
      'Only requests of S3 and a GET of SQS may have a presigned URL.',
      403,
    );
  }
  return presignedOf(query);
}

function signatureOfHeader(header: string, request: IncomingMessage): Signature {
  if (request.url?.includes('X-Amz-Signature') === true) {
    throw incomplete('The request is signed in its Authorization header and in its URL.');
  }
  checkAlgorithm(header.split(/\s/, 1)[0] ?? '');
  const [, credential = '', signedHeaders = '', value = ''] = HEADER.exec(header) ?? [];
  const stamp = String(request.headers['x-amz-date'] ?? '');
  return signatureOf({ credential, signedHeaders, value, stamp, presigned: false });
}

function presignedOf(query: URLSearchParams): Signature {
  const field = (name: string): string => {
    const [value = '', ...more] = query.getAll(`X-Amz-${name}`);
    if (more.length > 0) throw incomplete(`X-Amz-${name} is given more than once.`);
    return value;
  };
  checkAlgorithm(field('Algorithm'));
  const value = /^[0-9a-f]{64}$/.test(field('Signature')) ? field('Signature') : '';
  const found = signatureOf({
    credential: field('Credential'),
    signedHeaders: field('SignedHeaders'),
    value,
    stamp: field('Date'),
    presigned: true,
  });
  const expires = field('Expires');
  const expiresSeconds = /^[0-9]{1,6}$/.test(expires) ? Number(expires) : 0;
  if (expiresSeconds < 1 || expiresSeconds > MAX_EXPIRES_SECONDS) {
    throw new ServiceError(
      'AuthorizationQueryParametersError',
      `Expected X-Amz-Expires to be 1 to ${MAX_EXPIRES_SECONDS}.`,
    );
  }
  return { ...found, expiresSeconds };
}

function checkAlgorithm(name: string): void {
  if (name !== ALGORITHM)
    throw incomplete(`Expected a signature by ${ALGORITHM}, got "${name.slice(0, 50)}".`);
}

function signatureOf(text: {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly value: string;
  readonly stamp: string;
  readonly presigned: boolean;
}): Signature {
  const match = CREDENTIAL.exec(text.credential);
  if (match === null || text.value === '' || text.signedHeaders === '') {
    throw incomplete('Authorization header is not a SigV4 signature.');
  }
  const [, accessKeyId = '', date = '', region = '', service = ''] = match;
  const signedHeaders = text.signedHeaders.split(';');
  if (!signedHeaders.every((name) => HEADER_NAME.test(name))) {
    throw incomplete('SignedHeaders holds something that is no name of a header in lower case.');
  }
  if (new Set(signedHeaders).size < signedHeaders.length) {
    throw incomplete('SignedHeaders names a header more than once.');
  }
  const { value, stamp, presigned } = text;
  return {
    ...{ accessKeyId, date, region, service, signedHeaders, value, stamp, presigned },
    expiresSeconds: undefined,
  };
}

/** For what and when a signature must have been made. */
export interface SignatureTerms {
  readonly region: string;
  /** The service that the request is for: `firehose`; `undefined` for the endpoint's own paths. */
  readonly service: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Checks all of a signature that needs neither the body nor the secret: its time, its scope, and what it covers. */
export function checkTerms(
  signature: Signature,
  request: IncomingMessage,
  { region, service, now }: SignatureTerms,
): void {
  checkTime(signature, now);
  if (signature.region !== region) {
    throw refused(`Credential should be scoped to a valid region, expected '${region}'.`);
  }
  if (service !== undefined && signature.service !== service) {
    throw refused(`Credential should be scoped to correct service: '${service.slice(0, 100)}'.`);
  }
  const { signedHeaders } = signature;
  if (!signedHeaders.includes('host')) throw refused("'Host' must be a signed header.");
  if (request.headers['x-amz-target'] !== undefined && !signedHeaders.includes('x-amz-target')) {
    throw refused("'X-Amz-Target' must be a signed header.");
  }
  const missing = signedHeaders.find((name) => !Object.hasOwn(request.headers, name));
  if (missing !== undefined) {
    throw refused(`The header '${missing.slice(0, 100)}' is signed and not in the request.`);
  }
}

function checkTime({ stamp, date, expiresSeconds }: Signature, now: number): void {
  const at = Date.parse(STAMP.test(stamp) ? stamp.replace(STAMP, '$1-$2-$3T$4:$5:$6Z') : '');
  if (Number.isNaN(at) || !stamp.startsWith(date)) throw incomplete('X-Amz-Date is missing or does not fit.');
  if (at > now + MAX_SKEW_MS) throw refused(`Signature not yet current: ${stamp}`);
  if (expiresSeconds === undefined) {
    if (at < now - MAX_SKEW_MS) throw refused(`Signature expired: ${stamp}`);
  } else if (at + expiresSeconds * 1000 < now) {
    throw new ServiceError('AccessDeniedException', 'Request has expired', 403);
  }
}

/** The error for a signature that is wrong. */
export function refused(message: string): ServiceError {
  return new ServiceError('InvalidSignatureException', message, 403);
}

function incomplete(message: string): ServiceError {
  return new ServiceError('IncompleteSignatureException', message, 403);
}
