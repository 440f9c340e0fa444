import { shown } from '@store/foundation';
import type { ClockMoment } from '../day/day-parts.js';
import type { ShardClock } from '../day/shard-clock.js';
import type { Delivery } from '../day/deliveries.js';
import type { DeskMoment } from '../policy/policy-desk.js';
import { WorldError } from '../errors.js';

/** First bytes of a snapshot: "SOW" and the version of the format. */
const MAGIC = 0x33574f53;
/** First three bytes of every version. */
const FAMILY = MAGIC & 0xff_ffff;
/** Magic, checksum of everything behind it, length of the header. */
const FRONT = 12;

/** What a snapshot holds beside the arrays. */
interface Header {
  readonly identity: string;
  readonly day: number;
  readonly horizon: number;
  readonly reachedMs: number;
  readonly untilMs: number;
  readonly deliveries: readonly Delivery[];
  readonly waiting: unknown;
  /** What the stores' own policy remembers; undefined under a built-in one. */
  readonly desk?: DeskMoment | undefined;
  readonly lengths: readonly number[];
}

/** A snapshot taken apart. */
export interface OpenedSnapshot {
  readonly moment: ClockMoment;
  readonly deliveries: readonly Delivery[];
  readonly waiting: unknown;
  readonly desk: DeskMoment | undefined;
  readonly arrays: readonly Uint8Array[];
}

function arraysOf({ state, desk }: ShardClock): readonly (Int32Array | Uint8Array | Int16Array)[] {
  const sales = desk === undefined ? [] : [desk.sales];
  return [state.physical, state.recorded, state.onOrder, state.dueDay, state.traits, ...sales];
}

/**
 * Packs where a clock stands: magic, checksum, length of the header, the header in JSON padded to whole words, then the
 * arrays as they are in memory (little-endian), padded as well.
 */
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
    untilMs: moment.untilMs,
    deliveries: clock.deliveries.all,
    waiting,
    desk: clock.desk?.moment(),
    lengths: parts.map(({ length }) => length),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const textEnd = FRONT + padded(text.length);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + padded(length), textEnd));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(8, text.length, true);
  bytes.set(text, FRONT);
  let at = textEnd;
  for (const part of parts) {
    bytes.set(part, at);
    at += padded(part.length);
  }
  view.setUint32(4, checksum(new Uint32Array(bytes.buffer, 8)), true);
  return bytes;
}

/**
 * Takes a snapshot apart. It may come in any view of bytes, of any realm and at any offset, or as a whole buffer: it is
 * copied first, since `slice` of a Node `Buffer` is a view of the same memory.
 *
 * @throws WorldError `SNAPSHOT_MISMATCH`
 */
export function openSnapshot(given: unknown, identity: string): OpenedSnapshot {
  const bytes = copyOf(given);
  if (bytes === undefined) throw notASnapshot(shown(given));
  const view = new DataView(bytes.buffer);
  const magic = bytes.length < FRONT ? 0 : view.getUint32(0, true);
  if (magic !== MAGIC && (magic & 0xff_ffff) === FAMILY) throw notASnapshot('one of another version');
  if (magic !== MAGIC) throw notASnapshot(`${bytes.length} bytes`);
  if (bytes.length % 4 !== 0 || checksum(new Uint32Array(bytes.buffer, 8)) !== view.getUint32(4, true)) {
    throw notASnapshot(`${bytes.length} bytes that are damaged or not all of it`);
  }
  const textLength = view.getUint32(8, true);
  // The parse boundary: the checksum says that these are the bytes that packSnapshot wrote.
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(FRONT, FRONT + textLength))) as Header;
  if (header.identity !== identity) {
    throw new WorldError(
      'SNAPSHOT_MISMATCH',
      'snapshot',
      header.identity,
      `of a world with the same options (${identity})`,
    );
  }
  let at = FRONT + padded(textLength);
  const [sequences, pending, ...arrays] = header.lengths.map((length) => {
    const from = at;
    at += padded(length);
    return bytes.slice(from, from + length);
  });
  return {
    moment: {
      day: header.day,
      horizon: header.horizon,
      reachedMs: header.reachedMs,
      untilMs: header.untilMs,
      sequences: new Float64Array(sequences?.buffer ?? new ArrayBuffer(0)),
      pending: new Int32Array(pending?.buffer ?? new ArrayBuffer(0)),
    },
    deliveries: header.deliveries,
    waiting: header.waiting,
    desk: header.desk,
    arrays,
  };
}

const padded = (length: number): number => (length + 3) & ~3;

/** Own memory that begins on a word, whatever the bytes came in; undefined for what is no bytes. */
function copyOf(given: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (ArrayBuffer.isView(given)) return copied(given.buffer, given.byteOffset, given.byteLength);
  // A buffer of another realm is not an instance of this one's.
  const kind = Object.prototype.toString.call(given);
  if (kind !== '[object ArrayBuffer]' && kind !== '[object SharedArrayBuffer]') return undefined;
  try {
    return copied(given as ArrayBufferLike); // its kind was looked at above; what only says so throws
  } catch {
    return undefined;
  }
}

function copied(buffer: ArrayBufferLike, offset?: number, length?: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Uint8Array(buffer, offset, length));
}

/**
 * A checksum of 32 bits. Each step is a bijection of the word and of what came before, so that a change within one
 * word never goes unseen.
 */
function checksum(words: Uint32Array): number {
  let sum = words.length;
  for (const word of words) {
    sum = Math.imul(sum ^ word, 0x9e3779b1);
    sum ^= sum >>> 15;
  }
  return sum >>> 0;
}

/** Puts a clock where a snapshot was taken. */
export function resumeFrom(clock: ShardClock, opened: OpenedSnapshot): void {
  for (const [n, array] of arraysOf(clock).entries()) {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(opened.arrays[n] ?? []);
  }
  clock.deliveries.clear();
  for (const delivery of opened.deliveries) clock.deliveries.add(delivery);
  if (opened.desk !== undefined) clock.desk?.resume(opened.desk);
  clock.resume(opened.moment);
}

const notASnapshot = (given: string): WorldError =>
  new WorldError('SNAPSHOT_MISMATCH', 'snapshot', given, 'what `snapshot()` gave');
