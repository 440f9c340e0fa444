import { queryLimits } from '../../query/query-limits.js';
import { fail, failWith, JSON_VALUE, macro, ZONED, type Macro, once } from './macro.js';

const digits = (s: string): string =>
  `regexp_replace(regexp_replace(replace(split_part(${s}, 'e', 1), '.', ''), '^0+', ''), '0+$', '')`;

/** Text, and casts to it. */
export const textMacros: readonly Macro[] = [
  // A double as Trino casts it: one digit, a point, the rest, and an exponent.
  macro('trino_exponent', [
    's',
    `CASE WHEN contains(s, 'e') THEN CAST(split_part(s, 'e', 2) AS INTEGER) ELSE 0 END + CASE WHEN s LIKE '0.%' THEN -1 - length(regexp_extract(s, '^0\\.(0*)', 1)) ELSE length(regexp_extract(s, '^([0-9]+)', 1)) - 1 END`,
  ]),
  macro('trino_scientific', [
    's',
    `concat(${digits('s')}[1], '.', CASE WHEN length(${digits('s')}) > 1 THEN ${digits('s')}[2:] ELSE '0' END, 'E', CAST(trino_exponent(s) AS VARCHAR))`,
  ]),
  macro('trino_double_text', [
    's',
    once(
      's',
      `CASE WHEN s IN ('nan', '-nan') THEN 'NaN' WHEN s = 'inf' THEN 'Infinity' WHEN s = '-inf' THEN '-Infinity' WHEN s = '0.0' THEN '0E0' WHEN s = '-0.0' THEN '-0E0' WHEN s LIKE '-%' THEN concat('-', trino_scientific(s[2:])) ELSE trino_scientific(s) END`,
    ),
  ]),
  macro(
    'trino_text',
    ['x VARCHAR', 'x'],
    ['x INTEGER', 'CAST(x AS VARCHAR)'],
    ['x BIGINT', 'CAST(x AS VARCHAR)'],
    ['x DATE', `strftime(x, '%Y-%m-%d')`],
    ['x TIMESTAMP', `strftime(x, '%Y-%m-%d %H:%M:%S.%g')`],
    ['x TIMESTAMP_S', `strftime(x, '%Y-%m-%d %H:%M:%S')`],
    ['x TIMESTAMP_NS', `strftime(x, '%Y-%m-%d %H:%M:%S.%f')`],
    [
      `x ${ZONED}`,
      `concat(strftime(trino_local_at(struct_extract(x, '$utc'), struct_extract(x, '$zone')), '%Y-%m-%d %H:%M:%S.%g'), ' ', struct_extract(x, '$zone'))`,
    ],
    [`x ${JSON_VALUE}`, `trino_json_text(struct_extract(x, '$json'))`],
    [
      'x BLOB',
      failWith('TYPE_MISMATCH: Cannot cast varbinary to varchar; use from_utf8 or to_hex', 'VARCHAR'),
    ],
    ['x INTERVAL', failWith('NOT_SUPPORTED: a cast of an interval to varchar', 'VARCHAR')],
    [
      'x',
      `CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN trino_double_text(CAST(x AS VARCHAR)) WHEN typeof(x) LIKE 'DECIMAL%' AND trino_precision(typeof(x)) = trino_scale(typeof(x)) THEN regexp_replace(CAST(x AS VARCHAR), '^(-?)[.]', '\\10.') WHEN trino_family(typeof(x)) = 'nested' THEN ${fail(`concat('TYPE_MISMATCH: Cannot cast ', trino_type_name(typeof(x)), ' to varchar')`)} ELSE CAST(x AS VARCHAR) END`,
    ],
  ),
  macro(
    'trino_text_length',
    ['p VARCHAR, s, n', `CASE WHEN length(s) > n THEN substr(s, 1, n) ELSE s END`],
    [
      'p, s, n',
      `CASE WHEN length(s) > n THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Value ', s, ' cannot be represented as varchar(', CAST(n AS VARCHAR), ')')`)} ELSE s END`,
    ],
  ),
  // A whole number of Java's %d and %x; other numbers are no such.
  macro(
    'trino_whole',
    ['x BIGINT', 'x'],
    [
      'x',
      failWith('INVALID_FUNCTION_ARGUMENT: Invalid format string: the value is no whole number', 'BIGINT'),
    ],
  ),
  macro(
    'trino_is_text',
    ['x VARCHAR, name', 'x'],
    [
      'x, name',
      fail(
        `concat('TYPE_MISMATCH: Unexpected parameters (', trino_type_name(typeof(x)), ') for function ', name, '; cast to varchar')`,
        'VARCHAR',
      ),
    ],
  ),
  macro(
    'trino_concat',
    ['a VARCHAR, b VARCHAR', 'a || b'],
    ['a BLOB, b BLOB', 'a || b'],
    [
      'a, b',
      `CASE WHEN NOT (typeof(a) LIKE '%[]' OR typeof(b) LIKE '%[]') AND typeof(a) <> '"NULL"' AND typeof(b) <> '"NULL"' THEN ${fail(`concat('TYPE_MISMATCH: Cannot apply operator: ', trino_type_name(typeof(a)), ' || ', trino_type_name(typeof(b)), '; cast the others to varchar')`)} ELSE trino_any_concat(a, b) END`,
    ],
  ),
  macro(
    'trino_any_concat',
    ['a VARCHAR, b', 'a'],
    ['a, b VARCHAR', 'b'],
    ['a VARCHAR, b VARCHAR', 'a || b'],
    ['a, b', 'trino_array_concat(a, b)'],
  ),
  // Reads its argument once, which nullif does not.
  macro('trino_unless_empty', ['x', once('x', `CASE WHEN x <> '' THEN x END`)]),
  macro('trino_split_part', [
    's, d, i',
    `CASE WHEN i < 1 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: Index must be greater than zero')} ELSE coalesce(trino_unless_empty(split_part(s, d, i)), CASE WHEN i <= len(string_split(s, d)) THEN '' END) END`,
  ]),
  macro('trino_split_limit', [
    's, d, n',
    `CASE WHEN n < 1 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: Limit must be positive')} WHEN len(string_split(s, d)) <= n THEN string_split(s, d) ELSE list_append(list_slice(string_split(s, d), 1, n - 1), array_to_string(list_slice(string_split(s, d), n, len(string_split(s, d))), d)) END`,
  ]),
  macro(
    'trino_substr',
    ['s BLOB, i', 'unhex(trino_hex_part(hex(s), i, octet_length(s)))'],
    ['s BLOB, i, n', 'unhex(trino_hex_part(hex(s), i, n))'],
    ['s, i', `CASE WHEN i = 0 OR i < -length(s) THEN '' ELSE substr(s, i) END`],
    ['s, i, n', `CASE WHEN i = 0 OR i < -length(s) OR n <= 0 THEN '' ELSE substr(s, i, n) END`],
  ),
  macro('trino_hex_part', [
    'digits, i, n',
    `CASE WHEN i = 0 OR 2 * i < -length(digits) OR n <= 0 THEN '' ELSE substr(digits, CASE WHEN i < 0 THEN length(digits) + 2 * i + 1 ELSE 2 * i - 1 END, 2 * n) END`,
  ]),
  macro('trino_places', [
    's, p',
    `list_filter(range(1, length(s) + 1), lambda i: substr(s, i, length(p)) = p)`,
  ]),
  macro(
    'trino_strpos',
    ['s, p', 'strpos(s, p)'],
    [
      's, p, n',
      `CASE WHEN s IS NULL OR p IS NULL OR n IS NULL THEN NULL WHEN n = 0 THEN ${failWith("INVALID_FUNCTION_ARGUMENT: 'instance' must not be a positive or negative number")} WHEN abs(n) > len(trino_places(s, p)) THEN CAST(0 AS BIGINT) WHEN n > 0 THEN list_extract(trino_places(s, p), n) ELSE list_extract(trino_places(s, p), len(trino_places(s, p)) + 1 + n) END`,
    ],
  ),
  macro(
    'trino_reverse',
    ['x VARCHAR', 'reverse(x)'],
    ['x BLOB', `unhex(array_to_string(list_reverse(regexp_extract_all(hex(x), '..')), ''))`],
    ['x', 'list_reverse(x)'],
  ),
  macro('trino_repeat', [
    'x, n',
    `CASE WHEN n < 0 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be greater than or equal to 0')} WHEN n > ${queryLimits.repeatEntries} THEN ${failWith(`INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be less than or equal to ${queryLimits.repeatEntries}`)} ELSE list_transform(generate_series(1, n), lambda i: x) END`,
  ]),
  macro('trino_pad', [
    's, n, p',
    `CASE WHEN n < 0 OR n > 1000000 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: Target length must be in the range [0..1000000]')} WHEN p = '' THEN ${failWith('INVALID_FUNCTION_ARGUMENT: Padding string must not be empty')} ELSE n END`,
  ]),
  macro(
    'trino_replace',
    ['s, p', `replace(s, p, '')`],
    [
      's, p, r',
      `CASE WHEN p = '' THEN concat(r, array_to_string(string_split(s, ''), r), CASE WHEN s = '' THEN '' ELSE r END) ELSE replace(s, p, r) END`,
    ],
  ),
  macro('trino_split_to_map', [
    's, e, k',
    `map_from_entries(list_transform(CASE WHEN s = '' THEN [] ELSE string_split(s, e) END, lambda p: CASE WHEN NOT contains(p, k) OR contains(substr(p, strpos(p, k) + length(k)), k) THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Key-value delimiter must appear exactly once in each entry. Bad input: ''', p, '''')`)} ELSE struct_pack(key := split_part(p, k, 1), value := substr(p, strpos(p, k) + length(k))) END))`,
  ]),
  macro('trino_concat_ws', ['s, list', 'CASE WHEN s IS NULL THEN NULL ELSE array_to_string(list, s) END']),
  macro(
    'trino_concat_ws_one',
    ['p VARCHAR, s, x', "CASE WHEN s IS NULL THEN NULL ELSE coalesce(x, '') END"],
    ['p, s, x', 'trino_concat_ws(s, x)'],
  ),
  macro('trino_chr', [
    'n',
    `CASE WHEN n NOT BETWEEN 0 AND 1114111 THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Not a valid Unicode code point: ', CAST(n AS VARCHAR))`)} ELSE chr(CAST(n AS INTEGER)) END`,
  ]),
  // Java leaves the sharp s as it is, one character for one.
  macro('trino_upper', [
    's',
    `CASE WHEN length(s) < strlen(s) AND contains(s, 'ß') THEN array_to_string(list_transform(string_split(s, 'ß'), lambda part: upper(part)), 'ß') ELSE upper(s) END`,
  ]),
  macro('trino_split', [
    's, d',
    `CASE WHEN d = '' THEN ${failWith('INVALID_FUNCTION_ARGUMENT: The delimiter may not be the empty string')} ELSE string_split(s, d) END`,
  ]),
  macro('trino_luhn', [
    's',
    `CASE WHEN s IS NULL THEN NULL WHEN s = '' THEN false WHEN NOT regexp_full_match(s, '[0-9]+') THEN ${failWith('INVALID_FUNCTION_ARGUMENT: Luhn check is only valid for numbers')}
      ELSE list_sum(list_transform(string_split(reverse(s), ''), lambda c, i: CASE WHEN i % 2 = 1 THEN CAST(c AS INTEGER) WHEN CAST(c AS INTEGER) * 2 > 9 THEN CAST(c AS INTEGER) * 2 - 9 ELSE CAST(c AS INTEGER) * 2 END)) % 10 = 0 END`,
  ]),
  macro('trino_codepoint', [
    's',
    `CASE WHEN length(s) <> 1 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: Input string must be a single character string')} ELSE unicode(s) END`,
  ]),
  macro(
    'trino_to_bytes',
    ['x VARCHAR', 'encode(x)'],
    ['x BLOB', 'x'],
    ['x', failWith('TYPE_MISMATCH: Cannot cast to varbinary', 'BLOB')],
  ),
  macro('trino_to_utf8', ['s VARCHAR', 'encode(s)']),
  macro('trino_from_utf8', [
    'b BLOB',
    `CASE WHEN TRY(decode(b)) IS NULL AND b IS NOT NULL THEN ${failWith('NOT_SUPPORTED: from_utf8 of bytes that are no UTF-8')} ELSE TRY(decode(b)) END`,
  ]),
  macro('trino_to_hex', ['b BLOB', 'hex(b)']),
  macro('trino_from_hex', [
    's VARCHAR',
    `CASE WHEN NOT regexp_full_match(s, '([0-9A-Fa-f]{2})*') THEN ${failWith('INVALID_FUNCTION_ARGUMENT: invalid hex text')} ELSE unhex(s) END`,
  ]),
  macro('trino_to_base64', ['b BLOB', 'to_base64(b)']),
  macro('trino_from_base64', ['s', 'from_base64(s)']),
  macro('trino_to_base64url', ['b BLOB', `translate(to_base64(b), '+/', '-_')`]),
  macro('trino_from_base64url', [
    's',
    `from_base64(rpad(translate(s, '-_', '+/'), CAST(ceil(length(s) / 4e0) * 4 AS INTEGER), '='))`,
  ]),
  macro('trino_md5', ['b BLOB', 'unhex(md5(b))']),
  macro('trino_sha1', ['b BLOB', 'unhex(sha1(b))']),
  macro('trino_sha256', ['b BLOB', 'unhex(sha256(b))']),
  macro(
    'trino_length',
    ['x VARCHAR', 'length(x)'],
    ['x BLOB', 'octet_length(x)'],
    [
      'x',
      fail(
        `concat('TYPE_MISMATCH: Unexpected parameters (', trino_type_name(typeof(x)), ') for function length')`,
        'BIGINT',
      ),
    ],
  ),
  // Form encoding: a space is a plus sign, and of the marks .-*_ alone stay.
  macro('trino_url_encode', [
    's',
    `replace(replace(replace(url_encode(s), '%20', '+'), '~', '%7E'), '%2A', '*')`,
  ]),
  macro('trino_url_decode', ['s', `url_decode(replace(s, '+', ' '))`]),
  macro('trino_url_part', [
    's, i',
    `CASE WHEN s IS NULL OR NOT regexp_matches(s, '^[^ ]*$') THEN NULL ELSE regexp_extract(s, '^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://(?:[^@/?#]*@)?([^/?#:]*|\\[[^\\]]*\\])(?::([0-9]+))?)?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?$', i) END`,
  ]),
  macro('trino_url_text', [
    's, i',
    `CASE WHEN contains(s, '%') THEN trino_url_unescaped(trino_url_part(s, i)) ELSE trino_url_part(s, i) END`,
  ]),
  // Of a component, a plus sign is one.
  macro('trino_url_unescaped', ['s', 'url_decode(s)']),
  macro('trino_url_port', ['s', `TRY_CAST(nullif(trino_url_part(s, 3), '') AS BIGINT)`]),
  macro('trino_url_parameter', [
    's, name',
    `list_extract(list_transform(list_filter(string_split(trino_url_part(s, 5), '&'), lambda p: split_part(p, '=', 1) = name), lambda p: CASE WHEN contains(p, '=') THEN url_decode(substr(p, strpos(p, '=') + 1)) ELSE '' END), 1)`,
  ]),
  macro('trino_regexp_extract', [
    's, p, g',
    `CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p, g) END`,
  ]),
  macro('trino_regexp_replace', ['s, p, r', `regexp_replace(s, p, r, 'g')`]),
  macro('trino_regexp_count', ['s, p', `CAST(len(regexp_extract_all(s, p)) AS BIGINT)`]),
  macro('trino_regexp_extract_group', [
    's, p, g',
    `CASE WHEN regexp_matches(s, p) THEN nullif(regexp_extract(s, p, g), '') END`,
  ]),
  macro('trino_regexp_extract_all_groups', [
    's, p, g',
    `list_transform(regexp_extract_all(s, p, g), lambda found: nullif(found, ''))`,
  ]),
  macro('trino_regexp_position', [
    's, p',
    `CASE WHEN s IS NULL OR p IS NULL THEN NULL WHEN NOT regexp_matches(s, p) THEN -1 ELSE CAST(length(split_part(regexp_replace(s, p, chr(1)), chr(1), 1)) + 1 AS INTEGER) END`,
  ]),
  // Where the matches begin, from what is between them.
  macro('trino_match_places', [
    'parts, matches',
    `list_transform(range(1, len(matches) + 1), lambda i: 1 + coalesce(list_sum(list_transform(list_slice(parts, 1, i), lambda t: length(t))), 0) + coalesce(list_sum(list_transform(list_slice(matches, 1, i - 1), lambda t: length(t))), 0))`,
  ]),
  macro('trino_regexp_place', [
    's, p, start, n',
    `CASE WHEN s IS NULL OR start IS NULL OR n IS NULL THEN NULL WHEN start < 1 OR n < 1 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: start position and occurrence must be greater than 0')}
      WHEN regexp_matches(substr(s, start), p) AND len(list_filter(list_zip(trino_match_places(regexp_split_to_array(s, p), regexp_extract_all(s, p)), regexp_extract_all(s, p)), lambda found: found[1] < start AND found[1] + length(found[2]) > start)) > 0 THEN ${failWith('NOT_SUPPORTED: regexp_position that starts within a match')}
      ELSE CAST(coalesce(list_extract(list_filter(trino_match_places(regexp_split_to_array(s, p), regexp_extract_all(s, p)), lambda place: place >= start), n), -1) AS INTEGER) END`,
  ]),
  macro('trino_hamming', [
    'a, b',
    `CASE WHEN length(a) <> length(b) THEN ${failWith('INVALID_FUNCTION_ARGUMENT: The input strings to hamming_distance function must have the same length')} ELSE CAST(hamming(a, b) AS BIGINT) END`,
  ]),
  // As Java writes values; of doubles, those that it writes without an exponent.
  macro(
    'trino_format_text',
    ['x VARCHAR', 'x'],
    [
      'x',
      `CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') AND NOT (abs(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE)) BETWEEN 0.001 AND 9999999) THEN ${failWith('NOT_SUPPORTED: format with %s of a double that Java writes with an exponent; use %f')} WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN CAST(x AS VARCHAR) ELSE trino_text(x) END`,
    ],
  ),
];
