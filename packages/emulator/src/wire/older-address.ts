import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { addressOf } from './address.js';
import { ServiceError } from './service-error.js';

/**
 * A signature of the older kind in a presigned URL of S3, which Python's SDK writes unless it is configured otherwise; source: S3 user guide,
 * "Signing and authenticating REST requests", read 2026-11.
 */
export interface OlderSignature {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** HMAC-SHA1. */
  readonly value: Buffer;
}

/** Reads the older signature of a URL; `undefined` where there is none. */
export function olderSignatureOf(request: IncomingMessage): OlderSignature | undefined {
  const { query } = addressOf(request);
  if (request.headers.authorization !== undefined || query.has('X-Amz-Signature')) return undefined;
  if (!query.has('AWSAccessKeyId')) return undefined;
  const only = (name: string): string => {
    const [value = '', ...more] = query.getAll(name);
    return more.length === 0 ? value : '';
  };
  const value = Buffer.from(only('Signature'), 'base64');
  const expires = only('Expires');
  if (only('AWSAccessKeyId') === '' || value.length !== 20 || !/^\d{1,11}$/.test(expires)) {
    throw new ServiceError(
      'AccessDeniedException',
      'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters, once each.',
      403,
    );
  }
  return { expiresAt: Number(expires) * 1000, value };
}

/** Checks the time of an older signature, and its value against the secret. */
export function verifyOlder(
  { expiresAt, value }: OlderSignature,
  request: IncomingMessage,
  { secret, now }: { readonly secret: string; readonly now: number },
): void {
  if (expiresAt < now) throw new ServiceError('AccessDeniedException', 'Request has expired', 403);
  const expected = createHmac('sha1', secret)
    .update(textToSign(request, expiresAt / 1000))
    .digest();
  if (timingSafeEqual(expected, value)) return;
  throw new ServiceError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    403,
  );
}

/** Queries that an older signature covers. */
const covered = new Set(
  `accelerate acl cors delete lifecycle location logging notification partNumber policy requestPayment restore tagging torrent
  uploadId uploads versionId versioning versions website response-cache-control response-content-disposition
  response-content-encoding response-content-language response-content-type response-expires`.split(/\s+/),
);

function textToSign(request: IncomingMessage, expires: number): string {
  const { path, query } = addressOf(request);
  // What was a header when the URL was signed may be in it.
  const header = (name: string): string => String(request.headers[name] ?? query.get(name) ?? '').trim();
  const names = new Set([...Object.keys(request.headers), ...query.keys()]);
  const own = [...names].filter((name) => name.startsWith('x-amz-')).sort();
  const parts = [...query]
    .filter(([name]) => covered.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const [, bucket] = /^([^:]+?)\.(?:s3\.)?localhost(?::\d+)?$/.exec(request.headers.host ?? '') ?? [];
  const resource = `${bucket === undefined ? '' : `/${bucket}`}${path}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
  return [
    request.method,
    header('content-md5'),
    header('content-type'),
    expires,
    ...own.map((name) => `${name}:${header(name)}`),
    resource,
  ].join('\n');
}
