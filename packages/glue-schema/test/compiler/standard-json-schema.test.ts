import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fromStandardJsonSchema, formatDiagnostic } from '@store/glue-schema/compiler';
import { toStandardJsonSchema as manifestSource } from '../../src/index.js';
import { columnText } from './column-text.js';

type Source = Parameters<typeof fromStandardJsonSchema>[0];

const columns = (source: Source): readonly string[] | undefined =>
  fromStandardJsonSchema(source, { name: 'Order' }).schema?.columns.map(columnText);
const problems = (source: Source): readonly string[] =>
  fromStandardJsonSchema(source, { name: 'Order' }).diagnostics.map(({ code, path }) => `${code} ${path}`);

test('a manifest is itself a Standard JSON Schema, and gives the same columns again', () => {
  const schema = {
    name: 'Order',
    columns: [
      { name: 'id', type: { kind: 'string' } },
      { name: 'quantity', type: { kind: 'int' } },
      { name: 'tags', optional: true, type: { kind: 'array', element: { kind: 'string' } } },
    ],
  } as const;
  const source = manifestSource(schema);
  expect(columns(source)).toEqual(['id: string', 'quantity: int', 'tags?: array<string>']);
  const { input, output } = source['~standard'].jsonSchema;
  expect(input({ target: 'draft-07' })).toEqual(output({ target: 'draft-07' }));
  expect(() => input({ target: 'openapi-3.0' })).toThrow(
    'Expected `target` to be draft-07 or draft-2020-12, got "openapi-3.0"',
  );
});

test('a zod object becomes columns', () => {
  const order = z.object({
    id: z.string().describe('Who ordered what.'),
    quantity: z.int32(),
    total: z.string().meta({ glueType: 'decimal(10,2)' }),
    at: z.iso.datetime(),
    day: z.iso.date(),
    channel: z.enum(['web', 'shop']),
    note: z.string().max(20).optional(),
    gift: z.boolean().nullable(),
    lines: z.array(z.object({ sku: z.string(), count: z.int() })),
    stock: z.record(z.string(), z.number()),
    level: z.union([z.literal(1), z.literal(2)]),
  });
  expect(columns(order)).toEqual([
    'id: string — Who ordered what.',
    'quantity: int',
    'total: decimal(10,2)',
    'at: timestamp iso',
    'day: date',
    'channel: string of shop|web',
    'note?: varchar(20)',
    'gift | null: boolean',
    'lines: array<struct<sku: string, count: bigint number>>',
    'stock: map<string,double>',
    'level: int of 1|2',
  ]);
});

test('an ArkType type becomes columns', () => {
  const order = type({
    id: 'string',
    'note?': 'string | null',
    quantity: 'number.integer',
    channel: "'web' | 'shop'",
    tags: 'string[]',
    place: { city: 'string' },
  });
  expect(columns(order)?.toSorted()).toEqual([
    'channel: string of shop|web',
    'id: string',
    'note? | null: string',
    'place: struct<city: string>',
    'quantity: bigint number',
    'tags: array<string>',
  ]);
});

test('a Valibot schema becomes columns', () => {
  const order = v.object({
    id: v.string(),
    quantity: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
    channel: v.picklist(['web', 'shop']),
    note: v.optional(v.nullable(v.string())),
    lines: v.array(v.object({ sku: v.string() })),
  });
  expect(columns(toStandardJsonSchema(order))).toEqual([
    'id: string',
    'quantity: int',
    'channel: string of shop|web',
    'note? | null: string',
    'lines: array<struct<sku: string>>',
  ]);
});

test('a plain JSON Schema with $ref and allOf becomes columns', () => {
  expect(
    columns({
      allOf: [{ $ref: '#/$defs/base' }, { properties: { own: { type: 'number' } } }],
      $defs: { base: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } },
    }),
  ).toEqual(['id: string', 'own?: double']);
});

describe('what has no honest column is a diagnostic with its path', () => {
  test.each([
    ['a mixed union', z.object({ a: z.union([z.string(), z.number()]) }), ['UNION_MIXED Order.a']],
    ['anything', z.object({ a: z.any() }), ['UNKNOWN Order.a']],
    ['a tuple', z.object({ a: z.tuple([z.string(), z.number()]) }), ['TUPLE_MIXED Order.a']],
    ['a name', z.object({ 'a-b': z.string() }), ['NAME_INVALID Order["a-b"]']],
    ['two names', z.object({ ab: z.string(), AB: z.string() }), ['NAME_COLLISION Order.AB']],
    ['an open object', z.looseObject({ a: z.string() }), ['INDEX_AND_PROPERTIES Order']],
    ['an array', z.array(z.string()), ['NOT_A_RECORD Order']],
  ])('%s', (_what, schema, expected) => {
    expect(problems(schema)).toEqual(expected);
  });

  test('recursion, which ends', () => {
    const category = z.object({
      name: z.string(),
      get children() {
        return z.array(category);
      },
    });
    expect(problems(z.object({ root: category }))).toEqual(['RECURSIVE Order.root.children[]']);
  });

  test('and reads like any other', () => {
    const { diagnostics } = fromStandardJsonSchema(z.object({ a: z.any() }), { name: 'Order' });
    expect(diagnostics.map(formatDiagnostic).join('\n')).toMatchInlineSnapshot(`
      "Order:1:1 - error UNKNOWN: Order.a: {} has no column type.
        Fix: Write "Order.a": "json" under "overrides" in a file, and pass it with --map."
    `);
  });
});
