import { describe, expect, test } from 'vitest';
import { generateEncoder } from '../src/codegen/generate-encoder.js';
import { generateValidator } from '../src/codegen/generate-validator.js';
import type { RecordEncoder, ValidationResult } from '../src/index.js';
import { bundleText } from './bundle-generated.js';
import { inventoryEvent, sampleEvent } from './inventory-event-schema.js';
import { loadGenerated } from './load-generated.js';

const typeImport = { name: 'InventoryEvent', from: './inventory-event.js' };

describe('generated validator', () => {
  // The names are fixed by the generator's contract.
  const module = loadGenerated(generateValidator(inventoryEvent, { typeImport }));
  const validate = module.validateInventoryEvent as (value: unknown) => ValidationResult<unknown>;

  test('a right event passes', () => {
    expect(validate(sampleEvent)).toEqual({ ok: true, value: sampleEvent });
  });

  test('it takes at most 4 KB of a bundle', async () => {
    // Who does not parse by it bundles no parser.
    const source = generateValidator(inventoryEvent, { typeImport });
    const text = await bundleText(source.replace('export function parse', 'function parse'), true);
    expect(text.length).toBeLessThanOrEqual(4096);
  });

  test('every wrong field is told, with its path', () => {
    const wrong = {
      ...sampleEvent,
      store_id: undefined,
      event_type: 'sold',
      event_time: '2026-02-30T00:00:00Z',
      current_stock: 1.5,
      location: { ...sampleEvent.location, latitude: '39' },
      unit_price: '12.505',
      colour: 'red',
    };
    const result = validate(wrong);
    expect(result.ok ? [] : result.issues.map((issue) => `${issue.code}: ${issue.message}`))
      .toMatchInlineSnapshot(`
        [
          "OUT_OF_RANGE: Expected \`event_type\` to be one of adjustment, order_placed, price_change, restock, return, sale, shrinkage, stock_count, got "sold"",
          "OUT_OF_RANGE: Expected \`event_time\` to be a UTC timestamp (2026-01-05T08:30:00.000Z), got "2026-02-30T00:00:00Z"",
          "MISSING: Expected \`store_id\` to be there, got nothing",
          "TYPE_MISMATCH: Expected \`location.latitude\` to be a finite number, got "39"",
          "OUT_OF_RANGE: Expected \`unit_price\` to be a decimal(10,2), got "12.505"",
          "OUT_OF_RANGE: Expected \`current_stock\` to be a whole number (-2147483648 to 2147483647), got 1.5",
          "UNKNOWN_KEY: Expected \`colour\` to be absent: no column has it, got "red"",
        ]
      `);
  });
});

test('a column that is only inherited is missing, however many other keys there are', () => {
  const module = loadGenerated(generateValidator(inventoryEvent, { typeImport }));
  // The name is fixed by the generator's contract.
  const validate = module.validateInventoryEvent as (value: unknown) => ValidationResult<unknown>;
  const { category, ...rest } = sampleEvent;
  const getter = Object.defineProperty({}, 'category', { get: () => category });
  for (const prototype of [{ category }, getter]) {
    const event: unknown = Object.assign(Object.create(prototype), rest, { colour: 'red' });
    const result = validate(event);
    expect(result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path])).toEqual([
      ['MISSING', 'category'],
      ['UNKNOWN_KEY', 'colour'],
    ]);
  }
  // JSON.parse never makes one, but other parsers do.
  expect(validate(Object.assign(Object.create(null), sampleEvent)).ok).toBe(true);
});

describe('generated encoder', () => {
  const module = loadGenerated(generateEncoder(inventoryEvent, { typeImport }));
  const encoder = module.inventoryEventEncoder as RecordEncoder<unknown>;

  test('its bytes are those of JSON.stringify', () => {
    const buffer = new Uint8Array(4096);
    const end = encoder.encodeInto(sampleEvent, buffer, 7);
    expect(new TextDecoder().decode(buffer.subarray(7, end))).toBe(JSON.stringify(sampleEvent));
  });

  test('a buffer that is too small stays as it was, and the bytes needed are told', () => {
    const { length } = JSON.stringify(sampleEvent);
    const small = new Uint8Array(length + 9);
    expect(encoder.encodeInto(sampleEvent, small, 10)).toBe(-length);
    expect(small.every((byte) => byte === 0)).toBe(true);
    expect(encoder.encodeInto(sampleEvent, small, 9)).toBe(length + 9);
  });

  test('an event whose toJSON encodes another event disturbs neither', () => {
    const other = new Uint8Array(4096);
    const size = encoder.encodeInto(sampleEvent, other, 0);
    const text = Buffer.from(other.subarray(0, size)).toString();
    const nested = {
      ...sampleEvent,
      store_id: { toJSON: () => (encoder.encodeInto(sampleEvent, other, 0), 'A') },
    };
    for (const room of [8192, JSON.stringify(nested).length]) {
      const buffer = new Uint8Array(room);
      other.fill(0);
      const end = encoder.encodeInto(nested, buffer, 0);
      expect(Buffer.from(buffer.subarray(0, end)).toString()).toBe(JSON.stringify(nested));
      expect(Buffer.from(other.subarray(0, size)).toString()).toBe(text);
    }
    // Too small for it: written to memory of the encoder's own first, twice at the same time.
    const small = {
      ...sampleEvent,
      store_id: { toJSON: () => String(encoder.encodeInto(sampleEvent, new Uint8Array(9), 0)) },
    };
    expect(encoder.encodeInto(small, new Uint8Array(9), 0)).toBe(-JSON.stringify(small).length);
  });
});
