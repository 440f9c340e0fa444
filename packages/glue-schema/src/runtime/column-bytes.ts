/**
 * What generated columnar encoders call: fragments of JSON that lie ready, digits from tables, instants whose hour is
 * kept. Emitted code copies eight bytes at a time and past the end of what it means to write: the next write covers
 * the surplus, and `rowBytes` keeps the room for it.
 */
import { sizeOfJson } from './record-sizes.js';

/** Bytes that are copied in one turn; every entry is copied in whole turns. */
const TURN = 32;
/** The same for entries that are before a number. */
const SHORT_TURN = 16;
const DELETE = 0x7f;
const encoder = new TextEncoder();

/** Positions of a dictionary's entries, one for each row. */
export type Positions = Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** Where rows are written: the first `length` bytes are taken. */
export interface RowBuffer {
  /** Memory that the caller gives. */
  readonly bytes: Uint8Array;
  /** Bytes taken so far. */
  length: number;
  /** Further columns at the end of each row. @defaultValue rows end as the schema's do */
  readonly ending?: RowEnding;
}

/** Writes further columns at the end of rows, over the brace that ends them: of a type that has a column in every row. */
export interface RowEnding {
  /** More than it writes for any row, with what it copies beyond. */
  readonly bytes: number;
  /** Writes `,"name":value` for each column, the brace and the line feed; returns the place behind. */
  write(view: DataView, at: number, row: number): number;
}

/** Writes rows of columns as lines of JSON. */
export interface ColumnEncoder<Columns> {
  /** More than any row takes: a buffer with less room left is full. */
  readonly rowBytes: number;
  /**
   * Writes rows `from` up to `to`, not included, behind what the buffer holds, each with a line feed, while another
   * row is sure to fit. Returns the first row that it did not write.
   */
  encode(columns: Columns, from: number, to: number, buffer: RowBuffer): number;
}

/** The entries of a dictionary as JSON, side by side in memory of their own, each in the room of the longest. */
export interface Fragments {
  /** The entries, each at its position times `copied`. */
  readonly bytes: Uint8Array;
  /** The same memory, for copies of eight bytes. */
  readonly view: DataView;
  /** Bytes of each entry. */
  readonly lengthOf: Int32Array;
  /** Bytes that each copy takes: the longest entry in whole turns, since a loop of one length is foreseen. */
  readonly copied: number;
  /** Whether an entry holds the one byte of UTF-8 that makes eight of them look like a NaN, which no copy keeps. */
  readonly unsafe: boolean;
}

/**
 * Writes each entry once.
 *
 * @param write - the record encoder's code for these columns
 * @param most - the longest that an entry may become, NaN where a value is not of its column's type
 * @param after - constant text behind each; or, for text with a number behind it, how many bytes its key and first
 *   quote take: they are cut off, and the last quote too
 *
 * @example
 * ```ts
 * import { fragmentsOf, putJson, sizeOfJson } from '@store/glue-schema/runtime';
 *
 * const fragments = fragmentsOf(['web', 'shop'], putJson, sizeOfJson, ',');
 * console.log(fragments.lengthOf[0]); // 6: "web",
 * ```
 */
export function fragmentsOf<Entry>(
  entries: readonly Entry[],
  write: (entry: Entry, buffer: Uint8Array, at: number) => number,
  most: (entry: Entry) => number,
  after: string | number,
): Fragments {
  const tail = encoder.encode(typeof after === 'string' ? after : '');
  const pieces = entries.map((entry) => {
    const size = most(entry);
    const memory = new Uint8Array(
      (Number.isNaN(size) ? 1024 + 4 * sizeOfJson(entry) : size) + tail.length + 8,
    );
    const end = write(entry, memory, 0);
    if (typeof after === 'number') return memory.subarray(after, end - 1);
    memory.set(tail, end);
    return memory.subarray(0, end + tail.length);
  });
  const turn = typeof after === 'number' ? SHORT_TURN : TURN;
  const longest = pieces.reduce((most, { length }) => Math.max(most, length), 1);
  const copied = turn * Math.ceil(longest / turn);
  const bytes = new Uint8Array(pieces.length * copied);
  for (const [n, piece] of pieces.entries()) bytes.set(piece, n * copied);
  return {
    bytes,
    view: new DataView(bytes.buffer),
    lengthOf: Int32Array.from(pieces, ({ length }) => length),
    copied,
    unsafe: bytes.includes(DELETE),
  };
}

/** Tables of digits, as little-endian words. */
export interface DigitTables {
  /** Four digits of 0 to 9,999, zeros in front. */
  readonly padded: Uint32Array;
  /** The digits of 0 to 9,999 without zeros in front, the first in the lowest byte. */
  readonly plain: Uint32Array;
  /** How many digits 0 to 9,999 have: a table, since comparisons of numbers that vary are mispredicted. */
  readonly digitsOf: Uint8Array;
  /** `MM:SS.` of each second of an hour: low word, then high word. */
  readonly clock: Uint32Array;
  /** The fraction of 0 to 99 hundredths: `.05`, `.5`, nothing. */
  readonly hundredths: Uint32Array;
  /** How many bytes each of `hundredths` has. */
  readonly hundredthsLength: Uint8Array;
}

let tables: DigitTables | undefined;

/**
 * The tables, made at the first call: most programs write no columns.
 *
 * @example
 * ```ts
 * import { digitTables } from '@store/glue-schema/runtime';
 *
 * console.log(digitTables().digitsOf[120]); // 3
 * ```
 */
export function digitTables(): DigitTables {
  return (tables ??= makeTables());
}

function makeTables(): DigitTables {
  const padded = new Uint32Array(10_000);
  const plain = new Uint32Array(10_000);
  const digitsOf = new Uint8Array(10_000);
  for (let n = 0; n < 10_000; n += 1) {
    const word =
      0x3030_3030 +
      ((n / 1000) | 0) +
      (((n / 100) | 0) % 10) * 0x100 +
      (((n / 10) | 0) % 10) * 0x1_0000 +
      (n % 10) * 0x100_0000;
    const digits = n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : 4;
    padded[n] = word;
    plain[n] = word >>> (8 * (4 - digits));
    digitsOf[n] = digits;
  }
  const clock = new Uint32Array(7200);
  for (let second = 0; second < 3600; second += 1) {
    const minutes = (padded[(second / 60) | 0] ?? 0) >>> 16;
    const seconds = (padded[second % 60] ?? 0) >>> 16;
    clock[2 * second] = minutes | (0x3a << 16) | ((seconds & 255) << 24);
    clock[2 * second + 1] = (seconds >>> 8) | (0x2e << 8);
  }
  const texts = Array.from({ length: 100 }, (_, n) => String(n / 100).slice(1));
  const hundredths = Uint32Array.from(texts, (text) =>
    Array.from(text).reduce((sum, character, place) => sum + character.charCodeAt(0) * 256 ** place, 0),
  );
  const hundredthsLength = Uint8Array.from(texts, ({ length }) => length);
  return { padded, plain, digitsOf, clock, hundredths, hundredthsLength };
}

/** The hour of instants that were written last: `2026-01-05T08:` as two float64 of its bytes and two blanks. */
export interface Hour {
  /** Milliseconds since 1970 at which it begins; NaN where its year has not four digits. */
  startMs: number;
  /** The first eight bytes. */
  high: number;
  /** The last eight bytes. */
  low: number;
}

const hourView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(16));

/**
 * Turns to the hour of an instant.
 *
 * @example
 * ```ts
 * import { turnHour, type Hour } from '@store/glue-schema/runtime';
 *
 * const hour: Hour = { startMs: 0, high: 0, low: 0 };
 * turnHour(hour, Date.UTC(2026, 0, 5, 8, 30));
 * console.log(new Date(hour.startMs).toISOString()); // 2026-01-05T08:00:00.000Z
 * ```
 */
export function turnHour(hour: Hour, ms: number): void {
  const startMs = Math.floor(ms / 3_600_000) * 3_600_000;
  const text = `${new Date(startMs).toISOString().slice(0, 14)}  `;
  if (text[13] !== ':') {
    hour.startMs = Number.NaN;
    return;
  }
  for (let n = 0; n < 16; n += 1) hourView.setUint8(n, text.charCodeAt(n));
  hour.startMs = startMs;
  hour.high = hourView.getFloat64(0, true);
  hour.low = hourView.getFloat64(8, true);
}

/**
 * Writes the digits of a whole number with zeros in front, at least this many; for numbers that the tables
 * lack.
 *
 * @example
 * ```ts
 * import { putPadded } from '@store/glue-schema/runtime';
 *
 * const buffer = new Uint8Array(64);
 * const end = putPadded(42, 8, buffer, 0);
 * console.log(new TextDecoder().decode(buffer.subarray(0, end))); // 00000042
 * ```
 */
export function putPadded(value: number, digits: number, buffer: Uint8Array, at: number): number {
  const text = String(value).padStart(digits, '0');
  return at + encoder.encodeInto(text, buffer.subarray(at)).written;
}

/**
 * Writes an instant whose year has not four digits, without quotes.
 *
 * @example
 * ```ts
 * import { putFarInstant } from '@store/glue-schema/runtime';
 *
 * const buffer = new Uint8Array(64);
 * const end = putFarInstant(Date.UTC(12_026, 0, 5), buffer, 0);
 * console.log(new TextDecoder().decode(buffer.subarray(0, end))); // +012026-01-05T00:00:00.000Z
 * ```
 */
export function putFarInstant(ms: number, buffer: Uint8Array, at: number): number {
  return at + encoder.encodeInto(new Date(ms).toISOString(), buffer.subarray(at)).written;
}

/**
 * Copies an entry byte by byte: one whose bytes no copy by eights keeps.
 *
 * @example
 * ```ts
 * import { copyEntry, fragmentsOf, putJson, sizeOfJson } from '@store/glue-schema/runtime';
 *
 * const fragments = fragmentsOf(['web', 'shop'], putJson, sizeOfJson, ',');
 * const buffer = new Uint8Array(64);
 * copyEntry(fragments, 1, buffer, 0);
 * console.log(new TextDecoder().decode(buffer.subarray(0, 7))); // "shop",
 * ```
 */
export function copyEntry(fragments: Fragments, position: number, buffer: Uint8Array, at: number): void {
  const from = position * fragments.copied;
  buffer.set(fragments.bytes.subarray(from, from + (fragments.lengthOf[position] ?? 0)), at);
}

/**
 * Refuses a position beyond its dictionary.
 *
 * @example
 * ```ts
 * import { noEntry } from '@store/glue-schema/runtime';
 *
 * try {
 *   noEntry('store', 7);
 * } catch (error) {
 *   console.log(String(error)); // RangeError: The dictionary store has no entry 7.
 * }
 * ```
 */
export function noEntry(dictionary: string, position: number): never {
  throw new RangeError(`The dictionary ${dictionary} has no entry ${position}.`);
}

/**
 * Refuses columns that end before the rows.
 *
 * @example
 * ```ts
 * import { holdRows } from '@store/glue-schema/runtime';
 *
 * holdRows(2, [new Int32Array(2)]);
 * try {
 *   holdRows(3, [new Int32Array(2)]);
 * } catch (error) {
 *   console.log(String(error)); // RangeError: Expected columns of at least 3 rows, got 2.
 * }
 * ```
 */
export function holdRows(rows: number, columns: readonly { readonly length: number }[]): void {
  for (const { length } of columns) {
    if (length < rows) throw new RangeError(`Expected columns of at least ${rows} rows, got ${length}.`);
  }
}
