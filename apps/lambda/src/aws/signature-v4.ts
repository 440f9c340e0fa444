import { createHash, createHmac } from 'node:crypto';

/** Keys that sign a call. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** One POST to sign. */
export interface UnsignedCall {
  /** With its port, where it has one. */
  readonly host: string;
  /** Every header that goes out, in lower case, except those that signing adds. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in lower-case hexadecimal digits. */
  readonly bodyHash: string;
  readonly region: string;
  /** AWS's name of the service: `firehose`, `sqs`, `athena`, `events`. */
  readonly service: string;
  readonly nowMs: number;
}

/**
 * Headers of a POST to `/`, signed by AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API
 * request"). A test holds it against the AWS SDK's own signer.
 */
export function signCall(call: UnsignedCall, credentials: Credentials): Readonly<Record<string, string>> {
  const { host, bodyHash, region, service, nowMs } = call;
  const time = new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const date = time.slice(0, 8);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const headers: Record<string, string> = {
    ...call.headers,
    host,
    'x-amz-content-sha256': bodyHash,
    'x-amz-date': time,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const signed = names.join(';');
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    signed,
    bodyHash,
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
  const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  const signature = hmac(key, text).toString('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
  return headers;
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
