import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOf, piecesOf, type Piece } from '../src/codegen/column-pieces.js';
import { generateColumnEncoder } from '../src/codegen/generate-column-encoder.js';
import { generateEncoder } from '../src/codegen/generate-encoder.js';
import type { RecordEncoder, TableSchema } from '../src/index.js';
import type { ColumnEncoder } from '../src/runtime/index.js';
import { eventFor, tableSchema } from './arbitrary-event.js';
import { loadGenerated } from './load-generated.js';

const options = { typeImport: { name: 'Sample', from: './sample.js' } };

/** Arrays of each form, from the numbers that rows hold. */
const arrays: Readonly<Record<Piece['form'], (rows: readonly number[]) => ArrayLike<number>>> = {
  dictionary: (rows) => Uint16Array.from(rows),
  int: (rows) => Int32Array.from(rows),
  long: (rows) => Float64Array.from(rows),
  hundredths: (rows) => Float64Array.from(rows),
  number: (rows) => Float64Array.from(rows),
  instant: (rows) => Float64Array.from(rows),
  flag: (rows) => Uint8Array.from(rows),
};

const safe = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -20_000, max: 20_000 }));
const numbers: Readonly<Record<Exclude<Piece['form'], 'dictionary'>, fc.Arbitrary<number>>> = {
  int: fc.oneof(
    fc.integer(),
    fc.integer({ min: -20_000, max: 20_000 }),
    fc.constantFrom(-(2 ** 31), 2 ** 31 - 1),
  ),
  long: safe,
  hundredths: safe,
  number: fc.double(),
  instant: fc.oneof(
    fc.integer({ min: Date.UTC(2026, 0, 5), max: Date.UTC(2026, 0, 6) }),
    fc.integer({ min: -62_198_755_200_000, max: 253_433_923_200_000 }),
  ),
  flag: fc.nat(1),
};

/** What a number of a column is in the event's JSON. */
const valueOf: Readonly<Record<Exclude<Piece['form'], 'dictionary'>, (number: number) => unknown>> = {
  int: (number) => number,
  long: (number) => number,
  hundredths: (number) => number / 100,
  number: (number) => number,
  instant: (ms) => new Date(ms).toISOString(),
  flag: (number) => number === 1,
};

interface Row {
  readonly event: Readonly<Record<string, unknown>>;
  readonly numbers: Readonly<Record<string, number>>;
}

/** Events of a schema: the columns of numbers from numbers, all others as they come. */
function rowsOf(schema: TableSchema): fc.Arbitrary<readonly Row[]> {
  const pieces = piecesOf(schema, options);
  const drawn = pieces.map(({ form }) => (form === 'dictionary' ? fc.constant(0) : numbers[form]));
  const row = fc.tuple(eventFor(schema.columns), fc.tuple(...drawn)).map(([base, row]): Row => {
    const event: [string, unknown][] = [];
    const held: [string, number][] = [];
    for (const [n, piece] of pieces.entries()) {
      for (const column of piece.columns) {
        const name = keyOf(column);
        const number = row[n] ?? 0;
        const own = Object.getOwnPropertyDescriptor(base, name);
        if (piece.form !== 'dictionary') event.push([name, valueOf[piece.form](number)]);
        else if (own !== undefined) event.push([name, own.value]);
        held.push([piece.name, number]);
      }
    }
    return { event: Object.fromEntries(event), numbers: Object.fromEntries(held) };
  });
  return fc.array(row, { minLength: 1, maxLength: 20 });
}

const sample = tableSchema.chain((schema) => fc.tuple(fc.constant(schema), rowsOf(schema)));

test('for any type, rows of columns are the lines of the record encoder', () => {
  let compared = 0;
  fc.assert(
    fc.property(sample, fc.nat(2000), ([schema, rows], room) => {
      const { sampleEncoder } = loadGenerated(generateEncoder(schema, options)) as {
        sampleEncoder: RecordEncoder<unknown>;
      };
      // The name is the generator's contract.
      const { sampleColumnEncoder } = loadGenerated(generateColumnEncoder(schema, options)) as {
        sampleColumnEncoder: (dictionaries: object) => ColumnEncoder<object>;
      };
      // An event that the record encoder cannot read (no object where a struct must be) is no row.
      const lines = rows.flatMap((row) => {
        const line = recordLine(sampleEncoder, row.event);
        return line === undefined ? [] : [{ ...row, line }];
      });
      const pieces = piecesOf(schema, options);
      const events = lines.map(({ event }) => event);
      const dictionaries = pieces
        .filter(({ form }) => form === 'dictionary')
        .map(({ name }) => [name, events]);
      const columns = pieces.map(({ name, form }) => {
        const held = lines.map((line, n) => (form === 'dictionary' ? n : (line.numbers[name] ?? 0)));
        return [name, arrays[form](held)];
      });
      const encoder = sampleColumnEncoder(Object.fromEntries(dictionaries) as object);
      const buffer = { bytes: new Uint8Array(encoder.rowBytes + room), length: 0 };
      let all = '';
      for (let n = 0; n < lines.length; buffer.length = 0) {
        n = encoder.encode(Object.fromEntries(columns) as object, n, lines.length, buffer);
        all += Buffer.from(buffer.bytes.subarray(0, buffer.length)).toString();
      }
      expect(all).toBe(lines.map(({ line }) => line).join(''));
      compared += lines.length;
    }),
    { numRuns: 40 },
  );
  expect(compared).toBeGreaterThan(100);
});

function recordLine(encoder: RecordEncoder<unknown>, event: unknown): string | undefined {
  const buffer = new Uint8Array(50_000);
  try {
    return `${Buffer.from(buffer.subarray(0, encoder.encodeInto(event, buffer, 0))).toString()}\n`;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

test('a layout that the columns do not allow is refused', () => {
  const text = { type: { kind: 'string' } } as const;
  const columns = [
    { name: 'a', ...text },
    { name: 'n', type: { kind: 'int' } },
    { name: 'b', ...text },
  ] as const;
  const generate = (layout: object): string =>
    generateColumnEncoder({ name: 'Sample', columns }, { ...options, ...layout });
  expect(() => generate({ dictionaries: { both: ['a', 'b'] } })).toThrow('do not stand side by side');
  expect(() => generate({ serials: { a: { of: 'n', digits: 10 } } })).toThrow(
    'Expected n to be a column of the form long',
  );
  expect(() => generate({ less: { a: ['n', 'n'] } })).toThrow('Expected a to be a column of the form flag');
});
