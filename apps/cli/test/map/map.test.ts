import { presets, type MappingDocument } from '@store/intake';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { workbook } from '../ingest/workbook.js';
import { runStore, type Outcome } from '../terminal.js';

const samples = join(import.meta.dirname, '..', '..', '..', '..', 'packages', 'intake', 'samples');
const tables = readdirSync(samples).filter((file) => /\.(?:csv|txt)$/.test(file));

const till = `Filiale;Artikelnr.;Bezeichnung;Bestand;Stand
Graz 1;0042;"Müsli ""Berg""; 500 g";1.204;31.01.2026 18:00
Graz 1;0043;Tablett 15";;31.01.2026 18:00
Graz 1;0044;Honig;0x10;31.01.2026 18:00
Graz 2;0042;Müsli;7;30.02.2026 18:00
`;

async function inFolder(
  files: Readonly<Record<string, string | Buffer>>,
): Promise<(...args: string[]) => Promise<Outcome>> {
  const cwd = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  return async (...args) => runStore(['map', ...args], { cwd });
}

test('list names every preset, and show prints each as a document that can be used again', async () => {
  const map = await inFolder({});
  const { stdout } = await map('list', '--json');
  const listed = JSON.parse(stdout) as { preset: string; form: string }[];
  expect([...new Set(listed.map(({ preset }) => preset))]).toEqual(Object.keys(presets));
  for (const { form } of listed) {
    const shown = await map('show', form);
    expect(shown.code, shown.stderr).toBe(0);
    const again = await inFolder({ 'mine.json': shown.stdout });
    expect((await again('show', 'mine.json')).stdout).toBe(shown.stdout);
  }
});

test('the title of a report above the header is left out, and what suggest prints reads the file', async () => {
  const report = `Bestandsliste aller Filialen;;;;\nErstellt am;31.01.2026;;;\n\n${till}`;
  const map = await inFolder({ 'report.csv': report });
  const suggested = await map('suggest', 'report.csv');
  expect(suggested.code, suggested.stderr).toBe(0);
  expect(suggested.stderr).toContain('The header is below');
  const test = await inFolder({ 'report.csv': report, 'report.json': suggested.stdout });
  const { stdout } = await test('test', 'report.csv', '--map', 'report.json', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ records: 4, delivered: 1, kept: 2 });
});

test('a row is taken for no header, neither below the names of a file nor in its first line', async () => {
  const rows = '4006381333931;Milch;1.29\n5901234123457;Brot;0.79\n';
  const map = await inFolder({ 'prices.csv': `Barcode;Zeile1;Preis\n${rows}`, 'bare.csv': rows });
  const prices = await map('suggest', 'prices.csv');
  expect(prices.code).toBe(1);
  expect(JSON.parse(prices.stdout)).not.toHaveProperty('skip');
  expect(prices.stderr).toContain('could be told for current_stock');
  const bare = await map('suggest', 'bare.csv');
  expect(bare.code).toBe(1);
  expect(bare.stderr).toContain('The first line of bare.csv looks like a row');
});

test('a time of day in a sheet of Excel is of the date beside it, and a date in its header is a name', async () => {
  const day = { days: 46_027 };
  const sheet = [
    ['Item', 'Date', 'Clock', 'In stock', day],
    ['Lamp', day, { days: 0.5 }, 7, 3],
  ];
  const file = { 'a.xlsx': workbook({ Stock: sheet }) };
  const suggested = await (await inFolder(file))('suggest', 'a.xlsx');
  expect(suggested.stderr).toContain('Not read: 2026-01-05.');
  const test = await inFolder({ ...file, 'a.json': suggested.stdout });
  const { stdout } = await test('test', 'a.xlsx', '--map', 'a.json', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    first_events: [{ product_id: 'Lamp', current_stock: 7, event_time: '2026-01-05T12:00:00.000Z' }],
  });
});

test('what suggest prints, test accepts: of a till that nobody knows', async () => {
  const map = await inFolder({ 'till.csv': till });
  const suggested = await map('suggest', 'till.csv');
  expect(suggested.code, suggested.stderr).toBe(0);
  expect(JSON.parse(suggested.stdout)).toMatchObject({
    version: 1,
    name: 'till',
    mode: 'snapshot',
    delimiter: ';',
    group: '.',
    decimal: ',',
    fields: { event_time: { from: 'Stand', format: 'd.M.yyyy H:mm', zone: 'UTC' } },
  } satisfies Partial<MappingDocument>);
  expect(suggested.stderr).toContain('fields.event_time.zone is UTC');
  const test = await inFolder({ 'till.csv': till, 'till.json': suggested.stdout });
  const { code, stdout } = await test('test', 'till.csv', '--map', 'till.json', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    records: 4,
    delivered: 1,
    kept: 2,
    passedOver: 1,
    kept_for: [
      { code: 'NOT_A_NUMBER current_stock', count: 1, lines: [4] },
      { code: 'NOT_A_TIME event_time', count: 1, lines: [5] },
    ],
    skipped_for: [{ message: 'Bestand is blank', lines: [3] }],
    first_events: [{ store_id: 'Graz 1', product_id: '0042', current_stock: 1204 }],
  });
  const text = await test('test', 'till.csv', '--map', 'till.json');
  expect(text.stdout).toContain('4 records, 1 delivered as 1 event, 2 kept, 1 skipped');
});

test.each(tables)('what suggest prints of %s, test accepts', async (file) => {
  const path = join(samples, file);
  const encoding = file.startsWith('uci') ? ['--encoding', 'windows-1252'] : [];
  const map = await inFolder({});
  const suggested = await map('suggest', path, ...encoding);
  expect(suggested.code, suggested.stderr).toBe(0);
  const test = await inFolder({ 'map.json': suggested.stdout });
  const { code, stderr } = await test('test', path, '--map', 'map.json');
  expect(code, stderr).toBe(0);
});

test('rows of JSON that are in a list are found, with the path to them', async () => {
  const records = [1, 2].map((n) => ({
    shop: 'S1',
    data: {
      levels: [
        { sku: `A-${n}`, location: 'Oslo', available: n },
        { sku: `B-${n}`, location: 'Oslo', available: n + 1 },
      ],
    },
  }));
  const text = records.map((record) => JSON.stringify(record)).join('\n');
  const map = await inFolder({ 'levels.ndjson': text });
  const suggested = await map('suggest', 'levels.ndjson');
  expect(JSON.parse(suggested.stdout)).toMatchObject({ records: '$.data.levels[*]' });
  const test = await inFolder({ 'levels.ndjson': text, 'levels.json': suggested.stdout });
  const { stdout } = await test('test', 'levels.ndjson', '--map', 'levels.json', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ records: 2, delivered: 2, events: 4, kept: 0 });
});

test('a file whose every row is refused is a failure; a wrong header is one error with all that is missing', async () => {
  const map = await inFolder({
    'a.csv': 'SKU,Name,Stock,ID,Categories\nA,Milk,many,1,Dairy\n',
    'b.csv': 'Artikel,Lager\nA,3\n',
  });
  const refused = await map('test', 'a.csv', '--map', 'woocommerce');
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain('kept 1: NOT_A_NUMBER current_stock');
  const header = await map('test', 'b.csv', '--map', 'woocommerce');
  expect(header.code).toBe(1);
  expect(header.stderr).toMatch(/"SKU" or "ID".*"Stock".*The header has: Artikel, Lager/s);
});

test('a mapping that is none is told whole, and a name that is none with the nearest one', async () => {
  const map = await inFolder({
    'a.csv': 'x\n1\n',
    'bad.json': '{"version":1,"name":"x","mod":"snapshot","fields":{"stor_id":{"from":"x"}}}',
  });
  const bad = await map('test', 'a.csv', '--map', 'bad.json');
  expect(bad.code).toBe(2);
  expect(bad.stderr).toMatch(/mod: .*Did you mean `mode`.*fields\.stor_id: .*Did you mean `store_id`/s);
  const name = await map('show', 'woocomerce');
  expect(name.code).toBe(2);
  expect(name.stderr).toContain('Did you mean woocommerce?');
});

test('a file without anything to count is no success, and the document says where to put names', async () => {
  const map = await inFolder({ 'a.csv': 'Name,Colour\nMilk,white\n' });
  const { code, stdout, stderr } = await map('suggest', 'a.csv');
  expect(code).toBe(1);
  expect(stdout).toContain('"from": "COLUMN"');
  expect(stderr).toContain('current_stock');
});
