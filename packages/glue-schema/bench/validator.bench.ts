// What does checking cost on top of JSON.parse, for an inventory event, beside ajv standalone, zod, TypeBox and typia?
// Exits 1 below the floor: the machine's noise under what is measured.
//
// The rivals check less: none looks for halves of surrogate pairs, for days that do not exist or for decimals.
import { readFileSync } from 'node:fs';
import { Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { z } from 'zod';
import { generateValidator } from '../src/codegen/generate-validator.js';
import { createDeserializer, type ParseResult, toGlueColumns, toJsonSchema } from '../src/index.js';
import { bundleText, importText } from '../test/bundle-generated.js';
import { inventoryEvent, sampleEvent } from '../test/inventory-event-schema.js';
import { measure, printTable } from './rounds.js';

const source = generateValidator(inventoryEvent, {
  typeImport: { name: 'InventoryEvent', from: './event.js' },
});
// The generator's contract gives the name.
const { isInventoryEvent, parseInventoryEvent } = (await importText(source)) as {
  isInventoryEvent: (value: unknown) => boolean;
  parseInventoryEvent: (text: string | Uint8Array) => ParseResult<unknown>;
};

// Its compiler plugin ran ahead of time; the file says how.
const typiaText = readFileSync(new URL('typia-event.generated.mjs', import.meta.url), 'utf8');
const { equals: typia } = (await importText(typiaText)) as { equals: (value: unknown) => boolean };

// Ajv as it is at its best: compiled ahead to a module, as ours is.
const ajvAhead = new Ajv2020({ strict: false, validateFormats: false, code: { source: true, esm: true } });
const ajvText = standalone.default(
  ajvAhead,
  ajvAhead.compile(toJsonSchema(inventoryEvent, { target: 'draft-2020-12' })),
);
// Its own contract gives the name.
const { validate: ajv } = (await importText(ajvText)) as { validate: (value: unknown) => boolean };
const text = z.string();
const int = z.int32();
const zodEvent = z.strictObject({
  event_id: text,
  event_type: z.string(),
  event_time: z.iso.datetime(),
  sequence: z.int(),
  store_id: text,
  store_name: text,
  location: z.strictObject({
    city: text,
    region: text,
    country: text,
    latitude: z.number(),
    longitude: z.number(),
  }),
  product_id: text,
  product_name: text,
  category: text,
  unit_price: text,
  quantity_delta: int,
  current_stock: int,
  min_threshold: int,
  on_order: int,
  is_low_stock: z.boolean(),
});
const s = Type.String();
const i = Type.Integer({ minimum: -(2 ** 31), maximum: 2 ** 31 - 1 });
const strict = { additionalProperties: false };
const typeBox = TypeCompiler.Compile(
  Type.Object(
    {
      event_id: s,
      event_type: s,
      event_time: Type.String({
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$',
      }),
      sequence: Type.Integer(),
      store_id: s,
      store_name: s,
      location: Type.Object(
        { city: s, region: s, country: s, latitude: Type.Number(), longitude: Type.Number() },
        strict,
      ),
      product_id: s,
      product_name: s,
      category: s,
      unit_price: s,
      quantity_delta: i,
      current_stock: i,
      min_threshold: i,
      on_order: i,
      is_low_stock: Type.Boolean(),
    },
    strict,
  ),
);
const openx = createDeserializer(toGlueColumns(inventoryEvent));

const texts = Array.from({ length: 20_000 }, (_, index) =>
  JSON.stringify({
    ...sampleEvent,
    sequence: index,
    event_id: `store-0001-${String(index).padStart(6, '0')}`,
    event_time: new Date(1.768e12 + index * 4321).toISOString(),
  }),
);
const bytes = texts.map((one) => Buffer.from(one));
const run = (check: (value: unknown) => boolean): (() => number) =>
  runAll(texts, (one) => check(JSON.parse(one)));
const runAll =
  <Item>(items: readonly Item[], takes: (item: Item) => boolean) =>
  (): number => {
    let passed = 0;
    for (const one of items) if (takes(one)) passed += 1;
    if (passed !== texts.length) throw new Error(`Only ${passed} of ${texts.length} right events passed`);
    return passed;
  };

const times = measure(
  {
    'JSON.parse': run(() => true),
    'generated parser': runAll(texts, (one) => parseInventoryEvent(one).ok),
    'JSON.parse + generated': run(isInventoryEvent),
    'JSON.parse + ajv 8 standalone': run(ajv),
    'JSON.parse + TypeBox compiled': run((value) => typeBox.Check(value)),
    'JSON.parse + typia 9': run(typia),
    'JSON.parse + zod 4': run((value) => zodEvent.safeParse(value).success),
    'JSON.parse + OpenX model': run((value) => openx.convert(value).kind === 'unchanged'),
    'JSON.parse of bytes': runAll(bytes, (one) => JSON.parse(one.toString()) !== null),
    'generated parser, bytes': runAll(bytes, (one) => parseInventoryEvent(one).ok),
  },
  texts.length,
);
printTable('one event of 473 bytes', times, 'JSON.parse');
const speedOf = (name: string, base = 'JSON.parse'): number =>
  (times.get(base) ?? NaN) / (times.get(name) ?? NaN);
const floors = [
  ['the generated parser', speedOf('generated parser'), 0.75],
  ['JSON.parse and the generated validator', speedOf('JSON.parse + generated'), 0.7],
] as const;
for (const [name, speed, floor] of floors) {
  if (speed >= floor) continue;
  console.error(`Expected ${name} to reach ${floor} of JSON.parse, got ${speed.toFixed(2)}.`);
  process.exitCode = 1;
}
console.log(
  `\nGenerated validator: ${(await bundleText(source.replace('export function parse', 'function parse'), true)).length} bytes minified.`,
);
