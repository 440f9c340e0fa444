import { createVirtualClock } from '@store/foundation';
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFirehoseProducer, FirehoseError, inProcessTransport, type Undelivered } from '../src/index.js';
import { spoolEvent, spoolEventId } from './spool-event.js';
import { settlePromises, until } from './until.js';

const EVENTS_A_RECORD = 2;

function open(dir: string, sends: (id: number) => boolean, letters: Undelivered[]) {
  const clock = createVirtualClock();
  const received = new Set<number>();
  const transport = inProcessTransport((records) => {
    const ids = records.map((data) =>
      Buffer.from(data).toString().split('\n').slice(0, -1).map(spoolEventId),
    );
    if (!ids.flat().every(sends)) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
    for (const id of ids.flat()) received.add(id);
    return { FailedPutCount: 0, RequestResponses: records.map(() => ({ RecordId: 'id' })) };
  });
  const producer = createFirehoseProducer<object>({
    deliveryStreamName: 'spooled',
    transport,
    clock,
    spool: { dir, mode: 'always' },
    packing: { maxEvents: EVENTS_A_RECORD },
    batch: { maxRecords: 1 },
    deadLetter: (found) => void letters.push(...found),
  });
  return { clock, producer, received };
}

/** A spool as ended processes leave it: some records delivered, the others in two files; and what is in them. */
export async function leftSpool(): Promise<{ readonly dir: string; readonly ids: readonly number[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'left-spool-'));
  const delivered = new Set<number>();
  for (const [from, to] of [
    [0, 6],
    [6, 10],
  ] as const) {
    const { clock, producer, received } = open(dir, (id) => id < 2, []);
    for (let id = from; id < to; id += 1) producer.put(spoolEvent(id));
    await producer.persist();
    for (let step = 0; step < 5; step += 1) {
      clock.step();
      await settlePromises();
    }
    await producer.abort();
    for (const id of received) delivered.add(id);
  }
  const ids = Array.from({ length: 10 }, (_, id) => id).filter((id) => !delivered.has(id));
  return { dir, ids };
}

/** One thing done to the files of a spool. */
export interface DamageCase {
  readonly name: string;
  readonly apply: (dir: string) => void;
}

/** Everything that is done: each byte flipped, each file dropped, cut at each length, swapped, replaced and doubled. */
export function* damageCases(dir: string): Generator<DamageCase> {
  const names = readdirSync(dir).filter((name) => !name.startsWith('lock-'));
  for (const name of names) {
    const whole = readFileSync(join(dir, name));
    const put = (bytes: Buffer) => (at: string) => {
      writeFileSync(join(at, name), bytes);
    };
    yield {
      name: `${name} dropped`,
      apply: (at) => {
        rmSync(join(at, name));
      },
    };
    yield {
      name: `${name} doubled`,
      apply: (at) => {
        copyFileSync(join(at, name), join(at, name.endsWith('.log') ? '000000009.log' : `${name}-copy`));
      },
    };
    for (let byte = 0; byte < whole.length; byte += 1) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8((whole[byte] ?? 0) ^ (1 << ((byte * 5 + name.length) % 8)), byte);
      yield { name: `${name} flipped at ${byte}`, apply: put(flipped) };
      yield { name: `${name} cut at ${byte}`, apply: put(whole.subarray(0, byte)) };
    }
    for (const other of names) {
      if (other === name) continue;
      yield {
        name: `${name} replaced by ${other}`,
        apply: (at) => {
          copyFileSync(join(at, other), join(at, name));
        },
      };
      if (other < name) continue;
      yield {
        name: `${name} swapped with ${other}`,
        apply: (at) => {
          renameSync(join(at, name), join(at, 'swap'));
          renameSync(join(at, other), join(at, name));
          renameSync(join(at, 'swap'), join(at, other));
        },
      };
    }
  }
}

/** What becomes of a damaged spool. */
export interface SpoolVerdict {
  readonly outcome: 'whole' | 'said' | 'refused';
  /** What went missing silently, or how it ended otherwise than it may; undefined if all is well. */
  readonly silent: string | undefined;
}

/** Opens a damaged copy of a spool with a service that takes everything, and compares what it got. */
export async function judgeSpool(
  left: { readonly dir: string; readonly ids: readonly number[] },
  damage: DamageCase,
): Promise<SpoolVerdict> {
  const dir = mkdtempSync(join(tmpdir(), 'damaged-spool-'));
  const letters: Undelivered[] = [];
  const warnings: string[] = [];
  const onWarning = ({ message }: Error): void => {
    warnings.push(message);
  };
  process.on('warning', onWarning);
  try {
    cpSync(left.dir, dir, { recursive: true });
    damage.apply(dir);
    const { clock, producer, received } = open(dir, () => true, letters);
    await until(clock, producer.close());
    await settlePromises();
    const lost = left.ids.filter((id) => !received.has(id)).length;
    const outcome = letters.length + warnings.length === 0 ? 'whole' : 'said';
    if (lost === 0 || outcome === 'said') return { outcome, silent: undefined };
    return { outcome, silent: `${lost} events are missing` };
  } catch (error) {
    const named = error instanceof FirehoseError && error.message.includes(dir);
    return {
      outcome: 'refused',
      silent: named ? undefined : String(error instanceof Error ? error.stack : error),
    };
  } finally {
    process.off('warning', onWarning);
    rmSync(dir, { recursive: true, force: true });
  }
}
