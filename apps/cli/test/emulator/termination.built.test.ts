import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ended, start } from '../built-command.js';
import { temporaryFolder } from '../folder.js';

test('SIGTERM ends `store emulator` with 0, and what a silent function keeps is named and is there after the next start', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  await once(silent, 'listening');
  // A server that listens on a port has such an address.
  const { port } = silent.address() as AddressInfo;
  const cwd = await temporaryFolder();
  const args = ['emulator', '--no-setup', '--json', '--port', '0', '--data', join(cwd, 'data')];
  const first = start(args, cwd);
  const [greeting] = (await once(first.stdout, 'data')) as [Buffer];
  const { endpoint } = JSON.parse(greeting.toString()) as { endpoint: string };
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };
  const firehose = new FirehoseClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: 'slow',
      ExtendedS3DestinationConfiguration: {
        RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        BucketARN: 'arn:aws:s3:::slow-bucket',
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: 'Lambda',
              Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: `http://127.0.0.1:${port}` }],
            },
          ],
        },
      },
    }),
  );
  await firehose.send(
    new PutRecordCommand({ DeliveryStreamName: 'slow', Record: { Data: Buffer.from('kept') } }),
  );
  firehose.destroy();
  first.kill('SIGTERM');
  const { code, stderr } = await ended(first);
  expect(code).toBe(0);
  expect(stderr).toContain('Not delivered yet, and kept for the next start: 1 records of slow');
  const second = start(args, cwd);
  const [again] = (await once(second.stdout, 'data')) as [Buffer];
  const status = await fetch(
    `${(JSON.parse(again.toString()) as { endpoint: string }).endpoint}/_emulator/status`,
  );
  expect(await status.json()).toMatchObject({ streams: [{ name: 'slow', undeliveredRecords: 1 }] });
  second.kill('SIGTERM');
  expect((await ended(second)).code).toBe(0);
});
