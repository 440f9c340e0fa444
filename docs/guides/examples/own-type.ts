import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { startEmulator } from '@store/emulator';
import { createFirehoseProducer } from '@store/firehose';
import { toFirehoseConversion, toTableInput } from '@store/glue-schema';
import { emitSchema } from '@store/glue-schema/compiler';
import type { Order } from './order.js';

// 1. The type gives the table. Anything without an honest column would be a diagnostic here.
const entry = join(import.meta.dirname, 'order.ts');
const { schema, diagnostics } = emitSchema({ entry, type: 'Order', tsconfig: 'tsconfig.json' });
if (schema === undefined) throw new Error(diagnostics[0]?.message);
const table = toTableInput(schema, { tableName: 'orders', location: 's3://lake/orders/', format: 'parquet' });
for (const { Name, Type } of table.StorageDescriptor.Columns) console.log(`${Name}: ${Type}`);

// 2. An endpoint on this machine; with AWS, leave out `endpoint` and use the names of your stack.
const dataDir = await mkdtemp(join(tmpdir(), 'orders-'));
const emulator = await startEmulator({ dataDir });
const local = {
  endpoint: emulator.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};
const glue = new GlueClient(local);
await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'shop' } }));
await glue.send(new CreateTableCommand({ DatabaseName: 'shop', TableInput: table }));
const roleArn = 'arn:aws:iam::000000000000:role/delivery';
const firehose = new FirehoseClient(local);
await firehose.send(
  new CreateDeliveryStreamCommand({
    DeliveryStreamName: 'orders',
    ExtendedS3DestinationConfiguration: {
      RoleARN: roleArn,
      BucketARN: 'arn:aws:s3:::lake',
      Prefix: 'orders/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
      BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
      DataFormatConversionConfiguration: toFirehoseConversion(schema, {
        databaseName: 'shop',
        tableName: 'orders',
        roleArn,
      }),
    },
  }),
);

// 3. Send, deliver, ask.
function* orders(): Generator<Order> {
  for (let id = 1; id <= 1000; id++) {
    yield { id, placed_at: '2026-01-05T08:00:00.000Z', total: (id % 7) + 0.5, tags: ['web'] };
  }
}
await using producer = createFirehoseProducer<Order>({ deliveryStreamName: 'orders', client: firehose });
await producer.pipe(orders());
await producer.flush();
await emulator.flush();
console.log(
  await emulator.query('select count(*) as orders, cast(sum(total) as double) as total from shop.orders'),
);

firehose.destroy();
glue.destroy();
await emulator.close();
await rm(dataDir, { recursive: true });
