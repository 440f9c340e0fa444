import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startEmulator, type Emulator } from '../../src/index.js';
import { createReadings, reading, readingsStream, record } from '../clients.js';
import { filesBelow } from '../lake-files.js';

/** A data folder as kill -9 leaves it, and what was acknowledged in it. */
export interface KilledFolder {
  readonly dataDir: string;
  readonly ids: readonly number[];
  readonly messages: readonly string[];
}

const RECORDS_A_CALL = 2;

/** Makes such a folder: calls in logs, older ones staged only, a table, and a queue with messages. */
export async function killedFolder(): Promise<KilledFolder> {
  const original = await mkdtemp(join(tmpdir(), 'damage-original-'));
  const ids: number[] = [];
  const messages: string[] = [];
  const first = await startEmulator({ dataDir: original });
  await createReadings(first);
  await withClients(first, async (firehose, sqs) => {
    await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
    await firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: 'plain',
        ExtendedS3DestinationConfiguration: {
          RoleARN: 'arn:aws:iam::000000000000:role/firehose',
          BucketARN: 'arn:aws:s3:::lake-bucket',
          Prefix: 'plain/',
          BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
        },
      }),
    );
    await sqs.send(new CreateQueueCommand({ QueueName: 'trucks' }));
    await send(first, firehose, sqs, 2, ids, messages);
  });
  await first.close();
  const second = await startEmulator({ dataDir: original });
  await withClients(second, (firehose, sqs) => send(second, firehose, sqs, 2, ids, messages));
  const dataDir = await mkdtemp(join(tmpdir(), 'damage-killed-'));
  cpSync(original, dataDir, { recursive: true, filter: (path) => !basename(path).startsWith('lock-') });
  await second.close();
  rmSync(original, { recursive: true, force: true });
  return { dataDir, ids, messages };
}

async function withClients<T>(
  { endpoint }: Emulator,
  work: (firehose: FirehoseClient, sqs: SQSClient) => Promise<T>,
): Promise<T> {
  const options = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  const firehose = new FirehoseClient(options);
  const sqs = new SQSClient(options);
  try {
    return await work(firehose, sqs);
  } finally {
    firehose.destroy();
    sqs.destroy();
  }
}

async function send(
  { endpoint }: Emulator,
  firehose: FirehoseClient,
  sqs: SQSClient,
  calls: number,
  ids: number[],
  messages: string[],
): Promise<void> {
  for (let call = 0; call < calls; call += 1) {
    for (const DeliveryStreamName of ['readings', 'plain']) {
      const added = Array.from({ length: RECORDS_A_CALL }, (_, index) => 1_000_000 + ids.length + index);
      const Records = added.map((id) => record(`${reading(id, 1)}\n`));
      await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
      ids.push(...added);
    }
    const body = `message ${messages.length}`;
    const QueueUrl = `${endpoint}/000000000000/trucks`;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    messages.push(body);
  }
}

/** One thing done to the files below a folder. */
export interface DamageCase {
  readonly name: string;
  readonly apply: (dataDir: string) => void;
}

/**
 * Everything that is done: each folder dropped and swapped, each byte flipped, each file dropped, cut at each length,
 * swapped and replaced.
 */
export async function* damageCases(folder: KilledFolder): AsyncGenerator<DamageCase> {
  yield* folderCases(folder);
  yield* fileCases(folder);
}

/** Each folder below the state folder dropped, and each swapped with each other. */
export function* folderCases({ dataDir }: KilledFolder): Generator<DamageCase> {
  const folders = readdirSync(join(dataDir, 'state'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)));
  for (const path of folders) {
    yield {
      name: `${path} dropped`,
      apply: (at) => {
        rmSync(join(at, path), { recursive: true });
      },
    };
    for (const other of folders) {
      if (other <= path || other.startsWith(`${path}${sep}`)) continue;
      yield swap(path, other);
    }
  }
}

function swap(path: string, other: string): DamageCase {
  return {
    name: `${path} swapped with ${other}`,
    apply: (at) => {
      renameSync(join(at, path), join(at, 'swap'));
      renameSync(join(at, other), join(at, path));
      renameSync(join(at, 'swap'), join(at, other));
    },
  };
}

async function* fileCases({ dataDir }: KilledFolder): AsyncGenerator<DamageCase> {
  const state = join(dataDir, 'state');
  const all = (await filesBelow(state)).map((path) => join('state', path));
  const files = all.filter((path) => statSync(join(dataDir, path)).size > 0 && !path.includes('duckdb'));
  for (const path of files) {
    const whole = readFileSync(join(dataDir, path));
    const put = (bytes: Buffer) => (at: string) => {
      writeFileSync(join(at, path), bytes);
    };
    yield {
      name: `${path} dropped`,
      apply: (at) => {
        rmSync(join(at, path));
      },
    };
    for (let byte = 0; byte < whole.length; byte += 1) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8((whole[byte] ?? 0) ^ (1 << ((byte * 5 + path.length) % 8)), byte);
      yield { name: `${path} flipped at ${byte}`, apply: put(flipped) };
      yield { name: `${path} cut at ${byte}`, apply: put(whole.subarray(0, byte)) };
    }
    for (const other of files) {
      if (other === path) continue;
      yield {
        name: `${path} replaced by ${other}`,
        apply: (at) => {
          copyFileSync(join(at, other), join(at, path));
        },
      };
      if (other > path) yield swap(path, other);
    }
  }
}

/** A copy of a folder for one case. */
export function damagedCopy({ dataDir }: KilledFolder, damage: DamageCase): string {
  const copy = mkdtempSync(join(tmpdir(), 'damage-case-'));
  cpSync(dataDir, copy, { recursive: true });
  damage.apply(copy);
  return copy;
}
