import { notSupported } from './athena-error.js';
import { jodaParts, mysqlFormat } from './date-formats.js';
import {
  asTyped,
  callOf,
  constantOf,
  nodesOf,
  numberNode,
  type SqlNode,
  textNode,
  textOf,
  type FunctionRewrite,
} from './sql-ast.js';

const intervals: Readonly<Record<string, string>> = {
  millisecond: 'to_milliseconds',
  second: 'to_seconds',
  minute: 'to_minutes',
  hour: 'to_hours',
  day: 'to_days',
  week: 'to_weeks',
  month: 'to_months',
  quarter: 'to_quarters',
  year: 'to_years',
};
const ofTime = new Set(['millisecond', 'second', 'minute', 'hour']);
const text = (value: string): SqlNode => asTyped(textNode(value), 'VARCHAR');

/** An argument that must be a text in the statement. */
function written(call: SqlNode, at: number, name: string, what: string): string {
  const value = constantOf(nodesOf(call.children)[at]);
  if (typeof value !== 'string') throw notSupported(`${name} with ${what} that is no plain text`);
  return value;
}

function unitOf(call: SqlNode, name: string): string {
  const unit = written(call, 0, name, 'a unit').toLowerCase();
  return unit;
}

const parts: Readonly<Record<string, string>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'week',
  day: 'day',
  day_of_month: 'day',
  dow: 'isodow',
  day_of_week: 'isodow',
  doy: 'dayofyear',
  day_of_year: 'dayofyear',
  yow: 'isoyear',
  year_of_week: 'isoyear',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
  timezone_hour: 'timezone_hour',
  timezone_minute: 'timezone_minute',
};

/** Functions of dates whose unit or format decides what stands for them. */
export const dateRewrites: Readonly<Record<string, FunctionRewrite>> = {
  '@date_part': (call, _name, children) => {
    const part = String(constantOf(nodesOf(call.children)[0]) ?? '').toLowerCase();
    if (!(part in parts)) throw notSupported(`extract of "${part}"`);
    return callOf(`trino_${parts[part] ?? ''}`, children.slice(1), call);
  },
  '@date_trunc': (call, name, children) => {
    const unit = unitOf(call, name);
    if (!Object.hasOwn(intervals, unit)) return callOf('trino_no_unit', [text(unit), children[1]], call);
    return callOf('trino_date_trunc', [text(unit), children[1]], call);
  },
  '@date_diff': (call, name, children) => {
    const unit = unitOf(call, name);
    if (!Object.hasOwn(intervals, unit)) return callOf('trino_no_unit', [text(unit), children[1]], call);
    return callOf('trino_date_diff', [text(unit), children[1], children[2]], call);
  },
  '@date_add': (call, name, children) => {
    const unit = unitOf(call, name);
    if (!Object.hasOwn(intervals, unit)) return callOf('trino_no_unit', [text(unit), children[2]], call);
    const count = callOf('trino_to_integer', [children[1]]);
    return callOf(
      ofTime.has(unit) ? 'trino_shift_time' : 'trino_shift_days',
      [callOf(intervals[unit] ?? '', [count]), children[2]],
      call,
    );
  },
  '@date_format': (call, name, children) =>
    callOf(
      'trino_date_format',
      [children[0], text(mysqlFormat(name, written(call, 1, name, 'a format')))],
      call,
    ),
  '@date_parse': (call, name, children) => {
    const format = mysqlFormat(name, written(call, 1, name, 'a format'));
    // Without a year it is 1970, and not DuckDB's 1900.
    const parsed = /%[YyG]/.test(format)
      ? callOf('trino_date_parse', [children[0], text(format)], call)
      : callOf(
          'trino_date_parse',
          [callOf('trino_concat', [text('1970 '), children[0]]), text(`%Y ${format}`)],
          call,
        );
    return format.includes('%y') ? callOf('trino_pivot_year', [{ ...parsed, alias: '' }], call) : parsed;
  },
  '@format_datetime': (call, name, children) => {
    const parts = jodaParts(name, written(call, 1, name, 'a format'))
      .filter((part) => part !== '')
      .map((part) => {
        if (typeof part === 'string') return callOf('trino_date_format', [children[0], text(part)]);
        const [macro, ...numbers] = part;
        return callOf(macro, [children[0], ...numbers.map(numberNode)]);
      });
    const [first = callOf('trino_date_format', [children[0], text('')]), ...rest] = parts;
    const joined = rest.reduce(
      (left, right) => ({ ...callOf('||', [left, right]), is_operator: true }),
      first,
    );
    return { ...joined, alias: textOf(call.alias) };
  },
  '@parse_datetime': (call, name, children) => {
    const parts = jodaParts(name, written(call, 1, name, 'a format')).filter((part) => part !== '');
    const [first = '', zone, ...more] = parts;
    const isZone =
      zone !== undefined &&
      typeof zone !== 'string' &&
      ['trino_zone_offset', 'trino_zone_colon'].includes(zone[0]);
    if (typeof first !== 'string' || (zone !== undefined && !isZone) || more.length > 0)
      throw notSupported('parse_datetime with a zone that is no offset or not last, or with K, k, S or w');
    const plain = first.replaceAll('%-', '%');
    const format = text(
      /%[YyG]/.test(plain) ? `${plain}${isZone ? '%z' : ''}` : `%Y ${plain}${isZone ? '%z' : ''}`,
    );
    const value = /%[YyG]/.test(plain) ? children[0] : callOf('trino_concat', [text('2000 '), children[0]]);
    return callOf(isZone ? 'trino_parse_offset' : 'trino_parse_zoned', [value, format], call);
  },
  '@current_timezone': (call) => ({ ...text('UTC'), alias: textOf(call.alias) }),
  '@timezone': (call, _name, children) =>
    children.length === 1
      ? callOf('trino_timezone_name', children, call)
      : callOf('trino_at_timezone', children, call),
  '@at_timezone': (call, _name, children) => callOf('trino_at_timezone', [children[1], children[0]], call),
};
