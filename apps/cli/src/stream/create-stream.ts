import { setTimeout as delay } from 'node:timers/promises';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { isLoopbackUrl } from '@store/foundation';
import { toFirehoseConversion, type GlueColumn, type TableSchema } from '@store/glue-schema';
import { pushTable, type PushResult } from '@store/glue-schema/catalog';
import { clientOptions, endpointOf } from '../aws/client-options.js';
import { localRole } from '../inventory/lake.js';
import { names } from '../inventory/names.js';
import { plural } from '../output/format.js';
import { jsonText } from '../output/write-out.js';
import { finish, sourceOf, type SchemaFlags, type SchemaSource } from '../schema/flags.js';
import { readType } from '../schema/read-type.js';
import { wantedTable } from '../schema/run-schema-catalog.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { describeStream, type DescribedStream } from './described-stream.js';

/** Flags of `store stream create`. */
export interface CreateStreamFlags extends SchemaFlags {
  readonly database: string;
  readonly table?: string;
  readonly bucket?: string;
  readonly role?: string;
}

/** What is made for a stream. */
interface StreamPlan {
  readonly database: string;
  readonly table: string;
  readonly bucket: string;
  readonly roleArn: string;
}

/** Runs `store stream create`: what exists as it should be stays, and what differs is an error. */
export async function runCreateStream(
  name: string,
  flags: CreateStreamFlags,
  terminal: Terminal,
): Promise<void> {
  const plan = planOf(name, flags, terminal.env);
  const source = await sourceOf(flags, terminal);
  await finish(terminal, async (output) => {
    const { schema } = readType(source, output);
    if (schema === undefined) return 1;
    const made = await make(name, schema, plan, source, terminal);
    if (flags.json === true) output.stdout(`${jsonText(made, 2)}\n`);
    else if (flags.quiet !== true) {
      const { stream, table } = made;
      const columns = plural(table.columns.length, 'column');
      output.stdout(
        `table ${table.name}: ${table.action}, ${columns}\ndelivery stream ${name}: ${stream.action}\n`,
      );
    }
    return 0;
  });
}

/** What was made, as `--json` prints it. */
interface Made {
  readonly stream: { readonly name: string; readonly action: 'created' | 'unchanged' };
  readonly table: {
    readonly name: string;
    readonly action: PushResult['action'];
    readonly columns: readonly GlueColumn[];
  };
  readonly bucket: string;
}

async function make(
  name: string,
  schema: TableSchema,
  plan: StreamPlan,
  source: SchemaSource,
  { env, signal }: Terminal,
): Promise<Made> {
  const firehose = new FirehoseClient(clientOptions('FIREHOSE', env));
  const glue = new GlueClient(clientOptions('GLUE', env));
  try {
    const { database, table, bucket } = plan;
    const before = await streamIfThere(firehose, name, signal);
    if (before !== undefined) requireSame(before, plan);
    const location = `s3://${bucket}/${name}/`;
    const wanted = await wantedTable(schema, { ...source, database, table, location, signal }, glue);
    const { action } = await pushTable(glue, { ...wanted, createDatabase: true });
    if (before === undefined) await createStream(firehose, name, schema, plan);
    await untilActive(firehose, name, signal);
    return {
      stream: { name, action: before === undefined ? 'created' : 'unchanged' },
      table: { name: `${database}.${table}`, action, columns: wanted.table.StorageDescriptor.Columns },
      bucket,
    };
  } finally {
    firehose.destroy();
    glue.destroy();
  }
}

/** On AWS bucket and role are the account's own; an endpoint on this machine has neither accounts nor buckets. */
function planOf(
  name: string,
  { database, table, bucket, role }: CreateStreamFlags,
  env: Terminal['env'],
): StreamPlan {
  const endpoint = endpointOf('FIREHOSE', env);
  const isLocal = endpoint !== undefined && isLoopbackUrl(endpoint);
  const missing = [
    ...(bucket === undefined && !isLocal ? ['--bucket'] : []),
    ...(role === undefined && !isLocal ? ['--role'] : []),
  ];
  if (missing.length > 0)
    throw new CliError(
      'USAGE',
      `Expected ${missing.join(' and ')}: on AWS a delivery stream writes to a bucket of yours, in a role of yours.`,
      {
        fix: 'Name them, or set AWS_ENDPOINT_URL to an endpoint on this machine: `store emulator` prints it.',
      },
    );
  return {
    database,
    // As Glue takes names: lower case, digits and underscores.
    table: table ?? name.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_'),
    bucket: bucket ?? names.bucket,
    roleArn: role ?? localRole,
  };
}

async function streamIfThere(
  firehose: FirehoseClient,
  name: string,
  signal: AbortSignal,
): Promise<DescribedStream | undefined> {
  try {
    return await describeStream(firehose, name, signal);
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

function requireSame({ name, bucket, table }: DescribedStream, plan: StreamPlan): void {
  const has = table === undefined ? 'no table' : `${table.database}.${table.name}`;
  const wants = `${plan.database}.${plan.table}`;
  if (has === wants && bucket === plan.bucket) return;
  throw new CliError(
    'STREAM_DIFFERS',
    `There is a delivery stream ${name} that converts to ${has} in the bucket ${bucket ?? '(none)'}, not to ${wants} in ${plan.bucket}.`,
    { fix: 'Choose another name, or name its table and bucket with --database, --table and --bucket.' },
  );
}

/** JSON in, Parquet out, by the newest version of the table. */
async function createStream(
  firehose: FirehoseClient,
  name: string,
  schema: TableSchema,
  { database, table, bucket, roleArn }: StreamPlan,
): Promise<void> {
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: name,
      DeliveryStreamType: 'DirectPut',
      ExtendedS3DestinationConfiguration: {
        RoleARN: roleArn,
        BucketARN: `arn:aws:s3:::${bucket}`,
        Prefix: `${name}/`,
        ErrorOutputPrefix: `errors/${name}/!{firehose:error-output-type}/`,
        BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
        DataFormatConversionConfiguration: toFirehoseConversion(schema, {
          databaseName: database,
          tableName: table,
          roleArn,
        }),
      },
    }),
  );
}

async function untilActive(firehose: FirehoseClient, name: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { status } = await describeStream(firehose, name, signal);
    if (status === 'ACTIVE') return;
    if (status !== 'CREATING')
      throw new CliError('STREAM_DIFFERS', `The delivery stream ${name} is ${status}, not ACTIVE.`, {
        fix: 'Wait until it is deleted, or choose another name.',
      });
    // AWS takes about a minute, the embedded endpoint none.
    await delay(endpointWaitMs, undefined, { signal });
  }
}

/** Milliseconds between two looks at a stream that is being made. */
const endpointWaitMs = 200;
