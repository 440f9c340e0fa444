import { isUtf8 } from 'node:buffer';
import { inertText } from '@store/foundation';
import { IntakeError } from '../errors.js';
import { decoding, wholeUtf8, type Decode } from './codec.js';
import { encodingOf, type EncodingName } from './encodings.js';
import { foreignFile, JOINT_BYTES } from './joined-files.js';
import { likelyEncodings } from './likely-encodings.js';

/** Bytes that are looked at before an encoding is taken. */
const HEAD_BYTES = 4096;
const NUL = '\0';

/**
 * Decodes bytes as they come, strictly: what is no text in the encoding is an error with line and byte, and no two
 * sequences of bytes give the same text, so that the text and the name of the encoding are the bytes.
 *
 * Without an encoding, a byte order mark decides; else zeros in every second byte mean UTF-16; else it is UTF-8.
 *
 * @example
 * ```ts
 * import { StrictDecoder } from '@store/intake';
 *
 * const decoder = new StrictDecoder('windows-1252');
 * console.log(decoder.push(Uint8Array.of(0x35, 0x20, 0x80)) + decoder.end()); // 5 €
 * ```
 */
export class StrictDecoder {
  readonly #wanted: EncodingName | undefined;
  #encoding: EncodingName | undefined;
  #decode: Decode | undefined;
  /** Bytes that wait: the head before an encoding is taken, afterwards a character that is cut. */
  #tail: Buffer = Buffer.alloc(0);
  #bytesBefore = 0;
  #linesBefore = 0;
  /** The last bytes of the text so far. */
  #last: Buffer = Buffer.alloc(0);

  constructor(encoding?: string) {
    this.#wanted = encoding === undefined ? undefined : encodingOf(encoding);
  }

  /** The encoding that is read; undefined before the first 4 KiB. */
  get encoding(): EncodingName | undefined {
    return this.#encoding;
  }

  /** Bytes that were taken and are no text yet: a character that is cut, or the first before the encoding is known. */
  get pending(): Uint8Array {
    return Uint8Array.from(this.#tail);
  }

  /** Returns the text of further bytes, as far as whole characters go. */
  push(bytes: Uint8Array): string {
    return this.#read(this.#joined(bytes), false);
  }

  /** Returns the rest of the text. */
  end(): string {
    return this.#read(this.#tail, true);
  }

  /** Looks at further bytes as `push` does, and makes no text of them: for UTF-8 in a fifth of the time. */
  check(bytes: Uint8Array): void {
    const joined = this.#joined(bytes);
    const used = this.#encoding === 'utf-8' ? wholeUtf8(joined, joined.length) : 0;
    const whole = joined.subarray(0, used);
    if (used === 0 || !isUtf8(whole) || whole.includes(0)) {
      this.#read(joined, false);
      return;
    }
    for (let at = whole.indexOf(10); at !== -1; at = whole.indexOf(10, at + 1)) this.#linesBefore += 1;
    this.#bytesBefore += used;
    this.#tail = Buffer.from(joined.subarray(used));
  }

  #joined(bytes: Uint8Array): Buffer {
    const more = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return this.#tail.length === 0 ? more : Buffer.concat([this.#tail, more]);
  }

  #read(joined: Buffer, last: boolean): string {
    let bytes = joined;
    if (this.#decode === undefined) {
      if (!last && bytes.length < HEAD_BYTES) {
        this.#tail = Buffer.from(bytes);
        return '';
      }
      const { encoding, markBytes } = detectEncoding(bytes, this.#wanted);
      this.#encoding = encoding;
      this.#decode = decoding(encoding);
      this.#bytesBefore = markBytes;
      bytes = bytes.subarray(markBytes);
    }
    const { text, used, bad } = this.#decode(bytes, last);
    this.#refuseForeign(bytes.subarray(0, bad ?? used));
    if (bad !== undefined) this.#refuse(bytes, bad);
    const nul = text.indexOf(NUL);
    if (nul !== -1) this.#refuseNul(text, nul);
    // A copy: whoever hands bytes in may use their memory again.
    this.#tail = Buffer.from(bytes.subarray(used));
    this.#bytesBefore += used;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#linesBefore += 1;
    return text;
  }

  #refuse(bytes: Buffer, bad: number): never {
    const encoding = this.#encoding ?? 'utf-8';
    const line = this.#linesBefore + 1 + lineFeeds(decoding(encoding)(bytes.subarray(0, bad), true).text);
    const byte = this.#bytesBefore + bad + 1;
    const shown = `0x${(bytes[bad] ?? 0).toString(16).padStart(2, '0')}`;
    throw new IntakeError(
      'NOT_IN_ENCODING',
      `Byte ${byte}, in line ${line}, is no text in ${encoding}: ${shown}.`,
      [],
      {
        line,
        byte,
        fix: isMark16(bytes, bad)
          ? 'A file of UTF-16 seems to begin there: give the files one by one, or make them one encoding before they are joined.'
          : this.#wanted === undefined && encoding === 'utf-8'
            ? encodingAdvice(bytes, bad)
            : 'Name another encoding, or save the file as UTF-8.',
      },
    );
  }

  /** Refuses what begins with the mark of another encoding. */
  #refuseForeign(bytes: Buffer): void {
    const encoding = this.#encoding ?? 'utf-8';
    if (encoding === 'utf-8' || bytes.length === 0) return;
    // A mark may have begun with the bytes before.
    const border = Buffer.concat([this.#last, bytes.subarray(0, JOINT_BYTES)]);
    const atBorder = foreignFile(border, encoding);
    const found = atBorder ?? foreignFile(bytes, encoding);
    if (found === undefined) {
      this.#last = Buffer.from((bytes.length < JOINT_BYTES ? border : bytes).subarray(-JOINT_BYTES));
      return;
    }
    const at = atBorder === undefined ? found.at : found.at - this.#last.length;
    const before = decoding(encoding)(bytes.subarray(0, Math.max(0, at)), true).text;
    const line = this.#linesBefore + 1 + lineFeeds(before);
    const byte = this.#bytesBefore + at + 1;
    throw new IntakeError(
      'NOT_IN_ENCODING',
      `At byte ${byte}, in line ${line}, a file of ${found.encoding} begins within one of ${encoding}.`,
      [],
      { line, byte, fix: 'Give the files one by one, or make them one encoding before they are joined.' },
    );
  }

  #refuseNul(text: string, at: number): never {
    const encoding = this.#encoding ?? 'utf-8';
    const before = text.slice(0, at);
    const line = this.#linesBefore + 1 + lineFeeds(before);
    const wide = encoding.startsWith('utf-16');
    const byte = this.#bytesBefore + (wide ? at * 2 : Buffer.byteLength(before)) + 1;
    const near = inertText(before.slice(-20));
    throw new IntakeError('NUL_BYTE', `Line ${line} has a NUL, at byte ${byte}, after '${near}'.`, [], {
      line,
      byte,
      fix: wide
        ? 'Export the file again: text has none.'
        : 'Export the file again: text has none. A file of UTF-16 is read by --encoding utf-16le.',
    });
  }
}

function encodingAdvice(bytes: Buffer, bad: number): string {
  const likely = likelyEncodings(bytes, bad).map(({ name, language }) => `${name} (${language})`);
  return likely.length > 0
    ? `Name its encoding: --encoding ${likely.join(' or ')} reads these lines as text.`
    : 'Name its encoding: --encoding windows-1252 is what most programs on Windows write in Western Europe and the Americas.';
}

/** Whether a byte order mark of UTF-16 is there. */
const isMark16 = (bytes: Buffer, at: number): boolean =>
  (bytes[at] === 0xff && bytes[at + 1] === 0xfe) || (bytes[at] === 0xfe && bytes[at + 1] === 0xff);

function lineFeeds(text: string): number {
  const feeds = text.split('\n').length - 1;
  return feeds > 0 ? feeds : text.split('\r').length - 1;
}

const marks = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const;

/**
 * Returns the encoding of a text by its first bytes, and the length of its byte order mark. A mark wins over `wanted`;
 * without one, zeros in half or more of the bytes at odd or at even places, and none at the others, mean UTF-16.
 *
 * @example
 * ```ts
 * import { detectEncoding } from '@store/intake';
 *
 * console.log(detectEncoding(Buffer.from('a,b', 'utf16le')).encoding); // utf-16le
 * ```
 */
export function detectEncoding(
  bytes: Uint8Array,
  wanted?: EncodingName,
): { readonly encoding: EncodingName; readonly markBytes: number } {
  for (const [encoding, mark] of marks) {
    if (mark.every((byte, at) => bytes[at] === byte)) return { encoding, markBytes: mark.length };
  }
  if (wanted !== undefined) return { encoding: wanted, markBytes: 0 };
  const head = bytes.subarray(0, HEAD_BYTES);
  const zeros: [number, number] = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2 === 0 ? 0 : 1] += 1;
  const [even, odd] = zeros;
  const half = head.length / 4;
  if (odd >= half && even === 0 && odd > 0) return { encoding: 'utf-16le', markBytes: 0 };
  if (even >= half && odd === 0 && even > 0) return { encoding: 'utf-16be', markBytes: 0 };
  return { encoding: 'utf-8', markBytes: 0 };
}
