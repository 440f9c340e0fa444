import { DeleteDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { test } from 'vitest';
import { feedSays, storeUp } from './store-up.js';

test('a delivery stream that is deleted under a run is what happened, and not only a silent producer', async () => {
  const { page, endpoint } = await storeUp(['--stores', '5', '--products', '20', '--speed', '3600']);
  const client = new FirehoseClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName: 'inventory-events' }));
  client.destroy();
  await feedSays(page, /"text":"Nothing can be delivered: Firehose inventory-events .* not found\./);
});
