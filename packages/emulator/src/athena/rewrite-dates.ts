import { notSupported, QueryFailure } from './athena-error.js';
import { jodaFormat, mysqlFormat } from './date-formats.js';
import {
  asTyped,
  callOf,
  constantOf,
  nodesOf,
  type SqlNode,
  textNode,
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
  if (!(unit in intervals))
    throw new QueryFailure(`INVALID_FUNCTION_ARGUMENT: '${unit}' is not a valid TIMESTAMP field`);
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
  isodow: 'isodow',
  dayofyear: 'dayofyear',
  isoyear: 'isoyear',
};

/** Functions of dates whose unit or format decides what stands for them. */
export const dateRewrites: Readonly<Record<string, FunctionRewrite>> = {
  '@date_part': (call, _name, children) => {
    const part = String(constantOf(nodesOf(call.children)[0]) ?? '').toLowerCase();
    if (!(part in parts)) throw notSupported(`extract of "${part}"`);
    return callOf(`trino_${parts[part] ?? ''}`, children.slice(1), call);
  },
  '@date_trunc': (call, name, children) =>
    callOf('trino_date_trunc', [text(unitOf(call, name)), children[1]], call),
  '@date_diff': (call, name, children) =>
    callOf('trino_date_diff', [text(unitOf(call, name)), children[1], children[2]], call),
  '@date_add': (call, name, children) => {
    const unit = unitOf(call, name);
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
  '@date_parse': (call, name, children) =>
    callOf(
      'trino_date_parse',
      [children[0], text(mysqlFormat(name, written(call, 1, name, 'a format')))],
      call,
    ),
  '@format_datetime': (call, name, children) => {
    const { before, hasOffset, after } = jodaFormat(name, written(call, 1, name, 'a format'));
    return hasOffset
      ? callOf('trino_zone_format', [children[0], text(before), text(after)], call)
      : callOf('trino_date_format', [children[0], text(before)], call);
  },
  '@parse_datetime': (call, name, children) => {
    const { before, hasOffset, after } = jodaFormat(name, written(call, 1, name, 'a format'));
    if (hasOffset && after !== '') throw notSupported('parse_datetime with a zone that is not last');
    const format = text(`${before.replaceAll('%-', '%')}${hasOffset ? '%z' : ''}`);
    return callOf(hasOffset ? 'trino_parse_offset' : 'trino_parse_zoned', [children[0], format], call);
  },
  '@at_timezone': (call, _name, children) => callOf('trino_at_timezone', [children[1], children[0]], call),
};
