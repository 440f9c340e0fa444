import { ANY_DECIMAL } from './arithmetic.js';
import { fail, failWith, macro, type Macro } from './macro.js';
import { wholeTypes } from './number-casts.js';

const NAN = `CAST('nan' AS DOUBLE)`;
const MINUS_INFINITY = `CAST('-inf' AS DOUBLE)`;
const scale = 'trino_scale(typeof(x))';
const precision = 'trino_precision(typeof(x))';
const decimal = (value: string, digits: string, places: string): string =>
  `cast_to_type(${value}, trino_decimal_type(${digits}, ${places}))`;

const bits: Readonly<Record<string, number>> = { TINYINT: 8, SMALLINT: 16, INTEGER: 32, BIGINT: 64 };

/** Forms of a shift for each whole type: `all` is the number of values of the type, `b` the number of its bits. */
function shift(
  name: string,
  beyond: string,
  within: (value: string, all: string, width: number) => string,
): Macro {
  return macro(
    name,
    ...wholeTypes.map((type) => {
      const width = bits[type] ?? 64;
      const all = `CAST(${2n ** BigInt(width)} AS HUGEINT)`;
      const unsigned = `(CASE WHEN a < 0 THEN CAST(a AS HUGEINT) + ${all} ELSE CAST(a AS HUGEINT) END)`;
      return [
        `a ${type}, n`,
        `CASE WHEN n = 0 THEN a WHEN n >= ${width} THEN CAST(${beyond} AS ${type}) ELSE CAST(${within(unsigned, all, width)} AS ${type}) END`,
      ] as const;
    }),
  );
}

const powerOfTwo = (exponent: string): string => `(CAST(1 AS HUGEINT) << CAST(${exponent} AS HUGEINT))`;

/** Functions of numbers. `p` shows the type of `x`, which follows as it is. */
export const mathematicsMacros: readonly Macro[] = [
  macro(
    'trino_sign',
    ...wholeTypes.map((type) => [`p ${type}, x`, `CAST(sign(x) AS ${type})`] as const),
    [`p ${ANY_DECIMAL}, x`, decimal('sign(x)', '1', '0')],
    ['p FLOAT, x', 'CAST(CASE WHEN isnan(x) THEN x ELSE sign(x) END AS FLOAT)'],
    ['p, x', 'CAST(CASE WHEN isnan(x) THEN x ELSE sign(x) END AS DOUBLE)'],
  ),
  ...['ceil', 'floor'].map((name) => macro(`trino_${name}`, ['p BIGINT, x', 'x'], ['p, x', `${name}(x)`])),
  macro(
    'trino_round',
    ['p BIGINT, x', 'x'],
    [`p ${ANY_DECIMAL}, x`, decimal('round(x)', `${precision} - ${scale} + least(1, ${scale})`, '0')],
    ['p, x', 'round(x)'],
    ['p BIGINT, x, n', 'cast_to_type(round(x, n), x)'],
    [`p ${ANY_DECIMAL}, x, n`, decimal('round(x, n)', `${precision} + 1`, scale)],
    ['p FLOAT, x, n', 'CAST(trino_round_double(CAST(x AS DOUBLE), n) AS FLOAT)'],
    ['p, x, n', 'trino_round_double(x, n)'],
  ),
  macro('trino_round_double', ['x, n', `CASE WHEN NOT isfinite(x) THEN x ELSE round(x, n) END`]),
  macro(
    'trino_truncate',
    ['p BIGINT, x', 'x'],
    [`p ${ANY_DECIMAL}, x`, decimal('trunc(x)', `greatest(1, ${precision} - ${scale})`, '0')],
    ['p, x', 'trunc(x)'],
    [
      'p BIGINT, x, n',
      'CASE WHEN n >= 0 THEN x ELSE cast_to_type(x - x % CAST(pow(10, -n) AS BIGINT), x) END',
    ],
    [
      `p ${ANY_DECIMAL}, x, n`,
      `CASE WHEN n >= ${scale} THEN x WHEN -n >= ${precision} - ${scale} THEN cast_to_type(0, x) ELSE cast_to_type(x - x % cast_to_type(CASE WHEN n > 0 THEN concat('0.', repeat('0', n - 1), '1') ELSE concat('1', repeat('0', -n)) END, trino_decimal_type(abs(n) + 1, greatest(n, 0))), x) END`,
    ],
    ['p, x, n', 'cast_to_type(trunc(x * pow(10, n)) / pow(10, n), x)'],
  ),
  // What is no number in Java's mathematics is an error of the engine's.
  macro('trino_sqrt', ['x', `CASE WHEN x < 0 THEN ${NAN} ELSE sqrt(x) END`]),
  ...['ln', 'log10'].map((name) =>
    macro(`trino_${name}`, [
      'x',
      `CASE WHEN x < 0 THEN ${NAN} WHEN x = 0 THEN ${MINUS_INFINITY} ELSE ${name}(x) END`,
    ]),
  ),
  macro('trino_log2', ['x', 'trino_ln(x) / ln(2)']),
  macro('trino_log', ['b, x', 'trino_ln(x) / trino_ln(b)']),
  ...['asin', 'acos'].map((name) =>
    macro(`trino_${name}`, ['x', `CASE WHEN abs(x) > 1 THEN ${NAN} ELSE ${name}(x) END`]),
  ),
  ...['sin', 'cos', 'tan'].map((name) =>
    macro(`trino_${name}`, [
      'x',
      `CASE WHEN abs(CAST(x AS DOUBLE)) = CAST('inf' AS DOUBLE) THEN ${NAN} ELSE ${name}(x) END`,
    ]),
  ),
  // One step of Newton's after the engine's own, which misses the last digit of whole roots.
  macro('trino_cbrt', [
    'x',
    'CASE WHEN x = 0 OR NOT isfinite(CAST(x AS DOUBLE)) THEN CAST(x AS DOUBLE) ELSE cbrt(x) - (cbrt(x) * cbrt(x) * cbrt(x) - x) / (3 * cbrt(x) * cbrt(x)) END',
  ]),
  macro('trino_is_nan', ['x', 'isnan(CAST(x AS DOUBLE))']),
  macro('trino_is_finite', ['x', 'isfinite(CAST(x AS DOUBLE))']),
  macro('trino_is_infinite', ['x', 'isinf(CAST(x AS DOUBLE))']),
  macro('trino_from_base', [
    's, radix',
    `CASE WHEN s IS NULL OR radix IS NULL THEN NULL WHEN NOT regexp_full_match(lower(s), '-?[0-9a-z]+') OR len(list_filter(string_split(ltrim(lower(s), '-'), ''), lambda c: strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) > radix)) > 0 THEN ${fail(`concat('INVALID_FUNCTION_ARGUMENT: Not a valid base-', radix, ' number: ', s)`)}
    ELSE (CASE WHEN s LIKE '-%' THEN -1 ELSE 1 END) * list_reduce(list_transform(string_split(ltrim(lower(s), '-'), ''), lambda c: CAST(strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1 AS BIGINT)), lambda t, d: t * CAST(radix AS BIGINT) + d, CAST(0 AS BIGINT)) END`,
  ]),
  macro('trino_to_base', [
    'x, radix',
    `lower(CASE WHEN x < 0 THEN concat('-', to_base(-x, radix)) ELSE to_base(x, radix) END)`,
  ]),
  macro(
    'trino_width_bucket',
    [
      'x, low, high, n',
      `CASE WHEN n <= 0 THEN ${failWith('INVALID_FUNCTION_ARGUMENT: bucketCount must be greater than 0')} WHEN low = high THEN ${failWith('INVALID_FUNCTION_ARGUMENT: bounds cannot equal each other')}
        WHEN low < high THEN trino_bucket(CAST(x AS DOUBLE), CAST(low AS DOUBLE), CAST(high AS DOUBLE), n) ELSE n - trino_bucket(CAST(x AS DOUBLE), CAST(high AS DOUBLE), CAST(low AS DOUBLE), n) + 1 END`,
    ],
    [
      'x, bins',
      'CASE WHEN x IS NULL THEN NULL ELSE CAST(len(list_filter(bins, lambda bin: bin <= x)) AS BIGINT) END',
    ],
  ),
  macro('trino_bucket', [
    'x, low, high, n',
    'CASE WHEN x < low THEN CAST(0 AS BIGINT) WHEN x >= high THEN CAST(n + 1 AS BIGINT) ELSE CAST(floor(n * (x - low) / (high - low) + 1) AS BIGINT) END',
  ]),
  macro('trino_bitwise_and', ['a, b', 'CAST(a AS BIGINT) & CAST(b AS BIGINT)']),
  macro('trino_bitwise_or', ['a, b', 'CAST(a AS BIGINT) | CAST(b AS BIGINT)']),
  macro('trino_bitwise_xor', ['a, b', 'xor(CAST(a AS BIGINT), CAST(b AS BIGINT))']),
  macro('trino_bitwise_not', ['a', '~ CAST(a AS BIGINT)']),
  shift('trino_shift_left', '0', (value, all, width) => {
    const moved = `((${value} % ${powerOfTwo(`${width} - n`)}) * ${powerOfTwo('n')})`;
    return `CASE WHEN ${moved} >= ${2n ** BigInt(width - 1)} THEN ${moved} - ${all} ELSE ${moved} END`;
  }),
  shift('trino_shift_right', '0', (value) => `${value} // ${powerOfTwo('n')}`),
  macro(
    'trino_shift_right_arithmetic',
    ...wholeTypes.map(
      (type) =>
        [
          `a ${type}, n`,
          `CASE WHEN n >= ${bits[type] ?? 64} THEN CAST(CASE WHEN a < 0 THEN -1 ELSE 0 END AS ${type}) ELSE CAST(CAST(a AS BIGINT) >> CAST(n AS BIGINT) AS ${type}) END`,
        ] as const,
    ),
  ),
  macro('trino_bit_count', [
    'x, bits',
    `CASE WHEN x >= 0 THEN CAST(bit_count(CAST(x AS BIGINT)) AS BIGINT) ELSE bits - bit_count(~ CAST(x AS BIGINT)) END`,
  ]),
  macro(
    'trino_random',
    ['n BIGINT', 'cast_to_type(floor(random() * n), n)'],
    ['n', 'CAST(floor(random() * n) AS BIGINT)'],
    ['a, b', 'cast_to_type(floor(a + random() * (b - a)), a)'],
  ),
];
