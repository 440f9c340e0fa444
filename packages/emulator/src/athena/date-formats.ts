import { notSupported } from './athena-error.js';

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
  f: '%f',
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

/** Translates a format of `date_format` and `date_parse`; a specifier without an equal is refused. */
export function mysqlFormat(name: string, format: string): string {
  const forParsing = name === 'date_parse';
  return format.replaceAll(/%([^])/gu, (specifier, letter: string) => {
    const found = Object.hasOwn(specifiers, letter) ? specifiers[letter] : undefined;
    if (found === undefined || (forParsing && ['v', 'x'].includes(letter)))
      throw notSupported(`${name} with "${specifier}"`);
    return forParsing ? found.replaceAll('-', '') : found;
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
  K: '%-I',
  m: '%-M',
  mm: '%M',
  s: '%-S',
  ss: '%S',
  S: '',
  SSS: '%g',
  a: '%p',
  E: '%a',
  EEE: '%a',
  EEEE: '%A',
  e: '%u',
  w: '%-V',
  ww: '%V',
};

/** A Joda format, as DuckDB writes it, and whether it has an offset (`Z`) and in which place. */
export interface JodaFormat {
  readonly before: string;
  readonly hasOffset: boolean;
  readonly after: string;
}

/** Translates a format of `format_datetime` and `parse_datetime`; a letter without an equal is refused. */
export function jodaFormat(name: string, format: string): JodaFormat {
  const sides: string[] = [''];
  for (const [piece] of format.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^]/gu)) {
    let text: string;
    if (piece === "''") text = "'";
    else if (piece.startsWith("'")) text = piece.slice(1, -1).replaceAll("''", "'").replaceAll('%', '%%');
    else if (!/^[A-Za-z]/.test(piece)) text = piece === '%' ? '%%' : piece;
    else if (piece === 'Z') {
      sides.push('');
      continue;
    } else {
      const found = Object.hasOwn(joda, piece) ? joda[piece] : undefined;
      if (found === undefined || found === '') throw notSupported(`${name} with "${piece}"; use date_format`);
      text = found;
    }
    sides.push((sides.pop() ?? '') + text);
  }
  if (sides.length > 2) throw notSupported(`${name} with two zones`);
  const [before = '', after = ''] = sides;
  return { before, hasOffset: sides.length === 2, after };
}
