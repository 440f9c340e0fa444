import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import {
  coloursFor,
  formatBytes,
  formatDollars,
  formatDuration,
  sparkLine,
} from '../../src/output/format.js';
import { layTable } from '../../src/output/table.js';

test('a table is under its titles, numbers to the right, wide characters counted as wide', () => {
  const { text } = layTable(
    [{ title: 'store' }, { title: 'stock', align: 'right' }],
    [
      ['Zürich', '7'],
      ['東京', '1,024'],
      ['Oslo', null],
    ],
  );
  expect(text).toMatchInlineSnapshot(`
    "store   stock
    Zürich      7
    東京    1,024
    Oslo        ∅"
  `);
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ TERM: 'dumb' }, true, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '1', TERM: 'dumb' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: 'false' }, true, false],
  [{ FORCE_COLOR: '' }, true, true],
])('with %j and a terminal %s there is colour: %s', (env: Record<string, string>, isTTY, coloured) => {
  const output = Object.assign(new PassThrough(), { isTTY });
  expect(coloursFor(output, env).red('x') !== 'x').toBe(coloured);
});

test('amounts read as people write them', () => {
  expect([0, 999, 4915, 5_242_880].map(formatBytes)).toEqual(['0 B', '999 B', '4.80 KiB', '5.00 MiB']);
  expect([12, 3200, 245_000, 7_380_000].map(formatDuration)).toEqual([
    '12 ms',
    '3.2 s',
    '4 min 05 s',
    '2 h 03 min',
  ]);
  expect([0, 0.010_64, 12.4, 1234.5].map(formatDollars)).toEqual(['$0', '$0.0106', '$12.40', '$1,234.50']);
});

test('a spark line is as tall as its largest value', () => {
  expect(sparkLine([0, 1, 2, 4, 8])).toBe('▁▁▂▄█');
  expect(sparkLine([0, 0])).toBe('▁▁');
});
