import { createDeserializer } from '@store/glue-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainLinePattern } from '../../src/delivery/plain-line-pattern.js';
import { PlainLines } from '../../src/delivery/plain-lines.js';

const columns = [
  { Name: 'text', Type: 'string' },
  { Name: 'short', Type: 'varchar(5)' },
  { Name: 'tiny', Type: 'tinyint' },
  { Name: 'small', Type: 'smallint' },
  { Name: 'whole', Type: 'int' },
  { Name: 'big', Type: 'bigint' },
  { Name: 'single', Type: 'float' },
  { Name: 'real', Type: 'double' },
  { Name: 'price', Type: 'decimal(10,2)' },
  { Name: 'wide', Type: 'decimal(30,4)' },
  { Name: 'flag', Type: 'boolean' },
  { Name: 'day', Type: 'date' },
  { Name: 'at', Type: 'timestamp' },
  { Name: 'place', Type: 'struct<city:string,latitude:double>' },
  { Name: 'tags', Type: 'array<string>' },
  { Name: 'rows', Type: 'array<struct<n:int>>' },
];

function linesIn(record: Buffer, captured: readonly string[] = []): PlainLines & { readonly count: number } {
  const pattern = plainLinePattern(columns, captured);
  if (pattern === undefined) throw new Error('These columns have a plain form.');
  const lines = new PlainLines(pattern, 500);
  lines.open(record, 0);
  return Object.assign(lines, { count: lines.read(0, record.length) });
}

const day = fc
  .date({ min: new Date('1500-01-01'), max: new Date('2400-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const anything = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.integer(),
  fc.integer({ min: -200, max: 200 }),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(Number),
  fc.double(),
  fc.float(),
  fc.boolean(),
  fc.constant(null),
  fc.integer().map((n) => n / 100),
  fc.integer().map((n) => String(n / 100)),
  fc.constantFrom('2026-02-29', '2028-02-29', '2026-02-30', '2026-04-31', '2026-12-31', '2026-1-1'),
  day.map((text) => text.slice(0, 10)),
  day,
  day.map((text) => text.replace('T', ' ').replace('Z', '')),
  day.map((text) => text.replace('.', '.1234')),
  day.map((text) => text.replace('Z', '')),
  day.map((text) => text.replace('T', ' ')),
  fc.record({ city: fc.string(), latitude: fc.double() }, { requiredKeys: [] }),
  fc.array(fc.oneof(fc.string(), fc.constant(null), fc.record({ n: fc.integer() })), { maxLength: 3 }),
);
const documents = fc.record(Object.fromEntries(columns.map(({ Name }) => [Name, anything])), {
  requiredKeys: [],
});

describe('a line of the plain form', () => {
  test('is what the SerDe stores unchanged, whatever the values', () => {
    const deserializer = createDeserializer(columns);
    let plain = 0;
    fc.assert(
      fc.property(documents, fc.nat(), (document, pick) => {
        // One value at a time as well, since whole documents of random values are rarely plain.
        const keys = Object.keys(document);
        const key = keys[pick % Math.max(1, keys.length)] ?? 'text';
        for (const candidate of [document, { [key]: document[key] }]) {
          const text = JSON.stringify(candidate);
          if (linesIn(Buffer.from(text)).count === 0) continue;
          plain += 1;
          expect(deserializer.convert(JSON.parse(text)), text).toEqual({ kind: 'unchanged' });
        }
      }),
      { numRuns: 6_000 },
    );
    expect(plain).toBeGreaterThan(300);
  });

  test('may leave columns out, hold nulls, and be beside others', () => {
    const record = Buffer.from(
      '{"text":"Jalapeños","whole":-3,"price":6.57,"wide":"1.5","at":"2026-01-05T00:00:00.370Z","place":{"city":"Rīga"}}\n' +
        '{"big":12345678901,"day":null,"tags":["a",null],"rows":[{"n":1}]}\n{}',
    );
    const lines = linesIn(record, ['whole', 'day']);
    expect(lines.count).toBe(3);
    expect(lines.captures.map((match) => match.slice(1))).toEqual([
      ['-3', undefined],
      [undefined, 'null'],
      [undefined, undefined],
    ]);
    expect(record.toString('utf8', lines.starts[1], lines.ends[1])).toMatch(/^\{"big".*\}$/);
  });

  test('may end in a field that is no column and decides the partition', () => {
    const record = Buffer.from('{"text":"a","run":3}\n{"text":"b","run":"x","last":true}\n{"text":"c"}');
    const lines = linesIn(record, ['text', 'last', 'run'].toReversed());
    expect(lines.count).toBe(3);
    expect(lines.captures.map((match) => match.slice(1))).toEqual([
      ['"a"', '3', undefined],
      ['"b"', '"x"', 'true'],
      ['"c"', undefined, undefined],
    ]);
    for (const run of ['1.5', '[1]', '{}', '"\\u0041"', '12345678901'])
      expect(linesIn(Buffer.from(`{"text":"a","run":${run}}`), ['run']).count).toBe(0);
    expect(plainLinePattern(columns, ['Text'])).toBeUndefined();
  });

  test.each([
    ['keys in another order', '{"short":"a","text":"b"}'],
    ['a key twice', '{"text":"a","text":"b"}'],
    ['a key that is no column', '{"text":"a","more":1}'],
    ['a comma too many', '{"text":"a",}'],
    ['no comma', '{"text":"a""short":"b"}'],
    ['an escape', String.raw`{"text":"a\"b"}`],
    ['a number too long', '{"whole":12345678901}'],
    ['a fraction in a whole number', '{"whole":1.5}'],
    ['an exponent', '{"real":1e400}'],
    ['a leading zero', '{"whole":01}'],
    ['a day that is not', '{"day":"2026-02-30"}'],
    ['text of another type', '{"whole":"7"}'],
    ['more than the line', '{"text":"a"} '],
    ['two documents', '{"text":"a"}{"text":"b"}'],
    ['half a line', '{"text":"a"'],
    ['an empty line', '{"text":"a"}\n\n{"text":"b"}'],
    ['a record in a list', '[{"text":"a"}]'],
  ])('is not one with %s', (_, text) => {
    expect(linesIn(Buffer.from(text)).count).toBe(0);
  });

  test('is not one where bytes are no UTF-8', () => {
    expect(linesIn(Buffer.from('7b2274657874223a22ff227d', 'hex')).count).toBe(0);
  });

  test('does not reach over the end of its record', () => {
    const pattern = plainLinePattern(columns, []);
    if (pattern === undefined) throw new Error('These columns have a plain form.');
    const lines = new PlainLines(pattern, 500);
    lines.open(Buffer.from('{"text":"a","whole":1}'), 0);
    expect([lines.read(0, 11), lines.read(11, 22), lines.read(0, 22)]).toEqual([0, 0, 1]);
  });

  test('does not exist for maps, and for names that a pattern could misread', () => {
    expect(plainLinePattern([{ Name: 'm', Type: 'map<string,string>' }], [])).toBeUndefined();
    expect(plainLinePattern([{ Name: 'a.*', Type: 'int' }], [])).toBeUndefined();
  });
});
