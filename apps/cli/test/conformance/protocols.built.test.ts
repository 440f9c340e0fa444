import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
});

afterAll(() => served.stop());

test('one queue is seen in both protocols of SQS', async () => {
  const created = await served.json('AmazonSQS.CreateQueue', { QueueName: 'deliveries' });
  expect(created.status).toBe(200);
  const found = await served.query({ Action: 'GetQueueUrl', QueueName: 'deliveries' });
  expect(found.text).toContain('/deliveries</QueueUrl>');
});
