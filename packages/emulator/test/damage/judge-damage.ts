import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { EmulatorError, startEmulator, type Emulator } from '../../src/index.js';
import { filesBelow, parquetRows } from '../lake-files.js';
import { damagedCopy, type DamageCase, type KilledFolder } from './damaged-folder.js';

/** What becomes of a damaged folder. */
export interface Verdict {
  readonly outcome: 'whole' | 'said' | 'refused' | 'salvaged';
  /** What went missing silently, or how it ended otherwise than it may; undefined if all is well. */
  readonly silent: string | undefined;
}

/** Starts the endpoint on a damaged copy, then to salvage, and compares what is there with what was acknowledged. */
export async function judgeDamage(folder: KilledFolder, damage: DamageCase): Promise<Verdict> {
  const copy = damagedCopy(folder, damage);
  try {
    const refusal = await judgeStart(folder, copy, 'refuse');
    if (refusal.outcome !== 'refused' || refusal.silent !== undefined) return refusal;
    return await judgeStart(folder, copy, 'salvage');
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function judgeStart(
  folder: KilledFolder,
  dataDir: string,
  onDamage: 'refuse' | 'salvage',
): Promise<Verdict> {
  const said: string[] = [];
  let emulator: Emulator;
  try {
    emulator = await startEmulator({
      dataDir,
      onDamage,
      onTrouble: (error) => {
        if (error instanceof EmulatorError) said.push(error.message);
      },
    });
  } catch (error) {
    const named = error instanceof EmulatorError && error.message.includes(dataDir);
    const mayRefuse = ['CORRUPT_STATE', 'OLDER_FORMAT', 'NEWER_FORMAT'];
    if (named && mayRefuse.includes(error.code)) {
      // A file of another program is never taken for the endpoint's, whatever is asked.
      const isFinal = onDamage === 'refuse' || error.code !== 'CORRUPT_STATE';
      return { outcome: 'refused', silent: isFinal ? undefined : `salvage is refused: ${error.message}` };
    }
    return {
      outcome: 'refused',
      silent: `${onDamage}: ${error instanceof Error ? error.stack : String(error)}`,
    };
  }
  let messages: readonly string[];
  try {
    messages = await receive(emulator);
    await emulator.flush();
  } finally {
    await emulator.close();
  }
  const found = await idsBelow(dataDir);
  const lost = folder.ids.filter((id) => !found.has(id)).length;
  const unsent = folder.messages.filter((body) => !messages.includes(body)).length;
  const outcome = said.length === 0 ? 'whole' : onDamage === 'salvage' ? 'salvaged' : 'said';
  if (lost + unsent === 0) return { outcome, silent: undefined };
  if (said.length === 0) return { outcome, silent: `${lost} records and ${unsent} messages are missing` };
  const stated = recordsIn(said);
  const silent =
    stated === undefined || stated === lost || unsent > 0
      ? undefined
      : `${lost} records are missing, and ${stated} are said to be: ${said.join(' ')}`;
  return { outcome, silent };
}

/** How many records are said to be missing; undefined where their number is not known. */
function recordsIn(said: readonly string[]): number | undefined {
  let records = 0;
  for (const message of said) {
    if (
      /unknown number|entries are missing|1 entry is missing|does not exist any more|never ended/.test(
        message,
      )
    ) {
      return undefined;
    }
    for (const [, count] of message.matchAll(/(\d+) records? (?:is|\(\d+ bytes\))/g))
      records += Number(count);
  }
  return records;
}

/** Every record that is in the lake, in the error output or in the quarantine. */
async function idsBelow(dataDir: string): Promise<ReadonlySet<number>> {
  const ids = new Set<number>();
  for (const area of ['s3', 'quarantine']) {
    const root = join(dataDir, area);
    const paths = await filesBelow(root).catch(() => []);
    for (const path of paths) {
      if (path.endsWith('.parquet')) {
        for (const { id } of await parquetRows(root, [path])) ids.add(Number(id));
        continue;
      }
      const text = readFileSync(join(root, path), 'latin1');
      const raw = [...text.matchAll(/"rawData":"([^"]*)"/g)].map(([, base64 = '']) =>
        Buffer.from(base64, 'base64').toString('latin1'),
      );
      for (const [, id] of [text, ...raw].join('\n').matchAll(/"id":(\d+)/g)) ids.add(Number(id));
    }
  }
  return ids;
}

async function receive({ endpoint }: Emulator): Promise<readonly string[]> {
  const client = new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  const bodies: string[] = [];
  try {
    const QueueUrl = `${endpoint}/000000000000/trucks`;
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
      );
      if (Messages.length === 0) return bodies;
      bodies.push(...Messages.map(({ Body = '' }) => Body));
    }
  } catch (error) {
    // The queue itself may be among what was lost, which is said.
    if (error instanceof Error && /NonExistentQueue|QueueDoesNotExist/.test(error.name)) return bodies;
    throw error;
  } finally {
    client.destroy();
  }
}
