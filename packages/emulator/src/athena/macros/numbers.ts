import { fail, failWith, macro, JSON_VALUE, type Macro } from './macro.js';

const byZero = failWith('DIVISION_BY_ZERO: Division by zero');
const wholeTypes = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT'] as const;
/** Whole numbers that a double counts exactly. */
const EXACT = '9007199254740991';

const whole = (body: string): readonly (readonly [string, string])[] =>
  wholeTypes.map((type) => [`a ${type}, b ${type}`, body] as const);

const ranges: Readonly<Record<string, string>> = {
  TINYINT: '-128 AND 127',
  SMALLINT: '-32768 AND 32767',
  INTEGER: '-2147483648 AND 2147483647',
  BIGINT: '-9223372036854775808 AND 9223372036854775807',
};

function castToWhole(type: string): Macro {
  const name = type.toLowerCase();
  const { [type]: range = '' } = ranges;
  const shown = type === 'INTEGER' ? 'INT' : type;
  const outOfRange = fail(`concat('INVALID_CAST_ARGUMENT: Out of range for ${name}: ', CAST(x AS VARCHAR))`);
  const noNumber = fail(
    `concat('INVALID_CAST_ARGUMENT: Cannot cast ''', CAST(x AS VARCHAR), ''' to ${shown}')`,
  );
  return macro(
    `trino_to_${name}`,
    ...wholeTypes.map(
      (from) =>
        [
          `x ${from}`,
          wholeTypes.indexOf(from) <= wholeTypes.findIndex((known) => known === type)
            ? `CAST(x AS ${type})`
            : `CASE WHEN x BETWEEN ${range} THEN CAST(x AS ${type}) WHEN x IS NULL THEN NULL ELSE ${outOfRange} END`,
        ] as const,
    ),
    [
      'x VARCHAR',
      `CASE WHEN x IS NULL THEN NULL WHEN NOT regexp_full_match(x, '[+-]?[0-9]+') OR TRY_CAST(x AS ${type}) IS NULL THEN ${noNumber} ELSE TRY_CAST(x AS ${type}) END`,
    ],
    ['x BOOLEAN', `CAST(x AS ${type})`],
    [`x ${JSON_VALUE}`, `trino_to_${name}_json(json_extract_string(struct_extract(x, '$json'), '$'))`],
    [
      'x',
      `CASE WHEN x IS NULL THEN NULL
        WHEN NOT (typeof(x) IN ('DOUBLE', 'FLOAT', 'HUGEINT') OR typeof(x) LIKE 'DECIMAL%')
          THEN ${fail(`concat('TYPE_MISMATCH: Cannot cast ', trino_type_name(typeof(x)), ' to ${name}')`)}
        WHEN typeof(x) IN ('DOUBLE', 'FLOAT') AND NOT isfinite(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE))
          THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ', CAST(x AS VARCHAR), ' to ${name}')`)}
        WHEN TRY_CAST(trino_half_up(x) AS ${type}) IS NULL THEN ${outOfRange} ELSE TRY_CAST(trino_half_up(x) AS ${type}) END`,
    ],
  );
}

/** Arithmetic, and casts to numbers. */
export const numberMacros: readonly Macro[] = [
  macro('trino_family', [
    't',
    `CASE WHEN t IN ('TINYINT','SMALLINT','INTEGER','BIGINT','HUGEINT','UBIGINT','FLOAT','DOUBLE') OR t LIKE 'DECIMAL%' THEN 'number'
      WHEN t = 'DATE' OR t LIKE 'TIMESTAMP%' THEN 'time'
      WHEN t LIKE 'STRUCT%' OR t LIKE 'MAP%' OR t LIKE '%]' THEN 'nested' ELSE t END`,
  ]),
  macro('trino_type_name', [
    't',
    `CASE WHEN t = 'FLOAT' THEN 'real' WHEN t = 'BLOB' THEN 'varbinary' WHEN t IN ('HUGEINT', 'UBIGINT') THEN 'bigint'
      WHEN t = '"NULL"' THEN 'unknown' WHEN t = 'TIMESTAMP_S' THEN 'timestamp(0)' WHEN t = 'TIMESTAMP' THEN 'timestamp(3)'
      WHEN t = 'TIMESTAMP_NS' THEN 'timestamp(6)' WHEN t = 'INTERVAL' THEN 'interval day to second'
      WHEN contains(t, '$utc') THEN 'timestamp(3) with time zone' WHEN contains(t, '$json') THEN 'json'
      WHEN t LIKE '%[]' THEN concat('array(', CASE WHEN t = 'FLOAT[]' THEN 'real' ELSE lower(t[:-3]) END, ')') WHEN t LIKE 'STRUCT%' THEN replace(lower(t), 'struct(', 'row(')
      ELSE lower(t) END`,
  ]),
  // The two halves of a comparison: types that Athena does not compare fail, and zoned instants compare as instants.
  macro('trino_half_up', [
    'x',
    `CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN round(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE)) ELSE TRY_CAST(CAST(x AS VARCHAR) AS DECIMAL(38, 10)) END`,
  ]),
  ...wholeTypes.map((type) => {
    const shown = type === 'INTEGER' ? 'INT' : type;
    return macro(`trino_to_${type.toLowerCase()}_json`, [
      's',
      `CASE WHEN s IS NULL THEN NULL WHEN s IN ('true', 'false') THEN CAST(CAST(s AS BOOLEAN) AS ${type})
        WHEN TRY_CAST(s AS ${type}) IS NULL THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', s, ''' to ${shown}')`)} ELSE TRY_CAST(s AS ${type}) END`,
    ]);
  }),
  ...wholeTypes.map(castToWhole),
  macro(
    'trino_to_double',
    [
      'x VARCHAR',
      `CASE WHEN x IS NULL THEN NULL WHEN TRY_CAST(trim(x) AS DOUBLE) IS NULL OR regexp_matches(x, '_|^(?i)[+-]?(nan|inf)') AND x NOT IN ('NaN', 'Infinity', '-Infinity', '+Infinity') THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', x, ''' to DOUBLE')`)} ELSE TRY_CAST(trim(x) AS DOUBLE) END`,
    ],
    [`x ${JSON_VALUE}`, `trino_to_double(json_extract_string(struct_extract(x, '$json'), '$'))`],
    ['x', 'CAST(x AS DOUBLE)'],
  ),
  macro(
    'trino_to_real',
    [
      'x VARCHAR',
      `CASE WHEN x IS NULL THEN NULL WHEN TRY_CAST(x AS FLOAT) IS NULL OR contains(x, '_') THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', x, ''' to REAL')`)} ELSE TRY_CAST(x AS FLOAT) END`,
    ],
    ['x', 'CAST(x AS FLOAT)'],
  ),
  macro(
    'trino_to_boolean',
    [
      'x VARCHAR',
      `CASE WHEN lower(x) IN ('true', 't', '1') THEN true WHEN lower(x) IN ('false', 'f', '0') THEN false WHEN x IS NULL THEN NULL ELSE ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ''', x, ''' to BOOLEAN')`)} END`,
    ],
    [`x ${JSON_VALUE}`, `trino_to_boolean(json_extract_string(struct_extract(x, '$json'), '$'))`],
    ['x', 'CAST(x AS BOOLEAN)'],
  ),
  macro(
    'trino_to_decimal',
    [
      'x VARCHAR, t',
      `CASE WHEN x IS NULL THEN NULL WHEN TRY(cast_to_type(CASE WHEN regexp_full_match(trim(x), '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') THEN trim(x) ELSE '' END, t)) IS NULL THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast VARCHAR ''', x, ''' to ', typeof(t))`)} ELSE TRY(cast_to_type(trim(x), t)) END`,
    ],
    [`x ${JSON_VALUE}, t`, `trino_to_decimal(json_extract_string(struct_extract(x, '$json'), '$'), t)`],
    [
      'x, t',
      `CASE WHEN x IS NOT NULL AND TRY(cast_to_type(x, t)) IS NULL THEN ${fail(`concat('INVALID_CAST_ARGUMENT: Cannot cast ', upper(trino_type_name(typeof(x))), ' ''', CAST(x AS VARCHAR), ''' to ', typeof(t))`)} ELSE cast_to_type(x, t) END`,
    ],
  ),
  // A decimal by a decimal: whole numbers of the smallest digit, half away from zero, in the type of their sum.
  macro('trino_unscaled', [
    'x',
    `TRY_CAST(round(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE) * pow(10, trino_scale(typeof(x)))) AS HUGEINT)`,
  ]),
  macro('trino_scale', ['t', `coalesce(TRY_CAST(regexp_extract(t, ',\\s*([0-9]+)\\)', 1) AS INTEGER), 0)`]),
  macro('trino_decimal_quotient', [
    'a, b',
    `CASE WHEN b = 0 THEN ${byZero}
      WHEN abs(trino_unscaled(a)) > ${EXACT} OR abs(trino_unscaled(b)) > ${EXACT}
        THEN ${failWith('NOT_SUPPORTED: division of decimals of more than 15 digits; cast one side to double')}
      ELSE sign(trino_unscaled(a)) * sign(trino_unscaled(b)) *
        CAST(((abs(trino_unscaled(a)) * TRY_CAST(pow(10, greatest(trino_scale(typeof(a)), trino_scale(typeof(b))) + trino_scale(typeof(b)) - trino_scale(typeof(a))) AS HUGEINT) * 2
          + abs(trino_unscaled(b))) // (2 * abs(trino_unscaled(b)))) AS DOUBLE) / pow(10, greatest(trino_scale(typeof(a)), trino_scale(typeof(b)))) END`,
  ]),
  macro(
    'trino_divide',
    ...whole(`CASE WHEN b = 0 THEN ${byZero} ELSE a // b END`),
    ['a HUGEINT, b HUGEINT', `CASE WHEN b = 0 THEN ${byZero} ELSE a // b END`],
    [
      'a, b',
      `cast_to_type(CASE WHEN typeof(a) IN ('DOUBLE', 'FLOAT') OR typeof(b) IN ('DOUBLE', 'FLOAT') OR NOT (typeof(a) LIKE 'DECIMAL%' OR typeof(b) LIKE 'DECIMAL%')
      THEN CAST(a AS DOUBLE) / CAST(b AS DOUBLE) ELSE trino_decimal_quotient(a, b) END, a + b)`,
    ],
  ),
  macro('trino_modulo', ...whole(`CASE WHEN b = 0 THEN ${byZero} ELSE a % b END`), [
    'a, b',
    `CASE WHEN typeof(a) IN ('DOUBLE', 'FLOAT') OR typeof(b) IN ('DOUBLE', 'FLOAT') THEN a % b WHEN b = 0 THEN ${byZero} ELSE a % b END`,
  ]),
  macro('trino_total', ['x HUGEINT', 'CAST(x AS BIGINT)'], ['x', 'x']),
  macro('trino_sign', ...wholeTypes.map((type) => [`x ${type}`, `CAST(sign(x) AS ${type})`] as const), [
    'x',
    'cast_to_type(sign(x), x)',
  ]),
  ...['ceil', 'floor'].map((name) =>
    macro(`trino_${name}`, ...wholeTypes.map((type) => [`x ${type}`, 'x'] as const), ['x', `${name}(x)`]),
  ),
  macro(
    'trino_round',
    ...wholeTypes.map((type) => [`x ${type}`, 'x'] as const),
    ['x', 'round(x)'],
    ...wholeTypes.map((type) => [`x ${type}, n INTEGER`, 'CAST(round(x, n) AS ' + type + ')'] as const),
    [
      'x, n',
      `CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN cast_to_type(trino_round_double(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE), n), x) ELSE cast_to_type(round(x, n), x) END`,
    ],
  ),
  // As Trino rounds a double: by its decimal value, half away from zero.
  macro('trino_round_double', ['x, n', `CASE WHEN NOT isfinite(x) THEN x ELSE round(x, n) END`]),
  macro(
    'trino_truncate',
    ...wholeTypes.map((type) => [`x ${type}`, 'x'] as const),
    ['x', 'trunc(x)'],
    ['x, n', 'cast_to_type(trunc(x * pow(10, n)) / pow(10, n), x)'],
  ),
  macro(
    'trino_mean',
    ['mean, total HUGEINT, n', 'mean'],
    [
      'mean, total, n',
      `cast_to_type(CASE WHEN typeof(total) LIKE 'DECIMAL%' THEN trino_decimal_quotient(total, CAST(n AS DECIMAL(18, 0))) ELSE mean END, total)`,
    ],
  ),
  // One step of Newton's after the engine's own, which misses the last digit of whole roots.
  macro('trino_cbrt', [
    'x',
    'CASE WHEN x = 0 OR NOT isfinite(CAST(x AS DOUBLE)) THEN CAST(x AS DOUBLE) ELSE cbrt(x) - (cbrt(x) * cbrt(x) * cbrt(x) - x) / (3 * cbrt(x) * cbrt(x)) END',
  ]),
  macro('trino_log', ['b, x', 'ln(CAST(x AS DOUBLE)) / ln(CAST(b AS DOUBLE))']),
  macro('trino_exact_log', [
    'b, x',
    `CASE WHEN b = 2 THEN log2(x) WHEN b = 10 THEN log10(x) ELSE trino_log(b, x) END`,
  ]),
  macro('trino_from_base', [
    's, radix',
    `CASE WHEN s IS NULL OR radix IS NULL THEN NULL WHEN NOT regexp_full_match(lower(s), '-?[0-9a-z]+') OR len(list_filter(string_split(ltrim(lower(s), '-'), ''), lambda c: strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) > radix)) > 0 THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Not a valid base-', radix, ' number: ', s)`)}
    ELSE (CASE WHEN s LIKE '-%' THEN -1 ELSE 1 END) * list_reduce(list_transform(string_split(ltrim(lower(s), '-'), ''), lambda c: CAST(strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1 AS BIGINT)), lambda t, d: t * CAST(radix AS BIGINT) + d, CAST(0 AS BIGINT)) END`,
  ]),
  macro('trino_width_bucket', [
    'x, low, high, n',
    `CASE WHEN x < low THEN 0 WHEN x >= high THEN n + 1 ELSE CAST(floor((CAST(x AS DOUBLE) - low) / (CAST(high AS DOUBLE) - low) * n) AS BIGINT) + 1 END`,
  ]),
  macro('trino_bitwise_and', ['a, b', 'CAST(a AS BIGINT) & CAST(b AS BIGINT)']),
  macro('trino_bitwise_or', ['a, b', 'CAST(a AS BIGINT) | CAST(b AS BIGINT)']),
  macro('trino_bitwise_xor', ['a, b', 'xor(CAST(a AS BIGINT), CAST(b AS BIGINT))']),
  macro('trino_bitwise_not', ['a', '~ CAST(a AS BIGINT)']),
  macro(
    'trino_shift_left',
    [
      'a INTEGER, n',
      'CAST(CASE WHEN n >= 32 THEN 0 ELSE ((CAST(a AS BIGINT) & 4294967295) * CAST(pow(2, n) AS HUGEINT) % 4294967296) + CASE WHEN ((CAST(a AS BIGINT) & 4294967295) * CAST(pow(2, n) AS HUGEINT) % 4294967296) >= 2147483648 THEN -4294967296 ELSE 0 END END AS INTEGER)',
    ],
    [
      'a BIGINT, n',
      `CASE WHEN n >= 64 THEN CAST(0 AS BIGINT) WHEN a < 0 OR a > 9223372036854775807 // CAST(pow(2, n) AS HUGEINT) THEN ${failWith('NOT_SUPPORTED: bitwise_left_shift of a number whose sign it moves')} ELSE CAST(a * CAST(pow(2, n) AS HUGEINT) AS BIGINT) END`,
    ],
  ),
  macro('trino_shift_right_arithmetic', [
    'a, n',
    'CAST(CASE WHEN n >= 64 THEN CASE WHEN a < 0 THEN -1 ELSE 0 END ELSE a >> CAST(n AS INTEGER) END AS BIGINT)',
  ]),
  macro('trino_shift_right', [
    'a, n',
    `CASE WHEN a < 0 THEN ${failWith('NOT_SUPPORTED: bitwise_right_shift of a negative number')} WHEN n >= 64 THEN CAST(0 AS BIGINT) ELSE CAST(a AS BIGINT) >> CAST(n AS BIGINT) END`,
  ]),
  macro('trino_bit_count', [
    'x, bits',
    `CASE WHEN x >= 0 THEN CAST(bit_count(CAST(x AS BIGINT)) AS BIGINT) ELSE bits - bit_count(~ CAST(x AS BIGINT)) END`,
  ]),
  macro('trino_to_base', [
    'x, radix',
    `lower(CASE WHEN x < 0 THEN concat('-', to_base(-x, radix)) ELSE to_base(x, radix) END)`,
  ]),
  macro(
    'trino_random',
    ['n', 'CAST(floor(random() * n) AS BIGINT)'],
    ['a, b', 'CAST(floor(a + random() * (b - a)) AS BIGINT)'],
  ),
];
