import { fail, failWith, macro, type Macro, once, ZONED } from './macro.js';

const Z = ZONED;

/** The parts of an instant, by the name of DuckDB's function. */
const parts = ['year', 'quarter', 'month', 'week', 'day', 'isodow', 'dayofyear', 'isoyear'] as const;
const partsOfTime = ['hour', 'minute', 'second'] as const;
const datePattern = `'\\s*[+-]?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\\s*'`;
const instantPattern = `'\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,12})?)?)?\\s*'`;
/** A text that is written as most are, read by DuckDB's own cast; NULL for others. */
const plain = (pattern: string, type: string): string =>
  `CASE WHEN x GLOB '${pattern}' THEN TRY_CAST(x AS ${type}) END`;
const plainDay = plain('[0-9]???-??-??', 'DATE');
const plainSeconds = plain('[0-9]???-??-?? [0-2]?:??:?[0-9]', 'TIMESTAMP');
/** In whole milliseconds, as most texts are: 1.8 times DuckDB's own cast, where a regular expression was 9 times. */
const plainInstant = plain('[0-9]???-??-?? [0-2]?:??:??.[0-9][0-9][0-9]', 'TIMESTAMP');
const zonedPattern = `^(\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,12})?)?)?) ?([A-Za-z][A-Za-z0-9_/+-]*|[+-][0-9]{2}:?[0-9]{2})$`;
const notCast = (type: string): string =>
  fail(`concat('INVALID_CAST_ARGUMENT: Value cannot be cast to ${type}: ', CAST(x AS VARCHAR))`);
const noField = (unit: string): string =>
  failWith(`INVALID_FUNCTION_ARGUMENT: '${unit}' is not a valid DATE field`, 'DATE');

/** Dates and instants: the current ones, their parts, casts, and calculations with units. */
export const timeMacros: readonly Macro[] = [
  macro('trino_now', ['', `trino_zoned(date_trunc('millisecond', timezone('UTC', now())), 'UTC')`]),
  macro('trino_current_date', ['', `CAST(timezone('UTC', now()) AS DATE)`]),
  macro('trino_localtimestamp', ['', `date_trunc('millisecond', timezone('UTC', now()))`]),
  ...parts.map((part) =>
    macro(
      `trino_${part}`,
      ['x DATE', `${part}(x)`],
      [
        'x INTERVAL',
        `CAST(date_part('${part === 'isodow' || part === 'dayofyear' || part === 'isoyear' ? 'day' : part}', x) AS BIGINT)`,
      ],
      ['x', `${part}(trino_local(x))`],
    ),
  ),
  ...partsOfTime.map((part) =>
    macro(
      `trino_${part}`,
      ['x DATE', failWith(`TYPE_MISMATCH: Unexpected parameters (date) for function ${part}`, 'BIGINT')],
      ['x INTERVAL', `CAST(date_part('${part}', x) AS BIGINT)`],
      ['x', `${part}(trino_local(x))`],
    ),
  ),
  macro(
    'trino_millisecond',
    ['x INTERVAL', `CAST(date_part('millisecond', x) AS BIGINT) % 1000`],
    ['x', 'millisecond(trino_local(x)) % 1000'],
  ),
  macro('trino_text_to_date', [
    'x',
    `CASE WHEN x IS NULL THEN NULL WHEN NOT regexp_full_match(x, ${datePattern}) OR TRY_CAST(trim(x) AS DATE) IS NULL THEN ${notCast('date')} ELSE TRY_CAST(trim(x) AS DATE) END`,
  ]),
  macro(
    'trino_to_date_column',
    ['x VARCHAR', `coalesce(${plainDay}, trino_text_to_date(x))`],
    ['x', 'trino_to_date(x)'],
  ),
  macro(
    'trino_to_date',
    ['x DATE', 'x'],
    ['x VARCHAR', `coalesce(${once('x', plainDay)}, trino_text_to_date(x))`],
    ['x', 'CAST(trino_local(x) AS DATE)'],
  ),
  macro(
    'trino_to_timestamp_6',
    [
      'x VARCHAR',
      `CASE WHEN x IS NULL THEN NULL WHEN NOT regexp_full_match(x, ${instantPattern}) OR TRY_CAST(trim(x) AS TIMESTAMP) IS NULL THEN ${notCast('timestamp')} ELSE TRY_CAST(trim(x) AS TIMESTAMP) END`,
    ],
    ['x', 'CAST(trino_local(x) AS TIMESTAMP)'],
  ),
  macro('trino_rounded_instant', [
    'x',
    `date_trunc('millisecond', CAST(x AS TIMESTAMP) + to_microseconds(500))`,
  ]),
  macro('trino_rough_text_to_timestamp', [
    'x',
    `coalesce(${plainSeconds}, trino_rounded_instant(trino_to_timestamp_6(x)))`,
  ]),
  macro(
    'trino_to_timestamp_column',
    ['x VARCHAR', `coalesce(${plainInstant}, trino_rough_text_to_timestamp(x))`],
    ['x', 'trino_to_timestamp(x)'],
  ),
  macro(
    'trino_to_timestamp',
    ['x TIMESTAMP', 'x'],
    ['x TIMESTAMP_S', 'CAST(x AS TIMESTAMP)'],
    ['x DATE', 'CAST(x AS TIMESTAMP)'],
    ['x VARCHAR', `coalesce(${once('x', plainInstant)}, trino_rough_text_to_timestamp(x))`],
    ['x', 'trino_rounded_instant(trino_to_timestamp_6(x))'],
  ),
  macro(
    'trino_to_zoned',
    [`x ${Z}`, 'x'],
    [
      'x VARCHAR',
      `CASE WHEN x IS NULL THEN NULL WHEN regexp_full_match(x, ${instantPattern}) THEN trino_zoned(TRY_CAST(x AS TIMESTAMP), 'UTC')
      WHEN regexp_matches(x, '${zonedPattern}') THEN trino_zoned(trino_utc_at(TRY_CAST(regexp_extract(x, '${zonedPattern}', 1) AS TIMESTAMP), trino_zone_name(regexp_extract(x, '${zonedPattern}', 2))), trino_zone_name(regexp_extract(x, '${zonedPattern}', 2)))
      ELSE ${notCast('timestamp with time zone')} END`,
    ],
    ['x', `trino_zoned(trino_local(x), 'UTC')`],
  ),
  macro(
    'trino_at_timezone',
    [`zone VARCHAR, x ${Z}`, `trino_zoned(struct_extract(x, '$utc'), trino_zone_name(zone))`],
    ['zone VARCHAR, x', `trino_zoned(trino_local(x), trino_zone_name(zone))`],
  ),
  macro('trino_with_timezone', [
    'x, zone',
    'trino_zoned(trino_utc_at(trino_local(x), trino_zone_name(zone)), trino_zone_name(zone))',
  ]),
  macro('trino_timezone_name', [`x ${Z}`, `struct_extract(x, '$zone')`]),
  macro('trino_timezone_hour', ['x', 'CAST(trunc(trino_offset_minutes(x) / 60e0) AS BIGINT)']),
  macro('trino_timezone_minute', ['x', 'trino_offset_minutes(x) % 60']),
  macro(
    'trino_no_unit',
    [
      'u, x DATE',
      fail(`concat('INVALID_FUNCTION_ARGUMENT: ''', u, ''' is not a valid DATE field')`, 'BIGINT'),
    ],
    [
      'u, x',
      fail(`concat('INVALID_FUNCTION_ARGUMENT: ''', u, ''' is not a valid Timestamp field')`, 'BIGINT'),
    ],
  ),
  macro(
    'trino_date_trunc',
    [
      'u, x DATE',
      `CASE WHEN u IN ('hour', 'minute', 'second', 'millisecond') THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: ''', u, ''' is not a valid DATE field')`)} ELSE CAST(date_trunc(u, x) AS DATE) END`,
    ],
    [
      `u, x ${Z}`,
      once(
        'x',
        `trino_zoned(trino_utc_at(date_trunc(u, trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone'))), struct_extract(x, '$zone')), struct_extract(x, '$zone'))`,
      ),
    ],
    ['u, x', 'cast_to_type(date_trunc(u, trino_local(x)), x)'],
  ),
  macro(
    'trino_shift_days',
    ['i, x DATE', 'CAST(x + i AS DATE)'],
    [
      `i, x ${Z}`,
      once(
        'x',
        `trino_zoned(trino_utc_at(trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone')) + i, struct_extract(x, '$zone')), struct_extract(x, '$zone'))`,
      ),
    ],
    ['i, x', 'cast_to_type(trino_local(x) + i, x)'],
  ),
  macro(
    'trino_shift_time',
    ['i, x DATE', noField('hour')],
    [`i, x ${Z}`, once('x', `trino_zoned(struct_extract(x, '$utc') + i, struct_extract(x, '$zone'))`)],
    ['i, x', 'cast_to_type(trino_local(x) + i, x)'],
  ),
  macro(
    'trino_date_diff',
    [
      'u, a DATE, b DATE',
      `CASE WHEN u IN ('hour', 'minute', 'second', 'millisecond') THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: ''', u, ''' is not a valid DATE field')`)} ELSE date_sub(u, a, b) END`,
    ],
    [
      `u, a ${Z}, b ${Z}`,
      once(
        'a',
        `date_sub(u, trino_local_at(struct_extract(a, '$utc'), struct_extract(a, '$zone')), trino_local_at(struct_extract(b, '$utc'), struct_extract(a, '$zone')))`,
      ),
    ],
    ['u, a, b', 'date_sub(u, trino_utc(a), trino_utc(b))'],
  ),
];
