import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateValidator } from '../src/codegen/generate-validator.js';
import type { ParseResult, TableSchema } from '../src/index.js';
import { eventFor, tableSchema } from './arbitrary-event.js';
import { inventoryEvent, sampleEvent } from './inventory-event-schema.js';
import { loadGenerated } from './load-generated.js';

type Parse = (text: string | Uint8Array) => ParseResult<unknown>;

/** The parser and the guard of a schema, as its generated module exports them. */
function generated(schema: TableSchema): { readonly parse: Parse; readonly is: (value: unknown) => boolean } {
  const module = loadGenerated(
    generateValidator(schema, { typeImport: { name: schema.name, from: './sample.js' } }),
  );
  // The names are the generator's contract.
  const [parse, is] = [module[`parse${schema.name}`], module[`is${schema.name}`]];
  return { parse: parse as Parse, is: is as (value: unknown) => boolean };
}

/** The same value, with the white space and the escapes that a sender may choose. */
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `${text}\r\n`,
  (text) => JSON.stringify(JSON.parse(text), null, 2),
  (text) => text.replace(/[a-z]/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
];

/** The records of exact numbers. */
const exact = generated({
  name: 'Exact',
  columns: [
    { name: 'id', type: { kind: 'bigint', wire: 'string' }, optional: true },
    { name: 'seq', type: { kind: 'bigint', wire: 'number' }, optional: true },
    { name: 'stock', type: { kind: 'int' }, optional: true },
    { name: 'price', type: { kind: 'decimal', precision: 10, scale: 2 }, optional: true },
    { name: 'total', type: { kind: 'decimal', precision: 38, scale: 18 }, optional: true },
    {
      name: 'lines',
      type: {
        kind: 'array',
        element: { kind: 'struct', fields: [{ name: 'n', type: { kind: 'bigint', wire: 'string' } }] },
      },
      optional: true,
    },
  ],
});

function issuesOf(result: ParseResult<unknown>): readonly (readonly [string, string, number])[] {
  return result.ok ? [] : result.issues.map(({ code, path, offset }) => [code, path.join('.'), offset]);
}

describe('a generated parser', () => {
  test('takes what JSON.parse and the guard take, and gives the same value, for any type', () => {
    const sample = tableSchema.chain((schema) =>
      fc.tuple(fc.constant(schema), fc.array(eventFor(schema.columns), { minLength: 10, maxLength: 10 })),
    );
    fc.assert(
      fc.property(sample, ([schema, events]) => {
        const { parse, is } = generated(schema);
        for (const event of events) {
          for (const spell of spellings) {
            let text = spell(JSON.stringify(event));
            // An escape may be in a number of letters, as in 1e21: then it is no JSON.
            if (!isJson(text)) text = JSON.stringify(event);
            const result = parse(text);
            const bytes = parse(Buffer.from(text));
            // A bigint column takes a number, too: nothing of it is lost.
            const taken = is(JSON.parse(text)) || (result.ok && is(result.value));
            expect(result.ok, text).toBe(taken);
            if (result.ok && is(JSON.parse(text)))
              expect(isDeepStrictEqual(result.value, JSON.parse(text)), text).toBe(true);
            // A half of a surrogate pair has no bytes.
            if (Buffer.from(text).toString() === text) expect(bytes.ok, text).toBe(result.ok);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('loses no digit of a bigint or decimal column', () => {
    const given =
      '{"id":9223372036854775807,"seq":9007199254740991,"price":12.50,"total":12345678901234567890.123456789012345678}';
    expect(exact.parse(given)).toEqual({
      ok: true,
      value: {
        id: '9223372036854775807',
        seq: 9007199254740991,
        price: 12.5,
        total: '12345678901234567890.123456789012345678',
      },
    });
    expect(exact.parse('{"lines":[{"n":9007199254740993}]}')).toEqual({
      ok: true,
      value: { lines: [{ n: '9007199254740993' }] },
    });
    expect(exact.parse('{"price":1.25e1,"total":1e-3}')).toHaveProperty('ok', true);
    // A double would take each of these for another number that the column holds.
    const rounded = [
      '{"stock":4.9999999999999999999}',
      '{"stock":1e999}',
      '{"seq":9007199254740993}',
      '{"seq":9007199254740991.4}',
      '{"price":4.990000000000000001}',
      '{"price":12345678.9900000001}',
      '{"price":1e-400}',
      '{"total":0.0000000000000000001}',
      '{"id":9223372036854775808}',
      '{"id":1.5}',
    ];
    for (const text of rounded)
      expect(issuesOf(exact.parse(text))[0]?.[0], text).toMatch(/OUT_OF_RANGE|TYPE/);
    const told = exact.parse('{"seq":9007199254740993}');
    expect(told.ok ? '' : told.issues[0]?.message).toBe(
      'Expected `seq` to be a safe integer, got 9007199254740993',
    );
  });

  test('says where in the text or the bytes something is wrong', () => {
    const { parse } = generated(inventoryEvent);
    const event = {
      ...sampleEvent,
      store_name: 'Łódź',
      location: { ...sampleEvent.location, city: 7 },
      colour: 1,
    };
    const text = JSON.stringify(event);
    const places = [
      ['TYPE_MISMATCH', 'location.city', text.indexOf('7,"region"')],
      ['UNKNOWN_KEY', 'colour', text.indexOf('"colour"')],
    ];
    expect(issuesOf(parse(text))).toEqual(places);
    const inBytes = (offset: unknown): number => Buffer.byteLength(text.slice(0, Number(offset)));
    expect(issuesOf(parse(Buffer.from(text)))).toEqual(
      places.map(([code, path, at]) => [code, path, inBytes(at)]),
    );
    expect(issuesOf(exact.parse(' {"seq":1,}'))).toEqual([['MALFORMED_JSON', 'seq', 10]]);
    expect(issuesOf(exact.parse('{"seq":1,"seq":2}'))).toEqual([['DUPLICATE_KEY', 'seq', 9]]);
    expect(issuesOf(exact.parse('{"lines":[{"n":1},{}]}'))).toEqual([['MISSING', 'lines.1.n', 18]]);
    expect(issuesOf(exact.parse(Buffer.from([0x7b, 0x22, 0xef, 0x22, 0x7d])))).toEqual([
      ['INVALID_UTF8', '', 2],
    ]);
    expect(issuesOf(exact.parse(''))).toEqual([['MALFORMED_JSON', '', 0]]);
    expect(issuesOf(exact.parse('\ufeff{}'))).toEqual([['MALFORMED_JSON', '', 0]]);
    expect(issuesOf(exact.parse('{"a":"\\ud800"}'))).toEqual([['UNKNOWN_KEY', 'a', 1]]);
  });

  test('tells the first twenty things of a hundred thousand, and repeats no nesting', () => {
    const keys = Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n]);
    expect(issuesOf(exact.parse(JSON.stringify(Object.fromEntries(keys))))).toHaveLength(20);
    const nested = '['.repeat(100_000);
    expect(issuesOf(exact.parse(nested))).toEqual([['TOO_DEEP', '', 512]]);
    const [first] = issuesOf(exact.parse(`{"k":${nested}${']'.repeat(100_000)}}`));
    expect(first?.slice(0, 2)).toEqual(['TOO_DEEP', '']);
    const { parse } = generated({
      name: 'Any',
      columns: [{ name: 'k', type: { kind: 'string', json: true } }],
    });
    const within = (depth: number): string => `{"k":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(issuesOf(parse(within(500)))).toEqual([]);
    expect(issuesOf(parse(within(600))).map(([code]) => code)).toEqual(['TOO_DEEP']);
  });

  test('says what is no text, no finite number and no JSON at all', () => {
    const { parse } = generated({
      name: 'Odd',
      columns: [
        { name: 'size', type: { kind: 'double' }, optional: true },
        {
          name: 'tags',
          type: { kind: 'map', key: { kind: 'string' }, value: { kind: 'string' } },
          optional: true,
        },
      ],
    });
    const told = (result: ParseResult<unknown>): string =>
      result.ok ? 'ok' : result.issues.map(({ code, message }) => `${code} ${message}`).join('; ');
    expect(told(parse('{"size":-1e999}'))).toMatch(/^OUT_OF_RANGE .*got -1e999$/);
    expect(told(parse('{"tags":{"\\ud800":"a"}}'))).toMatch(/^KEY_TYPE .*under a key of whole characters/);
    // What callers without types hand over.
    const untyped = parse as (input: unknown) => ParseResult<unknown>;
    for (const input of [undefined, null, {}, [], 7, () => ''])
      expect(told(untyped(input))).toMatch(/^TYPE_MISMATCH Expected JSON as text or bytes/);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
