import { decoding } from './codec.js';
import type { EncodingName } from './encodings.js';
import { multiByteTable } from './multi-byte.js';

/** Bytes that are looked at: enough for the words of some lines. */
const SAMPLE_BYTES = 4096;
/** Least part of the characters beyond ASCII that a script's usual letters are. */
const LEAST_SHARE = 0.9;
/** Least part of them that is kana where a text is Japanese. */
const LEAST_KANA = 0.1;

/** Most of them that are next to a letter of ASCII, and least that are next to each other. */
const MOST_BESIDE_ASCII = 0.3;
const LEAST_IN_WORDS = 0.5;

interface Candidate {
  readonly name: EncodingName;
  readonly language: string;
  /** Whether a character is a usual letter of the language. */
  readonly isUsual: (character: string) => boolean;
}

const kana = /[\u3041-\u30fc]/;
const japanese = (character: string): boolean => kana.test(character) || /\p{Script=Han}/u.test(character);

/** Characters whose pairs of bytes are in the part of an encoding that its everyday characters are in. */
const inPart =
  (name: 'gb18030' | 'big5', isIn: (lead: number, trail: number) => boolean) =>
  (character: string): boolean => {
    const pair = multiByteTable(name).bytes.get(character.codePointAt(0) ?? 0) ?? 0;
    return pair <= 0xffff && isIn(pair >>> 8, pair & 0xff);
  };

const candidates: readonly Candidate[] = [
  { name: 'shift_jis', language: 'Japanese', isUsual: japanese },
  { name: 'euc-jp', language: 'Japanese', isUsual: japanese },
  { name: 'euc-kr', language: 'Korean', isUsual: (character) => /[가-힣]/.test(character) },
  {
    name: 'gb18030',
    language: 'Chinese',
    isUsual: inPart('gb18030', (lead, trail) => lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1),
  },
  {
    name: 'big5',
    language: 'Chinese',
    isUsual: inPart('big5', (lead) => lead >= 0xa4 && lead <= 0xc6),
  },
  { name: 'windows-1251', language: 'Cyrillic', isUsual: (character) => /[А-яЁё]/.test(character) },
];

/**
 * Returns the encodings in which the lines from a byte on are text of another script than Latin: each byte of them is valid,
 * and nearly all that is beyond ASCII are usual letters of the script, in words of their own. Often it is one, or none.
 *
 * @param at - index of a byte that is no UTF-8
 */
export function likelyEncodings(
  bytes: Buffer,
  at: number,
): readonly { readonly name: EncodingName; readonly language: string }[] {
  // No character of any of them has a line feed within.
  const start = bytes.lastIndexOf('\n', at) + 1;
  const sample = bytes.subarray(Math.max(start, at - SAMPLE_BYTES), at + SAMPLE_BYTES);
  return candidates.filter(({ name, isUsual }) => {
    const { text, bad } = decoding(name)(sample, false);
    return bad === undefined && isOfScript(text, name, isUsual);
  });
}

function isOfScript(text: string, name: EncodingName, isUsual: Candidate['isUsual']): boolean {
  const beyond = text.match(/[^\0-\x7f]/gu) ?? [];
  if (beyond.length < 2) return false;
  const share = (found: readonly string[] | null): number => (found?.length ?? 0) / beyond.length;
  // A letter with an accent is within a word of ASCII, and alone; those of another script are words of their own.
  const besideAscii = text.match(/[^\0-\x7f](?=[A-Za-z])|(?<=[A-Za-z])[^\0-\x7f]/gu);
  const besideEachOther = text.match(/[^\0-\x7f](?=[^\0-\x7f])|(?<=[^\0-\x7f])[^\0-\x7f]/gu);
  if (share(besideAscii) > MOST_BESIDE_ASCII || share(besideEachOther) < LEAST_IN_WORDS) return false;
  if (share(beyond.filter(isUsual)) < LEAST_SHARE) return false;
  const isJapanese = name === 'shift_jis' || name === 'euc-jp';
  return !isJapanese || share(beyond.filter((character) => kana.test(character))) >= LEAST_KANA;
}
