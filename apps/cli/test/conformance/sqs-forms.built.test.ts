import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedFor } from '../authorization.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';
import { sqsForms } from './sqs-forms-table.js';

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint(['--reuse-queue-names']);
  for (const QueueName of ['forms', 'other-forms']) await served.json('AmazonSQS.CreateQueue', { QueueName });
});

afterAll(() => served.stop());

const inPlace = (text: string): string => text.replaceAll('{queue}', '/000000000000/forms');

test.each(sqsForms)(
  '$name: $request',
  async ({ request, body, headers = {}, status, contentType, holds, lacks = [] }) => {
    const [method = '', path = ''] = inPlace(request).split(' ');
    const response = await fetch(`${served.endpoint}${path}`, {
      method,
      headers: {
        ...signedFor('sqs'),
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: inPlace(body) }),
    });
    const text = await response.text();
    expect(response.status, text).toBe(status);
    expect(response.headers.get('content-type')).toContain(contentType);
    for (const part of holds) expect(text).toContain(part);
    for (const part of lacks) expect(text).not.toContain(part);
  },
);

test('the name of a deleted queue is free immediately where that is asked for', async () => {
  const input = { QueueName: 'again' };
  const url = `${served.endpoint}/000000000000/again`;
  for (let times = 0; times < 2; times += 1) {
    expect(await served.json('AmazonSQS.CreateQueue', input)).toMatchObject({
      status: 200,
      text: JSON.stringify({ QueueUrl: url }),
    });
    expect(await served.json('AmazonSQS.DeleteQueue', { QueueUrl: url })).toMatchObject({ status: 200 });
  }
});
