import { nearestNames } from '@store/foundation';
import { IntakeError } from '../errors.js';

/** Encodings with one byte for each character. */
const singleByte = [
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
  'macintosh',
  'x-mac-cyrillic',
  'ibm866',
  'cp437',
  'cp850',
  'cp852',
  'cp858',
] as const;

/** Encodings with one to four bytes for each character, of which the first says how many. */
const multiByte = ['shift_jis', 'euc-jp', 'euc-kr', 'big5', 'gbk', 'gb18030'] as const;

const unicode = ['utf-8', 'utf-16le', 'utf-16be'] as const;

/** Encodings of text: those of Node 20.19, as the WHATWG Encoding Standard names them (checked in November 2026), and code pages of DOS. */
export type EncodingName = SingleByteName | MultiByteName | (typeof unicode)[number];
/** Encodings with one byte for each character. */
export type SingleByteName = (typeof singleByte)[number];
/** Encodings of East Asia. */
export type MultiByteName = (typeof multiByte)[number];

/** Every encoding that a source may be in. */
export const encodingNames: readonly EncodingName[] = Object.freeze([
  ...unicode,
  ...singleByte,
  ...multiByte,
]);

const known: ReadonlySet<string> = new Set(encodingNames);
const singles: ReadonlySet<string> = new Set(singleByte);
const multis: ReadonlySet<string> = new Set(multiByte);

/** Names that are not labels of the standard, and what people mean by them. */
const alsoKnown: ReadonlyMap<string, EncodingName> = new Map([
  ['utf16', 'utf-16le'],
  ['ansi', 'windows-1252'],
  ['sjis', 'shift_jis'],
  ['cp932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['macroman', 'macintosh'],
  ['dos', 'cp850'],
  ['oem', 'cp850'],
]);

/**
 * Returns the encoding that a label means: its name, or an alias such as `latin1` (windows-1252, as browsers read it),
 * `cp1250` or `sjis`; case does not matter.
 *
 * @throws {@link IntakeError} `UNKNOWN_ENCODING`, with the nearest names.
 *
 * @example
 * ```ts
 * import { encodingOf } from '@store/intake';
 *
 * console.log(encodingOf('Latin1')); // windows-1252
 * ```
 */
export function encodingOf(label: string): EncodingName {
  const word = label.trim().toLowerCase();
  const plain = word
    .replace(/^(?:cp|ibm)[-_]?(437|850|852|858)$/, 'cp$1')
    .replace(/^cp(125\d)$/, 'windows-$1');
  const name = alsoKnown.get(plain) ?? (isEncoding(plain) ? plain : standardName(plain));
  if (isEncoding(name)) return name;
  const near = nearestNames(word, encodingNames, 3);
  throw new IntakeError('UNKNOWN_ENCODING', `The encoding '${label.slice(0, 60)}' is not known.`, [], {
    fix: `Name one of ${(near.length > 0 ? near : ['utf-8', 'utf-16le', 'windows-1252', 'windows-1250', 'iso-8859-15', 'shift_jis']).join(', ')}, or save the file as UTF-8.`,
  });
}

/** True where every character takes one byte. */
export const isSingleByte = (name: EncodingName): name is SingleByteName => singles.has(name);

/** True for the encodings of East Asia. */
export const isMultiByte = (name: EncodingName): name is MultiByteName => multis.has(name);

const isEncoding = (name: string): name is EncodingName => known.has(name);

function standardName(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    // No label of the standard: the caller names those that are near.
    return '';
  }
}
