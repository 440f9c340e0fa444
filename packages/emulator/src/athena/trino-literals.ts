import { QueryFailure, syntaxFailure } from './athena-error.js';

/** A text as a literal. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What a literal's text says. */
export const unquoted = (text: string): string => text.slice(1, -1).replaceAll("''", "'");

/** `U&'\\00e9'` as the text that it means. */
export function unicodeText(literal: string): string {
  const invalid = (why: string): QueryFailure => syntaxFailure(`U&${literal.slice(0, 100)}: ${why}`);
  return literal.replaceAll(
    /\\(?:\\|\+([0-9a-f]{6})|([0-9a-f]{4})|)/gi,
    (found, long?: string, short?: string) => {
      if (found.length === 2) return '\\';
      const code = Number.parseInt(long ?? short ?? '', 16);
      if (Number.isNaN(code)) throw invalid('Incomplete escape sequence');
      if (code === 0 || code > 0x10_ffff || (code >= 0xd800 && code <= 0xdfff))
        throw invalid('Invalid escaped character');
      const character = String.fromCodePoint(code);
      return character === "'" ? "''" : character;
    },
  );
}

/** `TIMESTAMP 'text'` as a call that makes it. */
export function timestampCall(text: string): string {
  const found =
    /^\s*(\d{4,}-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{1,2}(?::\d{1,2}(?:\.(\d{1,12}))?)?)?)\s*([A-Za-z][\w/+-]*|[+-]\d{1,2}(?::?\d{2})?)?\s*$/.exec(
      text,
    );
  if (found === null) throw new QueryFailure(`INVALID_LITERAL: '${text}' is not a valid TIMESTAMP literal`);
  const [, local = '', fraction = '', zone] = found;
  return zone === undefined
    ? `trino_lit_timestamp(${quoted(local)}, ${fraction.length})`
    : `trino_lit_zoned(${quoted(local)}, ${quoted(zone)})`;
}

/** `TYPE 'text'` as a call that makes it. */
export function literalCall(key: string, text: string): string {
  if (key === 'JSON') return `trino_lit_json(${quoted(text)})`;
  if (key === 'DATE' && !/^\s*[+-]?\d{4,}-\d{1,2}-\d{1,2}\s*$/.test(text)) {
    throw new QueryFailure(`INVALID_LITERAL: '${text}' is not a valid DATE literal`);
  }
  if (key !== 'DECIMAL') return `trino_cast(${quoted(text)}, ${quoted(key)})`;
  const found = /^[+-]?(\d*)(?:\.(\d*))?$/.exec(text.trim());
  if (found === null) throw new QueryFailure(`INVALID_LITERAL: '${text}' is not a valid DECIMAL literal`);
  const [, before = '', after = ''] = found;
  const digits = before.replace(/^0+/, '').length + after.length;
  return `trino_cast(${quoted(text)}, 'DECIMAL(${Math.max(1, digits)}, ${after.length})')`;
}

const months: Readonly<Record<string, number>> = { YEAR: 12, MONTH: 1 };
const millis: Readonly<Record<string, number>> = {
  DAY: 86_400_000,
  HOUR: 3_600_000,
  MINUTE: 60_000,
  SECOND: 1000,
};
const units = ['DAY', 'HOUR', 'MINUTE', 'SECOND'];

/** `INTERVAL value unit TO to` as a call that makes it. */
export function intervalCall(value: string, unit: string, to: string, negated: boolean): string {
  const invalid = new QueryFailure(`INVALID_LITERAL: '${value}' is not a valid INTERVAL literal`);
  const text = value.trim();
  const sign = (text.startsWith('-') ? -1 : 1) * (negated ? -1 : 1);
  const digits = text.replace(/^[+-]/, '');
  if (unit in months && to in months) {
    const found = unit === to ? /^(\d+)$/.exec(digits) : /^(\d+)-(\d+)$/.exec(digits);
    if (found === null) throw invalid;
    const count = Number(found[1]) * (months[unit] ?? 1) + Number(found[2] ?? 0);
    return `trino_lit_months(${sign * count})`;
  }
  if (!(unit in millis)) throw syntaxFailure(`mismatched input '${unit.toLowerCase()}' after INTERVAL`);
  let ms: number;
  if (unit === to) {
    if (!/^\d+(?:\.\d+)?$/.test(digits) || (unit !== 'SECOND' && digits.includes('.'))) throw invalid;
    ms = Math.round(Number(digits) * (millis[unit] ?? 1));
  } else {
    const parts = digits.split(/[ :]/);
    const from = units.indexOf(unit);
    if (parts.length !== units.indexOf(to) - from + 1 || parts.some((part) => !/^\d+(?:\.\d+)?$/.test(part)))
      throw invalid;
    ms = parts.reduce(
      (sum, part, index) => sum + Math.round(Number(part) * (millis[units[from + index] ?? ''] ?? 0)),
      0,
    );
  }
  const days = Math.floor(ms / 86_400_000);
  const rest = ms % 86_400_000;
  if (rest === 0) return `trino_lit_days(${sign * days})`;
  const time = `trino_lit_millis(${sign * rest})`;
  return days === 0 ? time : `trino_lit_sum(trino_lit_days(${sign * days}), ${time})`;
}
