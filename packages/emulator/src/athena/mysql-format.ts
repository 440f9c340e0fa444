import { notSupported } from './athena-error.js';

/** MySQL's date specifiers, which Athena's date_format takes, as DuckDB writes them. */
const specifiers: Readonly<Record<string, string>> = {
  Y: '%Y',
  y: '%y',
  m: '%m',
  d: '%d',
  H: '%H',
  i: '%M',
  s: '%S',
  S: '%S',
  f: '%f',
  p: '%p',
  h: '%I',
  I: '%I',
  j: '%j',
  M: '%B',
  b: '%b',
  W: '%A',
  a: '%a',
  T: '%H:%M:%S',
  '%': '%%',
};

/** Translates a format of `date_format` and `date_parse`; a specifier without an equal is refused. */
export function strftimeFormat(name: string, format: string): string {
  return format.replaceAll(/%([^])/g, (specifier, letter: string) => {
    const found = Object.hasOwn(specifiers, letter) ? specifiers[letter] : undefined;
    if (found === undefined) throw notSupported(`${name} with "${specifier}"`);
    return found;
  });
}
