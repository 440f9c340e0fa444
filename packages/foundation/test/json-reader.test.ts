import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonNumber, jsonLimits, readJson, stringifyJson } from '../src/index.js';

/** A value with every {@link JsonNumber} as its double: what `JSON.parse` gives. */
function plain(value: unknown): unknown {
  if (value instanceof JsonNumber) return value.toNumber();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** What JSON.parse says, as a reading. */
function parsed(text: string): { readonly value: unknown } | 'refused' {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return 'refused';
  }
}

const numbers = fc.oneof(
  fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('0', '-0', '-0.0', '1.50', '1e400', '-1E-400', '0.0000001', '1e5', '9223372036854775808'),
  fc.tuple(fc.nat(), fc.bigInt({ min: 0n, max: 10n ** 20n })).map(([a, b]) => `${a}.${b}`),
);
const strings = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.constantFrom('"\\u0061"', '"\\ud800"', '"\u2028"', '"😀"', '"__proto__"', '"\\/"', '"toJSON"', '""'),
);
const space = fc.constantFrom('', '', '', ' ', '\n', '\t \r\n');
const texts = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    numbers,
    strings,
    fc.constantFrom('true', 'false', 'null', '[]', '{ }'),
    fc
      .array(fc.tuple(space, tie('value')), { maxLength: 5 })
      .map((items) => `[${items.map((item) => item.join('')).join(',')}]`),
    fc
      .array(fc.tuple(strings, space, tie('value'), space), { maxLength: 5 })
      .map((members) => `{${members.map(([key, a, value, b]) => `${key}${a}:${value}${b}`).join(',')}}`),
  ),
})).value;

describe('a JSON text', () => {
  test('is read as JSON.parse reads it, and its numbers are their own text', () => {
    fc.assert(
      fc.property(texts, space, (text, around) => {
        const reading = readJson(around + text + around);
        const expected = parsed(text);
        if (!reading.ok || expected === 'refused') throw new Error(`${text} is JSON`);
        expect(plain(reading.value)).toStrictEqual(expected.value);
        for (const mode of ['double', 'value'] as const) {
          const again = readJson(text, { numbers: mode });
          expect(again.ok && plain(again.value)).toStrictEqual(expected.value);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('is refused where JSON.parse refuses it, and nowhere else', () => {
    const damaged = fc
      .tuple(
        texts,
        fc.nat(),
        fc.oneof(
          fc.constantFrom('', ',', '"', '{', ']', '}', '\\', '0', '.', '-', '\u0000', 'e'),
          fc.string({ unit: 'binary', maxLength: 2 }),
        ),
      )
      .map(([text, place, put]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + put + text.slice(at + 1);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        const reading = readJson(text);
        const expected = parsed(text);
        expect(reading.ok, text).toBe(expected !== 'refused');
        if (reading.ok && expected !== 'refused') expect(plain(reading.value)).toStrictEqual(expected.value);
        if (!reading.ok) expect(reading.failure.message.length).toBeLessThan(200);
      }),
      { numRuns: 10_000 },
    );
  });

  test('gives each number as a double exactly where that is written with the same digits', () => {
    fc.assert(
      fc.property(numbers, (text) => {
        const reading = readJson(`[${text}]`);
        const [value] = reading.ok && Array.isArray(reading.value) ? (reading.value as unknown[]) : [];
        if (value instanceof JsonNumber)
          expect([value.text, String(Number(text)) === text]).toEqual([text, false]);
        else expect(String(value)).toBe(text);
        expect(stringifyJson(reading.ok ? reading.value : undefined)).toBe(`[${text}]`);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ['{"id":3,"id":4}', 'id'],
    ['{"a":[{"x":1},{"y":1,"y":1}]}', 'y'],
    ['{"\\u0061":1,"a":2}', 'a'],
    ['{"n":1e400,"b":{"n":1,"n":2}}', 'n'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"a":{"b":1},"b":{"a":1}}', undefined],
    ['{"a":"\\"b\\":1,\\"b\\":2"}', undefined],
  ])('%s has the doubled key %s', (text, key) => {
    expect(readJson(text)).toMatchObject(key === undefined ? { ok: true } : { ok: true, duplicateKey: key });
    expect(readJson(text)).toHaveProperty('ok', true);
    if (key === undefined) expect(readJson(text)).not.toHaveProperty('duplicateKey');
  });

  test('may be as deep as the limit and no deeper, whatever it is made of', () => {
    const nested = (open: string, close: string, depth: number): string =>
      open.repeat(depth) + '1' + close.repeat(depth);
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['[1e400,', ']'],
    ] as const) {
      expect(readJson(nested(open, close, jsonLimits.maxDepth)).ok).toBe(true);
      for (const depth of [jsonLimits.maxDepth + 1, 5_000, 500_000]) {
        expect(readJson(nested(open, close, depth))).toMatchObject({ ok: false, failure: { code: 'DEPTH' } });
      }
    }
    expect(readJson('['.repeat(100_000))).toMatchObject({ ok: false });
  });

  test('keeps a number that a double holds, where only its value counts', () => {
    const reading = readJson('[1.50,1e2,-0,0.10000000000000001,12345678901234567890,1e400]', {
      numbers: 'value',
    });
    expect(reading).toEqual({
      ok: true,
      value: [
        1.5,
        100,
        -0,
        new JsonNumber('0.10000000000000001'),
        new JsonNumber('12345678901234567890'),
        new JsonNumber('1e400'),
      ],
    });
    expect(JSON.stringify(reading.ok ? reading.value : undefined)).toBe(
      '[1.5,100,0,"0.10000000000000001","12345678901234567890","1e400"]',
    );
  });
});

describe('a value', () => {
  test('is written as JSON.stringify writes it', () => {
    const values = fc.anything({
      withDate: true,
      withNullPrototype: true,
      withSparseArray: false,
      withBigInt: false,
    });
    fc.assert(
      fc.property(values, (value) => {
        expect(stringifyJson(value)).toBe((JSON.stringify(value) as string | undefined) ?? 'null');
      }),
      { numRuns: 3_000 },
    );
  });

  test('is written in full however deep it is, and cut where it is to be short', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 200_000; depth += 1) deep = { a: [deep] };
    expect(stringifyJson(deep)).toHaveLength(200_000 * 8 + 1);
    expect(stringifyJson(deep, { maxChars: 10 })).toBe('{"a":[{"a"…');
    expect(stringifyJson({ A: { B: 1 } }, { key: (key) => key.toLowerCase() })).toBe('{"a":{"b":1}}');
  });

  test('that contains itself has no text, as with JSON.stringify', () => {
    const ring: unknown[] = [];
    ring.push({ ring }, ring);
    expect(() => stringifyJson(ring)).toThrow(TypeError);
    const twice = [1];
    expect(stringifyJson([twice, twice])).toBe('[[1],[1]]');
  });
});
