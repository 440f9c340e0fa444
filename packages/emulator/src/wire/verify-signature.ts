import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { addressOf } from './address.js';
import { ServiceError } from './service-error.js';
import { refused, type Signature } from './signature.js';

/** What a signature is checked against, besides its request. */
export interface SignedBody {
  /** `undefined` where it is read later, and checked against the declared hash then. */
  readonly bytes: Uint8Array | undefined;
  /** Whether the request may say that its body is not signed: S3's may. */
  readonly mayBeUnsigned: boolean;
}

/** Checks the value of a signature against the secret. */
export function verifySignature(
  signature: Signature,
  request: IncomingMessage,
  body: SignedBody,
  secret: string,
): void {
  const scope = `${signature.date}/${signature.region}/${signature.service}/aws4_request`;
  const hash = sha256(canonicalRequest(signature, request, body));
  const toSign = `AWS4-HMAC-SHA256\n${signature.stamp}\n${scope}\n${hash}`;
  const key = signingKey(signature, secret);
  const expected = createHmac('sha256', key).update(toSign).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature.value, 'hex'))) {
    throw refused(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
}

/** The key that a signature of that day, region and service is made with. */
export function signingKey(
  { date, region, service }: Pick<Signature, 'date' | 'region' | 'service'>,
  secret: string,
): string | Buffer {
  return [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (parent, part) => createHmac('sha256', parent).update(part).digest(),
    `AWS4${secret}`,
  );
}

/** SigV4's canonical request; source: IAM user guide, "Create a signed AWS API request", read 2026-08. */
function canonicalRequest(
  { signedHeaders, presigned }: Signature,
  request: IncomingMessage,
  body: SignedBody,
): string {
  const address = addressOf(request);
  const query = [...address.query]
    .filter(([name]) => !presigned || name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map((pair) => pair.join('='))
    .join('&');
  const headers = signedHeaders.map((name) => {
    const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
    const text = Array.isArray(value) ? value.join(',') : (value ?? '');
    return `${name}:${text.trim().replace(/\s+/g, ' ')}\n`;
  });
  // S3's presigned URLs leave out the body; those of other services cover it.
  const hash = presigned && body.mayBeUnsigned ? 'UNSIGNED-PAYLOAD' : bodyHash(request, body);
  return [request.method, address.path, query, headers.join(''), signedHeaders.join(';'), hash].join('\n');
}

/** S3 takes a word in the place of the hash (S3 API reference, "Signature calculations", read 2026-11); no other service does. */
function bodyHash(request: IncomingMessage, { bytes, mayBeUnsigned }: SignedBody): string {
  const declared = String(request.headers['x-amz-content-sha256'] ?? '');
  if (mayBeUnsigned && /^(?:UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/.test(declared)) return declared;
  if (bytes === undefined) {
    if (/^[0-9a-f]{64}$/.test(declared)) return declared;
    throw new ServiceError(
      'InvalidRequest',
      'Missing required header for this request: x-amz-content-sha256',
    );
  }
  const actual = sha256(bytes);
  if (/^[0-9a-f]{64}$/.test(declared) && declared !== actual) {
    throw new ServiceError('XAmzContentSHA256Mismatch', 'The body does not fit X-Amz-Content-Sha256.', 400);
  }
  return actual;
}

/** SHA-256 in hexadecimal. */
function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
