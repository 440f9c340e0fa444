import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DurableError } from '@store/durable';
import { olderFormat } from './endpoint-log.js';
import { advised, type EmulatorError } from './errors.js';
import { parseStreamFile } from './firehose/stream-registry.js';
import { convertOlderJournals, isOlderJournal } from './older-journal.js';

/** The endpoint's journals below its state folder. */
export interface JournalPaths {
  readonly glue: string;
  readonly sqs: string;
  readonly athena: string;
  readonly s3: string;
  readonly dynamodb: string;
}

/**
 * Converts what an earlier release left in the state folder and returns where the journals are. Streams and journals
 * are all read first: a folder that is refused stays as it is, so that the earlier release still opens it.
 */
export async function convertOlderState(state: string): Promise<JournalPaths> {
  const glue = join(state, 'glue.journal');
  const sqs = join(state, 'sqs.journal');
  const athena = join(state, 'athena.journal');
  const journals = [glue, sqs, athena];
  checkStreams(join(state, 'firehose'), journals.some(isOlderJournal));
  await convertOlderJournals(journals);
  return { glue, sqs, athena, s3: join(state, 's3.journal'), dynamodb: join(state, 'dynamodb.journal') };
}

function checkStreams(streams: string, older: boolean): void {
  for (const name of existsSync(streams) ? readdirSync(streams) : []) {
    const folder = join(streams, name);
    const logs = logsIn(join(folder, 'log'));
    refuseOlderLogs(join(folder, 'log'), logs);
    if (!older || name.endsWith('.removed') || !existsSync(join(folder, 'stream.json'))) continue;
    const { checkpoint } = parseStreamFile(readFileSync(join(folder, 'stream.json'), 'utf8'), folder);
    // A log may say that a part was delivered, and is gone for that reason.
    if (logs.length > 0) continue;
    for (const { path, bytes } of checkpoint.buffers.flatMap(({ parts }) => parts)) {
      const staged = join(folder, 'staging', path);
      const found = statSync(staged, { throwIfNoEntry: false })?.size ?? 0;
      if (found < bytes) throw incomplete(staged, found, bytes);
    }
  }
}

function logsIn(folder: string): readonly string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => /^\d{9,}\.log$/.test(name)).map((name) => join(folder, name));
}

const LOG_MAGIC = Buffer.from('STORELOG');

/** Refuses a stream that an earlier release left undelivered when it was killed: that release alone can read it. */
function refuseOlderLogs(folder: string, logs: readonly string[]): void {
  const path = logs.find(isOlder);
  if (path === undefined) return;
  throw olderFormat(folder, new DurableError('LOG_FORMAT', `${path} is no log of @store/durable.`, { path }));
}

/** Whether a log begins as none of @store/durable does, not even one that is damaged or was never filled. */
function isOlder(path: string): boolean {
  const start = startOf(path);
  const same = LOG_MAGIC.filter((byte, index) => byte === start[index]).length;
  return same < Math.min(LOG_MAGIC.length / 2, start.length) && start.some((byte) => byte !== 0);
}

function startOf(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(LOG_MAGIC.length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

function incomplete(path: string, found: number, bytes: number): EmulatorError {
  return advised(
    'CORRUPT_STATE',
    `The staged records ${path} have ${found} bytes, and had ${bytes} when they were written. Nothing was changed.`,
    `Bring the folder back from a copy, or choose another \`dataDir\`.`,
    { path },
  );
}
