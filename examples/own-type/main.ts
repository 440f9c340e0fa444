/** A type of your own to Parquet and SQL: table, delivery stream, 500 records, one query. Everything runs in this process. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { startEmulator } from '@store/emulator';
import { createFirehoseProducer } from '@store/firehose';
import { toFirehoseConversion, toTableInput } from '@store/glue-schema';
import { emitSchema } from '@store/glue-schema/compiler';
import type { Parcel } from './parcel.js';

// The type gives the columns; what has no honest column is a diagnostic.
const { schema, diagnostics } = emitSchema({ entry: join(import.meta.dirname, 'parcel.ts'), type: 'Parcel' });
if (schema === undefined) throw new Error(diagnostics[0]?.message);

const dataDir = await mkdtemp(join(tmpdir(), 'parcels-'));
const emulator = await startEmulator({ dataDir });
const { endpoint } = emulator;
const client = {
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

const glue = new GlueClient(client);
const TableInput = toTableInput(schema, { tableName: 'parcels', location: 's3://lake/parcels/' });
await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'warehouse' } }));
await glue.send(new CreateTableCommand({ DatabaseName: 'warehouse', TableInput }));
glue.destroy();

const firehose = new FirehoseClient(client);
const roleArn = 'arn:aws:iam::000000000000:role/delivery';
await firehose.send(
  new CreateDeliveryStreamCommand({
    DeliveryStreamName: 'parcels',
    ExtendedS3DestinationConfiguration: {
      RoleARN: roleArn,
      BucketARN: 'arn:aws:s3:::lake',
      Prefix: 'parcels/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
      BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
      DataFormatConversionConfiguration: toFirehoseConversion(schema, {
        databaseName: 'warehouse',
        tableName: 'parcels',
        roleArn,
      }),
    },
  }),
);

function* parcels(): Generator<Parcel> {
  for (let n = 1; n <= 500; n++) {
    const country = n % 3 === 0 ? 'PT' : 'NO';
    yield { parcel_id: `P-${n}`, shipped_at: '2026-01-05T08:00:00.000Z', country, grams: 100 + n };
  }
}
const producer = createFirehoseProducer<Parcel>({ deliveryStreamName: 'parcels', client: firehose });
await producer.pipe(parcels());
// Resolves when the endpoint has acknowledged every record.
await producer.close();
firehose.destroy();

await emulator.flush();
const files = await readdir(join(dataDir, 's3', 'lake', 'parcels'), { recursive: true });
console.log(`${files.filter((name) => name.endsWith('.parquet')).length} Parquet file`);
const rows = await emulator.query(
  'select country, count(*) as parcels, max(grams) as heaviest from warehouse.parcels group by country order by country',
);
for (const { country, parcels: count, heaviest } of rows)
  console.log(`${String(country)}: ${String(count)} parcels, the heaviest has ${String(heaviest)} g`);

await emulator.close();
await rm(dataDir, { recursive: true });
