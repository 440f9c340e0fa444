import { fail, failWith, macro, ZONED, type Macro, once } from './macro.js';

const Z = ZONED;

/** The parts of an instant, by the name of DuckDB's function. */
const parts = ['year', 'quarter', 'month', 'week', 'day', 'isodow', 'dayofyear', 'isoyear'] as const;
const partsOfTime = ['hour', 'minute', 'second'] as const;

const datePattern = `'\\s*[+-]?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\\s*'`;
const instantPattern = `'\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,12})?)?)?\\s*'`;
const zonedPattern = `^(\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,12})?)?)?) ?([A-Za-z][A-Za-z0-9_/+-]*|[+-][0-9]{2}:?[0-9]{2})$`;
const isoPattern = `^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T(?:([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]{1,9}))?)?)?)?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$`;
const notCast = (type: string): string =>
  fail(`concat('INVALID_CAST_ARGUMENT: Value cannot be cast to ${type}: ', CAST(x AS VARCHAR))`);
const noField = (unit: string): string =>
  failWith(`INVALID_FUNCTION_ARGUMENT: '${unit}' is not a valid DATE field`, 'DATE');

const DATE_AND_NUMBER = failWith(
  'TYPE_MISMATCH: Cannot apply operator: date + integer; write date + INTERVAL or date_add',
  'DATE',
);

/** Dates, instants and their zones. */
export const timeMacros: readonly Macro[] = [
  macro('trino_zoned', [
    'utc, zone',
    `CASE WHEN utc IS NULL OR zone IS NULL THEN NULL ELSE struct_pack("$utc" := CAST(utc AS TIMESTAMP), "$zone" := CAST(zone AS VARCHAR)) END`,
  ]),
  macro('trino_zone_name', [
    'zone',
    `CASE WHEN upper(zone) IN ('Z', 'UTC', 'GMT', 'ETC/UTC') OR zone IN ('+00:00', '-00:00', '+0000', '+00') THEN 'UTC' WHEN regexp_full_match(zone, '[+-][0-9]{4}') THEN concat(zone[:3], ':', zone[4:]) WHEN regexp_full_match(zone, '[+-][0-9]{2}') THEN concat(zone, ':00') ELSE zone END`,
  ]),
  macro('trino_offset', [
    'zone',
    `(CASE WHEN zone[1] = '-' THEN -1 ELSE 1 END) * (CAST(substr(zone, 2, 2) AS INTEGER) * 60 + CAST(substr(zone, 5, 2) AS INTEGER))`,
  ]),
  macro('trino_local_at', [
    'utc, zone',
    `CASE WHEN zone = 'UTC' THEN utc WHEN zone[1] IN ('+', '-') THEN utc + to_minutes(trino_offset(zone)) ELSE timezone(zone, timezone('UTC', utc)) END`,
  ]),
  macro('trino_utc_at', [
    'local, zone',
    `CASE WHEN zone = 'UTC' THEN local WHEN zone[1] IN ('+', '-') THEN local - to_minutes(trino_offset(zone)) ELSE timezone('UTC', timezone(zone, local)) END`,
  ]),
  macro(
    'trino_local',
    [`x ${Z}`, once('x', `trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone'))`)],
    ['x DATE', 'CAST(x AS TIMESTAMP)'],
    ['x TIMESTAMP', 'x'],
    ['x TIMESTAMP_S', 'x'],
    ['x TIMESTAMP_NS', 'x'],
    [
      'x',
      failWith(
        'TYPE_MISMATCH: Unexpected parameters: a date, a timestamp or a timestamp with time zone is expected; cast text to one',
        'TIMESTAMP',
      ),
    ],
  ),
  macro('trino_utc', [`x ${Z}`, `struct_extract(x, '$utc')`], ['x DATE', 'CAST(x AS TIMESTAMP)'], ['x', 'x']),
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
  macro(
    'trino_to_date',
    ['x DATE', 'x'],
    [
      'x VARCHAR',
      `CASE WHEN x IS NULL THEN NULL WHEN NOT regexp_full_match(x, ${datePattern}) OR TRY_CAST(trim(x) AS DATE) IS NULL THEN ${notCast('date')} ELSE TRY_CAST(trim(x) AS DATE) END`,
    ],
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
  macro(
    'trino_to_timestamp',
    ['x TIMESTAMP', 'x'],
    ['x TIMESTAMP_S', 'CAST(x AS TIMESTAMP)'],
    ['x DATE', 'CAST(x AS TIMESTAMP)'],
    ['x', `date_trunc('millisecond', trino_to_timestamp_6(x) + to_microseconds(500))`],
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
    'trino_date_trunc',
    [
      'u, x DATE',
      `CASE WHEN u IN ('hour', 'minute', 'second', 'millisecond') THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: ''', u, ''' is not a valid DATE field')`)} ELSE CAST(date_trunc(u, x) AS DATE) END`,
    ],
    [
      `u, x ${Z}`,
      `trino_zoned(trino_utc_at(date_trunc(u, trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone'))), struct_extract(x, '$zone')), struct_extract(x, '$zone'))`,
    ],
    ['u, x', 'cast_to_type(date_trunc(u, trino_local(x)), x)'],
  ),
  macro(
    'trino_shift_days',
    ['i, x DATE', 'CAST(x + i AS DATE)'],
    [
      `i, x ${Z}`,
      `trino_zoned(trino_utc_at(trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone')) + i, struct_extract(x, '$zone')), struct_extract(x, '$zone'))`,
    ],
    ['i, x', 'cast_to_type(trino_local(x) + i, x)'],
  ),
  macro(
    'trino_shift_time',
    ['i, x DATE', noField('hour')],
    [`i, x ${Z}`, `trino_zoned(struct_extract(x, '$utc') + i, struct_extract(x, '$zone'))`],
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
      `date_sub(u, trino_local_at(struct_extract(a, '$utc'), struct_extract(a, '$zone')), trino_local_at(struct_extract(b, '$utc'), struct_extract(a, '$zone')))`,
    ],
    ['u, a, b', 'date_sub(u, trino_utc(a), trino_utc(b))'],
  ),
  macro('trino_date_format', ['x, f', 'strftime(trino_local(x), f)']),
  macro('trino_date_parse', [
    's, f',
    once(
      's',
      `CASE WHEN s IS NULL THEN NULL WHEN try_strptime(s, f) IS NULL THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Invalid format: "', s, '"')`)} ELSE try_strptime(s, f) END`,
    ),
  ]),
  macro('trino_parse_zoned', ['s, f', `trino_zoned(trino_date_parse(s, f), 'UTC')`]),
  macro('trino_parse_offset', [
    's, f',
    `trino_zoned(CASE WHEN s IS NULL THEN NULL WHEN try_strptime(s, f) IS NULL THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Invalid format: "', s, '"')`)} ELSE trino_stripped(try_strptime(s, f)) END, trino_zone_name(coalesce(nullif(regexp_extract(s, '([+-][0-9]{2}:?[0-9]{2}|Z)$', 1), ''), 'UTC')))`,
  ]),
  macro('trino_stripped', ['x TIMESTAMPTZ', `timezone('UTC', x)`], ['x', 'CAST(x AS TIMESTAMP)']),
  macro(
    'trino_from_unixtime',
    ['x', `trino_zoned(make_timestamp(CAST(round(CAST(x AS DOUBLE) * 1000) AS BIGINT) * 1000), 'UTC')`],
    [
      'x, zone',
      `trino_zoned(make_timestamp(CAST(round(CAST(x AS DOUBLE) * 1000) AS BIGINT) * 1000), trino_zone_name(zone))`,
    ],
    [
      'x, h, m',
      `trino_zoned(make_timestamp(CAST(round(CAST(x AS DOUBLE) * 1000) AS BIGINT) * 1000), trino_zone_name(concat(CASE WHEN h < 0 THEN '-' ELSE '+' END, lpad(CAST(abs(h) AS VARCHAR), 2, '0'), ':', lpad(CAST(abs(m) AS VARCHAR), 2, '0'))))`,
    ],
  ),
  macro('trino_from_unixtime_nanos', ['x', `trino_zoned(make_timestamp(CAST(x AS BIGINT) // 1000), 'UTC')`]),
  macro('trino_to_unixtime', [`x ${Z}`, `epoch(struct_extract(x, '$utc'))`], ['x', 'epoch(trino_local(x))']),
  macro('trino_iso_date', [
    's',
    `CASE WHEN s IS NULL THEN NULL WHEN regexp_full_match(s, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(s AS DATE) IS NOT NULL THEN TRY_CAST(s AS DATE) WHEN regexp_full_match(s, '[0-9]{4}-W[0-9]{2}(-[1-7])?') THEN CAST(try_strptime(CASE WHEN length(s) = 8 THEN concat(s, '-1') ELSE s END, '%G-W%V-%u') AS DATE) ELSE ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Invalid format: "', s, '"')`)} END`,
  ]),
  macro('trino_iso_part', ['s, i', `coalesce(nullif(regexp_extract(s, '${isoPattern}', i), ''), '00')`]),
  macro('trino_iso_zone', [
    's',
    `trino_zone_name(coalesce(nullif(regexp_extract(s, '${isoPattern}', 6), ''), 'UTC'))`,
  ]),
  macro('trino_iso_instant', [
    's',
    once(
      's',
      `CASE WHEN s IS NULL THEN NULL WHEN NOT regexp_matches(s, '${isoPattern}') OR TRY_CAST(regexp_extract(s, '${isoPattern}', 1) AS DATE) IS NULL THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Invalid format: "', s, '"')`)}
      ELSE trino_zoned(trino_utc_at(date_trunc('millisecond', TRY_CAST(concat(regexp_extract(s, '${isoPattern}', 1), ' ', trino_iso_part(s, 2), ':', trino_iso_part(s, 3), ':', trino_iso_part(s, 4), '.', trino_iso_part(s, 5)) AS TIMESTAMP)), trino_iso_zone(s)), trino_iso_zone(s)) END`,
    ),
  ]),
  macro(
    'trino_to_iso8601',
    ['x DATE', `strftime(x, '%Y-%m-%d')`],
    [
      `x ${Z}`,
      once(
        'x',
        `concat(strftime(trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone')), '%Y-%m-%dT%H:%M:%S.%g'), CASE WHEN struct_extract(x, '$zone') = 'UTC' THEN 'Z' ELSE concat(trino_zone_offset(x)[:3], ':', trino_zone_offset(x)[4:]) END)`,
      ),
    ],
    ['x TIMESTAMP_S', `strftime(x, '%Y-%m-%dT%H:%M:%S')`],
    ['x TIMESTAMP_NS', `strftime(x, '%Y-%m-%dT%H:%M:%S.%f')`],
    ['x', `strftime(trino_local(x), '%Y-%m-%dT%H:%M:%S.%g')`],
  ),
  macro(
    'trino_zone_offset',
    [
      `x ${Z}`,
      `CASE WHEN trino_offset_minutes(x) < 0 THEN '-' ELSE '+' END || lpad(CAST(abs(trino_offset_minutes(x)) // 60 AS VARCHAR), 2, '0') || lpad(CAST(abs(trino_offset_minutes(x)) % 60 AS VARCHAR), 2, '0')`,
    ],
    ['x', `'+0000'`],
  ),
  macro('trino_zone_format', [
    'x, f, g',
    'concat(strftime(trino_local(x), f), trino_zone_offset(x), strftime(trino_local(x), g))',
  ]),
  macro('trino_last_day', ['x', 'last_day(CAST(trino_local(x) AS DATE))']),
  macro('trino_readable_part', [
    'n, unit',
    `CASE WHEN n = 0 THEN NULL WHEN n = 1 THEN concat('1 ', unit) ELSE concat(CAST(n AS VARCHAR), ' ', unit, 's') END`,
  ]),
  macro('trino_readable_seconds', [
    's',
    `CASE WHEN s IS NULL THEN NULL WHEN s = 0 THEN '0 seconds' ELSE concat_ws(', ', trino_readable_part(s // 604800, 'week'), trino_readable_part(s % 604800 // 86400, 'day'), trino_readable_part(s % 86400 // 3600, 'hour'), trino_readable_part(s % 3600 // 60, 'minute'), trino_readable_part(s % 60, 'second')) END`,
  ]),
  macro('trino_human_readable_seconds', [
    'x',
    'trino_readable_seconds(CAST(abs(round(CAST(x AS DOUBLE))) AS BIGINT))',
  ]),
  macro('trino_to_milliseconds', ['x', 'CAST(epoch_ms(x) AS BIGINT)']),
  // A date and whole days stay a date; hours cannot be added to one.
  macro('trino_day_interval', [
    'i',
    `CASE WHEN i <> to_months(CAST(date_part('year', i) * 12 + date_part('month', i) AS INTEGER)) + to_days(CAST(date_part('day', i) AS INTEGER)) THEN ${failWith('INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date')} ELSE i END`,
  ]),
  // Nothing but numbers is added; text is no number in Athena. The argument stays as it is.
  macro(
    'trino_number',
    [
      'x DATE',
      failWith(
        'TYPE_MISMATCH: Cannot apply operator: date + integer; write date + INTERVAL or date_add',
        'BIGINT',
      ),
    ],
    ['x VARCHAR', failWith('TYPE_MISMATCH: Cannot apply operator to varchar: cast it to a number', 'BIGINT')],
    ['x', 'x'],
  ),
  macro(
    'trino_add',
    ['a INTEGER, b INTEGER', 'a + b'],
    ['a BIGINT, b BIGINT', 'a + b'],
    ['a DATE, b INTERVAL', 'CAST(a + trino_day_interval(b) AS DATE)'],
    ['a INTERVAL, b DATE', 'CAST(b + trino_day_interval(a) AS DATE)'],
    [`a ${Z}, b INTERVAL`, 'trino_zoned_shift(a, b)'],
    [`a INTERVAL, b ${Z}`, 'trino_zoned_shift(b, a)'],
    ['a INTERVAL, b INTERVAL', 'a + b'],
    ['a TIMESTAMP, b INTERVAL', 'a + b'],
    ['a TIMESTAMP_S, b INTERVAL', 'CAST(a AS TIMESTAMP) + b'],
    ['a TIMESTAMP_NS, b INTERVAL', 'CAST(a + b AS TIMESTAMP_NS)'],
    ['a INTERVAL, b TIMESTAMP', 'a + b'],
    ['a DATE, b BIGINT', DATE_AND_NUMBER],
    ['a, b', 'trino_number(a) + trino_number(b)'],
  ),
  macro(
    'trino_subtract',
    ['a INTEGER, b INTEGER', 'a - b'],
    ['a BIGINT, b BIGINT', 'a - b'],
    ['a DATE, b INTERVAL', 'CAST(a - trino_day_interval(b) AS DATE)'],
    [`a ${Z}, b INTERVAL`, 'trino_zoned_shift(a, -b)'],
    ['a DATE, b DATE', "to_days(CAST(date_diff('day', b, a) AS INTEGER))"],
    ['a TIMESTAMP, b TIMESTAMP', 'a - b'],
    [`a ${Z}, b ${Z}`, `struct_extract(a, '$utc') - struct_extract(b, '$utc')`],
    ['a INTERVAL, b INTERVAL', 'a - b'],
    ['a TIMESTAMP_S, b INTERVAL', 'CAST(a AS TIMESTAMP) - b'],
    ['a TIMESTAMP_NS, b INTERVAL', 'CAST(a - b AS TIMESTAMP_NS)'],
    ['a TIMESTAMP, b INTERVAL', 'a - b'],
    ['a DATE, b BIGINT', DATE_AND_NUMBER],
    ['a, b', 'trino_number(a) - trino_number(b)'],
  ),
  macro('trino_zoned_shift', [
    `x ${Z}, i INTERVAL`,
    `CASE WHEN i = to_months(CAST(date_part('year', i) * 12 + date_part('month', i) AS INTEGER)) THEN trino_zoned(trino_utc_at(trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone')) + i, struct_extract(x, '$zone')), struct_extract(x, '$zone')) ELSE trino_zoned(struct_extract(x, '$utc') + i, struct_extract(x, '$zone')) END`,
  ]),
  // The two sides of a comparison: instants with zones compare as instants.
  macro(
    'trino_side',
    [`x ${Z}, other ${Z}`, `struct_extract(x, '$utc')`],
    [`x ${Z}, other DATE`, `struct_extract(x, '$utc')`],
    [`x ${Z}, other TIMESTAMP`, `struct_extract(x, '$utc')`],
    [`x DATE, other ${Z}`, 'x'],
    [`x TIMESTAMP, other ${Z}`, 'x'],
    [
      'x, other',
      `CASE WHEN NOT trino_alike(x, other) THEN ${fail(`concat('TYPE_MISMATCH: Cannot apply operator: ', trino_type_name(typeof(other)), ' = ', trino_type_name(typeof(x)), '; Athena casts none of them by itself')`)} ELSE x END`,
    ],
  ),
  macro('trino_alike', [
    'a, b',
    `trino_family(typeof(a)) = trino_family(typeof(b)) OR typeof(a) = '"NULL"' OR typeof(b) = '"NULL"'`,
  ]),
  macro('trino_offset_minutes', [
    `x ${Z}`,
    `CAST(date_diff('minute', struct_extract(x, '$utc'), trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone'))) AS BIGINT)`,
  ]),
];
