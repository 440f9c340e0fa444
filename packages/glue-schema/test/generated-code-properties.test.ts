import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateEncoder } from '../src/codegen/generate-encoder.js';
import { generateValidator } from '../src/codegen/generate-validator.js';
import type { RecordEncoder, ValidationResult } from '../src/index.js';
import { eventFor, tableSchema } from './arbitrary-event.js';
import { loadGenerated } from './load-generated.js';
import { storesUnchanged } from './stored-value.js';

const options = { typeImport: { name: 'Sample', from: './sample.js' } };
// One run makes and loads a module, so each is held against many events.
const numRuns = 40;
const sample = tableSchema.chain((schema) =>
  fc.tuple(fc.constant(schema), fc.array(eventFor(schema.columns), { minLength: 30, maxLength: 30 })),
);

describe('for any type and any event', () => {
  test('the validator accepts what OpenX stores unchanged, and nothing else', () => {
    fc.assert(
      fc.property(sample, ([schema, events]) => {
        // The name is the generator's contract.
        const { validateSample } = loadGenerated(generateValidator(schema, options)) as {
          validateSample: (value: unknown) => ValidationResult<unknown>;
        };
        for (const event of events) {
          const result = validateSample(event);
          const text = JSON.stringify([event, result, schema.columns]);
          expect(result.ok, text).toBe(storesUnchanged(schema, event));
        }
      }),
      { numRuns },
    );
  });

  test('the encoder writes what JSON.stringify writes, wherever the buffer ends', () => {
    fc.assert(
      fc.property(sample, fc.nat(40), ([schema, events], short) => {
        const { sampleEncoder } = loadGenerated(generateEncoder(schema, options)) as {
          sampleEncoder: RecordEncoder<unknown>;
        };
        for (const event of events.filter((one) => hasStructs(schema.columns, one))) {
          const expected = Buffer.from(JSON.stringify(inOrder(schema.columns, event)));
          const roomy = new Uint8Array(20_000).fill(7);
          const end = sampleEncoder.encodeInto(event, roomy, 3);
          expect(Buffer.from(roomy.subarray(3, end)).toString()).toBe(expected.toString());
          expect(roomy.subarray(end).every((byte) => byte === 7)).toBe(true);
          const tight = new Uint8Array(expected.length + 3).fill(7);
          expect(sampleEncoder.encodeInto(event, tight, 3)).toBe(tight.length);
          const small = new Uint8Array(Math.max(0, expected.length - 1 - short)).fill(7);
          expect(sampleEncoder.encodeInto(event, small, 0)).toBe(-expected.length);
          expect(small.every((byte) => byte === 7)).toBe(true);
        }
      }),
      { numRuns },
    );
  });

  test('text is written with the escapes of JSON.stringify, halves of surrogate pairs too', () => {
    const schema = { name: 'Sample', columns: [{ name: 's', type: { kind: 'string' } }] } as const;
    const { sampleEncoder } = loadGenerated(generateEncoder(schema, options)) as {
      sampleEncoder: RecordEncoder<unknown>;
    };
    const buffer = new Uint8Array(1024);
    const unit = fc.oneof(fc.integer({ min: 0, max: 127 }), fc.integer({ min: 0, max: 0xffff }));
    const text = fc.array(unit, { maxLength: 40 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, (s) => {
        const end = sampleEncoder.encodeInto({ s }, buffer, 0);
        expect(Buffer.from(buffer.subarray(0, end)).toString()).toBe(JSON.stringify({ s }));
      }),
      { numRuns: 5000 },
    );
  });

  test('numbers are written with the digits of JSON.stringify', () => {
    const schema = { name: 'Sample', columns: [{ name: 'n', type: { kind: 'double' } }] } as const;
    const { sampleEncoder } = loadGenerated(generateEncoder(schema, options)) as {
      sampleEncoder: RecordEncoder<unknown>;
    };
    const buffer = new Uint8Array(64);
    const check = (n: number): void => {
      const end = sampleEncoder.encodeInto({ n }, buffer, 0);
      expect(Buffer.from(buffer.subarray(0, end)).toString()).toBe(JSON.stringify({ n }));
    };
    fc.assert(fc.property(fc.double(), check), { numRuns: 5000 });
    fc.assert(
      fc.property(
        fc.integer().map((n) => n / 1e6),
        check,
      ),
      { numRuns: 5000 },
    );
    fc.assert(fc.property(fc.integer(), check), { numRuns: 5000 });
    [-0, 0, 10, 99, 100, 1e21, 1e-7, 5e-324, -(2 ** 31), 2 ** 31 - 1, NaN, Infinity].forEach(check);
  });
});

type Columns = Parameters<typeof eventFor>[0];

/** True where there is an object for every struct that its type does not let be missing. */
function hasStructs(columns: Columns, event: unknown): boolean {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return false;
  const values = new Map<string, unknown>(Object.entries(event));
  return columns.every(({ name, type, optional, nullable }) => {
    const value = values.get(name);
    if (value === undefined) return optional === true;
    if (value === null && nullable === true) return true;
    return type.kind !== 'struct' || hasStructs(type.fields, value);
  });
}

/** The event with its properties in column order, which is what the encoder writes. */
function inOrder(columns: Columns, event: unknown): unknown {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return event;
  const values = new Map<string, unknown>(Object.entries(event));
  const pairs = columns.flatMap(({ name, type }) => {
    if (!values.has(name)) return [];
    const value = values.get(name);
    // A struct under a name that every object inherits is written in full.
    const ordered = type.kind === 'struct' && !(name in Object.prototype);
    return [[name, ordered ? inOrder(type.fields, value) : value] as const];
  });
  return Object.fromEntries(pairs);
}
