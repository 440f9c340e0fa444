import { createHmac, timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ServiceError } from './service-error.js';

/** What a SigV4 signature says, in the `Authorization` header or in the address. */
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
  /** It stands in the address. */
  readonly presigned: boolean;
  /** How long an address may be used. */
  readonly expiresSeconds: number | undefined;
}

/** How far a request's time may be off, in milliseconds; source: IAM user guide, SigV4, read 2026-08. */
export const MAX_SKEW_MS: number = 15 * 60 * 1000;

const HEADER = /^AWS4-HMAC-SHA256\s+Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;
const CREDENTIAL = /^([^/]+)\/(\d{8})\/([^/]*)\/([^/]*)\/aws4_request$/;

/** Reads the signature; every request must carry one, as on AWS. */
export function parseSignature(request: IncomingMessage): Signature {
  const header = request.headers.authorization;
  if (header !== undefined) {
    const [, credential = '', signedHeaders = '', value = ''] = HEADER.exec(header) ?? [];
    const stamp = String(request.headers['x-amz-date'] ?? '');
    return signatureOf({ credential, signedHeaders, value, stamp, presigned: false });
  }
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  if (!query.has('X-Amz-Signature')) {
    throw new ServiceError(
      'MissingAuthenticationTokenException',
      'Request is missing Authentication Token. Any credentials will do: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      403,
    );
  }
  const field = (name: string): string => query.get(`X-Amz-${name}`) ?? '';
  const value = /^[0-9a-f]{64}$/.test(field('Signature')) ? field('Signature') : '';
  const found = signatureOf({
    credential: field('Algorithm') === 'AWS4-HMAC-SHA256' ? field('Credential') : '',
    signedHeaders: field('SignedHeaders'),
    value,
    stamp: field('Date'),
    presigned: true,
  });
  return { ...found, expiresSeconds: Number(field('Expires')) };
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
    throw new ServiceError(
      'IncompleteSignatureException',
      'Authorization header is not a SigV4 signature.',
      403,
    );
  }
  const [, accessKeyId = '', date = '', region = '', service = ''] = match;
  const signedHeaders = text.signedHeaders.split(';');
  const { value, stamp, presigned } = text;
  return {
    ...{ accessKeyId, date, region, service, signedHeaders, value, stamp, presigned },
    expiresSeconds: undefined,
  };
}

/** Against what a signature is checked. */
export interface SignatureTerms {
  readonly secret: string;
  readonly region: string;
  /** The service that the request is for: `firehose`; `undefined` for the endpoint's own paths. */
  readonly service: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Checks a signature against the secret. */
export function verifySignature(
  signature: Signature,
  request: IncomingMessage,
  body: Uint8Array,
  { secret, region, service, now }: SignatureTerms,
): void {
  checkTime(signature, now);
  if (signature.region !== region) {
    throw refused(`Credential should be scoped to a valid region, expected '${region}'.`);
  }
  if (service !== undefined && signature.service !== service) {
    throw refused(`Credential should be scoped to correct service: '${service}'.`);
  }
  if (!signature.signedHeaders.includes('host')) throw refused("'Host' must be a signed header.");
  const scope = `${signature.date}/${signature.region}/${signature.service}/aws4_request`;
  const hash = sha256(canonicalRequest(signature, request, body));
  const toSign = `AWS4-HMAC-SHA256\n${signature.stamp}\n${scope}\n${hash}`;
  const key = [signature.date, signature.region, signature.service, 'aws4_request'].reduce<string | Buffer>(
    (parent, part) => createHmac('sha256', parent).update(part).digest(),
    `AWS4${secret}`,
  );
  const expected = createHmac('sha256', key).update(toSign).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature.value, 'hex'))) {
    throw refused(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
}

function checkTime({ stamp, date, expiresSeconds }: Signature, now: number): void {
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(at) || !stamp.startsWith(date)) {
    throw new ServiceError('IncompleteSignatureException', 'X-Amz-Date is missing or does not fit.', 403);
  }
  if (at > now + MAX_SKEW_MS) throw refused(`Signature not yet current: ${stamp}`);
  if (expiresSeconds === undefined) {
    if (at < now - MAX_SKEW_MS) throw refused(`Signature expired: ${stamp}`);
    return;
  }
  if (!(expiresSeconds >= 1 && expiresSeconds <= MAX_EXPIRES_SECONDS)) {
    throw new ServiceError(
      'AuthorizationQueryParametersError',
      `Expected X-Amz-Expires to be 1 to ${MAX_EXPIRES_SECONDS}.`,
    );
  }
  if (at + expiresSeconds * 1000 < now) {
    throw new ServiceError('AccessDeniedException', 'Request has expired', 403);
  }
}

/** Longest life of a signed address, a week; source: S3 API reference, SigV4 query parameters, read 2026-08. */
const MAX_EXPIRES_SECONDS = 604_800;

const refused = (message: string): ServiceError =>
  new ServiceError('InvalidSignatureException', message, 403);

/** What of a request its signature stands for. */
export interface SignedParts {
  readonly signedHeaders: readonly string[];
  /** The signature stands in the address, which then leaves the body out. */
  readonly presigned: boolean;
}

/** SigV4's canonical request; source: IAM user guide, "Create a signed AWS API request", read 2026-08. */
export function canonicalRequest(
  { signedHeaders, presigned }: SignedParts,
  request: IncomingMessage,
  body: Uint8Array,
): string {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const query = [...url.searchParams]
    .filter(([name]) => !presigned || name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map((pair) => pair.join('='))
    .join('&');
  const headers = signedHeaders.map((name) => {
    const value = request.headers[name];
    const text = Array.isArray(value) ? value.join(',') : (value ?? '');
    return `${name}:${text.trim().replace(/\s+/g, ' ')}\n`;
  });
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const hash = presigned ? 'UNSIGNED-PAYLOAD' : bodyHash(request, body);
  return [request.method, path, query, headers.join(''), signedHeaders.join(';'), hash].join('\n');
}

function bodyHash(request: IncomingMessage, body: Uint8Array): string {
  const declared = request.headers['x-amz-content-sha256'];
  const actual = sha256(body);
  if (typeof declared === 'string' && /^[0-9a-f]{64}$/.test(declared) && declared !== actual) {
    throw new ServiceError('XAmzContentSHA256Mismatch', 'The body does not fit X-Amz-Content-Sha256.', 400);
  }
  return typeof declared === 'string' ? declared : actual;
}

/** SHA-256 in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
