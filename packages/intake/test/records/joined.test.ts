import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText, readBody, type SourceItem, type TextFormat } from '../../src/index.js';
import { readAll } from './read.js';

const MARK = '\ufeff';
const columns = ['shop', 'product', 'stock', 'noted, by'];
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ' ', MARK, '\n', '7'), maxLength: 6 });
const row = fc.record({ shop: cell.map((text) => `S${text}`), product: cell, stock: fc.nat(99), by: cell });
type Rows = readonly { shop: string; product: string; stock: number; by: string }[];

function fileOf(format: TextFormat, rows: Rows, order: readonly number[], end: string): string {
  if (format === 'json') return JSON.stringify(rows);
  if (format === 'ndjson') return rows.map((one) => JSON.stringify(one)).join(end);
  const cells = (fields: readonly string[]): string => order.map((at) => quoted(fields[at] ?? '')).join(',');
  return [columns, ...rows.map(({ shop, product, stock, by }) => [shop, product, String(stock), by])]
    .map(cells)
    .join(end);
}

const files = fc.record({
  format: fc.constantFrom<TextFormat>('csv', 'json', 'ndjson'),
  encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
  end: fc.constantFrom('\n', '\r\n'),
  parts: fc.array(
    fc.record({
      rows: fc.array(row, { minLength: 1, maxLength: 4 }),
      order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      isMarked: fc.boolean(),
      isEnded: fc.boolean(),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
});

const valuesOf = (items: readonly SourceItem[]): readonly unknown[] =>
  items.map(({ value, problem }) => value ?? problem);

test('files that were joined are read as one after the other, with byte order marks between them and without', () => {
  fc.assert(
    fc.property(files, ({ format, encoding, end, parts, sizes }) => {
      let text = '';
      const apart: unknown[] = [];
      for (const [index, { rows, order, isMarked, isEnded }] of parts.entries()) {
        const isFirst = index === 0;
        // Without a line end and a mark, nobody can tell where a line ends.
        const hasMark = isMarked || (!isFirst && !/[\r\n]$/.test(text) && format !== 'json');
        // A header in another order is seen at the beginning of a line.
        const hasOrder = isFirst || /[\r\n]$/.test(text) ? order : (parts[0]?.order ?? order);
        const file = fileOf(format, rows, hasOrder, end);
        apart.push(...valuesOf(readAll(encodeText(file, encoding) ?? file, { format, encoding })));
        text += `${hasMark ? MARK : ''}${file}${isEnded ? end : ''}`;
      }
      const bytes = encodeText(text, encoding) ?? Buffer.alloc(0);
      const items = readAll(bytes, { format, encoding }, sizes);
      expect(valuesOf(items)).toEqual(apart);
      expect(items).toEqual(readAll(bytes, { format, encoding }));
    }),
    { numRuns: 500 },
  );
});

test('a message of joined files is read alike', () => {
  const one = '{"a":"x}\ufeff{y"}\n{"a":2}';
  for (const text of [`${one}\n\ufeff{"a":3}`, `${one}\ufeff{"a":3}`, `${one}\ufeff\ufeff[{"a":3}]`]) {
    const parts = readBody(Buffer.from(text));
    expect(parts.map((part) => (part.kind === 'record' ? part.value : part))).toEqual([
      { a: 'x}\ufeff{y' },
      { a: 2 },
      { a: 3 },
    ]);
  }
  const rows = readBody(Buffer.from('shop,stock,by\nA,1,x\n\ufeffshop,stock,by\nB,2,y\n'), { name: 'a.csv' });
  expect(rows.map((part) => (part.kind === 'record' ? part.value : part))).toEqual([
    { shop: 'A', stock: '1', by: 'x' },
    { shop: 'B', stock: '2', by: 'y' },
  ]);
});

test('rows below a header of other names are refused by name, each with the header that it has', () => {
  const text = 'shop,product,stock\nA,p,1\nshop,product,price,stock\nB,q,2.5,2\nshop,product,stock\nC,r,3\n';
  const items = readAll(text, { format: 'csv' });
  expect(items).toEqual([
    { line: 2, raw: 'A,p,1\n', value: { shop: 'A', product: 'p', stock: '1' } },
    {
      line: 4,
      raw: 'B,q,2.5,2\n',
      columns: ['shop', 'product', 'price', 'stock'],
      problem: { code: 'HEADER_CHANGED', message: expect.stringContaining('Line 3') as unknown },
    },
    { line: 6, raw: 'C,r,3\n', value: { shop: 'C', product: 'r', stock: '3' } },
  ]);
  // A row of data may hold a name of the header.
  expect(readAll('a,b\na,1\nb,a\n', { format: 'csv' }).map(({ value }) => value)).toEqual([
    { a: 'a', b: '1' },
    { a: 'b', b: 'a' },
  ]);
});

test.each([
  ['windows-1252', 'utf-8', 'At byte 12, in line 3, a file of utf-8 begins within one of windows-1252.'],
  ['utf-16le', 'utf-16be', 'At byte 23, in line 3, a file of utf-16be begins within one of utf-16le.'],
  ['utf-16be', 'utf-8', 'At byte 23, in line 3, a file of utf-8 begins within one of utf-16be.'],
  ['gbk', 'utf-8', 'At byte 12, in line 3, a file of utf-8 begins within one of gbk.'],
  ['utf-8', 'utf-16le', 'Byte 12, in line 3, is no text in utf-8: 0xff.'],
])('a file of %s to which one of %s was joined is refused where that begins', (first, second, message) => {
  const bytes = Buffer.concat([
    encodeText('a,bc\n1,234\n', first) ?? Buffer.alloc(0),
    encodeText(`${MARK}a,bc\n5,é\n`, second) ?? Buffer.alloc(0),
  ]);
  for (const sizes of [[1000], [1], [3, 4]])
    expect(() => readAll(bytes, { format: 'csv', encoding: first }, sizes)).toThrow(
      expect.objectContaining({ code: 'NOT_IN_ENCODING', message }) as Error,
    );
});
