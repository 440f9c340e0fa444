/** One function of Trino's, and what the endpoint does with it. */
export interface TrinoFunction {
  readonly name: string;
  /** As its documentation writes it. */
  readonly signature: string;
  readonly status: 'served' | 'differs' | 'refused';
  /** How it differs, or what to write instead. */
  readonly note: string;
  /**
   * What stands for it: a function or macro of DuckDB's; with `:` before it, its first argument is given twice, once
   * to show its type; with `@`, a rewriting of its own.
   */
  readonly as: string;
  readonly fewestArguments: number;
  readonly mostArguments: number;
}

const served = (...rows: readonly string[]): readonly TrinoFunction[] => rows.map((row) => read(row, 'served'));

/** A row: `signature = target`, and a note after `;`. */
function read(row: string, status: TrinoFunction['status']): TrinoFunction {
  const [head = '', note = ''] = row.split(' ; ');
  const [signature = '', as] = head.split(' = ');
  const name = /^[a-z_0-9]+/.exec(signature)?.[0] ?? '';
  const inner = signature.slice(name.length + 1, signature.lastIndexOf(')'));
  const required = inner.replaceAll(/\[[^\]]*\]/g, '').split(',').filter((part) => part.trim() !== '');
  const all = inner.replaceAll(/[[\]]/g, '').split(',').filter((part) => part.trim() !== '');
  const isOpen = inner.includes('...');
  return Object.freeze({
    name,
    signature,
    status,
    note: note.trim(),
    as: as?.trim() ?? name,
    fewestArguments: isOpen ? Math.max(1, required.length - 1) : required.length,
    mostArguments: isOpen ? Number.MAX_SAFE_INTEGER : all.length,
  });
}

const differs = (...rows: readonly string[]): readonly TrinoFunction[] => rows.map((row) => read(row, 'differs'));
const refused = (...rows: readonly string[]): readonly TrinoFunction[] => rows.map((row) => read(row, 'refused'));

/**
 * Every function that is known, in Trino's words. Dispatch and docs/support.md come from this table; a function that
 * is not in it is refused.
 */
export const trinoFunctions: readonly TrinoFunction[] = Object.freeze([
  // Aggregates
  ...served(
    'count([x])', 'count_if(x)', 'sum(x) = @sum', 'avg(x) = @avg', 'min(x[, n])', 'max(x[, n])', 'bool_and(x)', 'bool_or(x)',
    'every(x) = bool_and', 'arbitrary(x) = any_value', 'any_value(x)', 'max_by(x, y[, n]) = @max_by', 'min_by(x, y[, n]) = @min_by',
    'array_agg(x)', 'map_agg(key, value) = @map_agg', 'histogram(x) = @histogram', 'listagg(x[, separator]) = @listagg', 'stddev(x)', 'stddev_samp(x)', 'stddev_pop(x)',
    'variance(x)', 'var_samp(x)', 'var_pop(x)', 'corr(y, x)', 'covar_samp(y, x)', 'covar_pop(y, x)', 'regr_slope(y, x)', 'regr_intercept(y, x)',
    'geometric_mean(x) = @geometric_mean', 'bitwise_and_agg(x) = @bit_and', 'bitwise_or_agg(x) = @bit_or', 'bitwise_xor_agg(x) = @bit_xor', 'grouping(x, ...)',
  ),
  ...differs(
    'approx_distinct(x[, e]) = @approx_distinct ; exact, which is within the error that Athena allows itself',
    'approx_percentile(x, percentage) = quantile_disc ; exact, which is within the error that Athena allows itself',
  ),
  ...refused(
    'checksum(x) ; compare count(*) and sums, or hash on the client', 'approx_most_frequent(n, x, capacity) ; GROUP BY with ORDER BY count(*) DESC LIMIT n',
    'approx_set(x) ; approx_distinct', 'merge(x) ; approx_distinct', 'cardinality_hll(x) ; approx_distinct', 'numeric_histogram(n, x) ; histogram, or width_bucket with GROUP BY', 'map_union(x) ; UNNEST with map_agg', 'multimap_agg(k, v) ; map_agg over array_agg in a subquery',
    'reduce_agg(x, s, f, g) ; sum, max or another aggregate', 'qdigest_agg(x) ; approx_percentile', 'tdigest_agg(x) ; approx_percentile', 'kurtosis(x) ; write out the moments', 'skewness(x) ; write out the moments', 'entropy(x) ; write out the logarithms', 'sum_data_size(x) ; sum(length(x))',
  ),
  // Window functions
  ...served('row_number()', 'rank()', 'dense_rank()', 'ntile(n)', 'percent_rank()', 'cume_dist()', 'lag(x[, offset, default])', 'lead(x[, offset, default])', 'first_value(x)', 'last_value(x)', 'nth_value(x, n)'),
  // Mathematics
  ...served(
    'abs(x)', 'cbrt(x)', 'ceil(x) = trino_ceil', 'ceiling(x) = trino_ceil', 'floor(x) = trino_floor', 'round(x[, d]) = trino_round', 'truncate(x[, n]) = trino_truncate', 'sign(x) = trino_sign',
    'sqrt(x)', 'exp(x)', 'ln(x)', 'log10(x)', 'log2(x)', 'log(b, x) = trino_exact_log', 'pow(x, p)', 'power(x, p)', 'mod(n, m) = trino_modulo', 'pi()', 'e() = @e',
    'degrees(x)', 'radians(x)', 'sin(x)', 'cos(x)', 'tan(x)', 'asin(x)', 'acos(x)', 'atan(x)', 'atan2(y, x)', 'sinh(x)', 'cosh(x)', 'tanh(x)',
    'is_nan(x) = isnan', 'is_finite(x) = isfinite', 'is_infinite(x) = isinf', 'infinity() = @infinity', 'nan() = @nan', 'from_base(s, radix) = trino_from_base', 'to_base(x, radix) = trino_to_base',
    'width_bucket(x, low, high, n) = trino_width_bucket', 'greatest(a, b, ...) = @greatest', 'least(a, b, ...) = @least',
    'bitwise_and(x, y) = trino_bitwise_and', 'bitwise_or(x, y) = trino_bitwise_or', 'bitwise_xor(x, y) = trino_bitwise_xor', 'bitwise_not(x) = trino_bitwise_not',
    'bitwise_left_shift(x, n) = trino_shift_left', 'bitwise_right_shift(x, n) = trino_shift_right', 'bitwise_right_shift_arithmetic(x, n) = trino_shift_right_arithmetic', 'bit_count(x, bits) = trino_bit_count',
    'random([n, m]) = @random', 'rand([n, m]) = @random',
  ),
  // Text
  ...served(
    'chr(n) = trino_chr', 'codepoint(s) = trino_codepoint', 'concat(a, b, ...) = @concat', 'concat_ws(separator, a, ...) = @concat_ws', 'hamming_distance(a, b) = trino_hamming', 'length(s) = trino_length', 'levenshtein_distance(a, b) = levenshtein',
    'lower(s)', 'upper(s)', 'lpad(s, n, p) = @pad', 'rpad(s, n, p) = @pad', 'trim(s[, characters])', 'ltrim(s[, characters])', 'rtrim(s[, characters])', 'replace(s, search[, replacement]) = trino_replace', 'reverse(x) = trino_reverse',
    'split(s, delimiter[, limit]) = @split', 'split_part(s, delimiter, index) = trino_split_part', 'split_to_map(s, entry, key) = trino_split_to_map', 'strpos(s, part[, instance]) = trino_strpos', 'position(s, part) = strpos', 'starts_with(s, part)',
    'substr(s, start[, length]) = trino_substr', 'substring(s, start[, length]) = trino_substr', 'translate(s, from, to)', 'to_utf8(s) = trino_to_utf8', 'from_utf8(b) = trino_from_utf8', 'typeof(x) = @typeof', 'format(format, x, ...) = @format', 'format_number(x) = @format_number',
    'regexp_like(s, pattern) = @regexp', 'regexp_extract(s, pattern[, group]) = @regexp', 'regexp_extract_all(s, pattern[, group]) = @regexp', 'regexp_replace(s, pattern[, replacement]) = @regexp', 'regexp_split(s, pattern) = @regexp', 'regexp_count(s, pattern) = @regexp', 'regexp_position(s, pattern) = @regexp',
    'url_encode(s) = trino_url_encode', 'url_decode(s) = trino_url_decode', 'url_extract_protocol(url) = @url', 'url_extract_host(url) = @url', 'url_extract_port(url) = trino_url_port', 'url_extract_path(url) = @url', 'url_extract_query(url) = @url', 'url_extract_fragment(url) = @url', 'url_extract_parameter(url, name) = trino_url_parameter',
    'md5(b) = trino_md5', 'sha1(b) = trino_sha1', 'sha256(b) = trino_sha256', 'to_hex(b) = trino_to_hex', 'from_hex(s) = trino_from_hex', 'to_base64(b) = trino_to_base64', 'from_base64(s) = trino_from_base64', 'to_base64url(b) = trino_to_base64url', 'from_base64url(s) = trino_from_base64url',
  ),
  ...refused('soundex(s) ; levenshtein_distance', 'normalize(s) ; normalize text before it is written', 'word_stem(s) ; compare lower(s)', 'split_to_multimap(s, e, k) ; split_to_map', 'luhn_check(s) ; check on the client', 'sha512(b) ; sha256', 'crc32(b) ; md5', 'xxhash64(b) ; md5', 'murmur3(b) ; md5', 'spooky_hash_v2_64(b) ; md5', 'hmac_sha256(b, k) ; compute it on the client', 'uuid() ; make identifiers on the client', 'bar(x, w) ; draw on the client', 'color(x) ; draw on the client'),
  // Dates
  ...served(
    'year(x) = trino_year', 'quarter(x) = trino_quarter', 'month(x) = trino_month', 'week(x) = trino_week', 'week_of_year(x) = trino_week', 'day(x) = trino_day', 'day_of_month(x) = trino_day', 'day_of_week(x) = trino_isodow', 'dow(x) = trino_isodow', 'day_of_year(x) = trino_dayofyear', 'doy(x) = trino_dayofyear', 'year_of_week(x) = trino_isoyear', 'yow(x) = trino_isoyear',
    'hour(x) = trino_hour', 'minute(x) = trino_minute', 'second(x) = trino_second', 'millisecond(x) = trino_millisecond', 'timezone_hour(x) = trino_timezone_hour', 'timezone_minute(x) = trino_timezone_minute', 'now() = trino_now',
    'date(x) = trino_to_date', 'date_part(part, x) = @date_part', 'date_trunc(unit, x) = @date_trunc', 'date_add(unit, n, x) = @date_add', 'date_diff(unit, a, b) = @date_diff', 'date_format(x, format) = @date_format', 'date_parse(s, format) = @date_parse', 'format_datetime(x, format) = @format_datetime', 'parse_datetime(s, format) = @parse_datetime',
    'from_unixtime(x[, zone_or_hours, minutes]) = trino_from_unixtime', 'from_unixtime_nanos(x) = trino_from_unixtime_nanos', 'to_unixtime(x) = trino_to_unixtime', 'from_iso8601_timestamp(s) = trino_iso_instant', 'from_iso8601_date(s) = trino_iso_date', 'to_iso8601(x) = trino_to_iso8601', 'last_day_of_month(x) = trino_last_day',
    'at_timezone(x, zone) = @at_timezone', 'with_timezone(x, zone) = trino_with_timezone', 'timezone(zone, x) = trino_at_timezone', 'human_readable_seconds(x) = trino_human_readable_seconds', 'to_milliseconds(interval) = trino_to_milliseconds',
  ),
  ...refused('parse_duration(s) ; INTERVAL literals', 'from_iso8601_timestamp_nanos(s) ; from_iso8601_timestamp', 'current_timezone() ; it is UTC'),
  // JSON
  ...served(
    'json_parse(s) = trino_json_parse', 'json_format(json) = trino_json_format', 'json_extract(json, path) = @json_path', 'json_extract_scalar(json, path) = @json_path', 'json_size(json, path) = @json_path', 'json_value(json, path) = @json_path', 'json_query(json, path) = @json_path', 'json_exists(json, path) = @json_path',
    'json_array_length(json) = trino_json_array_length', 'json_array_get(json, index) = trino_json_array_get', 'json_array_contains(json, x) = trino_json_array_contains', 'is_json_scalar(json) = trino_is_json_scalar',
  ),
  ...refused('json_object_keys(json) ; map_keys(CAST(json AS map(varchar, json)))', 'json_keys(json) ; map_keys(CAST(json AS map(varchar, json)))'),
  // Arrays, maps, rows
  ...served(
    'cardinality(x) = :trino_cardinality', 'element_at(x, key) = :trino_element', 'contains(array, x) = trino_contains', 'array_position(array, x) = trino_array_position', 'array_distinct(array) = trino_array_distinct', 'array_except(a, b) = trino_array_except', 'array_intersect(a, b) = trino_array_intersect', 'array_union(a, b) = trino_array_union', 'array_remove(array, x) = trino_array_remove', 'array_sort(array[, comparator]) = @array_sort', 'arrays_overlap(a, b) = trino_arrays_overlap',
    'array_max(array) = trino_array_max', 'array_min(array) = trino_array_min', 'array_join(array, separator[, null]) = trino_join', 'array_first(array) = trino_array_first', 'array_last(array) = trino_array_last', 'slice(array, start, length) = trino_slice', 'trim_array(array, n) = trino_trim_array', 'flatten(array)', 'repeat(x, n) = trino_repeat', 'ngrams(array, n) = trino_ngrams', 'sequence(start, stop[, step]) = trino_sequence', 'shuffle(array) = @shuffle', 'zip(a, b, ...) = @zip',
    'transform(array, function) = @lambda', 'filter(array, function) = @lambda', 'any_match(array, function) = @lambda', 'all_match(array, function) = @lambda', 'none_match(array, function) = @lambda', 'reduce(array, state, input, output) = @lambda', 'zip_with(a, b, function) = @lambda', 'map_filter(map, function) = @lambda', 'transform_values(map, function) = @lambda', 'transform_keys(map, function) = @lambda',
    'map([keys, values]) = trino_map', 'map_from_entries(array) = trino_map_from_entries', 'map_entries(map) = trino_map_entries', 'map_keys(map)', 'map_values(map)', 'map_concat(a, b, ...) = @map_concat', 'row(x, ...) = @row', 'nullif(a, b) = @nullif', 'if(condition, a, b) = @if',
  ),
  ...refused('array_histogram(array) ; UNNEST with GROUP BY', 'combinations(array, n) ; a join of UNNEST', 'map_zip_with(a, b, f) ; UNNEST both and join', 'multimap_from_entries(array) ; UNNEST with array_agg'),
]);
