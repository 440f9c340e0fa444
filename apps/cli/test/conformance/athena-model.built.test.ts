import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAthena } from './athena-client.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

/** Expressions of one run: they go in a few statements. */
const EXPRESSIONS = 120;
const BATCH = 40;
/** `ATHENA_MODEL_SEED` repeats a run. */
const seed = Number(process.env.ATHENA_MODEL_SEED ?? Date.now() % 1_000_000);

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
});

afterAll(() => served.stop());

/** An expression, and its value and type by the rules of Trino's documentation. */
interface Modelled {
  readonly sql: string;
  readonly value: string;
  readonly type: string;
}

/** A decimal as a whole number of its smallest digits. */
interface Decimal {
  readonly unscaled: bigint;
  readonly precision: number;
  readonly scale: number;
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

function written({ unscaled, scale }: Pick<Decimal, 'unscaled' | 'scale'>): string {
  const digits = String(abs(unscaled)).padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return unscaled < 0n ? `-${text}` : text;
}

/** Half away from zero. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const size = (abs(numerator) * 2n + abs(denominator)) / (2n * abs(denominator));
  return numerator < 0n === denominator < 0n ? size : -size;
}

const literal = (decimal: Decimal): string =>
  `CAST('${written(decimal)}' AS decimal(${decimal.precision},${decimal.scale}))`;

const scaled = ({ unscaled, scale }: Decimal, to: number): bigint => unscaled * 10n ** BigInt(to - scale);

function decimalResult(a: Decimal, operator: string, b: Decimal): Modelled | undefined {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [scaled(a, scale), scaled(b, scale)];
  const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
  const of = (unscaled: bigint, precision: number, places: number): Modelled => ({
    sql: `${literal(a)} ${operator} ${literal(b)}`,
    value: written({ unscaled, scale: places }),
    type: `decimal(${Math.min(38, precision)},${places})`,
  });
  switch (operator) {
    case '+':
      return of(x + y, whole + scale + 1, scale);
    case '-':
      return of(x - y, whole + scale + 1, scale);
    case '*':
      return of(a.unscaled * b.unscaled, a.precision + b.precision, a.scale + b.scale);
    case '/':
      if (y === 0n) return undefined;
      return of(
        rounded(x * 10n ** BigInt(scale), y),
        a.precision + b.scale + Math.max(0, b.scale - a.scale),
        scale,
      );
    default:
      if (y === 0n) return undefined;
      return of(x % y, Math.min(a.precision - a.scale, b.precision - b.scale) + scale, scale);
  }
}

const wholeTypes = [
  ['tinyint', 7n],
  ['smallint', 15n],
  ['integer', 31n],
  ['bigint', 63n],
] as const;

function wholeResult(
  a: bigint,
  left: number,
  operator: string,
  b: bigint,
  right: number,
): Modelled | undefined {
  const [type = 'bigint', bits = 63n] = wholeTypes[Math.max(left, right)] ?? [];
  if (b === 0n && (operator === '/' || operator === '%')) return undefined;
  const value =
    operator === '+'
      ? a + b
      : operator === '-'
        ? a - b
        : operator === '*'
          ? a * b
          : operator === '/'
            ? a / b
            : a % b;
  if (value > (1n << bits) - 1n || value < -(1n << bits)) return undefined;
  const name = (at: number): string => wholeTypes[at]?.[0] ?? 'bigint';
  return {
    sql: `CAST('${a}' AS ${name(left)}) ${operator} CAST('${b}' AS ${name(right)})`,
    value: String(value),
    type,
  };
}

const compared: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const operators = fc.constantFrom('+', '-', '*', '/', '%');
const decimals: fc.Arbitrary<Decimal> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.nat(4), fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }))
  .map(([digits, places, n]) => {
    const scale = Math.min(places, digits);
    return { unscaled: n % 10n ** BigInt(digits), precision: digits, scale };
  });
const wholes = fc
  .tuple(fc.nat(3), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
  .map(([at, n]) => ({ at, n: BigInt.asIntN(Number(wholeTypes[at]?.[1] ?? 63n) + 1, n) }));

const expressions: fc.Arbitrary<Modelled | undefined> = fc.oneof(
  fc.tuple(decimals, operators, decimals).map(([a, operator, b]) => decimalResult(a, operator, b)),
  fc.tuple(wholes, operators, wholes).map(([a, operator, b]) => wholeResult(a.n, a.at, operator, b.n, b.at)),
  fc.tuple(decimals, fc.constantFrom(...Object.keys(compared)), decimals).map(([a, operator, b]) => {
    const scale = Math.max(a.scale, b.scale);
    const value = compared[operator]?.(scaled(a, scale), scaled(b, scale)) ?? false;
    return { sql: `${literal(a)} ${operator} ${literal(b)}`, value: String(value), type: 'boolean' };
  }),
  fc.tuple(decimals, fc.nat(4)).map(([a, to]) => ({
    sql: `CAST(${literal(a)} AS decimal(38,${to}))`,
    value: written({
      unscaled: to >= a.scale ? scaled(a, to) : rounded(a.unscaled, 10n ** BigInt(a.scale - to)),
      scale: to,
    }),
    type: `decimal(38,${to})`,
  })),
  decimals.map((a) => ({
    sql: `CAST(${literal(a)} AS bigint)`,
    value: String(rounded(a.unscaled, 10n ** BigInt(a.scale))),
    type: 'bigint',
  })),
  decimals.map((a) => ({ sql: `CAST(${literal(a)} AS varchar)`, value: written(a), type: 'varchar' })),
  wholes.map(({ at, n }) => ({
    sql: `CAST(CAST('${n}' AS ${wholeTypes[at]?.[0] ?? 'bigint'}) AS decimal(38,2))`,
    value: written({ unscaled: n * 100n, scale: 2 }),
    type: 'decimal(38,2)',
  })),
);

test(`arithmetic, comparisons and casts agree with a model of whole numbers (seed ${seed})`, async () => {
  const found = fc
    .sample(expressions, { numRuns: EXPRESSIONS, seed })
    .filter((one): one is Modelled => one !== undefined);
  const wrong: unknown[] = [];
  for (let at = 0; at < found.length; at += BATCH) {
    const some = found.slice(at, at + BATCH);
    const { rows, types, failure } = await askAthena(
      served,
      `SELECT ${some.map(({ sql }) => sql).join(', ')}`,
    );
    if (failure !== undefined) wrong.push([failure, some.map(({ sql }) => sql)]);
    else
      some.forEach(({ sql, value, type }, index) => {
        if (rows[0]?.[index] !== value || types[index] !== type)
          wrong.push([sql, value, type, rows[0]?.[index], types[index]]);
      });
  }
  expect(wrong).toEqual([]);
});
