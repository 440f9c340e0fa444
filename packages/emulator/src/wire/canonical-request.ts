import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ServiceError } from './service-error.js';

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
