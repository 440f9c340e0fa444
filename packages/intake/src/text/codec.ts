import { isAscii, isUtf8 } from 'node:buffer';
import { codePage, codePageBytes, noCharacter } from './code-page.js';
import {
  encodingOf,
  isMultiByte,
  isSingleByte,
  type EncodingName,
  type MultiByteName,
  type SingleByteName,
} from './encodings.js';
import { multiByteTable, supplementary, supplementaryBytes } from './multi-byte.js';

/** What whole characters at the front of some bytes read as. */
export interface Decoded {
  readonly text: string;
  /** Bytes that the text takes; a character that is cut at the end is left for the next piece. */
  readonly used: number;
  /** Index of the first byte that is no text. */
  readonly bad?: number;
}

/** Decodes the whole characters of `bytes`; with `last`, a character cut at the end is bad. */
export type Decode = (bytes: Buffer, last: boolean) => Decoded;

/** Returns the decoding of an encoding. Two different sequences of bytes never give the same text. */
export function decoding(name: EncodingName): Decode {
  if (name === 'utf-8') return decodeUtf8;
  if (name === 'utf-16le') return (bytes, last) => decodeUtf16(bytes, last);
  if (name === 'utf-16be')
    return (bytes, last) => {
      const even = bytes.length - (bytes.length % 2);
      return decodeUtf16(
        Buffer.concat([Buffer.from(bytes.subarray(0, even)).swap16(), bytes.subarray(even)]),
        last,
      );
    };
  if (isSingleByte(name)) return decodeSingle(name);
  return isMultiByte(name) ? decodeMulti(name) : decodeUtf8;
}

function decodeUtf8(bytes: Buffer, last: boolean): Decoded {
  const used = last ? bytes.length : wholeUtf8(bytes, bytes.length);
  const whole = bytes.subarray(0, used);
  // Text of one byte a character takes half the memory, and every search in it half the time.
  if (isAscii(whole)) return { text: whole.toString('latin1'), used };
  if (isUtf8(whole)) return { text: whole.toString('utf8'), used };
  let [good, wrong] = [0, used];
  while (wrong - good > 1) {
    const middle = (good + wrong) >>> 1;
    if (isUtf8(bytes.subarray(0, wholeUtf8(bytes, middle)))) good = middle;
    else wrong = middle;
  }
  return { text: '', used: 0, bad: wholeUtf8(bytes, good) };
}

/** Length up to `end` without a character that is cut there. */
export function wholeUtf8(bytes: Buffer, end: number): number {
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? end - back : end;
  }
  return end;
}

function decodeUtf16(bytes: Buffer, last: boolean): Decoded {
  let used = bytes.length - (bytes.length % 2);
  if (last && used < bytes.length) return { text: '', used: 0, bad: used };
  if (!last && used > 0 && ((bytes[used - 1] ?? 0) & 0xfc) === 0xd8) used -= 2;
  const text = bytes.toString('ucs2', 0, used);
  const half = text.search(halfCharacter);
  return half === -1 ? { text, used } : { text: '', used: 0, bad: half * 2 };
}

/** Half of a surrogate pair. */
const halfCharacter = /\p{Surrogate}/u;

function decodeSingle(name: SingleByteName): Decode {
  const table = codePage(name);
  return (bytes) => {
    if (isAscii(bytes)) return { text: bytes.toString('latin1'), used: bytes.length };
    const codes = new Uint16Array(bytes.length);
    for (let at = 0; at < bytes.length; at++) {
      const code = table[bytes[at] ?? 0] ?? noCharacter;
      if (code === noCharacter) return { text: '', used: 0, bad: at };
      codes[at] = code;
    }
    return { text: Buffer.from(codes.buffer).toString('ucs2'), used: bytes.length };
  };
}

function decodeMulti(name: MultiByteName): Decode {
  const { characters } = multiByteTable(name);
  const most = name === 'gb18030' ? 4 : name === 'euc-jp' ? 3 : 2;
  return (bytes, last) => {
    let text = '';
    let at = 0;
    while (at < bytes.length) {
      let key = bytes[at] ?? 0;
      let character = key < 0x80 ? String.fromCharCode(key) : characters.get(key);
      let length = 1;
      for (; character === undefined && length < most && at + length < bytes.length; length++) {
        key = key * 256 + (bytes[at + length] ?? 0);
        character = characters.get(key);
        if (length === 3 && character === undefined && name === 'gb18030') {
          const code = supplementary(key);
          if (code !== undefined) character = String.fromCodePoint(code);
        }
      }
      if (character === undefined) {
        // Fewer bytes than the longest character has may be the begin of one.
        if (!last && bytes.length - at < most) break;
        return { text: '', used: 0, bad: at };
      }
      text += character;
      at += length;
    }
    return { text, used: at };
  };
}

/**
 * Returns the bytes of a text in an encoding: those that it was decoded from. Undefined where the encoding has no
 * bytes for one of its characters.
 *
 * @throws `IntakeError` `UNKNOWN_ENCODING`.
 *
 * @example
 * ```ts
 * import { encodeText } from '@store/intake';
 *
 * console.log(encodeText('5 €', 'windows-1252')); // Uint8Array(3) [ 53, 32, 128 ]
 * ```
 */
export function encodeText(text: string, encoding: string): Uint8Array | undefined {
  const name = encodingOf(encoding);
  if (halfCharacter.test(text)) return undefined;
  if (name === 'utf-8') return plain(Buffer.from(text, 'utf8'));
  if (name === 'utf-16le') return plain(Buffer.from(text, 'utf16le'));
  if (name === 'utf-16be') return plain(Buffer.from(text, 'utf16le').swap16());
  const known = isSingleByte(name)
    ? codePageBytes(name)
    : isMultiByte(name)
      ? multiByteTable(name).bytes
      : undefined;
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    let key = code < 0x80 ? code : known?.get(code);
    if (key === undefined && name === 'gb18030' && code > 0xffff) key = supplementaryBytes(code);
    if (key === undefined) return undefined;
    for (let size = key > 0xffffff ? 4 : key > 0xffff ? 3 : key > 0xff ? 2 : 1; size > 0; size--)
      bytes.push(Math.floor(key / 256 ** (size - 1)) & 0xff);
  }
  return Uint8Array.from(bytes);
}

const plain = (bytes: Buffer): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
