import { fail, failWith, JSON_VALUE, macro, once, type Macro } from './macro.js';
import { wholeTypes } from './number-casts.js';

const sortKeys = (depth: number): Macro => {
  const inner = `trino_json_sorted_${depth + 1}`;
  return macro(`trino_json_sorted_${depth}`, [
    'j',
    `CASE json_type(j) WHEN 'OBJECT' THEN '{' || coalesce(array_to_string(list_transform(list_sort(json_keys(j)), lambda k: CAST(to_json(k) AS VARCHAR) || ':' || ${inner}(CAST(json_extract(j, concat('$."', k, '"')) AS VARCHAR))), ','), '') || '}'
      WHEN 'ARRAY' THEN '[' || coalesce(array_to_string(list_transform(CAST(CAST(j AS JSON) AS JSON[]), lambda x: ${inner}(CAST(x AS VARCHAR))), ','), '') || ']' ELSE j END`,
  ]);
};

/** What is at a path of a text of JSON, which need not be JSON. */
const found = 'TRY(json_extract_string(trino_json_raw(x), p))';

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
  // DuckDB takes a comma behind the last item, NaN and Infinity; outside of strings their letters are in no JSON.
  macro('trino_json_is_strict', [
    's',
    `json_valid(s) AND NOT regexp_matches(regexp_replace(s, '"(?:[^"\\\\]|\\\\.)*"', '""', 'g'), ',\\s*[\\]}]|(?i:nan|inf)')`,
  ]),
  macro('trino_json_parse', [
    's VARCHAR',
    `CASE WHEN s IS NULL THEN NULL WHEN NOT trino_json_is_strict(s) THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON: ''', s, '''')`)} ELSE trino_json(CAST(json(s) AS VARCHAR), true) END`,
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
    `trino_json(CAST(TRY(json_extract(trino_json_raw(x), p)) AS VARCHAR), trino_json_is_sorted(x))`,
  ]),
  // Its first character tells what a text is not: 1.6 times the engine's own function, where asking for the type first
  // was 7 times (athena-speed.bench.ts). What it does not tell is looked at again.
  macro('trino_json_scalar', [
    'x, p',
    `coalesce(trino_plain_scalar(${found}), trino_exact_scalar(trino_json_raw(x), p))`,
  ]),
  macro('trino_plain_scalar', [
    'r',
    once(
      'r',
      `CASE WHEN r >= 'a' AND r < '{' THEN r WHEN r >= ':' AND r < '[' THEN r WHEN r < ':' AND NOT contains(r, '.') AND NOT contains(lower(r), 'e') THEN r END`,
    ),
  ]),
  macro('trino_exact_scalar', [
    'j, p',
    `CASE TRY(json_type(j, p)) WHEN 'DOUBLE' THEN json_extract_string(trino_numbers_quoted(j), p) WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL ELSE TRY(json_extract_string(j, p)) END`,
  ]),
  // The same, for a cast to a number of which the digits do not matter.
  macro('trino_json_number', [
    'x, p',
    `CASE WHEN TRY(json_type(trino_json_raw(x), p)) IN ('OBJECT', 'ARRAY') THEN NULL ELSE ${found} END`,
  ]),
  // Casts of it: what is a number to DuckDB and to Trino is not looked at again; 1.7 times DuckDB's own.
  ...[...wholeTypes, 'DOUBLE'].map((type) => {
    const name = `trino_to_${type.toLowerCase()}`;
    const isPlain =
      type === 'DOUBLE'
        ? `isfinite(TRY_CAST(r AS DOUBLE)) AND r >= '-' AND NOT contains(r, '_')`
        : `CAST(TRY_CAST(r AS ${type}) AS VARCHAR) = r`;
    return macro(`${name}_of_json`, [
      'x, p',
      `coalesce(${once('r', `CASE WHEN ${isPlain} THEN TRY_CAST(r AS ${type}) END`).replace('[r]', `[${found}]`)}, ${name}(trino_json_number(x, p)))`,
    ]);
  }),
  // Numbers become texts, so that they keep their digits; a control character is in no text of JSON.
  macro('trino_numbers_quoted', [
    'j',
    `replace(replace(regexp_replace(j, '("(?:[^"\\\\]|\\\\.)*")|(-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)', concat('\\1', chr(1), '\\2', chr(1)), 'g'), concat(chr(1), chr(1)), ''), chr(1), '"')`,
  ]),
  macro('trino_json_value', [
    'x, p',
    `CASE WHEN json_type(${text}, p) = 'DOUBLE' THEN ${failWith('NOT_SUPPORTED: json_value of a number with a fraction; use json_extract_scalar')} ELSE trino_json_scalar(x, p) END`,
  ]),
  // What a path finds beneath an array, and what an index finds beside one, is the array's items in Trino.
  macro('trino_json_lax', [
    'x, beneath, above',
    `CASE WHEN len(list_filter(beneath, lambda p: json_type(${text}, p) = 'ARRAY')) > 0 OR len(list_filter(above, lambda p: json_type(${text}, p) <> 'ARRAY')) > 0 THEN ${failWith('NOT_SUPPORTED: a path of JSON that goes through an array without its index; use json_extract, or CAST to array(json) and UNNEST', 'VARCHAR')} ELSE x END`,
  ]),
  // A member of json_object, and an item of json_array.
  macro(
    'trino_json_item',
    ['x VARCHAR', 'CAST(to_json(x) AS VARCHAR)'],
    ['x BOOLEAN', 'CAST(x AS VARCHAR)'],
    ['x BIGINT', 'CAST(x AS VARCHAR)'],
    [
      'x',
      failWith(
        'NOT_SUPPORTED: json_object and json_array of values that are no text, boolean or whole number; cast them to varchar',
        'VARCHAR',
      ),
    ],
  ),
  macro('trino_json_member', ['x', `coalesce(trino_json_item(x), 'null')`]),
  macro('trino_json_array_of', [
    'items',
    `concat('[', array_to_string(list_filter(items, lambda item: item IS NOT NULL), ','), ']')`,
  ]),
  macro('trino_json_query', ['x, p', `CAST(json_extract(${text}, p) AS VARCHAR)`]),
  macro('trino_json_exists', ['x, p', `coalesce(json_exists(${text}, p), false)`]),
  // The text of JSON as values: of a number with a fraction as of a double.
  macro('trino_json_of', [`x ${JSON_VALUE}`, `struct_extract(x, '$json')`], ['x', 'CAST(NULL AS VARCHAR)']),
  macro('trino_json_text', [
    'j',
    `CASE WHEN json_type(j) IN ('OBJECT', 'ARRAY') THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', j, ''' to varchar')`)}
      WHEN json_type(j) = 'DOUBLE' AND NOT regexp_full_match(j, '-?[0-9]+') THEN trino_double_text(CAST(CAST(json_extract_string(j, '$') AS DOUBLE) AS VARCHAR)) ELSE json_extract_string(j, '$') END`,
  ]),
  macro('trino_json_scalar_text', [
    'j',
    `CASE json_type(j) WHEN 'NULL' THEN NULL WHEN 'BOOLEAN' THEN CASE WHEN j = 'true' THEN '1' ELSE '0' END ELSE json_extract_string(j, '$') END`,
  ]),
  macro('trino_json_items', [
    'j',
    `CASE WHEN j IS NULL OR json_type(j) = 'NULL' THEN NULL WHEN json_type(j) <> 'ARRAY' THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast to array. Expected a json array, but got ', j)`)} ELSE list_transform(CAST(CAST(j AS JSON) AS JSON[]), lambda item: CAST(item AS VARCHAR)) END`,
  ]),
  macro('trino_json_keys', [
    'j',
    `CASE WHEN j IS NULL OR json_type(j) = 'NULL' THEN NULL WHEN json_type(j) <> 'OBJECT' THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast to map. Expected a json object, but got ', j)`)} ELSE json_keys(j) END`,
  ]),
  macro('trino_json_values', [
    'j',
    `CASE WHEN json_type(j) = 'OBJECT' THEN list_transform(map_values(CAST(CAST(j AS JSON) AS MAP(VARCHAR, JSON))), lambda item: CAST(item AS VARCHAR)) END`,
  ]),
  // A field of a row by its name, in any case of letters, or by its place in an array.
  macro('trino_json_field', [
    'j, name, place',
    `CASE json_type(j) WHEN 'ARRAY' THEN CAST(json_extract(j, concat('$[', CAST(place AS VARCHAR), ']')) AS VARCHAR)
      WHEN 'OBJECT' THEN CAST(json_extract(j, concat('$."', coalesce(list_extract(list_filter(json_keys(j), lambda k: lower(k) = name), 1), name), '"')) AS VARCHAR) END`,
  ]),
  macro('trino_unless_json_null', [
    'j, value',
    `CASE WHEN j IS NULL OR json_type(j) = 'NULL' THEN NULL WHEN json_type(j) NOT IN ('OBJECT', 'ARRAY') THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast to row. Expected a json array or object, but got ', j)`)} ELSE value END`,
  ]),
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
    ['x DATE', `trino_json(CAST(to_json(strftime(x, '%Y-%m-%d')) AS VARCHAR), true)`],
    ['x TIMESTAMP', 'trino_json(CAST(to_json(trino_text(x)) AS VARCHAR), true)'],
    ['x TIMESTAMP_S', 'trino_json(CAST(to_json(trino_text(x)) AS VARCHAR), true)'],
    ['x TIMESTAMP_NS', 'trino_json(CAST(to_json(trino_text(x)) AS VARCHAR), true)'],
    ['x VARCHAR', 'trino_json(CAST(to_json(x) AS VARCHAR), true)'],
    [
      'x',
      `CASE WHEN regexp_matches(typeof(x), 'TIMESTAMP|BLOB|INTERVAL|\\$utc|\\$json|"\\$[0-9]+"') THEN ${failWith('NOT_SUPPORTED: a cast to json of a value that holds instants, bytes, json or rows without names')}
        WHEN typeof(x) LIKE 'DECIMAL%' THEN trino_json(CAST(x AS VARCHAR), true)
        WHEN contains(typeof(x), 'DECIMAL') OR typeof(x) <> 'DOUBLE' AND contains(typeof(x), 'DOUBLE') AND regexp_matches(CAST(x AS VARCHAR), 'nan|inf') THEN ${failWith('NOT_SUPPORTED: a cast to json of a value that holds decimals, NaN or Infinity; cast them to double or varchar')}
        WHEN typeof(x) IN ('DOUBLE', 'FLOAT') AND CAST(x AS VARCHAR) IN ('nan', 'inf', '-inf') THEN trino_json(CASE CAST(x AS VARCHAR) WHEN 'nan' THEN '"NaN"' WHEN 'inf' THEN '"Infinity"' ELSE '"-Infinity"' END, true)
        WHEN x IS NULL THEN NULL ELSE trino_json(CAST(to_json(x) AS VARCHAR), true) END`,
    ],
  ),
];
