import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { startEmulator } from '@store/emulator';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const dataDir = await mkdtemp(join(tmpdir(), 'emulator-example-'));
const emulator = await startEmulator({ dataDir });

const firehose = new FirehoseClient({
  endpoint: emulator.endpoint, // or AWS_ENDPOINT_URL, and nothing in the code
  region: 'us-east-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
await firehose.send(
  new CreateDeliveryStreamCommand({
    DeliveryStreamName: 'readings',
    ExtendedS3DestinationConfiguration: {
      RoleARN: 'arn:aws:iam::000000000000:role/firehose',
      BucketARN: 'arn:aws:s3:::lake',
      Prefix: 'readings/day=!{timestamp:yyyy-MM-dd}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
    },
  }),
);
const answer = await firehose.send(
  new PutRecordBatchCommand({
    DeliveryStreamName: 'readings',
    Records: ['{"sensor":1,"celsius":4.5}\n', '{"sensor":2,"celsius":-1}\n'].map((text) => ({
      Data: Buffer.from(text),
    })),
  }),
);
console.log('refused:', answer.FailedPutCount);

await emulator.flush();
const folder = join(emulator.lakeDir, 'lake');
const paths = await readdir(folder, { recursive: true });
const file = paths.find((path) => path.includes('readings-1-')) ?? '';
console.log(await readFile(join(folder, file), 'utf8'));

await emulator.close();
await rm(dataDir, { recursive: true });
