import { fail, JSON_VALUE, macro, once, type Macro } from './macro.js';

/** Types of whole numbers, the narrow ones first. */
export const wholeTypes = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT'] as const;

const ranges: Readonly<Record<string, string>> = {
  TINYINT: '-128 AND 127',
  SMALLINT: '-32768 AND 32767',
  INTEGER: '-2147483648 AND 2147483647',
  BIGINT: '-9223372036854775808 AND 9223372036854775807',
};

/** The name of a type in the message of a cast, where whole numbers of 32 bits are called so. */
const shownName = (type: string): string => (type === 'INTEGER' ? 'INT' : type);

/**
 * Text as a whole number. What DuckDB reads and writes back as it was is one: 2.1 times DuckDB's own cast, which also
 * takes `1.5`, `1e3` and `0x1`, where a regular expression was 4.5 times (athena-speed.bench.ts).
 */
function textToWhole(type: (typeof wholeTypes)[number]): string {
  const noNumber = fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', x, ''' to ${shownName(type)}')`);
  return `CASE WHEN CAST(TRY_CAST(x AS ${type}) AS VARCHAR) = x THEN TRY_CAST(x AS ${type}) WHEN x IS NULL THEN NULL WHEN NOT regexp_full_match(x, '[+-]?[0-9]+') OR TRY_CAST(x AS ${type}) IS NULL THEN ${noNumber} ELSE TRY_CAST(x AS ${type}) END`;
}

/** The same of a column, which costs nothing to read again. */
function columnToWhole(type: (typeof wholeTypes)[number]): Macro {
  const name = `trino_to_${type.toLowerCase()}`;
  return macro(`${name}_column`, ['x VARCHAR', textToWhole(type)], ['x', `${name}(x)`]);
}

function castToWhole(type: (typeof wholeTypes)[number]): Macro {
  const name = type.toLowerCase();
  const { [type]: range = '' } = ranges;
  const outOfRange = fail(`concat('INVALID_CAST_ARGUMENT: Out of range for ${name}: ', CAST(x AS VARCHAR))`);
  const noCast = fail(
    `concat('TYPE_MISMATCH: Cannot cast ', trino_type_name(typeof(x)), ' to ${name}')`,
    type,
  );
  return macro(
    `trino_to_${name}`,
    ...wholeTypes.map(
      (from) =>
        [
          `x ${from}`,
          wholeTypes.indexOf(from) <= wholeTypes.indexOf(type)
            ? `CAST(x AS ${type})`
            : `CASE WHEN x BETWEEN ${range} THEN CAST(x AS ${type}) WHEN x IS NULL THEN NULL ELSE ${outOfRange} END`,
        ] as const,
    ),
    ['x VARCHAR', once('x', textToWhole(type))],
    ['x BOOLEAN', `CAST(x AS ${type})`],
    ['x DATE', noCast],
    ['x TIMESTAMP', noCast],
    ['x TIMESTAMP_S', noCast],
    ['x TIMESTAMP_NS', noCast],
    ['x BLOB', noCast],
    ['x INTERVAL', noCast],
    [`x ${JSON_VALUE}`, `trino_to_${name}_json(struct_extract(x, '$json'))`],
    // Doubles and decimals, half away from zero.
    [
      'x',
      `CASE WHEN x IS NULL THEN NULL WHEN TRY_CAST(round(x) AS ${type}) IS NULL THEN ${outOfRange} ELSE TRY_CAST(round(x) AS ${type}) END`,
    ],
  );
}

/** A number of JSON is rounded; a text within it must be a whole one. */
function wholeOfJson(type: (typeof wholeTypes)[number]): Macro {
  const refusal = fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', j, ''' to ${shownName(type)}')`);
  return macro(`trino_to_${type.toLowerCase()}_json`, [
    'j',
    `CASE json_type(j) WHEN 'NULL' THEN NULL WHEN 'BOOLEAN' THEN CAST(CAST(json_extract_string(j, '$') AS BOOLEAN) AS ${type})
      WHEN 'DOUBLE' THEN CASE WHEN TRY_CAST(round(CAST(json_extract_string(j, '$') AS DOUBLE)) AS ${type}) IS NULL THEN ${fail(`concat('NUMERIC_VALUE_OUT_OF_RANGE: Out of range for ${type.toLowerCase()}: ', j)`)} ELSE TRY_CAST(round(CAST(json_extract_string(j, '$') AS DOUBLE)) AS ${type}) END
      ELSE CASE WHEN j IS NOT NULL AND (NOT regexp_full_match(json_extract_string(j, '$'), '[+-]?[0-9]+') OR TRY_CAST(json_extract_string(j, '$') AS ${type}) IS NULL) THEN ${refusal} ELSE TRY_CAST(json_extract_string(j, '$') AS ${type}) END END`,
  ]);
}

/** Parts of the name of a nested type, and what Trino writes for them; arrays from the inside out. */
const nestedParts: readonly (readonly [pattern: string, instead: string])[] = [
  ['STRUCT\\("\\$utc"[^()]*\\)', 'TIMESTAMP(3) WITH TIME ZONE'],
  ['STRUCT\\("\\$json"[^()]*\\)', 'JSON'],
  ['TIMESTAMP_S', 'TIMESTAMP(0)'],
  ['TIMESTAMP_NS', 'TIMESTAMP(6)'],
  ['TIMESTAMP([],)]|$)', 'TIMESTAMP(3)\\1'],
  ['FLOAT', 'REAL'],
  ['BLOB', 'VARBINARY'],
  ['DECIMAL\\(([0-9]+), ?', 'DECIMAL(\\1,'],
  ['"\\$[0-9]+" ', ''],
  ['STRUCT\\(', 'ROW('],
];
const arrayOf = [
  '([A-Za-z]+(?:\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))?(?: WITH TIME ZONE)?)\\[\\]',
  'ARRAY(\\1)',
] as const;
const nestedNames = [...nestedParts, arrayOf, arrayOf, arrayOf].reduce(
  (text, [pattern, instead]) => `regexp_replace(${text}, '${pattern}', '${instead}', 'g')`,
  't',
);

/** Casts to numbers and to boolean, and what tells of types. */
export const numberCastMacros: readonly Macro[] = [
  macro('trino_family', [
    't',
    `CASE WHEN t IN ('TINYINT','SMALLINT','INTEGER','BIGINT','HUGEINT','UBIGINT','FLOAT','DOUBLE') OR t LIKE 'DECIMAL%' THEN 'number'
      WHEN t = 'DATE' OR t LIKE 'TIMESTAMP%' OR contains(t, '$utc') THEN 'time' WHEN contains(t, '$json') THEN 'json'
      WHEN t LIKE 'STRUCT%' OR t LIKE 'MAP%' OR t LIKE '%]' THEN 'nested' ELSE t END`,
  ]),
  macro('trino_type_name', [
    't',
    `CASE WHEN t = 'FLOAT' THEN 'real' WHEN t = 'BLOB' THEN 'varbinary' WHEN t IN ('HUGEINT', 'UBIGINT') THEN 'bigint'
      WHEN t = '"NULL"' THEN 'unknown' WHEN t = 'TIMESTAMP_S' THEN 'timestamp(0)' WHEN t = 'TIMESTAMP' THEN 'timestamp(3)'
      WHEN t = 'TIMESTAMP_NS' THEN 'timestamp(6)' WHEN t = 'INTERVAL' THEN 'interval day to second'
      WHEN t LIKE 'STRUCT("$utc%' THEN 'timestamp(3) with time zone' WHEN t LIKE 'STRUCT("$json%' THEN 'json'
      WHEN t LIKE '%[]' THEN concat('array(', lower(t[:-3]), ')') WHEN t LIKE 'STRUCT%' THEN 'row' WHEN t LIKE 'MAP%' THEN 'map'
      ELSE lower(replace(t, ' ', '')) END`,
  ]),
  // The whole name, which costs more to plan than a message is worth.
  macro('trino_typeof', [
    't',
    `CASE WHEN t LIKE 'STRUCT("$utc%' OR t LIKE 'STRUCT("$json%' OR NOT (t LIKE 'STRUCT%' OR t LIKE '%[]' OR t LIKE 'MAP%') THEN trino_type_name(t) ELSE lower(${nestedNames}) END`,
  ]),
  ...wholeTypes.map(wholeOfJson),
  ...wholeTypes.map(castToWhole),
  ...wholeTypes.map(columnToWhole),
  // Finite, and without an underscore or two signs, DuckDB's number is Java's: 1.9 times DuckDB's own cast.
  macro('trino_text_to_double', [
    'x',
    `CASE WHEN isfinite(TRY_CAST(x AS DOUBLE)) AND x >= '-' AND NOT contains(x, '_') THEN TRY_CAST(x AS DOUBLE) WHEN x IS NULL THEN NULL WHEN TRY_CAST(trim(x) AS DOUBLE) IS NULL OR regexp_matches(x, '_|^\\s*[+]-|^(?i)[+-]?(nan|inf)') AND x NOT IN ('NaN', 'Infinity', '-Infinity', '+Infinity') THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', x, ''' to DOUBLE')`)} ELSE TRY_CAST(trim(x) AS DOUBLE) END`,
  ]),
  macro(
    'trino_to_double',
    ['x VARCHAR', once('x', 'trino_text_to_double(x)')],
    [`x ${JSON_VALUE}`, `trino_to_double_json(struct_extract(x, '$json'))`],
    ['x', 'CAST(x AS DOUBLE)'],
  ),
  macro('trino_to_double_column', ['x VARCHAR', 'trino_text_to_double(x)'], ['x', 'trino_to_double(x)']),
  macro('trino_to_double_json', [
    'j',
    `CASE json_type(j) WHEN 'NULL' THEN NULL WHEN 'BOOLEAN' THEN CAST(CAST(json_extract_string(j, '$') AS BOOLEAN) AS DOUBLE) ELSE trino_text_to_double(json_extract_string(j, '$')) END`,
  ]),
  macro(
    'trino_to_real',
    [
      'x VARCHAR',
      `CASE WHEN x IS NULL THEN NULL WHEN TRY_CAST(x AS FLOAT) IS NULL OR contains(x, '_') THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', x, ''' to REAL')`)} ELSE TRY_CAST(x AS FLOAT) END`,
    ],
    [`x ${JSON_VALUE}`, `CAST(trino_to_double_json(struct_extract(x, '$json')) AS FLOAT)`],
    ['x', 'CAST(x AS FLOAT)'],
  ),
  macro(
    'trino_to_boolean',
    [
      'x VARCHAR',
      `CASE WHEN lower(x) IN ('true', 't', '1') THEN true WHEN lower(x) IN ('false', 'f', '0') THEN false WHEN x IS NULL THEN NULL ELSE ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', x, ''' to BOOLEAN')`)} END`,
    ],
    [`x ${JSON_VALUE}`, `trino_to_boolean_json(struct_extract(x, '$json'))`],
    ['x', 'CAST(x AS BOOLEAN)'],
  ),
  macro('trino_to_boolean_json', [
    'j',
    `CASE WHEN json_type(j) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN CAST(json_extract_string(j, '$') AS DOUBLE) <> 0 WHEN json_type(j) = 'NULL' THEN NULL
      WHEN lower(json_extract_string(j, '$')) IN ('true', 'false') THEN lower(json_extract_string(j, '$')) = 'true' WHEN j IS NULL THEN NULL ELSE ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', j, ''' to BOOLEAN')`)} END`,
  ]),
  macro(
    'trino_to_decimal',
    [
      'x VARCHAR, t',
      `CASE WHEN CAST(TRY(cast_to_type(x, t)) AS VARCHAR) = x THEN TRY(cast_to_type(x, t)) WHEN x IS NULL THEN NULL WHEN TRY(cast_to_type(CASE WHEN regexp_full_match(trim(x), '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') THEN trim(x) ELSE '' END, t)) IS NULL THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast VARCHAR ''', x, ''' to ', typeof(t))`)} ELSE TRY(cast_to_type(trim(x), t)) END`,
    ],
    [`x ${JSON_VALUE}, t`, `trino_to_decimal(trino_json_scalar_text(struct_extract(x, '$json')), t)`],
    ['x BOOLEAN, t', 'cast_to_type(CAST(x AS INTEGER), t)'],
    ['x, t', 'trino_number_to_decimal(x, x, t)'],
  ),
  // A double by its decimal digits, as Java writes them.
  macro(
    'trino_number_to_decimal',
    ['p BIGINT, x, t', inRange('x')],
    ['p DECIMAL(38, 10), x, t', inRange('x')],
    ['p, x, t', inRange('CAST(x AS VARCHAR)')],
  ),
];

function inRange(value: string): string {
  return `CASE WHEN x IS NOT NULL AND TRY(cast_to_type(${value}, t)) IS NULL THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ', upper(trino_type_name(typeof(x))), ' ''', CAST(x AS VARCHAR), ''' to ', typeof(t))`)} ELSE cast_to_type(${value}, t) END`;
}
