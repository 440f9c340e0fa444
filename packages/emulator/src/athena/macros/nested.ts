import { queryLimits } from '../../query/query-limits.js';
import { ANY_MAP, fail, failWith, JSON_VALUE, macro, type Macro } from './macro.js';

const most = queryLimits.sequenceEntries;
const tooLong = failWith(
  `INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than ${most} entries`,
);
const duplicateIn = (keys: string): string =>
  fail(
    `concat('INVALID_FUNCTION_ARGUMENT: Duplicate map keys (', CAST(list_filter(${keys}, lambda x, i: list_position(${keys}, x) <> i)[1] AS VARCHAR), ') are not allowed')`,
  );

/** Arrays, maps and rows. A parameter `p` only shows the type: the same argument follows as `x`. */
export const nestedMacros: readonly Macro[] = [
  macro('trino_cardinality', [`p ${ANY_MAP}, x`, 'len(map_keys(x))'], ['p, x', 'len(x)']),
  macro(
    'trino_missing',
    [
      `p ${ANY_MAP}, k`,
      `CASE WHEN p IS NULL OR k IS NULL OR list_contains(map_keys(p), CAST(k AS VARCHAR)) THEN NULL ELSE ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Key not present in map: ', CAST(k AS VARCHAR))`)} END`,
    ],
    [
      'p, k',
      `CASE WHEN p IS NULL OR k IS NULL THEN NULL WHEN k = 0 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')} WHEN k < 0 THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Array subscript is negative: ', CAST(k AS VARCHAR))`)} WHEN k > len(p) THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length: ', CAST(k AS VARCHAR), ' > ', CAST(len(p) AS VARCHAR))`)} ELSE NULL END`,
    ],
  ),
  macro(
    'trino_element',
    [`p ${ANY_MAP}, x, k`, 'map_extract_value(x, k)'],
    [
      'p, x, k',
      `CASE WHEN k = 0 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')} ELSE list_extract(x, k) END`,
    ],
  ),
  macro(
    'trino_item',
    [`p ${ANY_MAP}, x, k`, 'coalesce(map_extract_value(x, k), trino_missing(x, k))'],
    ['p, x, k', 'coalesce(list_extract(x, CASE WHEN k >= 1 THEN k END), trino_missing(x, k))'],
  ),
  macro('trino_entries', [`p ${ANY_MAP}, x`, 'map_entries(x)'], ['p, x', 'x']),
  macro('trino_array_concat', [
    'a, b',
    `CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE list_concat(a, b) END`,
  ]),
  // Text and an item that is none are not put together; `p` shows the type of the array.
  macro(
    'trino_array_append',
    ['p VARCHAR, a, b', 'trino_concat(a, b)'],
    ['p, a, b', `CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE list_append(a, b) END`],
  ),
  macro(
    'trino_array_prepend',
    ['p VARCHAR, a, b', 'trino_concat(a, b)'],
    ['p, a, b', `CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE list_prepend(a, b) END`],
  ),
  macro('trino_contains', [
    'a, x',
    `CASE WHEN a IS NULL OR x IS NULL THEN NULL WHEN list_contains(a, x) THEN true WHEN len(a) > list_count(a) THEN NULL ELSE false END`,
  ]),
  macro('trino_array_position', [
    'a, x',
    'CASE WHEN a IS NULL OR x IS NULL THEN NULL ELSE CAST(coalesce(list_position(a, x), 0) AS BIGINT) END',
  ]),
  macro('trino_array_distinct', ['a', 'list_filter(a, lambda x, i: coalesce(list_position(a, x), i) = i)']),
  macro('trino_array_except', [
    'a, b',
    'trino_array_distinct(list_filter(a, lambda x: coalesce(list_position(b, x), 0) = 0))',
  ]),
  macro('trino_array_intersect', [
    'a, b',
    "list_sort(trino_array_distinct(list_filter(a, lambda x: coalesce(list_position(b, x), 0) > 0)), 'ASC', 'NULLS LAST')",
  ]),
  macro('trino_array_union', [
    'a, b',
    'CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE trino_array_distinct(list_concat(a, b)) END',
  ]),
  macro('trino_array_remove', ['a, e', 'list_filter(a, lambda x: x IS NULL OR x <> e)']),
  macro('trino_array_sort', ['a', `list_sort(a, 'ASC', 'NULLS LAST')`]),
  macro('trino_arrays_overlap', [
    'a, b',
    'CASE WHEN list_has_any(a, b) THEN true WHEN a IS NULL OR b IS NULL THEN NULL WHEN len(a) > 0 AND len(b) > 0 AND (len(a) > list_count(a) OR len(b) > list_count(b)) THEN NULL ELSE false END',
  ]),
  macro('trino_array_max', ['a', 'CASE WHEN len(a) > list_count(a) THEN NULL ELSE list_max(a) END']),
  macro('trino_array_min', ['a', 'CASE WHEN len(a) > list_count(a) THEN NULL ELSE list_min(a) END']),
  macro('trino_array_first', ['a', 'CASE WHEN len(a) = 0 THEN NULL ELSE a[1] END']),
  macro('trino_array_last', ['a', 'a[len(a)]']),
  macro(
    'trino_join',
    [
      'a, s',
      `array_to_string(list_transform(list_filter(a, lambda x: x IS NOT NULL), lambda x: trino_join_text(x)), s)`,
    ],
    ['a, s, n', 'array_to_string(list_transform(a, lambda x: coalesce(trino_join_text(x), n)), s)'],
  ),
  macro('trino_join_text', ['x VARCHAR', 'x'], ['x', 'trino_text(x)']),
  macro('trino_slice', [
    'a, i, n',
    `CASE WHEN i = 0 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')}
      WHEN n < 0 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: length must be greater than or equal to 0')}
      WHEN n = 0 OR i < -len(a) THEN list_slice(a, 1, 0)
      WHEN i < 0 THEN list_slice(a, len(a) + i + 1, len(a) + i + n)
      ELSE list_slice(a, i, i + n - 1) END`,
  ]),
  macro('trino_trim_array', [
    'a, n',
    `CASE WHEN n < 0 OR n > len(a) THEN ${failWith('INVALID_FUNCTION_ARGUMENT: size must not exceed array cardinality')} ELSE list_slice(a, 1, len(a) - n) END`,
  ]),
  macro('trino_ngrams', [
    'a, n',
    'CASE WHEN n >= len(a) THEN [a] ELSE list_transform(generate_series(1, len(a) - n + 1), lambda i: list_slice(a, i, i + n - 1)) END',
  ]),
  macro('trino_all', [
    'flags',
    `CASE WHEN flags IS NULL THEN NULL WHEN list_contains(flags, false) THEN false WHEN len(flags) > list_count(flags) THEN NULL ELSE true END`,
  ]),
  macro('trino_any', [
    'flags',
    `CASE WHEN flags IS NULL THEN NULL WHEN list_contains(flags, true) THEN true WHEN len(flags) > list_count(flags) THEN NULL ELSE false END`,
  ]),
  macro(
    'trino_map',
    ['', 'MAP {}'],
    [
      'k, v',
      `CASE WHEN k IS NULL OR v IS NULL THEN NULL WHEN len(k) <> len(v) THEN ${failWith('INVALID_FUNCTION_ARGUMENT: Key and value arrays must be the same length')} WHEN len(list_distinct(k)) <> len(k) THEN ${duplicateIn('k')} ELSE map(k, v) END`,
    ],
  ),
  macro('trino_map_from_entries', [
    'e',
    `CASE WHEN e IS NULL THEN NULL WHEN len(list_distinct(list_transform(e, lambda x: struct_extract_at(x, 1)))) <> len(e) THEN ${duplicateIn('list_transform(e, lambda y: struct_extract_at(y, 1))')} ELSE map(list_transform(e, lambda x: struct_extract_at(x, 1)), list_transform(e, lambda x: struct_extract_at(x, 2))) END`,
  ]),
  macro('trino_map_entries', [
    'm',
    'list_transform(map_entries(m), lambda e: struct_pack("$0" := struct_extract_at(e, 1), "$1" := struct_extract_at(e, 2)))',
  ]),
  // The first value of each key stays.
  macro('trino_first_of_key', [
    'e',
    'trino_map_of(list_filter(e, lambda x, i: struct_extract_at(x, 1) IS NOT NULL AND list_position(list_transform(e, lambda y: struct_extract_at(y, 1)), struct_extract_at(x, 1)) = i))',
  ]),
  macro('trino_map_of', [
    'e',
    'map(list_transform(e, lambda x: struct_extract_at(x, 1)), list_transform(e, lambda x: struct_extract_at(x, 2)))',
  ]),
  macro('trino_none', ['flags', 'NOT trino_any(flags)']),
  macro('trino_map_concat', ['a, b', 'CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE map_concat(a, b) END']),
  macro('trino_histogram', [
    'm',
    'CASE WHEN m IS NULL THEN NULL ELSE map(map_keys(m), list_transform(map_values(m), lambda v: CAST(v AS BIGINT))) END',
  ]),
  macro(
    'trino_sequence',
    [
      'a DATE, b DATE',
      `CASE WHEN abs(date_diff('day', a, b)) >= ${most} THEN ${tooLong} ELSE list_transform(generate_series(a, b, to_days(CASE WHEN a <= b THEN 1 ELSE -1 END)), lambda x: CAST(x AS DATE)) END`,
    ],
    [
      'a, b',
      `CASE WHEN abs(CAST(b AS HUGEINT) - CAST(a AS HUGEINT)) >= ${most} THEN ${tooLong} ELSE generate_series(CAST(a AS BIGINT), CAST(b AS BIGINT), CASE WHEN a <= b THEN 1 ELSE -1 END) END`,
    ],
    [
      'a DATE, b DATE, s INTERVAL',
      `CASE WHEN trino_steps(a, b, s) >= ${most} THEN ${tooLong} ELSE list_transform(generate_series(a, b, s), lambda x: CAST(x AS DATE)) END`,
    ],
    [
      'a TIMESTAMP_S, b TIMESTAMP_S, s INTERVAL',
      `CASE WHEN trino_steps(a, b, s) >= ${most} THEN ${tooLong} ELSE CAST(generate_series(CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP), s) AS TIMESTAMP_S[]) END`,
    ],
    [
      'a TIMESTAMP, b TIMESTAMP, s INTERVAL',
      `CASE WHEN trino_steps(a, b, s) >= ${most} THEN ${tooLong} ELSE generate_series(a, b, s) END`,
    ],
    [
      'a, b, s',
      `CASE WHEN s = 0 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: step must not be zero')} WHEN (b > a AND s < 0) OR (b < a AND s > 0) THEN ${failWith('INVALID_FUNCTION_ARGUMENT: sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start')} WHEN abs(CAST(b AS HUGEINT) - CAST(a AS HUGEINT)) >= ${most} * abs(CAST(s AS HUGEINT)) THEN ${tooLong} ELSE generate_series(CAST(a AS BIGINT), CAST(b AS BIGINT), CAST(s AS BIGINT)) END`,
    ],
  ),
  macro('trino_steps', [
    'a, b, s',
    'abs(epoch(CAST(b AS TIMESTAMP)) - epoch(CAST(a AS TIMESTAMP))) / abs(epoch(s))',
  ]),
  macro('trino_greatest', [
    'a, b',
    'CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE greatest(a, trino_inner_side(b, a)) END',
  ]),
  macro('trino_least', [
    'a, b',
    'CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE least(a, trino_inner_side(b, a)) END',
  ]),
  macro(
    'trino_nested_or_json',
    [`p ${JSON_VALUE}, j, s`, 'j'],
    ['p, j, s', 'CASE WHEN p IS NULL THEN NULL ELSE s END'],
  ),
  macro('trino_field', [`x ${JSON_VALUE}, n`, 'NULL'], ['x, n', 'struct_extract_at(x, n)']),
  // What is not there of a value of another type has one that every cast takes.
  macro('trino_plain_list', [`x ${JSON_VALUE}`, `CAST([] AS ${JSON_VALUE}[])`], ['x', 'x']),
  macro('trino_plain_map', [`x ${JSON_VALUE}`, `CAST(MAP {} AS MAP(VARCHAR, ${JSON_VALUE}))`], ['x', 'x']),
  macro('trino_contains_sequence', [
    'a, b',
    'CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE len(b) = 0 OR len(list_filter(range(1, len(a) - len(b) + 2), lambda i: list_slice(a, i, i + len(b) - 1) = b)) > 0 END',
  ]),
  macro('trino_array_histogram', [
    'a',
    'map(trino_array_distinct(list_filter(a, lambda x: x IS NOT NULL)), list_transform(trino_array_distinct(list_filter(a, lambda x: x IS NOT NULL)), lambda k: CAST(len(list_filter(a, lambda x: x = k)) AS BIGINT)))',
  ]),
  macro('trino_multimap_of', [
    'e',
    'CASE WHEN e IS NULL THEN NULL ELSE map(trino_array_distinct(list_filter(list_transform(e, lambda x: struct_extract_at(x, 1)), lambda k: k IS NOT NULL)), list_transform(trino_array_distinct(list_filter(list_transform(e, lambda x: struct_extract_at(x, 1)), lambda k: k IS NOT NULL)), lambda k: list_transform(list_filter(e, lambda x: struct_extract_at(x, 1) = k), lambda x: struct_extract_at(x, 2)))) END',
  ]),
  macro('trino_zipped_maps', [
    'a, b',
    'list_transform(trino_array_union(map_keys(a), map_keys(b)), lambda k: struct_pack("$0" := k, "$1" := map_extract_value(a, k), "$2" := map_extract_value(b, k)))',
  ]),
];
