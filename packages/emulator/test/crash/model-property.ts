import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import fc from 'fast-check';
import { cpSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deepStrictEqual as same } from 'node:assert';
import { startEmulator, type Emulator } from '../../src/index.js';
import { createReadings, reading, readingsStream, record } from '../clients.js';
import { filesBelow, parquetRows } from '../lake-files.js';

/** What may happen to an endpoint; a crash leaves the disk as it is and the process nowhere. */
const happenings = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('put' as const),
        rows: fc.nat(60),
        hours: fc.integer({ min: 1, max: 6 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('put-bad' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('query' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
  ),
  { minLength: 4, maxLength: 14 },
);

const options = { logSegmentBytes: 8 * 1024, conversionBlockBytes: 4 * 1024 };

function client({ endpoint }: Emulator): FirehoseClient {
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };
  return new FirehoseClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

async function put(emulator: Emulator, texts: readonly string[]): Promise<void> {
  if (texts.length === 0) return;
  const firehose = client(emulator);
  const Records = texts.map(record);
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  firehose.destroy();
}

/** Holds any interleaving of puts, flushes, crashes, restarts and queries against a list of what was sent. */
export async function checkModel(
  root: string,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<void> {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(happenings, async (script) => {
      run += 1;
      let dataDir = join(root, `${run}-0`);
      let emulator = await startEmulator({ dataDir, ...options });
      const left: Emulator[] = [];
      await createReadings(emulator);
      const firehose = client(emulator);
      await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
      firehose.destroy();
      const sent: number[] = [];
      let bad = 0;
      const seen = async (): Promise<number[]> => {
        const rows = await emulator.query('SELECT id FROM lake.readings ORDER BY id');
        return rows.map(({ id }) => Number(id));
      };
      for (const [index, happening] of script.entries()) {
        switch (happening.kind) {
          case 'put': {
            const ids = Array.from({ length: happening.rows }, (_, row) => sent.length + row);
            sent.push(...ids);
            await put(
              emulator,
              ids.map((id) => reading(id, id % happening.hours)),
            );
            break;
          }
          case 'put-bad':
            bad += 1;
            await put(emulator, ['{"id":"none","at":"2026-01-05T08:00:00Z"}']);
            break;
          case 'flush':
            await emulator.flush();
            break;
          case 'query':
            same(await seen(), sent);
            break;
          case 'restart':
            await emulator.close();
            emulator = await startEmulator({ dataDir, ...options });
            break;
          case 'crash': {
            const copy = join(root, `${run}-${index + 1}`);
            copyInstant(dataDir, copy);
            left.push(emulator);
            dataDir = copy;
            emulator = await startEmulator({ dataDir, ...options });
          }
        }
      }
      same(await seen(), sent);
      await emulator.flush();
      const files = await filesBelow(emulator.lakeDir);
      const parquet = files.filter((path) => path.endsWith('.parquet'));
      const rows = await parquetRows(emulator.lakeDir, parquet);
      same(
        rows.map(({ id }) => Number(id)).sort((a, b) => a - b),
        sent,
      );
      same(
        files.some((path) => path.includes('format-conversion-failed')),
        bad > 0,
      );
      await emulator.close();
      for (const old of left) await old.close();
      await rm(root, { recursive: true, force: true });
    }),
    { numRuns: runs, seed },
  );
}

/**
 * The disk as a crash leaves it: the copy is synchronous, so that nothing but the calls already under way
 * continues, and each of those may as well have ended before the crash as not.
 */
function copyInstant(from: string, to: string): void {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      // The lock is a socket, which Node does not copy.
      cpSync(from, to, { recursive: true, filter: (from) => !from.endsWith('.sock') });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      rmSync(to, { recursive: true, force: true });
    }
  }
  throw new Error('The folder never stood still for a copy.');
}
