import { systemClock } from '@store/foundation';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { jsonEncoder } from '../src/encoder.js';
import { recordData, type PackedRecord } from '../src/packing/packed-record.js';
import { Packer } from '../src/packing/packer.js';
import { SlabPool } from '../src/packing/slab-pool.js';

interface Packing {
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly alignBytes: number;
  readonly targetBytes?: number;
  readonly slabBytes?: number;
}

function pack(lines: readonly string[], packing: Packing): PackedRecord[] {
  const records: PackedRecord[] = [];
  const slabBytes = packing.slabBytes ?? Math.ceil(packing.maxBytes / 3) * 4 + 64;
  const packer = new Packer(
    jsonEncoder,
    packing,
    new SlabPool(slabBytes, 10_000),
    systemClock,
    () => packing.targetBytes ?? Infinity,
    () => 0,
    () => undefined,
    (record) => records.push(record),
  );
  for (const line of lines) packer.addEncoded(Buffer.from(line));
  packer.close();
  return records;
}

const text = (records: readonly PackedRecord[]): string =>
  records.map((record) => recordData(record).toString()).join('');

test('any events come out of records unchanged and in order, within every limit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), { maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 4000, max: 20_000 }),
      fc.integer({ min: 1, max: 6000 }),
      fc.integer({ min: 0, max: 40_000 }),
      fc.integer({ min: 1, max: 5 }),
      (strings, maxEvents, maxBytes, alignBytes, targetBytes, slabs) => {
        const lines = strings.map((value) => JSON.stringify(value));
        const slabBytes = Math.ceil(maxBytes / 3) * 4 * slabs + 64;
        const records = pack(lines, { maxEvents, maxBytes, alignBytes, targetBytes, slabBytes });
        expect(text(records)).toBe(lines.map((line) => `${line}\n`).join(''));
        for (const record of records) {
          const data = recordData(record);
          expect(record.rawBytes).toBe(data.length);
          expect(data.length).toBeLessThanOrEqual(maxBytes);
          expect(record.events).toBeLessThanOrEqual(maxEvents);
          expect(data.toString().split('\n').length - 1).toBe(record.events);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('events larger than the work buffer are packed as well', () => {
  const lines = [10, 70_000, 500_000, 20, 1_000_000, 3].map((length) => `"${'é'.repeat(length / 2)}"`);
  const records = pack(lines, { maxEvents: 500, maxBytes: 1_024_000, alignBytes: 5120 });
  expect(text(records)).toBe(lines.map((line) => `${line}\n`).join(''));
});

test.each([60, 200, 380, 1000, 3000])(
  'records of %d-byte events waste less than one part in a hundred',
  (bytes) => {
    const lines = Array.from({ length: 20_000 }, (_, i) => JSON.stringify('x'.repeat(bytes - 3 - (i % 7))));
    const full = pack(lines, { maxEvents: 500, maxBytes: 1_024_000, alignBytes: 5120 }).slice(0, -1);
    const real = full.reduce((sum, { rawBytes }) => sum + rawBytes, 0);
    const billed = full.reduce((sum, { rawBytes }) => sum + Math.ceil(rawBytes / 5120) * 5120, 0);
    expect(billed / real).toBeLessThan(1.01);
  },
);

test('a record is not closed before it must be for the sake of a boundary', () => {
  const lines = Array.from({ length: 5000 }, () => JSON.stringify('x'.repeat(377)));
  const [first] = pack(lines, { maxEvents: 500, maxBytes: 1_024_000, alignBytes: 5120 });
  expect(first?.events).toBe(498);
});

test('an event that grows while it is encoded is refused and leaves no trace', () => {
  const sealed: PackedRecord[] = [];
  const pool = new SlabPool(2_000_000, 4);
  const limits = { maxEvents: 500, maxBytes: 1_000_000, alignBytes: 5120 };
  const nothing = (): undefined => undefined;
  const packer = new Packer(
    jsonEncoder,
    limits,
    pool,
    systemClock,
    () => Infinity,
    () => 0,
    nothing,
    (record) => {
      sealed.push(record);
    },
  );
  let texts = 0;
  const growing = { toJSON: () => 'x'.repeat(100_000 * ++texts) };
  expect(() => {
    packer.add(growing);
  }).toThrow(expect.objectContaining({ code: 'ENCODE' }));
  packer.add({ id: 2 });
  packer.seal();
  expect([sealed.map((record) => recordData(record).toString()), packer.accepted]).toEqual([
    ['{"id":2}\n'],
    1,
  ]);
});
