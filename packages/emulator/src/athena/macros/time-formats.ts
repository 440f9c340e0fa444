import { fail, macro, type Macro, once, ZONED } from './macro.js';

const Z = ZONED;

const isoPattern = `^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T(?:([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]{1,9}))?)?)?)?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$`;

/** Dates and instants as text and as numbers, and read from them. */
export const timeFormatMacros: readonly Macro[] = [
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
];
