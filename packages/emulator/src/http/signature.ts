import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../service.js';

/** What a SigV4 `Authorization` header says. */
export interface Signature {
  readonly accessKeyId: string;
  /** `yyyyMMdd` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly value: string;
}

/** How far a request's time may be off, in milliseconds; source: IAM user guide, SigV4, read 2026-08. */
export const MAX_SKEW_MS: number = 15 * 60 * 1000;

const HEADER =
  /^AWS4-HMAC-SHA256\s+Credential=([^/]+)\/(\d{8})\/([^/]*)\/([^/]*)\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;

/** Reads the signature; every request must carry one, as on AWS. */
export function parseSignature(request: IncomingMessage): Signature {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw new ServiceError(
      'MissingAuthenticationTokenException',
      'Request is missing Authentication Token. Any credentials will do: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      403,
    );
  }
  const match = HEADER.exec(header);
  if (match === null) {
    throw new ServiceError(
      'IncompleteSignatureException',
      'Authorization header is not a SigV4 signature.',
      403,
    );
  }
  const [, accessKeyId = '', date = '', region = '', service = '', headers = '', value = ''] = match;
  return { accessKeyId, date, region, service, signedHeaders: headers.split(';'), value };
}

/** Checks a signature against the secret. */
export function verifySignature(
  signature: Signature,
  request: IncomingMessage,
  body: Uint8Array,
  secret: string,
  now: number,
): void {
  const stamp = String(request.headers['x-amz-date'] ?? '');
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(at) || !stamp.startsWith(signature.date)) {
    throw new ServiceError('IncompleteSignatureException', 'X-Amz-Date is missing or does not fit.', 403);
  }
  if (Math.abs(now - at) > MAX_SKEW_MS) {
    const side = at < now ? 'expired' : 'not yet current';
    throw new ServiceError('InvalidSignatureException', `Signature ${side}: ${stamp}`, 403);
  }
  const scope = `${signature.date}/${signature.region}/${signature.service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonicalRequest(signature, request, body))}`;
  const key = [signature.date, signature.region, signature.service, 'aws4_request'].reduce<string | Buffer>(
    (parent, part) => createHmac('sha256', parent).update(part).digest(),
    `AWS4${secret}`,
  );
  const expected = createHmac('sha256', key).update(toSign).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature.value, 'hex'))) {
    throw new ServiceError(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
      403,
    );
  }
}

function canonicalRequest(signature: Signature, request: IncomingMessage, body: Uint8Array): string {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = signature.signedHeaders.map((name) => {
    const value = request.headers[name];
    const text = Array.isArray(value) ? value.join(',') : (value ?? '');
    return `${name}:${text.trim().replace(/\s+/g, ' ')}\n`;
  });
  const declared = request.headers['x-amz-content-sha256'];
  const actual = sha256(body);
  if (typeof declared === 'string' && /^[0-9a-f]{64}$/.test(declared) && declared !== actual) {
    throw new ServiceError('XAmzContentSHA256Mismatch', 'The body does not fit X-Amz-Content-Sha256.', 400);
  }
  const hash = typeof declared === 'string' ? declared : actual;
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  return [request.method, path, query, headers.join(''), signature.signedHeaders.join(';'), hash].join('\n');
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
