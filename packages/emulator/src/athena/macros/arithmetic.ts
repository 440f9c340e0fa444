import { failWith, macro, type Macro } from './macro.js';
import { wholeTypes } from './number-casts.js';

const byZero = failWith('DIVISION_BY_ZERO: Division by zero');
/** A decimal of any digits: a parameter of this type takes decimals alone, and casts them. */
export const ANY_DECIMAL = 'DECIMAL(38, 10)';

const whole = (body: string): readonly (readonly [string, string])[] =>
  [...wholeTypes, 'HUGEINT'].map((type) => [`a ${type}, b ${type}`, body] as const);

const scale = (of: string): string => `trino_scale(typeof(${of}))`;
const precision = (of: string): string => `trino_precision(typeof(${of}))`;
/** Ten to a power that is known when a query is bound. */
const power = (exponent: string): string => `CAST(concat('1', repeat('0', ${exponent})) AS HUGEINT)`;
/** Digits that the quotient's numerator has more than the dividend. */
const moreDigits = `greatest(0, ${scale('b')} - ${scale('a')}) + ${scale('b')}`;

/**
 * Arithmetic in Trino's types. A number whose type decides is given twice: as `p` it chooses the form, as `a` it is
 * the value, since DuckDB casts an argument to the type of its parameter.
 */
export const arithmeticMacros: readonly Macro[] = [
  macro('trino_scale', ['t', `coalesce(TRY_CAST(regexp_extract(t, ',\\s*([0-9]+)\\)', 1) AS INTEGER), 0)`]),
  macro('trino_precision', [
    't',
    `CASE t WHEN 'TINYINT' THEN 3 WHEN 'SMALLINT' THEN 5 WHEN 'INTEGER' THEN 10 WHEN 'BIGINT' THEN 19 ELSE coalesce(TRY_CAST(regexp_extract(t, '\\(([0-9]+)', 1) AS INTEGER), 38) END`,
  ]),
  // NULL of a decimal type whose digits are calculated.
  macro('trino_decimal_type', [
    'digits, places',
    `json_transform('null', concat('"DECIMAL(', least(38, digits), ',', places, ')"'))`,
  ]),
  macro('trino_unscaled', ['x', `CAST(replace(CAST(x AS VARCHAR), '.', '') AS HUGEINT)`]),
  // A whole number of the smallest digits as a decimal: by a factor whose digits are none but the last.
  macro('trino_scaled', [
    'n, places',
    `CAST(n AS DECIMAL(38, 0)) * cast_to_type(CASE WHEN places = 0 THEN '1' ELSE concat('0.', repeat('0', places - 1), '1') END, trino_decimal_type(places + 1, places))`,
  ]),
  // Half away from zero.
  macro('trino_decimal_quotient', [
    'a, b',
    `CASE WHEN b = 0 AND a IS NOT NULL THEN ${byZero}
      ELSE trino_scaled(CASE WHEN (a < 0) = (b < 0) THEN 1 ELSE -1 END * ((abs(trino_unscaled(a)) * ${power(moreDigits)} + abs(trino_unscaled(b)) // 2) // abs(trino_unscaled(b))), greatest(${scale('a')}, ${scale('b')})) END`,
  ]),
  macro('trino_divide', ...whole(`CASE WHEN b = 0 AND a IS NOT NULL THEN ${byZero} ELSE a // b END`), [
    'a, b',
    'trino_divide_numbers(a, b, a, b)',
  ]),
  macro(
    'trino_divide_numbers',
    [
      `p ${ANY_DECIMAL}, q ${ANY_DECIMAL}, a, b`,
      `cast_to_type(trino_decimal_quotient(a, b), trino_decimal_type(${precision('a')} + ${moreDigits}, greatest(${scale('a')}, ${scale('b')})))`,
    ],
    ['p DOUBLE, q DOUBLE, a, b', 'CAST(a AS DOUBLE) / CAST(b AS DOUBLE)'],
    ['p FLOAT, q FLOAT, a, b', 'CAST(a AS FLOAT) / CAST(b AS FLOAT)'],
    [
      'p INTERVAL, q DOUBLE, a, b',
      `CASE WHEN trino_months(a) <> 0 THEN to_months(CAST(trunc(trino_months(a) / CAST(b AS DOUBLE)) AS INTEGER)) ELSE to_milliseconds(CAST(trunc(epoch(a) * 1000 / CAST(b AS DOUBLE)) AS BIGINT)) END`,
    ],
    ['p, q, a, b', 'trino_number(a) / trino_number(b)'],
  ),
  macro('trino_modulo', ...whole(`CASE WHEN b = 0 AND a IS NOT NULL THEN ${byZero} ELSE a % b END`), [
    'a, b',
    'trino_modulo_numbers(a, b, a, b)',
  ]),
  macro(
    'trino_modulo_numbers',
    [
      `p ${ANY_DECIMAL}, q ${ANY_DECIMAL}, a, b`,
      `cast_to_type(CASE WHEN b = 0 AND a IS NOT NULL THEN ${byZero} ELSE a % b END, trino_decimal_type(least(${precision('a')} - ${scale('a')}, ${precision('b')} - ${scale('b')}) + greatest(${scale('a')}, ${scale('b')}), greatest(${scale('a')}, ${scale('b')})))`,
    ],
    ['p DOUBLE, q DOUBLE, a, b', 'CAST(a AS DOUBLE) % CAST(b AS DOUBLE)'],
    ['p FLOAT, q FLOAT, a, b', 'CAST(a AS FLOAT) % CAST(b AS FLOAT)'],
    ['p, q, a, b', 'trino_number(a) % trino_number(b)'],
  ),
  macro('trino_multiply', ...whole('a * b'), ['a, b', 'trino_multiply_numbers(a, b, a, b)']),
  // DuckDB keeps a product of 19 digits and more in 18 as long as neither factor has more. The CASE, which it drops, is
  // what lets it make the macro before the type of `a` is known.
  macro(
    'trino_multiply_numbers',
    [
      `p ${ANY_DECIMAL}, q ${ANY_DECIMAL}, a, b`,
      `cast_to_type(cast_to_type(CASE WHEN true THEN a END, trino_decimal_type(greatest(${precision('a')}, least(19, (${precision('a')} + ${precision('b')}) // 19 * 19)), ${scale('a')})) * b, trino_decimal_type(${precision('a')} + ${precision('b')}, ${scale('a')} + ${scale('b')}))`,
    ],
    ['p, q, a, b', 'a * b'],
  ),
  // A product that is only summed; see query-runner.ts for when it is kept in 18 digits.
  macro('trino_product', ['a, b', 'trino_multiply(a, b)']),
  macro('trino_inner_product', ['a, b', 'a * b']),
  // In a query within an expression, whose outer columns a form that types choose cannot take.
  macro('trino_inner_multiply', ['a, b', 'a * b']),
  macro('trino_months', ['i', `CAST(date_part('year', i) * 12 + date_part('month', i) AS INTEGER)`]),
  // The sum of x, whose type `p` shows: DuckDB drops what only shows a type.
  macro(
    'trino_sum',
    ['p BIGINT, total', 'CAST(total AS BIGINT)'],
    ['p FLOAT, total', 'CAST(total AS FLOAT)'],
    ['p DOUBLE, total', 'total'],
    ['p, total', 'total'],
  ),
  macro(
    'trino_mean',
    ['p BIGINT, example, mean, total, n', 'mean'],
    ['p FLOAT, example, mean, total, n', 'CAST(mean AS FLOAT)'],
    [`p ${ANY_DECIMAL}, example, mean, total, n`, 'cast_to_type(trino_decimal_quotient(total, n), example)'],
    ['p DOUBLE, example, mean, total, n', 'mean'],
    ['p, example, mean, total, n', 'mean'],
  ),
];
