import type { MultiByteName } from './encodings.js';

/**
 * The characters of an encoding of East Asia, by the bytes that stand for them. Where two sequences stand for one
 * character, only the one that writers use is here, so that the text tells the bytes.
 */
export interface MultiByteTable {
  /** Character by its bytes, read as one number. */
  readonly characters: ReadonlyMap<number, string>;
  /** Bytes by the character's code point. */
  readonly bytes: ReadonlyMap<number, number>;
}

const tables = new Map<MultiByteName, MultiByteTable>();

/** Returns the table of an encoding; it is made from the platform's decoder on first use, in about a tenth of a second. */
export function multiByteTable(name: MultiByteName): MultiByteTable {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const characters = new Map<number, string>();
  const bytes = new Map<number, number>();
  const decoder = new TextDecoder(name);
  const add = (...sequence: number[]): void => {
    const text = decoder.decode(Uint8Array.from(sequence));
    const code = text.codePointAt(0) ?? 0xfffd;
    const one = text.length === (code > 0xffff ? 2 : 1) && code !== 0xfffd;
    // A byte of C1 alone is a control that no writer puts into text.
    if (!one || bytes.has(code) || (sequence.length === 1 && code >= 0x80 && code < 0xa0)) return;
    const key = sequence.reduce((sum, byte) => sum * 256 + byte, 0);
    characters.set(key, text);
    bytes.set(code, key);
  };
  for (let byte = 0x80; byte < 0x100; byte++) add(byte);
  for (const lead of leads(name)) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  if (name === 'euc-jp')
    for (let second = 0xa1; second < 0xff; second++)
      for (let third = 0xa1; third < 0xff; third++) add(0x8f, second, third);
  if (name === 'gb18030')
    for (let lead = 0x81; lead < 0x85; lead++)
      for (let second = 0x30; second < 0x3a; second++)
        for (let third = 0x81; third < 0xff; third++)
          for (let last = 0x30; last < 0x3a; last++) add(lead, second, third, last);
  const table = { characters, bytes };
  tables.set(name, table);
  return table;
}

/** First bytes of pairs; those that repeat characters of others come last, as Windows never writes them. */
function leads(name: MultiByteName): readonly number[] {
  const all = Array.from({ length: 0xff - 0x81 }, (_, n) => n + 0x81);
  const repeats = (lead: number): boolean => name === 'shift_jis' && (lead === 0xed || lead === 0xee);
  return [...all.filter((lead) => !repeats(lead)), ...all.filter(repeats)];
}

/** Code point of four bytes of GB18030 from 0x90308130 on, where they are in the order of Unicode. */
export function supplementary(key: number): number | undefined {
  const [lead, second, third, last] = [key >>> 24, (key >>> 16) & 0xff, (key >>> 8) & 0xff, key & 0xff];
  if (lead < 0x90 || second < 0x30 || second > 0x39 || third < 0x81 || third > 0xfe) return undefined;
  if (last < 0x30 || last > 0x39) return undefined;
  const code = 0x10000 + (((lead - 0x90) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + last - 0x30;
  return code <= 0x10ffff ? code : undefined;
}

/** The four bytes of GB18030, as one number, of a code point above U+FFFF. */
export function supplementaryBytes(code: number): number {
  const place = code - 0x10000;
  const last = (place % 10) + 0x30;
  const third = (Math.floor(place / 10) % 126) + 0x81;
  const second = (Math.floor(place / 1260) % 10) + 0x30;
  const lead = Math.floor(place / 12600) + 0x90;
  return ((lead * 256 + second) * 256 + third) * 256 + last;
}
