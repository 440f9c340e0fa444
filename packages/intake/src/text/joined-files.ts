import type { EncodingName } from './encodings.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const utf8Mark = Buffer.of(0xef, 0xbb, 0xbf);
const lowFirst = Buffer.of(0xff, 0xfe);
const highFirst = Buffer.of(0xfe, 0xff);

/** Bytes at the end of a piece with which a mark in the next one may have begun: a line end and half of it, in UTF-16. */
export const JOINT_BYTES = 4;

/** A place at which a file of another encoding begins. */
export interface ForeignFile {
  /** Index of its byte order mark. */
  readonly at: number;
  readonly encoding: EncodingName;
}

/**
 * Finds the byte order mark of a file of another encoding that was joined to this one, whose text would read as letters that
 * nobody wrote: that of UTF-8 at the beginning of a line, and in UTF-16 that of the other byte order, which is no character.
 *
 * @param bytes - whole characters of the encoding
 */
export function foreignFile(bytes: Buffer, encoding: EncodingName): ForeignFile | undefined {
  if (encoding === 'utf-8') return undefined;
  for (let at = bytes.indexOf(utf8Mark); at !== -1; at = bytes.indexOf(utf8Mark, at + 1))
    if (isBehindLineEnd(bytes, at, encoding)) return { at, encoding: 'utf-8' };
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return undefined;
  const other = encoding === 'utf-16le' ? 'utf-16be' : 'utf-16le';
  const mark = other === 'utf-16be' ? highFirst : lowFirst;
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1))
    if (at % 2 === 0) return { at, encoding: other };
  return undefined;
}

function isBehindLineEnd(bytes: Buffer, at: number, encoding: EncodingName): boolean {
  const isEnd = (index: number): boolean => bytes[index] === LINE_FEED || bytes[index] === CARRIAGE_RETURN;
  if (encoding === 'utf-16le') return at % 2 === 0 && isEnd(at - 2) && bytes[at - 1] === 0;
  if (encoding === 'utf-16be') return at % 2 === 0 && isEnd(at - 1) && bytes[at - 2] === 0;
  return isEnd(at - 1);
}
