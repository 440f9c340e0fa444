// What does checking cost on top of JSON.parse, for an inventory event, beside ajv standalone, zod and TypeBox?
import { Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { generateValidator } from '../src/codegen/generate-validator.js';
import { createDeserializer, toGlueColumns, toJsonSchema } from '../src/index.js';
import { bundleText, importText } from '../test/bundle-generated.js';
import { inventoryEvent, sampleEvent } from '../test/inventory-event-schema.js';
import { measure, printTable } from './rounds.js';

const source = generateValidator(inventoryEvent, {
  typeImport: { name: 'InventoryEvent', from: './event.js' },
});
// The generator's contract gives the name.
const { isInventoryEvent } = (await importText(source)) as { isInventoryEvent: (value: unknown) => boolean };

// Ajv's standalone code is what its run time compiles, minus the compiler: the checking function is the same.
const ajv = new Ajv2020({ strict: false, validateFormats: false }).compile(
  toJsonSchema(inventoryEvent, { target: 'draft-2020-12' }),
);
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
  }),
);
const run = (check: (value: unknown) => boolean) => (): number => {
  let passed = 0;
  for (const one of texts) if (check(JSON.parse(one))) passed += 1;
  if (passed !== texts.length) throw new Error(`Only ${passed} of ${texts.length} right events passed`);
  return passed;
};

const times = measure(
  {
    'JSON.parse': run(() => true),
    'JSON.parse + generated': run(isInventoryEvent),
    'JSON.parse + ajv 8 compiled': run((value) => ajv(value)),
    'JSON.parse + TypeBox compiled': run((value) => typeBox.Check(value)),
    'JSON.parse + zod 4': run((value) => zodEvent.safeParse(value).success),
    'JSON.parse + OpenX model': run((value) => openx.convert(value).kind === 'unchanged'),
  },
  texts.length,
);
printTable('one event of 473 bytes', times, 'JSON.parse');
console.log(`\nGenerated validator: ${(await bundleText(source, true)).length} bytes minified.`);
