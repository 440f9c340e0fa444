import fc from 'fast-check';
import type { TableSchema } from '@store/glue-schema';
import { expect, test } from 'vitest';
import type { SourceItem, SourceItems } from '../../src/ingest/sources/source-item.js';
import { csvItems } from '../../src/ingest/sources/csv-items.js';
import { jsonItems } from '../../src/ingest/sources/json-items.js';
import { ndjsonItems } from '../../src/ingest/sources/ndjson-items.js';

/** Hands a text out in pieces of the given sizes, over and over. */
async function* pieces(text: string, sizes: readonly number[] = [7]): AsyncIterable<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = Math.max(1, sizes[turn % Math.max(1, sizes.length)] ?? 1);
    yield text.slice(at, at + size);
    at += size;
  }
}

async function all(items: SourceItems): Promise<SourceItem[]> {
  const found: SourceItem[] = [];
  for await (const lot of items) found.push(...lot);
  return found;
}

const documents = fc.array(fc.object(), { maxLength: 8 });
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const values = (items: readonly SourceItem[]): unknown[] =>
  items.map(({ text }): unknown => JSON.parse(text));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('newline-delimited JSON comes out as it went in, however it is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(documents, sizes, fc.constantFrom('\n', '\r\n', '\n\n'), async (docs, cut, end) => {
      const text = docs.map((doc) => JSON.stringify(doc)).join(end);
      expect(values(await all(ndjsonItems(pieces(text, cut))))).toEqual(plain(docs));
    }),
  );
});

test('the elements of a JSON array come out as they went in, compact or indented', async () => {
  await fc.assert(
    fc.asyncProperty(documents, sizes, fc.constantFrom(undefined, 2), async (docs, cut, indent) => {
      expect(values(await all(jsonItems(pieces(JSON.stringify(docs, null, indent), cut))))).toEqual(
        plain(docs),
      );
    }),
  );
});

test('documents that follow each other without a line break come apart', async () => {
  await fc.assert(
    fc.asyncProperty(documents, sizes, fc.constantFrom('', '\n', ' ,\n'), async (docs, cut, between) => {
      const text = docs.map((doc) => JSON.stringify(doc, null, 1)).join(between);
      expect(values(await all(jsonItems(pieces(text, cut))))).toEqual(plain(docs));
    }),
  );
});

test('a record is known by the line on which it begins', async () => {
  const items = await all(jsonItems(pieces('[\n {"a":\n 1},\n {"a": 2}\n]')));
  expect(items.map(({ line }) => line)).toEqual([2, 4]);
  const lines = await all(ndjsonItems(pieces('{"a":1}\n\nnonsense\n{"a":2}')));
  expect(lines).toEqual([
    { line: 1, text: '{"a":1}' },
    { line: 3, text: 'nonsense' },
    { line: 4, text: '{"a":2}' },
  ]);
});

test('an array that stops in the middle says so', async () => {
  const items = await all(jsonItems(pieces('[{"a":1},{"a":')));
  expect(items.map(({ problem }) => problem?.code)).toEqual([undefined, 'MALFORMED_JSON']);
  expect((await all(jsonItems(pieces('[{"a":1},')))).at(-1)?.problem?.message).toMatch(
    'before the array does',
  );
});

test('a record that is too long is refused and not kept', async () => {
  const long = `{"a":"${'x'.repeat(1_100_000)}"}`;
  const text = `${long}\n{"a":1}\n`;
  for (const items of [ndjsonItems(pieces(text, [65_536])), jsonItems(pieces(text, [65_536]))]) {
    const [first, second] = await all(items);
    expect(first?.problem?.code).toBe('RECORD_TOO_LONG');
    expect(first?.text.length).toBe(200);
    expect(second?.text).toBe('{"a":1}');
  }
});

const schema: TableSchema = {
  name: 'Shelf',
  columns: [
    { name: 'id', type: { kind: 'string' } },
    { name: 'stock', type: { kind: 'int' } },
    { name: 'low', type: { kind: 'boolean' } },
    {
      name: 'location',
      type: {
        kind: 'struct',
        fields: [
          { name: 'city', type: { kind: 'string' } },
          { name: 'latitude', type: { kind: 'double' } },
        ],
      },
    },
  ],
};

test('CSV becomes typed events; quotes may hold commas, quotes and line breaks', async () => {
  const text =
    '\ufeffid,location.city,stock,low,location_latitude\r\n"a,""b""\nc",Oslo,12,TRUE,59.9\nx,,-3,false,\n';
  expect(
    (await all(csvItems(pieces(text, [3, 11]), schema))).map(({ line, value }) => ({ line, value })),
  ).toEqual([
    { line: 2, value: { id: 'a,"b"\nc', stock: 12, low: true, location: { city: 'Oslo', latitude: 59.9 } } },
    { line: 4, value: { id: 'x', stock: -3, low: false } },
  ]);
});

test('CSV that does not read as the column wants stays text, for the validator to name', async () => {
  const [item] = await all(csvItems(pieces('id,stock\na,many\n'), schema));
  expect(item?.value).toEqual({ id: 'a', stock: 'many' });
});

test('a row with a field too few is refused alone', async () => {
  const items = await all(csvItems(pieces('id,stock\na\nb,2\n'), schema));
  expect(items.map(({ problem }) => problem?.code)).toEqual(['FIELD_COUNT', undefined]);
});

test('a file without a header is an error that shows what was expected', async () => {
  await expect(all(csvItems(pieces('1,2,3\n'), schema))).rejects.toThrow('names no column of Shelf');
});
