import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { bundle } from '../../../../scripts/bundle.mjs';
import { startEmulator } from '../../src/index.js';
import { createReadings, reading, readingsStream, record } from '../clients.js';
import { filesBelow, parquetRows } from '../lake-files.js';

/** Rows that one trial sends at most. */
const BATCH = 40;

/** One kill: at a step towards the disk, or after a time. */
export type KillPoint = { readonly step: number } | { readonly afterMs: number };

/** What the trials on one folder have sent so far. */
export interface Ledger {
  next: number;
  readonly acknowledged: Set<number>;
}

/** What is wrong after a crash; all empty when nothing is. */
export interface Verdict {
  readonly lost: readonly number[];
  readonly doubled: readonly number[];
  readonly unreadable: readonly string[];
}

/** Sends to an endpoint until it is killed; what was acknowledged is in the ledger then. */
export async function runUntilKilled(dataDir: string, point: KillPoint, ledger: Ledger): Promise<void> {
  await whileItLives(dataDir, point, async (child, endpoint) =>
    sendUntilDead(child, endpoint, point, ledger),
  );
}

/** Works with an endpoint in a process of its own, which is killed at the point, or when the work is done. */
export async function whileItLives(
  dataDir: string,
  point: KillPoint,
  work: (child: ChildProcess, endpoint: string) => Promise<void>,
): Promise<void> {
  const step = 'step' in point ? point.step : 0;
  const child = spawn(
    process.execPath,
    [await bundle(join(import.meta.dirname, 'crash-server.ts')), dataDir, String(step)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  // A child that died takes no more input; that it died is what we are here for.
  child.stdin.on('error', () => undefined);
  const dead = new Promise<void>((resolve) => {
    child.on('exit', () => {
      resolve();
    });
  });
  const endpoint = await firstLine(child);
  if (endpoint !== undefined) await work(child, endpoint);
  child.kill('SIGKILL');
  await dead;
}

async function sendUntilDead(
  child: ChildProcess,
  endpoint: string,
  point: KillPoint,
  ledger: Ledger,
): Promise<void> {
  const client = new FirehoseClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  const until = performance.now() + ('afterMs' in point ? point.afterMs : 1_500);
  const timer = setTimeout(() => child.kill('SIGKILL'), 'afterMs' in point ? point.afterMs : 1_500);
  const sender = async (turn: number): Promise<void> => {
    for (let round = turn; performance.now() < until; round += 1) {
      const ids = Array.from({ length: BATCH }, () => ledger.next++);
      const Records = ids.map((id) => record(`${reading(id, id % 5)}\n`));
      try {
        await client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
      } catch {
        // Not acknowledged: it may be stored or not, and both are right.
        return;
      }
      for (const id of ids) ledger.acknowledged.add(id);
      if (round % 7 === 0) child.stdin?.write('flush\n');
    }
  };
  await Promise.all([sender(0), sender(1), sender(2)]);
  clearTimeout(timer);
  client.destroy();
}

/** Prepares a folder with the table and the stream. */
export async function prepare(dataDir: string): Promise<void> {
  const emulator = await startEmulator({ dataDir });
  await createReadings(emulator);
  const client = new FirehoseClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
  });
  await client.send(new CreateDeliveryStreamCommand(readingsStream()));
  client.destroy();
  await emulator.close();
}

/** Starts on what the crash left, and compares both the open tail and the delivered files with the ledger. */
export async function judge(dataDir: string, ledger: Ledger): Promise<Verdict> {
  const emulator = await startEmulator({ dataDir });
  try {
    const seen = await emulator.query('SELECT id FROM lake.readings');
    const inTail = check(
      seen.map(({ id }) => Number(id)),
      ledger,
    );
    await emulator.flush();
    const files = (await filesBelow(emulator.lakeDir)).filter((path) => path.endsWith('.parquet'));
    const unreadable: string[] = [];
    const ids: number[] = [];
    for (const path of files) {
      try {
        for (const { id } of await parquetRows(emulator.lakeDir, [path])) ids.push(Number(id));
      } catch (error) {
        unreadable.push(`${path}: ${String(error)}`);
      }
    }
    const delivered = check(ids, ledger);
    return {
      lost: [...inTail.lost, ...delivered.lost],
      doubled: [...inTail.doubled, ...delivered.doubled],
      unreadable,
    };
  } finally {
    await emulator.close();
  }
}

function check(ids: readonly number[], { acknowledged }: Ledger): { lost: number[]; doubled: number[] } {
  const found = new Set<number>();
  const doubled: number[] = [];
  for (const id of ids) {
    if (found.has(id)) doubled.push(id);
    found.add(id);
  }
  return { lost: [...acknowledged].filter((id) => !found.has(id)), doubled };
}

function firstLine(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.split('\n')[0]);
    });
    child.on('exit', () => {
      resolve(undefined);
    });
  });
}
