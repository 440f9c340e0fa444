import { expect, test } from 'vitest';
import { intakeLimits, readBody, RecordSource, type SourceItem, type TextFormat } from '../../src/index.js';

const PIECES = 80;
const piece = Buffer.from('é'.repeat(32_768));

/** A source whose second record is a line of five megabytes, in pieces: what comes before, in and behind it. */
const sources: Readonly<Record<TextFormat, readonly [string, string, string]>> = {
  csv: ['shop,stock\nA,1\nB', '', ',2\nC,3\n'],
  ndjson: ['{"shop":"A"}\n{"shop":"', '', '"}\n{"shop":"C"}\n'],
  json: ['[{"shop":"A"},{"shop":"', '', '"},{"shop":"C"}]'],
};

function* pieces([before, , behind]: readonly [string, string, string]): Iterable<Buffer> {
  yield Buffer.from(before);
  for (let number = 0; number < PIECES; number++) yield piece;
  yield Buffer.from(behind);
}

test.each(['csv', 'ndjson', 'json'] as const)(
  'of a line of %s without end the beginning is kept, with its place, and the next record is read',
  (format) => {
    const items: SourceItem[] = [];
    const source = new RecordSource({ format, longRecords: 'cut' });
    let most = 0;
    for (const bytes of pieces(sources[format])) {
      const found = source.push(bytes);
      most = Math.max(most, found.length);
      items.push(...found);
    }
    items.push(...source.end());
    const [first, long, last, ...more] = items;
    expect(more).toEqual([]);
    const line = format === 'csv' ? 3 : format === 'json' ? 1 : 2;
    expect(first?.value).toMatchObject({ shop: 'A' });
    expect(last?.value).toMatchObject({ shop: 'C' });
    expect(long).toMatchObject({ line, cut: true, problem: { code: 'RECORD_TOO_LONG' } });
    expect(long?.raw).toHaveLength(10_000);
    expect(long?.raw).toMatch(format === 'csv' ? /^Bé+$/ : /^\{"shop":"é+$/);
    const { bytes, chars } = source.account();
    expect(bytes - chars).toBe(PIECES * 32_768);
  },
);

test('of rows without end, no more are made than a message may have', () => {
  const rows = `shop,stock\n${'A,1\n'.repeat(intakeLimits.objectRecords * 3)}`;
  const [only, ...others] = readBody(Buffer.from(rows), { name: 'a.csv' });
  expect(others).toEqual([]);
  expect(only).toMatchObject({ kind: 'refused', code: 'TOO_MANY_RECORDS' });
});
