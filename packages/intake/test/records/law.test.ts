import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  encodeText,
  encodingNames,
  IntakeError,
  RecordSource,
  StrictDecoder,
  type TextFormat,
} from '../../src/index.js';
import { readAll } from './read.js';

const row = fc.record({
  id: fc.integer(),
  name: fc.string({ unit: 'grapheme', maxLength: 8 }),
  low: fc.boolean(),
});
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A sound file in a form: the damage comes afterwards. */
const file = (format: TextFormat): fc.Arbitrary<string> =>
  fc.tuple(fc.array(row, { maxLength: 8 }), fc.constantFrom('\n', '\r\n')).map(([rows, end]) => {
    if (format === 'json') return JSON.stringify(rows, null, rows.length % 3);
    if (format === 'ndjson') return rows.map((one) => JSON.stringify(one)).join(end);
    const lines = rows.map(({ id, name, low }) => [String(id), quoted(name), String(low)].join(';'));
    return ['id;name;low', ...lines].join(end);
  });

interface Damage {
  readonly at: number;
  readonly cut: number;
  readonly put: Uint8Array;
}
const damages: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.record({
    at: fc.nat(400),
    cut: fc.nat(4),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom('"', '\n', '\r', ';', '}', '[', '""', '\0', '\ufeff').map((text) => Buffer.from(text)),
    ),
  }),
  { maxLength: 4 },
);
const damaged = (bytes: Uint8Array, wounds: readonly Damage[]): Uint8Array =>
  wounds.reduce<Uint8Array>(
    (whole, { at, cut, put }) => Buffer.concat([whole.subarray(0, at), put, whole.subarray(at + cut)]),
    bytes,
  );

test('every byte is in a record, in a refused one, or between them; or the whole file is refused', () => {
  const formats: readonly TextFormat[] = ['csv', 'json', 'ndjson'];
  fc.assert(
    fc.property(
      fc.constantFrom(...formats).chain((format) => fc.tuple(fc.constant(format), file(format))),
      fc.constantFrom(...encodingNames),
      damages,
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }),
      ([format, text], wanted, wounds, sizes) => {
        const encodable = encodeText(text, wanted);
        const encoding = encodable === undefined ? 'utf-8' : wanted;
        const bytes = damaged(encodable ?? Buffer.from(text), wounds);
        let source: RecordSource;
        let items;
        try {
          items = readAll(bytes, { format, encoding }, sizes);
          source = new RecordSource({ format, encoding });
          source.push(bytes);
          source.end();
        } catch (error) {
          expect(error).toBeInstanceOf(IntakeError);
          expect(error).not.toMatchObject({ code: 'UNACCOUNTED' });
          return;
        }
        expect(items).toEqual(readAll(bytes, { format, encoding }));
        // What is read is the bytes: text and encoding give them back.
        const readAs = source.encoding ?? encoding;
        const decoder = new StrictDecoder(encoding);
        const decoded = decoder.push(bytes) + decoder.end();
        let [at, raws, between] = [0, '', ''];
        for (const { raw, value, problem, empty } of items) {
          const start = decoded.indexOf(raw, at);
          expect(start).toBeGreaterThanOrEqual(at);
          expect([value !== undefined, problem !== undefined, empty === true].filter(Boolean)).toHaveLength(
            1,
          );
          between += decoded.slice(at, start);
          raws += raw;
          at = start + raw.length;
        }
        between += decoded.slice(at);
        if (format !== 'csv') expect(between).toMatch(/^[[\],\s\ufeff]*$/);
        else if (source.header?.some((name) => /\s/.test(name)) !== true) {
          const [, ...lines] = decoded.split(/[\r\n]+/).filter((line) => line.trim() !== '');
          // A mark where a line begins is what joined files leave there: it is of no record.
          for (const line of lines) expect(raws).toContain(line.replace(/^\ufeff+/, ''));
        }
        expect(encodeText(raws, readAs)).toBeDefined();
        const { bytes: counted, recordChars, layoutChars, chars } = source.account();
        expect(counted).toBe(bytes.length);
        expect(recordChars + layoutChars).toBe(chars);
      },
    ),
    { numRuns: 1000 },
  );
});
