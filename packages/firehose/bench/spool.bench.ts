/**
 * What does a spool of mode `always` cost an event, compared with no spool and with a bare append of the same bytes?
 *
 * Encoded lines of about 380 bytes through a producer whose service is a function of this process, so that the spool
 * is beside packing and base64 alone; client CPU (user + system), interleaved rounds, medians. The bare
 * append writes the base64 text that the spool writes, in pieces of a record's size, with `writeSync`, and
 * nothing else. The spool is in the directory of temporary files (`SPOOL_DIR`: another); its disk decides
 * what `disk` takes.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFirehoseProducer, type SpoolOptions, type Transport } from '@store/firehose';
import { benchEvent } from './bench-event.js';
import { measure, type Rival } from './rival.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const EVENTS = 50_000;
const lines = Array.from({ length: 10_000 }, (_, i) => Buffer.from(`${JSON.stringify(benchEvent(i))}\n`));
const base = process.env.SPOOL_DIR ?? tmpdir();

/** Takes every record, unread. */
const transport: Transport = {
  target: () => ({ aws: false }),
  send: async ({ recordCount }) => ({
    FailedPutCount: 0,
    RequestResponses: Array.from({ length: recordCount }, () => ({ RecordId: 'id' })),
  }),
};

async function produce(spool: Omit<SpoolOptions, 'dir'> | undefined): Promise<void> {
  const dir = mkdtempSync(join(base, 'spool-bench-'));
  const producer = createFirehoseProducer({
    deliveryStreamName: 'bench',
    transport,
    ...(spool === undefined ? {} : { spool: { ...spool, dir } }),
  });
  for (let sent = 0; sent < EVENTS;) {
    for (const line of lines) {
      if (!producer.putEncoded(line)) await producer.drained();
      // The same records and the same memory in every way: a thousand events are confirmed, sent, and gone.
      if (++sent % 1000 > 0) continue;
      if (spool !== undefined) await producer.persist();
      await producer.flush();
    }
  }
  await producer.close();
  rmSync(dir, { recursive: true });
}

/** The text of one record of 500 lines, about as the producer makes it. */
const text = Buffer.from(`{"Data":"${Buffer.concat(lines.slice(0, 500)).toString('base64')}"}`);
async function append(): Promise<void> {
  const dir = mkdtempSync(join(base, 'spool-bench-'));
  const file = openSync(join(dir, 'plain'), 'wx');
  for (let sent = 0; sent < EVENTS; sent += 500) writeSync(file, text);
  closeSync(file);
  rmSync(dir, { recursive: true });
}

const NONE = 'no spool';
const APPEND = 'a bare append of the same bytes';
const rivals: readonly Rival[] = [
  { name: NONE, events: EVENTS, run: () => produce(undefined) },
  { name: 'spool `always`, `process`', events: EVENTS, run: () => produce({ mode: 'always' }) },
  {
    name: 'spool `always`, `disk`',
    events: EVENTS,
    run: () => produce({ mode: 'always', durability: 'disk' }),
  },
  { name: APPEND, events: EVENTS, run: append },
];
for (const { run } of rivals) await run();

const cost = await measure(rivals, ROUNDS);
const none = cost.get(NONE) ?? NaN;
const bare = cost.get(APPEND) ?? NaN;
console.log('| way | µs of CPU per event | above no spool | in bare appends |');
console.log('| --- | ---: | ---: | ---: |');
for (const [name, micros] of cost) {
  const spools = name !== NONE && name !== APPEND;
  const above = spools ? `${Math.round((micros / none - 1) * 100)} %` : '';
  const appends = spools ? `${((micros - none) / bare).toFixed(1)}x` : '';
  console.log(`| ${name} | ${micros.toFixed(2)} | ${above} | ${appends} |`);
}
