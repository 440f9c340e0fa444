import { notSupported, QueryFailure } from './athena-error.js';

/** MySQL's date specifiers, which date_format and date_parse take, as DuckDB writes them. */
const specifiers: Readonly<Record<string, string>> = {
  Y: '%Y',
  y: '%y',
  m: '%m',
  c: '%-m',
  d: '%d',
  e: '%-d',
  H: '%H',
  k: '%-H',
  h: '%I',
  I: '%I',
  l: '%-I',
  i: '%M',
  s: '%S',
  S: '%S',
  f: '%g000',
  p: '%p',
  j: '%j',
  M: '%B',
  b: '%b',
  W: '%A',
  a: '%a',
  T: '%H:%M:%S',
  r: '%I:%M:%S %p',
  v: '%V',
  x: '%G',
  '%': '%%',
};

/** Specifiers that Trino knows and refuses itself. */
const refusedSpecifiers = new Set(['D', 'U', 'u', 'V', 'w', 'X']);

/** Translates a format of `date_format` and `date_parse`; a specifier without an equal is refused. */
export function mysqlFormat(name: string, format: string): string {
  const forParsing = name === 'date_parse';
  return format.replaceAll(/%([^])/gu, (specifier, letter: string) => {
    if (refusedSpecifiers.has(letter)) {
      throw new QueryFailure(`INVALID_FUNCTION_ARGUMENT: ${specifier} not supported in date format string`);
    }
    // Any other letter stands for itself.
    const found = Object.hasOwn(specifiers, letter) ? specifiers[letter] : letter;
    if (found === undefined || (forParsing && ['v', 'x'].includes(letter)))
      throw notSupported(`${name} with "${specifier}"`);
    if (!forParsing) return found;
    return letter === 'f' ? '%f' : found.replaceAll('-', '');
  });
}

const joda: Readonly<Record<string, string>> = {
  y: '%Y',
  yyyy: '%Y',
  YYYY: '%Y',
  xxxx: '%G',
  yy: '%y',
  M: '%-m',
  MM: '%m',
  MMM: '%b',
  MMMM: '%B',
  d: '%-d',
  dd: '%d',
  D: '%-j',
  DDD: '%j',
  H: '%-H',
  HH: '%H',
  h: '%-I',
  hh: '%I',
  m: '%-M',
  mm: '%M',
  s: '%-S',
  ss: '%S',
  SSS: '%g',
  a: '%p',
  E: '%a',
  EEE: '%a',
  EEEE: '%A',
  e: '%u',
};

/** A part of a Joda format: text for DuckDB's `strftime`, or a macro of the instant with numbers. */
export type JodaPart = string | readonly [macro: string, ...numbers: readonly number[]];

/** Translates a format of `format_datetime` and `parse_datetime`; a letter without an equal is refused. */
export function jodaParts(name: string, format: string): readonly JodaPart[] {
  const parts: JodaPart[] = [''];
  for (const [piece] of format.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^]/gu)) {
    const part = jodaPart(piece, name);
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

function jodaPart(piece: string, name: string): JodaPart {
  if (piece === "''") return "'";
  if (piece.startsWith("'")) return piece.slice(1, -1).replaceAll("''", "'").replaceAll('%', '%%');
  if (!/^[A-Za-z]/.test(piece)) return piece === '%' ? '%%' : piece;
  const found = Object.hasOwn(joda, piece) ? joda[piece] : undefined;
  if (found !== undefined) return found;
  const digits = piece.length;
  switch (piece.charAt(0)) {
    case 'K':
      return ['trino_hour_text', 12, 0, digits];
    case 'k':
      return ['trino_hour_text', 24, 24, digits];
    case 'S':
      return ['trino_fraction_text', digits];
    case 'w':
      return ['trino_week_text', digits];
    case 'Z':
      return [digits === 1 ? 'trino_zone_offset' : digits === 2 ? 'trino_zone_colon' : 'trino_zone_id'];
    default:
      throw notSupported(`${name} with "${piece}"; use date_format`);
  }
}
