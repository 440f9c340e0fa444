import { expect, test } from 'vitest';
import { startedEmulator } from '../clients.js';

const signed = 'AWSAccessKeyId=AKID&Signature=nO%2FTfF5fmyNVNPgGySB9mDU0qTE%3D&Expires=4102444800';

test('an object whose presigned URL has metadata beyond Latin-1 can be read', async () => {
  const { endpoint } = await startedEmulator();
  const call = (method: string, path: string, query = ''): Promise<Response> =>
    fetch(`${endpoint}/${path}?${signed}${query}`, { method });
  await call('PUT', 'lake');
  expect((await call('PUT', 'lake/a', '&x-amz-meta-place=%E6%9D%B1%E4%BA%AC')).status).toBe(200);
  const read = await call('GET', 'lake/a');
  expect(read.status).toBe(200);
  expect(Buffer.from(read.headers.get('x-amz-meta-place') ?? '', 'latin1').toString()).toBe('東京');

  expect((await call('PUT', 'lake/b', '&x-amz-meta-place=a%0Ab')).status).toBe(400);
  // What is no name of a header is none.
  expect((await call('PUT', 'lake/c', '&x-amz-meta-%C3%A4%20=a')).status).toBe(200);
  expect((await call('GET', 'lake/c')).status).toBe(200);
});

test('a document of more elements than any request has is refused', async () => {
  const { endpoint } = await startedEmulator();
  const call = (method: string, path: string, body?: string): Promise<Response> =>
    fetch(`${endpoint}/${path}${signed}`, { method, body: body ?? null });
  await call('PUT', 'lake?');
  const deleted = async (elements: number): Promise<string> => {
    const body = `<Delete><Object><Key>a</Key></Object>${'<a/>'.repeat(elements)}</Delete>`;
    return (await call('POST', 'lake?delete&', body)).text();
  };
  expect(await deleted(200_000)).toContain('<Code>MalformedXML</Code>');
  expect(await deleted(10)).toContain('<Code>InvalidRequest</Code><Message>Missing required header');
});
