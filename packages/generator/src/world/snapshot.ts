import { shown } from '@store/foundation';
import type { ClockMoment, ShardClock } from '../day/shard-clock.js';
import type { Delivery } from '../day/deliveries.js';
import { WorldError } from '../errors.js';

/** First bytes of a snapshot. */
const MAGIC = 0x32574f53; // "SOW2"

/** What a snapshot holds beside the arrays. */
interface Header {
  readonly identity: string;
  readonly day: number;
  readonly horizon: number;
  readonly reachedMs: number;
  readonly deliveries: readonly Delivery[];
  readonly waiting: unknown;
  readonly lengths: readonly number[];
}

/** A snapshot taken apart. */
export interface OpenedSnapshot {
  readonly moment: ClockMoment;
  readonly deliveries: readonly Delivery[];
  readonly waiting: unknown;
  readonly arrays: readonly Uint8Array[];
}

function arraysOf({ state }: ShardClock): readonly (Int32Array | Uint8Array)[] {
  return [state.physical, state.recorded, state.onOrder, state.dueDay, state.traits];
}

/** Packs where a clock stands: a header in JSON, then the arrays as they lie in memory (little-endian). */
export function packSnapshot(clock: ShardClock, identity: string, waiting: unknown): Uint8Array {
  const moment = clock.moment();
  const parts = [moment.sequences, moment.pending, ...arraysOf(clock)].map(
    (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
  );
  const header: Header = {
    identity,
    day: moment.day,
    horizon: moment.horizon,
    reachedMs: moment.reachedMs,
    deliveries: clock.deliveries.all,
    waiting,
    lengths: parts.map(({ length }) => length),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + parts.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, text.length, true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Takes a snapshot apart. @throws WorldError `SNAPSHOT_MISMATCH` */
export function openSnapshot(bytes: Uint8Array, identity: string): OpenedSnapshot {
  if (!(bytes instanceof Uint8Array)) throw notASnapshot(shown(bytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) {
    throw notASnapshot(`${bytes.length} bytes`);
  }
  const textEnd = 8 + view.getUint32(4, true);
  const header = headerOf(new TextDecoder().decode(bytes.subarray(8, textEnd)));
  if (header === undefined) throw notASnapshot(`${bytes.length} bytes with a damaged head`);
  if (header.identity !== identity) {
    throw new WorldError(
      'SNAPSHOT_MISMATCH',
      'snapshot',
      header.identity,
      `of a world with the same options (${identity})`,
    );
  }
  if (bytes.length !== header.lengths.reduce((sum, length) => sum + length, textEnd)) {
    throw new WorldError('SNAPSHOT_MISMATCH', 'snapshot', `${bytes.length} bytes`, 'whole');
  }
  let at = textEnd;
  const parts = header.lengths.map((length) => bytes.slice(at, (at += length)));
  const [sequences, pending, ...arrays] = parts;
  return {
    moment: {
      day: header.day,
      horizon: header.horizon,
      reachedMs: header.reachedMs,
      sequences: new Float64Array(sequences?.buffer ?? new ArrayBuffer(0)),
      pending: new Int32Array(pending?.buffer ?? new ArrayBuffer(0)),
    },
    deliveries: header.deliveries,
    waiting: header.waiting,
    arrays,
  };
}

/** Puts a clock where a snapshot was taken. */
export function resumeFrom(clock: ShardClock, opened: OpenedSnapshot): void {
  for (const [n, array] of arraysOf(clock).entries()) {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(opened.arrays[n] ?? []);
  }
  clock.deliveries.clear();
  for (const delivery of opened.deliveries) clock.deliveries.add(delivery);
  clock.resume(opened.moment);
}

const notASnapshot = (given: string): WorldError =>
  new WorldError('SNAPSHOT_MISMATCH', 'snapshot', given, 'what `snapshot()` gave');

/** The text before the arrays; undefined where it is not what packSnapshot wrote. */
function headerOf(text: string): Header | undefined {
  try {
    // The parse boundary: what is read of it is looked at below; the world's own parts stand behind its identity.
    const header = JSON.parse(text) as Partial<Header> | null;
    const { identity, lengths } = header ?? {};
    return typeof identity === 'string' && Array.isArray(lengths) ? (header as Header) : undefined;
  } catch {
    return undefined;
  }
}
