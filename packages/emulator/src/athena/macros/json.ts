import { fail, failWith, JSON_VALUE, macro, once, type Macro } from './macro.js';

const sortKeys = (depth: number): Macro => {
  const inner = `trino_json_sorted_${depth + 1}`;
  return macro(`trino_json_sorted_${depth}`, [
    'j',
    `CASE json_type(j) WHEN 'OBJECT' THEN '{' || coalesce(array_to_string(list_transform(list_sort(json_keys(j)), lambda k: CAST(to_json(k) AS VARCHAR) || ':' || ${inner}(CAST(json_extract(j, concat('$."', k, '"')) AS VARCHAR))), ','), '') || '}'
      WHEN 'ARRAY' THEN '[' || coalesce(array_to_string(list_transform(CAST(CAST(j AS JSON) AS JSON[]), lambda x: ${inner}(CAST(x AS VARCHAR))), ','), '') || ']' ELSE j END`,
  ]);
};

const text = `CASE WHEN json_valid(trino_json_raw(x)) THEN trino_json_raw(x) END`;

/** Values of type json, and text that holds JSON. */
export const jsonMacros: readonly Macro[] = [
  macro(
    'trino_json_raw',
    [`x ${JSON_VALUE}`, `struct_extract(x, '$json')`],
    ['x VARCHAR', 'x'],
    ['x', failWith('TYPE_MISMATCH: Unexpected parameters: json or varchar is expected', 'VARCHAR')],
  ),
  macro('trino_json_is_sorted', [`x ${JSON_VALUE}`, `struct_extract(x, '$sorted')`], ['x', 'false']),
  macro('trino_json', [
    's, sorted',
    `CASE WHEN s IS NULL THEN NULL ELSE struct_pack("$json" := CAST(s AS VARCHAR), "$sorted" := sorted) END`,
  ]),
  macro('trino_json_sorted_4', [
    'j',
    `CASE WHEN contains(j, '{') THEN ${failWith('NOT_SUPPORTED: text of JSON whose objects are nested more than three deep; json_extract the part before')} ELSE j END`,
  ]),
  sortKeys(3),
  sortKeys(2),
  sortKeys(1),
  macro('trino_json_parse', [
    's VARCHAR',
    `CASE WHEN s IS NULL THEN NULL WHEN NOT json_valid(s) THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON: ''', s, '''')`)} ELSE trino_json(CAST(json(s) AS VARCHAR), true) END`,
  ]),
  macro(
    'trino_json_format',
    [
      `x ${JSON_VALUE}`,
      `CASE WHEN struct_extract(x, '$sorted') THEN trino_json_sorted_1(struct_extract(x, '$json')) ELSE struct_extract(x, '$json') END`,
    ],
    [
      'x',
      failWith('TYPE_MISMATCH: Unexpected parameters for function json_format; expected json', 'VARCHAR'),
    ],
  ),
  macro('trino_json_extract', [
    'x, p',
    `trino_json(CAST(json_extract(${text}, p) AS VARCHAR), trino_json_is_sorted(x))`,
  ]),
  macro('trino_json_scalar', [
    'x, p',
    once(
      'x',
      `CASE WHEN json_type(${text}, p) IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(${text}, p) END`,
    ),
  ]),
  macro('trino_json_query', ['x, p', `CAST(json_extract(${text}, p) AS VARCHAR)`]),
  macro('trino_json_exists', ['x, p', `coalesce(json_exists(${text}, p), false)`]),
  macro('trino_json_size', [
    'x, p',
    once(
      'x',
      `CASE json_type(${text}, p) WHEN 'ARRAY' THEN CAST(json_array_length(${text}, p) AS BIGINT) WHEN 'OBJECT' THEN CAST(len(json_keys(${text}, p)) AS BIGINT) WHEN NULL THEN NULL ELSE CASE WHEN json_exists(${text}, p) THEN CAST(0 AS BIGINT) END END`,
    ),
  ]),
  macro('trino_json_array_length', [
    'x',
    once('x', `CASE WHEN json_type(${text}) = 'ARRAY' THEN CAST(json_array_length(${text}) AS BIGINT) END`),
  ]),
  macro('trino_json_array_get', [
    'x, i',
    once(
      'x',
      `CASE WHEN json_type(${text}) = 'ARRAY' THEN trino_json(CAST(json_extract(${text}, concat('$[', CASE WHEN i < 0 THEN '#' ELSE '' END, CAST(i AS VARCHAR), ']')) AS VARCHAR), trino_json_is_sorted(x)) END`,
    ),
  ]),
  macro(
    'trino_json_item_is',
    ['item, v VARCHAR', `json_type(item) = 'VARCHAR' AND json_extract_string(item, '$') = v`],
    ['item, v BOOLEAN', `json_type(item) = 'BOOLEAN' AND CAST(item AS VARCHAR) = CAST(v AS VARCHAR)`],
    [
      'item, v',
      `json_type(item) IN ('UBIGINT', 'BIGINT', 'DOUBLE') AND TRY_CAST(CAST(item AS VARCHAR) AS DOUBLE) = TRY_CAST(CAST(v AS VARCHAR) AS DOUBLE)`,
    ],
  ),
  macro('trino_json_array_contains', [
    'x, v',
    once(
      'x',
      `CASE WHEN json_type(${text}) = 'ARRAY' THEN len(list_filter(CAST(CAST(${text} AS JSON) AS JSON[]), lambda i: trino_json_item_is(i, v))) > 0 END`,
    ),
  ]),
  macro('trino_is_json_scalar', ['x', `json_type(${text}) NOT IN ('OBJECT', 'ARRAY')`]),
  macro(
    'trino_to_json',
    [`x ${JSON_VALUE}`, 'x'],
    ['x TIMESTAMP', 'trino_json(CAST(to_json(trino_text(x)) AS VARCHAR), true)'],
    ['x TIMESTAMP_S', 'trino_json(CAST(to_json(trino_text(x)) AS VARCHAR), true)'],
    ['x VARCHAR', 'trino_json(CAST(to_json(x) AS VARCHAR), true)'],
    [
      'x',
      `CASE WHEN regexp_matches(typeof(x), 'TIMESTAMP|BLOB|INTERVAL|\\$utc|\\$json|STRUCT\\("?"? ') THEN ${failWith('NOT_SUPPORTED: a cast to json of a value that holds instants, bytes, json or rows without names')} WHEN x IS NULL THEN NULL ELSE trino_json(CAST(to_json(x) AS VARCHAR), true) END`,
    ],
  ),
  macro(
    'trino_to_json_list',
    [`x ${JSON_VALUE}`, 'trino_json_cast_list(x)'],
    ['x', 'list_transform(x, lambda e: trino_to_json(e))'],
  ),
  macro(
    'trino_to_json_map',
    [`x ${JSON_VALUE}`, 'trino_json_cast_map(x)'],
    ['x', 'map(map_keys(x), list_transform(map_values(x), lambda e: trino_to_json(e)))'],
  ),
];
