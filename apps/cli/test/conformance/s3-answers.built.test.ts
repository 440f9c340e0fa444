import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedFor } from '../authorization.js';
import { askAthena } from './athena-client.js';
import { s3ConditionCases } from './s3-condition-table.js';
import { s3QueryCases } from './s3-query-table.js';
import { s3TaggingCases } from './s3-tagging-table.js';
import { s3Cases } from './s3-table.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
});

afterAll(() => served.stop());

test.each([...s3Cases, ...s3ConditionCases, ...s3QueryCases, ...s3TaggingCases])(
  '$name: $request',
  async ({ request, headers = {}, body, status, holds, inOrder = false, answers = {} }) => {
    const [method = '', path = ''] = request.split(' ');
    const isSigned = path.includes('&Signature=');
    const response = await fetch(`${served.endpoint}${path}`, {
      method,
      headers: { ...(isSigned ? {} : signedFor('s3')), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    expect(response.status, text).toBe(status);
    if (holds.length === 0) expect(text).toBe('');
    for (const part of holds) expect(text).toContain(part);
    if (inOrder) {
      const places = holds.map((part) => text.indexOf(part));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
    for (const [name, value] of Object.entries(answers)) expect(response.headers.get(name)).toBe(value);
  },
);

async function s3(request: string, body?: string | Buffer, headers = {}): Promise<Response> {
  const [method = '', path = ''] = request.split(' ');
  return fetch(`${served.endpoint}${path}`, {
    method,
    headers: { ...signedFor('s3'), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
}

async function startedUpload(key: string): Promise<string> {
  const text = await (await s3(`POST ${key}?uploads`)).text();
  return /<UploadId>([^<]+)<\/UploadId>/.exec(text)?.[1] ?? '';
}

async function putPart(key: string, id: string, number: number, bytes: Buffer): Promise<string> {
  const response = await s3(`PUT ${key}?partNumber=${number}&uploadId=${id}`, bytes);
  expect([response.status, await response.text()]).toEqual([200, '']);
  return response.headers.get('etag') ?? '';
}

const completion = (tags: readonly string[]): string => {
  const parts = tags.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
  return `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
};

const md5 = (bytes: Buffer): Buffer => createHash('md5').update(bytes).digest();

test('the tag of an upload is the MD5 of the MD5s of its parts, and their number', async () => {
  const parts = [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('the end')];
  const id = await startedUpload('/lake/parts');
  const tags: string[] = [];
  for (const [at, bytes] of parts.entries()) tags.push(await putPart('/lake/parts', id, at + 1, bytes));
  expect(tags).toEqual(parts.map((bytes) => `"${md5(bytes).toString('hex')}"`));
  expect(await (await s3(`GET /lake/parts?uploadId=${id}`)).text()).toMatch(/<Part>.*<Part>/s);
  const wrong = await s3(`POST /lake/parts?uploadId=${id}`, completion([tags[1] ?? '', tags[0] ?? '']));
  expect([wrong.status, await wrong.text()]).toEqual([
    400,
    expect.stringContaining('<Code>InvalidPart</Code>'),
  ]);
  const done = await s3(`POST /lake/parts?uploadId=${id}`, completion(tags));
  const etag = `"${md5(Buffer.concat(parts.map(md5))).toString('hex')}-2"`;
  const shown = etag.replaceAll('"', '&quot;');
  expect([done.status, await done.text()]).toEqual([200, expect.stringContaining(`<ETag>${shown}</ETag>`)]);
  const read = await s3('GET /lake/parts');
  expect(read.headers.get('etag')).toBe(etag);
  expect(Buffer.from(await read.arrayBuffer()).equals(Buffer.concat(parts))).toBe(true);
  const about = await s3('GET /lake/parts?attributes', undefined, {
    'x-amz-object-attributes': 'ObjectParts',
  });
  expect(await about.text()).toContain('<ObjectParts><PartsCount>2</PartsCount></ObjectParts>');
  const second = await s3('GET /lake/parts?partNumber=2');
  expect([second.status, second.headers.get('x-amz-mp-parts-count'), await second.text()]).toEqual([
    206,
    '2',
    'the end',
  ]);
});

test('a part under 5 MiB is refused where it is not the last, and an upload that is ended is gone', async () => {
  const id = await startedUpload('/lake/small');
  const tags = [
    await putPart('/lake/small', id, 1, Buffer.from('a')),
    await putPart('/lake/small', id, 2, Buffer.from('b')),
  ];
  const small = await s3(`POST /lake/small?uploadId=${id}`, completion(tags));
  expect(small.status).toBe(400);
  expect(await small.text()).toMatch(/<Code>EntityTooSmall<.*<MinSizeAllowed>5242880</s);
  const copied = await s3(`PUT /lake/small?partNumber=3&uploadId=${id}`, undefined, {
    'x-amz-copy-source': '/lake/f',
    'x-amz-copy-source-range': 'bytes=1-2',
  });
  expect([copied.status, await copied.text()]).toEqual([200, expect.stringContaining('<CopyPartResult')]);
  expect((await s3(`DELETE /lake/small?uploadId=${id}`)).status).toBe(204);
  const ended = await s3(`POST /lake/small?uploadId=${id}`, completion(tags));
  expect([ended.status, await ended.text()]).toEqual([
    404,
    expect.stringContaining('<Code>NoSuchUpload</Code>'),
  ]);
  expect((await s3('GET /lake/small')).status).toBe(404);
});

test('an object that is put is a row of the next query, and one that is deleted is none', async () => {
  await served.json('AWSGlue.CreateDatabase', { DatabaseInput: { Name: 'shop' } });
  await served.json('AWSGlue.CreateTable', {
    DatabaseName: 'shop',
    TableInput: {
      Name: 'sales',
      StorageDescriptor: {
        Columns: [{ Name: 'amount', Type: 'int' }],
        Location: 's3://lake/sales/',
        InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      },
    },
  });
  const sum = async (): Promise<unknown> =>
    (await askAthena(served, 'SELECT sum(amount) FROM shop.sales')).rows;
  await s3('PUT /lake/sales/1', '{"amount":1}\n{"amount":2}\n');
  expect(await sum()).toEqual([['3']]);
  await s3('PUT /lake/sales/2', '{"amount":4}\n');
  expect(await sum()).toEqual([['7']]);
  await s3('PUT /lake/sales/2', '{"amount":8}\n');
  expect(await sum()).toEqual([['11']]);
  await s3('DELETE /lake/sales/1');
  expect(await sum()).toEqual([['8']]);
});

test('a bucket without objects is deleted, and made again', async () => {
  expect((await s3('PUT /once')).status).toBe(200);
  await s3('PUT /once/x', 'x');
  expect((await s3('DELETE /once')).status).toBe(409);
  await s3('DELETE /once/x');
  const gone = await s3('DELETE /once');
  expect([gone.status, await gone.text()]).toEqual([204, '']);
  expect((await s3('GET /once')).status).toBe(404);
  expect((await s3('PUT /once')).status).toBe(200);
});
