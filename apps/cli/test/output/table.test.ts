import { expect, test } from 'vitest';
import { displayWidth } from '../../src/output/display-width.js';
import { formatTable, layTable } from '../../src/output/table.js';
import { tableOf } from '../../src/query/query-result.js';

const columns = [
  { title: 'id' },
  { title: 'name' },
  { title: 'city' },
  { title: 'stock', align: 'right' },
  { title: 'note' },
] as const;
const rows = [
  ['S1', 'A shop with a very long name indeed', 'Göteborg', '12', 'nothing to say about it'],
  ['S2', '日本橋の店舗で長い名前', null, '1,234,567', ''],
];

test('without a width of the line nothing is cut', () => {
  const { text, shownColumns } = layTable(columns, rows);
  expect(shownColumns).toBe(5);
  expect(text).toContain('A shop with a very long name indeed  Göteborg');
});

test.each([100, 80, 60, 48, 40, 30, 20])(
  'in %d characters no line is longer, and no number is cut',
  (width) => {
    const { text, shownColumns } = layTable(columns, rows, { lineWidth: width });
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    const [titles = ''] = text.split('\n');
    // Titles are never cut, so that they can be typed again; a column of … stands for those that are left out.
    expect(titles.split(/ {2,}/).filter((title) => title !== '…')).toHaveLength(shownColumns);
    expect(titles.includes('…')).toBe(shownColumns < columns.length);
    if (titles.includes('stock')) expect(text).toContain('1,234,567');
  },
);

test('long texts are cut before a column is left out, and the first column stays', () => {
  expect(layTable(columns, rows, { lineWidth: 56 })).toEqual({
    shownColumns: 5,
    text: [
      'id  name            city          stock  note',
      'S1  A shop with a…  Göteborg         12  nothing to say…',
      'S2  日本橋の店舗…   ∅         1,234,567',
    ].join('\n'),
  });
});

test('a column that is typed again is never cut, a text that must be read continues on the next line', () => {
  const wide = [
    { title: 'request', isWhole: true },
    { title: 'store' },
    { title: 'product' },
    { title: 'reads', wraps: true },
  ];
  const request = 'store-0004/SKU-000026/56';
  const row = [request, 'Bengaluru Market', 'Paper towels', 'one row for each variant and location'];
  const stdout = Object.assign(Object.create(process.stdout) as typeof process.stdout, { isTTY: true });
  const at = (width: number): string[] =>
    formatTable(wide, [row], {
      stdout: Object.assign(stdout, { columns: width }),
      env: { NO_COLOR: '1' },
    }).split('\n');
  expect(at(80)).toEqual([
    'request                   store             product       reads',
    'store-0004/SKU-000026/56  Bengaluru Market  Paper towels  one row for each',
    '                                                          variant and location',
  ]);
  const narrow = at(48);
  for (const line of narrow) expect(displayWidth(line)).toBeLessThanOrEqual(48);
  expect(narrow.at(-1)).toBe('3 of 4 columns; --json has all of them');
  expect(narrow[1]).toContain(request);
});

test.each([
  ['milk', 4],
  ['Göteborg', 8],
  ['Go\u0308teborg', 8],
  ['日本橋', 6],
  ['한국', 4],
  ['🥛 milk', 7],
  ['👨‍👩‍👧 family', 9],
  ['🇸🇪', 2],
  ['👍🏽', 2],
  ['❤️', 2],
  ['❤ 2 © #', 7],
  ['𠮷野家', 6],
])('%s takes %d columns of a terminal', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test('no character is cut in two', () => {
  const family = '👨‍👩‍👧';
  const { text } = layTable([{ title: 'name' }, { title: 'n' }], [[family.repeat(8), '1']], {
    lineWidth: 12,
  });
  expect(text.split('\n')[1]).toBe(`${family.repeat(4)}…  1`);
});

test('an instant is never cut: texts give way to it, and then it is left out', () => {
  const result = {
    columns: [
      { name: 'store_name', type: 'VARCHAR' },
      { name: 'event_time', type: 'TIMESTAMP' },
      { name: 'product_name', type: 'VARCHAR' },
    ],
    rows: [['Leeds – Briggate market', '2026-03-11 17:30:00.000', 'Oat milk, one litre']],
  };
  const at = (lineWidth: number): string[] => tableOf(result, { lineWidth }).text.split('\n');
  expect(at(52)[1]).toBe('Leeds – Bri…  2026-03-11 17:30:00.000  Oat milk, on…');
  expect(at(40)).toEqual(['store_name         …  product_name', 'Leeds – Briggate…  …  Oat milk, one lit…']);
});
