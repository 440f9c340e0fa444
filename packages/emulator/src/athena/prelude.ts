import { queryLimits } from '../query/query-limits.js';

const numbers = `'TINYINT','SMALLINT','INTEGER','BIGINT','HUGEINT','FLOAT','DOUBLE'`;
const whole = `'TINYINT','SMALLINT','INTEGER','BIGINT','HUGEINT'`;

const macro = (signature: string, body: string): string => `CREATE OR REPLACE MACRO ${signature} AS ${body}`;

/** A macro that answers `body`, unless `refused` holds: then the query fails with `message`. */
const guarded = (signature: string, refused: string, message: string, body: string): string =>
  macro(signature, `CASE WHEN ${refused} THEN error('${message}') ELSE ${body} END`);

const tooLong = `INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than ${queryLimits.sequenceEntries} entries`;
const timeOf = (name: string): string => `TRY_CAST(CAST(${name} AS VARCHAR) AS TIMESTAMP)`;
const wholeOf = (name: string): string => `TRY_CAST(CAST(${name} AS VARCHAR) AS HUGEINT)`;

/** Settings of each connection that make DuckDB answer as Athena does. */
export const trinoSettings: readonly string[] = [`SET TimeZone = 'UTC'`, 'SET integer_division = true'];

/**
 * Macros that answer as Athena does where DuckDB does not. `typeof` of an operand is known when a query is bound, so a
 * check of types is gone before the query runs.
 */
export const trinoMacros: readonly string[] = [
  macro(
    'trino_family(t)',
    `CASE WHEN t IN (${numbers}) OR t LIKE 'DECIMAL%' THEN 'number'
      WHEN t = 'DATE' OR t LIKE 'TIMESTAMP%' THEN 'time'
      WHEN t LIKE 'STRUCT%' OR t LIKE 'MAP%' OR t LIKE '%]' THEN 'nested' ELSE t END`,
  ),
  macro(
    'trino_alike(a, b)',
    `trino_family(typeof(a)) = trino_family(typeof(b)) OR typeof(a) = '"NULL"' OR typeof(b) = '"NULL"'`,
  ),
  guarded(
    'trino_same(b, a)',
    'NOT trino_alike(a, b)',
    'TYPE_MISMATCH: values of different types are compared; Athena casts none of them by itself',
    'b',
  ),
  macro(
    'trino_divide(a, b)',
    `CASE WHEN typeof(a) LIKE 'DECIMAL%' OR typeof(b) LIKE 'DECIMAL%'
        THEN error('NOT_SUPPORTED: division of decimals, whose scale differs from Athena; cast one side to double')
      WHEN b = 0 AND typeof(a) IN (${whole}) AND typeof(b) IN (${whole})
        THEN error('DIVISION_BY_ZERO: Division by zero')
      WHEN b = 0
        THEN error('NOT_SUPPORTED: a double divided by zero, which Athena answers with Infinity or NaN; use NULLIF')
      ELSE a / b END`,
  ),
  guarded('trino_modulo(a, b)', 'b = 0', 'DIVISION_BY_ZERO: Division by zero', 'a % b'),
  guarded(
    'trino_add(a, b)',
    `typeof(a) = 'DATE' OR typeof(b) = 'DATE'`,
    'NOT_SUPPORTED: a date and an interval, whose sum is a date in Athena; cast the date to timestamp, or write CAST(x AS date)',
    'a + b',
  ),
  guarded(
    'trino_subtract(a, b)',
    `typeof(a) = 'DATE'`,
    'NOT_SUPPORTED: a date and an interval, or two dates; cast the date to timestamp, write CAST(x AS date), or use date_diff',
    'a - b',
  ),
  guarded(
    'trino_concat(a, b)',
    `NOT ((typeof(a) IN ('VARCHAR', '"NULL"') AND typeof(b) IN ('VARCHAR', '"NULL"')) OR (typeof(a) LIKE '%[]' AND typeof(b) LIKE '%[]'))`,
    'TYPE_MISMATCH: only text and text, or array and array, can be put together; cast the others',
    'a || b',
  ),
  guarded(
    'trino_not_decimal(x)',
    `typeof(x) LIKE 'DECIMAL%'`,
    'NOT_SUPPORTED: this function over decimals, whose scale differs from Athena; cast to double',
    'x',
  ),
  macro(
    'trino_text(x)',
    `CASE WHEN typeof(x) IN ('FLOAT', 'DOUBLE', 'INTERVAL', 'TIMESTAMP WITH TIME ZONE') OR trino_family(typeof(x)) = 'nested'
        THEN error('NOT_SUPPORTED: a cast to varchar of a type that Athena writes in its own way; use date_format, or cast to decimal')
      WHEN typeof(x) = 'TIMESTAMP' THEN strftime(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')
      ELSE CAST(x AS VARCHAR) END`,
  ),
  macro(
    'trino_whole(x)',
    `CASE WHEN typeof(x) = 'VARCHAR' AND NOT regexp_full_match(CAST(x AS VARCHAR), '[+-]?[0-9]+')
        THEN error('INVALID_CAST_ARGUMENT: Cannot cast text to a whole number')
      WHEN typeof(x) IN ('FLOAT', 'DOUBLE') AND TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE) <> trunc(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE))
        THEN error('NOT_SUPPORTED: a cast of a fraction to a whole number; use floor, ceil or round before it')
      ELSE x END`,
  ),
  macro(
    'trino_whole_or_null(x)',
    `CASE WHEN typeof(x) = 'VARCHAR' AND NOT regexp_full_match(CAST(x AS VARCHAR), '[+-]?[0-9]+') THEN NULL
      WHEN typeof(x) IN ('FLOAT', 'DOUBLE') AND TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE) <> trunc(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE))
        THEN error('NOT_SUPPORTED: a cast of a fraction to a whole number; use floor, ceil or round before it')
      ELSE x END`,
  ),
  guarded(
    'trino_instant(x)',
    `typeof(x) = 'VARCHAR' AND NOT regexp_full_match(CAST(x AS VARCHAR), '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?')`,
    'INVALID_CAST_ARGUMENT: Value cannot be cast to timestamp; for ISO 8601 with T and Z use from_iso8601_timestamp',
    'x',
  ),
  guarded(
    'trino_instant_or_null(x)',
    `typeof(x) = 'VARCHAR' AND TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP) IS NOT NULL AND NOT regexp_full_match(CAST(x AS VARCHAR), '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?')`,
    'NOT_SUPPORTED: text that Athena would not take for a timestamp',
    'x',
  ),
  guarded(
    'trino_not_double(x)',
    `typeof(x) IN ('FLOAT', 'DOUBLE')`,
    'NOT_SUPPORTED: a cast of a double to decimal, which rounds otherwise in Athena; round first, or cast from text',
    'x',
  ),
  guarded(
    'trino_not_date(x)',
    `typeof(x) = 'DATE'`,
    'NOT_SUPPORTED: date_trunc of a date; cast it to timestamp',
    'x',
  ),
  macro('trino_from_unixtime(x)', 'to_timestamp(CAST(x AS DOUBLE))'),
  macro('trino_to_unixtime(x)', 'epoch(x)'),
  macro(
    'trino_item(list, i)',
    `CASE WHEN list IS NULL THEN NULL WHEN i > len(list) THEN error('INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length') ELSE list_extract(list, i) END`,
  ),
  macro(
    'trino_entry(m, k)',
    `CASE WHEN m IS NULL THEN NULL WHEN NOT list_contains(map_keys(m), k) THEN error('INVALID_FUNCTION_ARGUMENT: Key not present in map') ELSE map_extract_value(m, k) END`,
  ),
  macro(
    'trino_split_part(s, d, i)',
    'CASE WHEN i > len(string_split(s, d)) THEN NULL ELSE split_part(s, d, i) END',
  ),
  macro('trino_substr2(s, i)', `CASE WHEN i = 0 OR i < -length(s) THEN '' ELSE substr(s, i) END`),
  macro(
    'trino_substr3(s, i, n)',
    `CASE WHEN i = 0 OR i < -length(s) OR n <= 0 THEN '' ELSE substr(s, i, n) END`,
  ),
  macro(
    'trino_greatest2(a, b)',
    'CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE greatest(a, trino_same(b, a)) END',
  ),
  macro(
    'trino_least2(a, b)',
    'CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE least(a, trino_same(b, a)) END',
  ),
  macro(
    'trino_json_scalar(j, p)',
    `CASE WHEN json_type(TRY_CAST(j AS JSON), p) IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(TRY_CAST(j AS JSON), p) END`,
  ),
  macro(
    'trino_iso_instant(s)',
    `CAST(CASE WHEN regexp_full_match(s, '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})') THEN s ELSE error('NOT_SUPPORTED: from_iso8601_timestamp of text without date, time and zone') END AS TIMESTAMPTZ)`,
  ),
  guarded(
    'trino_join(list, separator)',
    `typeof(list) IN ('FLOAT[]', 'DOUBLE[]', 'TIMESTAMP[]', 'TIMESTAMP WITH TIME ZONE[]')`,
    'NOT_SUPPORTED: array_join of a type that Athena writes in its own way',
    'array_to_string(list, separator)',
  ),
  macro(
    'trino_slice(list, i, n)',
    `CASE WHEN i = 0 THEN error('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')
      WHEN n < 0 THEN error('INVALID_FUNCTION_ARGUMENT: length must be greater than or equal to 0')
      WHEN n = 0 OR i < -len(list) THEN list_slice(list, 1, 0)
      WHEN i < 0 THEN list_slice(list, len(list) + i + 1, len(list) + i + n)
      ELSE list_slice(list, i, i + n - 1) END`,
  ),
  guarded(
    'trino_sequence2(a, b)',
    `abs(CAST(b AS HUGEINT) - CAST(a AS HUGEINT)) >= ${queryLimits.sequenceEntries}`,
    tooLong,
    'generate_series(a, b, CASE WHEN a <= b THEN 1 ELSE -1 END)',
  ),
  guarded(
    'trino_sequence3(a, b, s)',
    `CASE WHEN typeof(s) = 'INTERVAL'
      THEN abs(epoch(${timeOf('b')}) - epoch(${timeOf('a')})) >= ${queryLimits.sequenceEntries} * abs(epoch(TRY_CAST(CAST(s AS VARCHAR) AS INTERVAL)))
      ELSE abs(${wholeOf('b')} - ${wholeOf('a')}) >= ${queryLimits.sequenceEntries} * abs(${wholeOf('s')}) END`,
    tooLong,
    'generate_series(a, b, s)',
  ),
  macro('trino_remove(text, part)', `replace(text, part, '')`),
  macro('trino_array_max(list)', 'CASE WHEN len(list) > list_count(list) THEN NULL ELSE list_max(list) END'),
  macro('trino_array_min(list)', 'CASE WHEN len(list) > list_count(list) THEN NULL ELSE list_min(list) END'),
];
