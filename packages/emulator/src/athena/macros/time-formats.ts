import { fail, macro, type Macro, once, ZONED } from './macro.js';

const Z = ZONED;

const isoPattern = `^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T(?:([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]{1,9}))?)?)?)?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$`;

const plainIso = (pattern: string): string =>
  `CASE WHEN s GLOB '${pattern}' THEN TRY_CAST(s AS TIMESTAMP) END`;
/** A part of what the pattern found, or what stands for it where it is not there. */
const isoPart = (name: string, instead: string): string =>
  `coalesce(nullif(struct_extract(parts, '${name}'), ''), '${instead}')`;
const isoTime = `date_trunc('millisecond', TRY_CAST(concat(struct_extract(parts, 'day'), ' ', ${isoPart('hour', '00')}, ':', ${isoPart('minute', '00')}, ':', ${isoPart('second', '00')}, '.', ${isoPart('fraction', '00')}) AS TIMESTAMP))`;

/** Dates and instants as text and as numbers, and read from them. */
export const timeFormatMacros: readonly Macro[] = [
  macro('trino_date_format', ['x, f', 'strftime(trino_local(x), f)']),
  macro('trino_date_parse', [
    's, f',
    `coalesce(try_strptime(s, f), CASE WHEN s IS NOT NULL AND f IS NOT NULL THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Invalid format: "', s, '"')`, 'TIMESTAMP')} END)`,
  ]),
  // Two digits of a year are those from 1970 to 2069.
  macro('trino_pivot_year', ['x', 'CASE WHEN year(x) = 1969 THEN x + to_years(100) ELSE x END']),
  macro('trino_parse_zoned', ['s, f', `trino_zoned(trino_date_parse(s, f), 'UTC')`]),
  macro('trino_parse_offset', [
    's, f',
    `trino_zoned(CASE WHEN s IS NULL THEN NULL WHEN try_strptime(s, f) IS NULL THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Invalid format: "', s, '"')`)} ELSE trino_stripped(try_strptime(s, f)) END, trino_zone_name(coalesce(nullif(regexp_extract(s, '([+-][0-9]{2}:?[0-9]{2}|Z)$', 1), ''), 'UTC')))`,
  ]),
  macro('trino_stripped', ['x TIMESTAMPTZ', `timezone('UTC', x)`], ['x', 'CAST(x AS TIMESTAMP)']),
  macro(
    'trino_from_unixtime',
    ['x INTEGER', `trino_zoned(make_timestamp(CAST(x AS BIGINT) * 1000000), 'UTC')`],
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
  macro('trino_to_unixtime', [`x ${Z}`, `epoch(struct_extract(x, '$utc'))`], ['x', 'epoch(trino_local(x))']),
  macro('trino_iso_date', [
    's',
    `CASE WHEN s IS NULL THEN NULL WHEN regexp_full_match(s, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(s AS DATE) IS NOT NULL THEN TRY_CAST(s AS DATE) WHEN regexp_full_match(s, '[0-9]{4}-[0-9]{3}') AND try_strptime(s, '%Y-%j') IS NOT NULL THEN CAST(try_strptime(s, '%Y-%j') AS DATE) WHEN regexp_full_match(s, '[0-9]{4}-W[0-9]{2}(-[1-7])?') THEN CAST(try_strptime(CASE WHEN length(s) = 8 THEN concat(s, '-1') ELSE s END, '%G-W%V-%u') AS DATE) ELSE ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Invalid format: "', s, '"')`)} END`,
  ]),
  // The forms that software writes are told by their marks, and their digits by DuckDB's own cast: 1.6 times that cast,
  // where the pattern of all forms was 180 times.
  macro('trino_iso_utc', [
    's',
    `coalesce(${plainIso('[0-9]???-??-??T[0-2]?:??:??.???Z')}, ${plainIso('[0-9]???-??-??T[0-2]?:??:??Z')})`,
  ]),
  // As an instant alone, for a comparison.
  macro('trino_iso_moment', [
    's',
    `coalesce(trino_iso_utc(s), struct_extract(trino_iso_instant(s), '$utc'))`,
  ]),
  macro('trino_iso_instant', [
    's',
    `coalesce(trino_zoned(trino_iso_utc(s), 'UTC'), trino_iso_instant_of(s, regexp_extract(s, '${isoPattern}', ['day', 'hour', 'minute', 'second', 'fraction', 'zone'])))`,
  ]),
  macro('trino_iso_instant_of', [
    's, parts',
    `trino_iso_in_zone(s, ${once('parts', `struct_pack(local := ${isoTime}, zone := ${isoPart('zone', 'UTC')})`)})`,
  ]),
  macro('trino_iso_in_zone', [
    's, found',
    `coalesce(${once('found', `trino_iso_zoned(struct_extract(found, 'local'), trino_zone_name(struct_extract(found, 'zone')))`)}, CASE WHEN s IS NOT NULL THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Invalid format: "', s, '"')`)} END)`,
  ]),
  macro('trino_iso_zoned', ['local, zone', once('zone', 'trino_zoned(trino_utc_at(local, zone), zone)')]),
  macro(
    'trino_to_iso8601',
    ['x DATE', `strftime(x, '%Y-%m-%d')`],
    [
      `x ${Z}`,
      once(
        'x',
        `concat(strftime(trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone')), '%Y-%m-%dT%H:%M:%S.%g'), CASE WHEN struct_extract(x, '$zone') = 'UTC' THEN 'Z' ELSE trino_zone_colon(x) END)`,
      ),
    ],
    ['x TIMESTAMP', `strftime(x, '%Y-%m-%dT%H:%M:%S.%g')`],
    ['x TIMESTAMP_S', `strftime(x, '%Y-%m-%dT%H:%M:%S')`],
    ['x TIMESTAMP_NS', `strftime(x, '%Y-%m-%dT%H:%M:%S.%f')`],
    ['x', `strftime(trino_local(x), '%Y-%m-%dT%H:%M:%S.%g')`],
  ),
  macro(
    'trino_zone_offset',
    [`x ${Z}`, once('x', 'trino_offset_text(trino_offset_minutes(x))')],
    ['x DATE', `'+0000'`],
    ['x', `'+0000'`],
  ),
  macro('trino_offset_text', [
    'm',
    `CASE WHEN m < 0 THEN '-' ELSE '+' END || lpad(CAST(abs(m) // 60 AS VARCHAR), 2, '0') || lpad(CAST(abs(m) % 60 AS VARCHAR), 2, '0')`,
  ]),
  macro('trino_zone_colon', ['x', `regexp_replace(concat(trino_zone_offset(x)), '(..)$', ':\\1')`]),
  macro('trino_zone_id', [`x ${Z}`, `struct_extract(x, '$zone')`], ['x DATE', `'UTC'`], ['x', `'UTC'`]),
  // A part of a format that DuckDB has no letter for: an hour, its remainder, what stands for zero, and its digits.
  macro('trino_hour_text', [
    'x, size, zero, digits',
    'trino_padded(CASE WHEN hour(trino_local(x)) % size = 0 THEN zero ELSE hour(trino_local(x)) % size END, digits)',
  ]),
  macro('trino_padded', [
    'n, digits',
    `CASE WHEN length(CAST(n AS VARCHAR)) >= digits THEN CAST(n AS VARCHAR) ELSE lpad(CAST(n AS VARCHAR), digits, '0') END`,
  ]),
  macro('trino_fraction_text', ['x, digits', `rpad(strftime(trino_local(x), '%g'), digits, '0')`]),
  macro('trino_week_text', ['x, digits', 'trino_padded(week(trino_local(x)), digits)']),
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
  macro('trino_parse_duration', [
    's',
    `CASE WHEN s IS NOT NULL AND NOT regexp_full_match(s, '\\s*[0-9]+(\\.[0-9]+)?\\s*(ns|us|ms|s|m|h|d)\\s*') THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: duration is not a valid data duration string: ', s)`)}
      ELSE to_milliseconds(CAST(round(TRY_CAST(regexp_extract(s, '[0-9.]+') AS DOUBLE) * CASE regexp_extract(s, '[a-z]+') WHEN 'ns' THEN 1e-6 WHEN 'us' THEN 1e-3 WHEN 'ms' THEN 1 WHEN 's' THEN 1000 WHEN 'm' THEN 60000 WHEN 'h' THEN 3600000 ELSE 86400000 END) AS BIGINT)) END`,
  ]),
  macro('trino_to_milliseconds', ['x', 'CAST(round(epoch(x) * 1000) AS BIGINT)']),
];
