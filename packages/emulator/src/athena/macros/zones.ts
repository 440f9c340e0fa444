import { failWith, macro, type Macro, once, ZONED } from './macro.js';

const Z = ZONED;

/** Instants with a zone: how they are made, and read in their zone and in UTC. */
export const zoneMacros: readonly Macro[] = [
  macro('trino_zoned', [
    'instant, zone',
    once(
      'instant',
      `CASE WHEN instant IS NULL OR zone IS NULL THEN NULL ELSE struct_pack("$utc" := CAST(instant AS TIMESTAMP), "$zone" := CAST(zone AS VARCHAR)) END`,
    ),
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
];

/** Minutes of a zone's offset at an instant; made before its callers, which calculate with it. */
export const zoneOffset: Macro = macro('trino_offset_minutes', [
  `x ${Z}`,
  `CAST(date_diff('minute', struct_extract(x, '$utc'), trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone'))) AS BIGINT)`,
]);
