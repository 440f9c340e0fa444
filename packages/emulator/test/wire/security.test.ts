import { createHash, createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emulatorDefaults, startEmulator } from '../../src/index.js';
import { startedEmulator, temporaryFolder } from '../clients.js';

const SECRET = 'the-secret';

/** What a client that nobody checks sends. */
const signed = {
  authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
};

interface Signing {
  readonly target?: string;
  readonly region?: string;
  readonly service?: string;
  readonly secret?: string;
  /** Added to the present time. */
  readonly shiftMs?: number;
  /** What is sent, where it differs from what was signed. */
  readonly sent?: string;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function keyOf(secret: string, parts: readonly string[]): string | Buffer {
  return parts.reduce<string | Buffer>((key, part) => hmac(key, part), `AWS4${secret}`);
}

function stampOf(shiftMs: number): string {
  return new Date(Date.now() + shiftMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Signs a call by hand, so that any part of it can be wrong. */
async function call(endpoint: string, signing: Signing = {}): Promise<{ status: number; type: unknown }> {
  const { region = 'us-east-1', service = 'firehose', secret = SECRET, shiftMs = 0 } = signing;
  const target = signing.target ?? 'Firehose_20150804.ListDeliveryStreams';
  const stamp = stampOf(shiftMs);
  const scope = [stamp.slice(0, 8), region, service, 'aws4_request'];
  const { host } = new URL(endpoint);
  const canonical = `POST\n/\n\nhost:${host}\nx-amz-date:${stamp}\nx-amz-target:${target}\n\nhost;x-amz-date;x-amz-target\n${sha256('{}')}`;
  const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope.join('/')}\n${sha256(canonical)}`;
  const value = hmac(keyOf(secret, scope), toSign).toString('hex');
  const answer = await fetch(endpoint, {
    method: 'POST',
    body: signing.sent ?? '{}',
    headers: {
      'x-amz-date': stamp,
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=AKID/${scope.join('/')}, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${value}`,
    },
  });
  // Every answer of these services is an object.
  const body = (await answer.json()) as { __type?: string; message?: string };
  return {
    status: answer.status,
    type: body.__type === undefined ? 'fine' : `${body.__type}: ${body.message}`,
  };
}

test('a signature is for one secret, region, service, body and quarter of an hour', async () => {
  const { endpoint } = await startedEmulator({ secretAccessKey: SECRET });
  const refused = async (signing: Signing, reason: string): Promise<void> => {
    expect(await call(endpoint, signing)).toMatchObject({
      status: 403,
      type: expect.stringContaining(reason) as unknown,
    });
  };
  expect(await call(endpoint)).toEqual({ status: 200, type: 'fine' });
  await refused({ secret: 'other' }, 'InvalidSignatureException: The request signature we calculated');
  await refused({ region: 'eu-west-1' }, 'Credential should be scoped to a valid region');
  await refused({ service: 's3' }, `Credential should be scoped to correct service: 'firehose'`);
  await refused({ shiftMs: -16 * 60_000 }, 'InvalidSignatureException: Signature expired');
  await refused({ shiftMs: 16 * 60_000 }, 'InvalidSignatureException: Signature not yet current');
  await refused({ sent: '{"Limit":1}' }, 'The request signature we calculated');
});

function presigned(endpoint: string, path: string, change: Readonly<Record<string, string>> = {}): string {
  const stamp = stampOf(Number(change.shiftMs ?? 0));
  const scope = [stamp.slice(0, 8), 'us-east-1', 's3', 'aws4_request'];
  const query = Object.entries({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `AKID/${scope.join('/')}`,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': change.expires ?? '60',
    'X-Amz-SignedHeaders': 'host',
  })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const { host } = new URL(endpoint);
  const canonical = `GET\n${path}\n${query}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope.join('/')}\n${sha256(canonical)}`;
  const value = hmac(keyOf(change.secret ?? SECRET, scope), toSign).toString('hex');
  return `${endpoint}${path}?${query}&X-Amz-Signature=${value}`;
}

test('a presigned URL is good until it expires, and errors come as S3 writes them', async () => {
  const { endpoint } = await startedEmulator({ secretAccessKey: SECRET });
  const fetched = async (change?: Readonly<Record<string, string>>): Promise<string> =>
    (await fetch(presigned(endpoint, '/no-such-bucket/key', change))).text();
  expect(await fetched()).toContain('<Code>NoSuchBucket</Code>');
  expect(await fetched({ secret: 'other' })).toContain('<Code>SignatureDoesNotMatch</Code>');
  expect(await fetched({ shiftMs: '-120000' })).toContain('<Message>Request has expired</Message>');
  expect(await fetched({ expires: '700000' })).toContain('<Code>AuthorizationQueryParametersError</Code>');
});

// Written by botocore 1.43 for this access key and secret, good until 2100.
const olderGet =
  '/lake/a%20b/%C3%A4.txt?response-content-type=text%2Fx-shelf&AWSAccessKeyId=AKIDTEST&Signature=i8JG7383%2FLXbtWkS9QfoeoCpdcQ%3D&Expires=4102444800';
const olderPut =
  '/lake/a%20b/%C3%A4.txt?AWSAccessKeyId=AKIDTEST&Signature=nO%2FTfF5fmyNVNPgGySB9mDU0qTE%3D&content-type=text%2Fplain&x-amz-meta-shelf=7&Expires=4102444800';

test('a URL that is presigned the older way is good for its secret, method, names and time', async () => {
  const { endpoint } = await startedEmulator({ secretAccessKey: 'secret' });
  const answer = async (path: string, method = 'GET'): Promise<string> =>
    (
      await fetch(`${endpoint}${path}`, {
        method,
        ...(method === 'PUT' ? { body: 'x', headers: { 'content-type': 'text/plain' } } : {}),
      })
    ).text();
  expect(await answer(olderGet)).toContain('<Code>NoSuchBucket</Code>');
  expect(await answer(olderPut, 'PUT')).toContain('<Code>NoSuchBucket</Code>');
  for (const wrong of [
    olderGet.replace('a%20b', 'a%20c'),
    olderGet.replace('x-shelf', 'x-other'),
    olderGet.replace('4102444800', '4102444801'),
    olderPut.replace('shelf=7', 'shelf=8'),
  ]) {
    expect(await answer(wrong)).toContain('<Code>SignatureDoesNotMatch</Code>');
  }
  expect(await answer(olderPut)).toContain('<Code>SignatureDoesNotMatch</Code>');
  expect(await answer(olderGet.replace('4102444800', '1141889120'))).toContain('Request has expired');
  expect(await answer(olderGet.replace('i8JG7383', 'x'))).toContain('<Code>AccessDenied</Code>');
  expect(await answer(`${olderGet}&Expires=4102444800`)).toContain('<Code>AccessDenied</Code>');
});

test('an option that is undefined is not given: the endpoint stays on this machine', async () => {
  const none = Object.fromEntries(Object.keys(emulatorDefaults).map((name) => [name, undefined]));
  const { endpoint } = await startedEmulator(none);
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('only a secret opens the endpoint to other machines', async () => {
  const dataDir = await temporaryFolder();
  await expect(startEmulator({ dataDir, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
});

// Containers often have no IPv6.
const hasIpv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
);

test.skipIf(!hasIpv6)('an address of IPv6 is one that clients can call', async () => {
  const { endpoint } = await startedEmulator({ host: '::1' });
  expect(endpoint).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect((await fetch(`${endpoint}/_emulator/faults`)).status).toBe(200);
});

test('a key or a bucket never leads out of the lake', async () => {
  const dataDir = await temporaryFolder();
  const { endpoint } = await startedEmulator({ dataDir });
  // There is something to find, should a path lead to it.
  await writeFile(join(dataDir, 'state', 'secret'), 'not of the lake');
  const { host, port } = new URL(endpoint);
  const get = (path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = {
        host,
        ...signed,
      };
      // As written: fetch would take the dots out of the path itself.
      httpRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  for (const path of [
    '/../state/secret',
    '/..%2fstate%2fsecret',
    '/%2e%2e/state/secret',
    '/bucket/..%2f..%2fstate%2fsecret',
    '/bucket/%00',
  ]) {
    expect(await get(path), path).toBe(404);
  }
  expect(await get('/%E0%A4%A')).toBe(400);
});

test('a body beyond 16 MiB is refused, whether it says so or not', async () => {
  const { endpoint } = await startedEmulator();
  const url = new URL(endpoint);
  const statusOf = (headers: Readonly<Record<string, string>>, chunk: Buffer): Promise<unknown> =>
    new Promise((resolve) => {
      const request = httpRequest(url, { method: 'POST', headers: { ...signed, ...headers } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', resolve);
      request.write(chunk);
      if (!('content-length' in headers)) request.end();
    });
  expect(await statusOf({ 'content-length': String(64 * 1024 * 1024) }, Buffer.alloc(1))).toBe(413);
  const unsaid = await statusOf({ 'transfer-encoding': 'chunked' }, Buffer.alloc(17 * 1024 * 1024));
  expect(unsaid instanceof Error || unsaid === 413).toBe(true);
});

test('headers beyond 16 KiB and lines that are no HTTP close the connection', async () => {
  const { endpoint } = await startedEmulator();
  const { port } = new URL(endpoint);
  const answered = (bytes: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        resolve(text.split('\r\n')[0] ?? '');
      });
    });
  expect(await answered('nonsense\r\n\r\n')).toBe('HTTP/1.1 400 Bad Request');
  const long = `GET / HTTP/1.1\r\nHost: localhost\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`;
  expect(await answered(long)).toBe('HTTP/1.1 431 Request Header Fields Too Large');
});
