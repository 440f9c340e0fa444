import { createWorld, dailyCsv } from '@store/generator';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { withDuckDb } from '../../src/local/duckdb.js';
import { temporaryFolder } from '../folder.js';
import { runStore, type Outcome } from '../terminal.js';

let cwd = '';
const run = async (...args: string[]): Promise<Outcome> => runStore(['calibrate', ...args], { cwd });
const read = async (name: string): Promise<string> => readFile(join(cwd, name), 'utf8');
const head = 'store_id,product_id,date,units_sold';

const world = createWorld({ seed: 3, stores: 2, products: 6, start: '2025-03-01', days: 150 });
const sales = [...dailyCsv(world.dailySeries())].join('');

beforeEach(async () => {
  cwd = await temporaryFolder();
  await writeFile(join(cwd, 'sales.csv'), sales);
});

test('a sales file becomes a world file, with a report in the terminal and as a page', async () => {
  const { code, stdout, stderr } = await run('sales.csv', '-o', 'world.json', '--report', 'fit.html');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('12 series; world.json was written.');
  expect(stdout).toContain('The model against the last 28 days');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect((await runStore(['world', 'check', 'world.json'], { cwd })).stdout).toBe(
    'world.json is right: 2 stores, 6 products.\n',
  );
  const generated = await runStore(['generate', '--world', 'world.json', '--days', '2'], { cwd });
  expect(generated.stdout).toContain('"store_id":"store-0001"');

  const page = await read('fit.html');
  expect(page.match(/<svg /g)).toHaveLength(5);
  expect(page).not.toMatch(/<script|https?:|url\(|NaN|undefined/);
  expect(page).toContain('color-scheme: light dark');
});

test('--json is the report, and the same file gives the same world whatever the order of its lines', async () => {
  const { stdout } = await run('sales.csv', '-o', 'first.json', '--hold-out', '30', '--json');
  const report = JSON.parse(stdout) as object;
  expect(Object.keys(report)).toEqual([
    ...['rows', 'series', 'holdOutDays', 'coverage', 'zeroShare', 'classes', 'totals', 'warnings'],
  ]);
  expect(report).toMatchObject({ series: 12, holdOutDays: 30 });
  const [header = '', ...lines] = (await read('sales.csv')).trimEnd().split('\n');
  await writeFile(join(cwd, 'other.csv'), `\ufeff${[header, ...lines.reverse()].join('\r\n')}`);
  expect((await run('other.csv', '-o', 'second.json', '--quiet')).stdout).toBe('');
  expect(await read('second.json')).toBe(await read('first.json'));
});

test('compressed, piped, and as spreadsheets of other countries write it, a file gives the same world', async () => {
  const copies = join(cwd, 'tmp');
  await mkdir(copies);
  vi.stubEnv('TMPDIR', copies);
  const packed = gzipSync(sales);
  const european = sales
    .replaceAll(',', ';')
    .replaceAll(/(?<=;)(\d+)\.(\d\d?)(?=;)/g, '$1,$2')
    .replaceAll('\n', '\r\n');
  await writeFile(join(cwd, 'sales.csv.gz'), packed);
  await writeFile(join(cwd, 'european.csv'), Buffer.from(`\ufeff${european}`, 'utf16le'));
  await writeFile(join(cwd, 'mac.txt'), sales.replaceAll(',', '\t').replaceAll('\n', '\r'));
  expect((await run('sales.csv', '-o', 'first.json', '--quiet')).code).toBe(0);
  const args = ['-o', 'second.json', '--quiet'];
  for (const name of ['sales.csv.gz', 'european.csv', 'mac.txt']) {
    expect(await run(name, ...args)).toMatchObject({ code: 0, stderr: '' });
    expect(await read('second.json')).toBe(await read('first.json'));
    await rm(join(cwd, 'second.json'));
  }
  for (const bytes of [Buffer.from(sales), packed]) {
    const piped = await runStore(['calibrate', '-', ...args], { cwd, stdin: bytes });
    expect(piped).toMatchObject({ code: 0, stderr: '' });
    expect(await read('second.json')).toBe(await read('first.json'));
    await rm(join(cwd, 'second.json'));
  }
  await writeFile(join(cwd, 'cut.csv.gz'), packed.subarray(0, 600));
  const cut = await run('cut.csv.gz', '-o', 'third.json');
  expect([cut.code, cut.stderr]).toEqual([1, expect.stringContaining('damaged or incomplete')]);
  expect(await readdir(copies)).toEqual([]);
  vi.unstubAllEnvs();
});

test('a file of points only, and fractions that no thousands can be, are read as they are', async () => {
  await run('sales.csv', '-o', 'first.json', '--quiet');
  const [header = '', ...lines] = sales.trimEnd().split('\n');
  const units = header.split(',').indexOf('units_sold');
  for (const [separator, decimals] of [
    ['\t', '.000'],
    [';', ',0000'],
  ] as const) {
    const rows = lines.map((line) =>
      line
        .split(',')
        .map((field, n) =>
          n === units ? `${field}${decimals}` : separator === ';' ? field.replace('.', ',') : field,
        )
        .join(separator),
    );
    await writeFile(join(cwd, 'points.txt'), [header.replaceAll(',', separator), ...rows].join('\n'));
    expect(await run('points.txt', '-o', 'points.json', '--quiet')).toMatchObject({ code: 0, stderr: '' });
    expect(await read('points.json')).toBe(await read('first.json'));
  }
});

test('Ctrl-C while a file is piped or unpacked ends with 130, and leaves nothing behind', async () => {
  const copies = join(cwd, 'copies');
  await mkdir(copies);
  vi.stubEnv('TMPDIR', copies);
  onTestFinished(() => void vi.unstubAllEnvs());
  const [stdin, stop] = [new PassThrough(), new AbortController()];
  const outcome = runStore(['calibrate', '-', '-o', 'x.json'], { cwd, stdin, signal: stop.signal });
  await expect.poll(() => readdir(copies)).toHaveLength(1);
  stop.abort();
  expect(await outcome).toMatchObject({ code: 130, stdout: '' });
  await writeFile(join(cwd, 'packed.csv.gz'), gzipSync(sales));
  const packed = await runStore(['calibrate', 'packed.csv.gz', '-o', 'x.json'], { cwd, signal: stop.signal });
  expect(packed).toMatchObject({ code: 130, stdout: '' });
  expect(await readdir(copies)).toEqual([]);
  await expect(read('x.json')).rejects.toThrow('ENOENT');
});

test('Parquet is read as CSV is, with days as dates or as midnights, compressed once more or not', async () => {
  await run('sales.csv', '-o', 'csv.json', '--quiet');
  for (const type of ['timestamp', 'timestamptz']) {
    const path = join(cwd, 'sales.parquet');
    await withDuckDb(async (connection) => {
      await connection.run(`set TimeZone = 'UTC'`);
      await connection.run(
        `copy (select * replace (date::${type} as date) from '${join(cwd, 'sales.csv')}') to '${path}' (format parquet)`,
      );
    });
    expect(await run('sales.parquet', '-o', 'parquet.json', '--quiet')).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(await read('parquet.json')).toBe(await read('csv.json'));
  }
  await writeFile(join(cwd, 'sales.gz'), gzipSync(await readFile(join(cwd, 'sales.parquet'))));
  expect(await run('sales.gz', '-o', 'parquet.json', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  expect(await read('parquet.json')).toBe(await read('csv.json'));
});

test('columns and days that a file writes its own way are read as they are named, in CSV and in Parquet', async () => {
  await run('sales.csv', '-o', 'first.json', '--quiet');
  const renamed = sales.replace(/^.*$/m, (line) =>
    line
      .replace('store_id', 'Store ID')
      .replace('product_id', 'item_nbr')
      .replace('units_sold', 'Units Sold Net')
      .replace(/,price\b/, ',"Price, gross"'),
  );
  const own = renamed
    .trimEnd()
    .split('\n')
    .map((line, n) => `${n === 0 ? 'line' : n},${line.replace(/(\d{4})-(\d\d)-(\d\d)/, '$3.$2.$1')}`);
  await writeFile(join(cwd, 'own.csv'), own.join('\n'));
  await withDuckDb(async (connection) => {
    const [from, to] = [join(cwd, 'own.csv'), join(cwd, 'own.parquet')];
    await connection.run(`copy (select * from read_csv('${from}', all_varchar = true)) to '${to}'`);
  });
  const names = ['product_id=item_nbr', 'units_sold=Units Sold Net', 'price=Price, gross'];
  const options = [...names.flatMap((name) => ['--column', name]), '--date-format', 'dd.MM.yyyy'];
  for (const name of ['own.csv', 'own.parquet']) {
    const outcome = await run(name, '-o', 'second.json', ...options);
    expect(outcome).toMatchObject({ code: 0, stderr: "Note: these columns are not read: 'line'.\n" });
    expect(await read('second.json')).toBe(await read('first.json'));
  }
});

test.each([
  ["yyyy-MM-dd'T'HH:mm:ssX", (day: string) => `${day}T00:30:00+02:00`],
  ['dd.MM.yyyy HH:mm XXX', (day: string) => `${day.split('-').reverse().join('.')} 23:30 -05:00`],
  ["yyyy-MM-dd'T'HH:mm:ss'Z'", (day: string) => `${day}T23:59:59Z`],
])('a day is the one that is written, whatever the offset of %s', async (format, written) => {
  await run('sales.csv', '-o', 'first.json');
  const rows = (await read('sales.csv')).replaceAll(/\d{4}-\d\d-\d\d/g, written);
  await writeFile(join(cwd, 'offset.csv'), rows);
  const outcome = await run('offset.csv', '-o', 'second.json', '--date-format', format);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(await read('second.json')).toBe(await read('first.json'));
});

test('a file of one store that it does not name is of the store that is given', async () => {
  const header = 'product_id,date,units_sold,on_hands';
  const days = Array.from({ length: 60 }, (_, n) => new Date(Date.UTC(2026, 0, n + 1)).toISOString());
  const rows = days.map((day, n) => `oats,${day.slice(0, 10)} 00:00:00,${n % 5},9`);
  await writeFile(join(cwd, 'one.csv'), [header, ...rows].join('\n'));
  const outcome = await run('one.csv', '-o', 'one.json', '--store', 'lx-1', '--column', 'on_hand=');
  expect(outcome).toMatchObject({
    code: 0,
    stderr: "Note: these columns are not read: 'on_hands'.\n",
    stdout: expect.stringContaining('No stock column') as string,
  });
  expect(JSON.parse(await read('one.json'))).toMatchObject({ stores: [{ store_id: 'lx-1' }] });
});

test('a day that is not of the format that was given is named with the format', async () => {
  await writeFile(join(cwd, 'us.csv'), `${head}\ns,p,1/31/2026,1`);
  const { code, stderr } = await run('us.csv', '-o', 'us.json', '--date-format', 'dd.MM.yyyy');
  expect(code).toBe(2);
  expect(stderr).toContain('us.csv:2: column date:');
  expect(stderr).toContain('Fix: Write it as dd.MM.yyyy, or give the format that it has: --date-format.');
});

test('stores and products of a world file keep what it says of them', async () => {
  const described = {
    worldFile: 1,
    stores: ['store-0001', 'store-0002'].map((store_id) => ({
      store_id,
      timeZone: 'Europe/Lisbon',
      cluster: store_id,
    })),
    products: [1, 2, 3, 4, 5, 6].map((n) => ({ product_id: `SKU-00000${n}`, category: n < 4 ? 'A' : 'B' })),
  };
  await writeFile(join(cwd, 'mine.json'), JSON.stringify(described));
  expect(await run('sales.csv', '-o', 'described.json', '--world', 'mine.json')).toMatchObject({ code: 0 });
  expect(JSON.parse(await read('described.json')) as object).toMatchObject({
    stores: [{ timeZone: 'Europe/Lisbon', cluster: 'store-0001' }, {}],
    calendar: { byCategory: { A: {}, B: {} }, byCluster: { 'store-0001': {}, 'store-0002': {} } },
  });
});

test.each([
  [
    'a number that is none',
    `${head}\ns,p,2026-01-05,x`,
    'sales:2: column units_sold: expected `units_sold` to be a whole number from 0 to 1000000, got "x".',
  ],
  ['an empty field', `${head}\ns,p,2026-01-05,`, 'sales:2: column units_sold:'],
  ['a day that is none', `${head}\ns,p,2026-02-30,1`, 'sales:2: column date:'],
  [
    'a day twice',
    `${head}\ns,p,2026-01-05,1\n\ns,p,2026-01-05,1`,
    'sales:4: column date: expected `date` to be a day that appears once for each store and product, got "2026-01-05". Line 2 is the same day',
  ],
  [
    'a line behind a field of two lines',
    `${head}\n"a\nb",p,2026-01-05,1\ns,p,2026-01-05,-1`,
    'sales:4: column units_sold:',
  ],
  ['too few fields', `${head}\ns,p,2026-01-05`, 'sales:2: Expected 4 fields, as in the header, got 3.'],
  [
    'too many fields, some of them quoted',
    `${head.replaceAll(',', '\t')}\n"s\ts"\tp\t2026-01-05\t1\t2`,
    'sales:2: Expected 4 fields, as in the header, got 5.\nFix: Quote fields that hold tabs.',
  ],
  [
    'a thousand before a decimal comma',
    'store_id;product_id;date;units_sold;price\ns;p;2026-01-05;1.000;2\ns;p;2026-01-06;4;2,5',
    'sales:2: column units_sold: "1.000" can be read as 1 or as 1000, since line 3 has the decimal comma of 2,5.\nFix: Write thousands without a separator (1000)',
  ],
  [
    'a thousand behind a decimal comma',
    'store_id;product_id;date;units_sold;price\ns;p;2026-01-05;4;2,5\ns;p;2026-01-06;-12.000;2',
    'sales:3: column units_sold: "-12.000" can be read as -12 or as -12000, since line 2',
  ],
  [
    'a comma before three digits',
    'store_id\tproduct_id\tdate\tunits_sold\tprice\ns\tp\t2026-01-05\t4\t2.5\ns\tp\t2026-01-06\t1,000\t2.5',
    'sales:3: column units_sold: "1,000" can be read as 1 or as 1000.',
  ],
  [
    'a column that is nearly ours',
    `${head},onhand\n`,
    "sales:1: the line names a column 'onhand', which may be on_hand.\nFix: Say --column on_hand=onhand to read it, or --column on_hand= to leave it out.",
  ],
  [
    'a missing column',
    'store_id,product_id,date\n',
    "sales:1: the line does not name 'units_sold'; it names 'store_id', 'product_id', 'date'.\nFix: Say which they are: --column units_sold=HEADER.",
  ],
  [
    'names of its own',
    'Filiale;Artikelnr;Datum;Absatz;Wetter\n',
    "sales:1: the line does not name 'store_id', 'product_id', 'date', 'units_sold'; it names 'Filiale', 'Artikelnr', 'Datum', 'Absatz', 'Wetter'.\nFix: Say which they are: --column store_id=Filiale, --column product_id=Artikelnr, --column date=Datum, --column units_sold=Absatz.",
  ],
  [
    'a quantity beside the stock on hand',
    'Filiale;Artikelnr;Datum;Menge;Bestand\n',
    '--column date=Datum, --column units_sold=Menge.',
  ],
  [
    'stock on hand and no sales',
    'Filiale;Artikelnr;Datum;Bestand\n',
    '--column date=Datum, --column units_sold=HEADER.',
  ],
  [
    'days of its own',
    `${head}\ns,p,31.01.2026,1`,
    `sales:2: column date: expected \`date\` to be a local day such as '2026-01-05', from 1970-01-11 to 8999, got "31.01.2026". Write the store's own day, year first, without a time.\nFix: Or say how the file writes days: --date-format dd.MM.yyyy.`,
  ],
  ['a column twice in two cases', `${head},DATE\n`, "sales:1: the line names the column 'date' twice."],
  ['a column twice', `${head},date\n`, "sales:1: the line names the column 'date' twice."],
  [
    'an open quote',
    `${head}\n"s,p,2026-01-05,1\n`,
    'sales:2: The quote that opens on line 2 is never closed.',
  ],
  ['nothing', '', 'sales:1: the line has no header.'],
  ['no row', `${head}\n`, 'sales: The history has no row.'],
  ['no sale', `${head}\ns,p,2026-01-05,0`, 'No series of the history has a sale in its last year: s/p.'],
  ['the bytes of Excel', Buffer.from('PK\u0003\u0004x'), 'Unpack it, or export the sheet as CSV.'],
  ['other bytes than UTF-8', Buffer.from([...Buffer.from(`${head}\n`), 0xff, 0xfe]), 'sales is not UTF-8.'],
])(
  'a file with %s is named with its line and column, and nothing is written',
  async (_name, text, message) => {
    await writeFile(join(cwd, 'sales'), text);
    const { code, stdout, stderr } = await run('sales', '-o', 'never.json');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    await expect(read('never.json')).rejects.toThrow('ENOENT');
  },
);

test.each([
  ['no output', ['sales.csv'], 2, 'Expected --output FILE, the world file to write.'],
  ['a file that is not there', ['none.csv', '-o', 'x.json'], 2, 'The sales file none.csv cannot be read'],
  ['a folder to read', ['folder', '-o', 'x.json'], 2, 'folder is a folder'],
  ['a folder to write', ['sales.csv', '-o', 'folder'], 2, 'folder is a folder'],
  ['the sales as output', ['sales.csv', '-o', './sales.csv'], 2, 'would be written over sales.csv'],
  [
    'the sales as output, by another name',
    ['sales.csv', '-o', 'link.csv'],
    2,
    'would be written over sales.csv',
  ],
  ['one file for both', ['sales.csv', '-o', 'x', '--report', 'x'], 2, 'would be written over x'],
  [
    'a column that there is not',
    ['sales.csv', '-o', 'x.json', '--column', 'unit_sold=qty'],
    2,
    'There is no column unit_sold to name; known are store_id, product_id, date, units_sold, on_hand, in_stock, price, promotion. Did you mean units_sold?',
  ],
  [
    'a header that the file has not',
    ['sales.csv', '-o', 'x.json', '--column', 'price=Preis'],
    2,
    "does not name the column 'Preis'; it names 'store_id',",
  ],
  [
    'one header for two columns',
    ['sales.csv', '-o', 'x.json', '--column', 'price=units_sold', '--column', 'units_sold=units_sold'],
    2,
    "has the column 'units_sold' once, and it was named for two",
  ],
  ['a name without a header', ['sales.csv', '-o', 'x.json', '--column', 'price'], 2, 'Expected NAME=VALUE'],
  [
    'a store beside those of the file',
    ['sales.csv', '-o', 'x.json', '--store', 'a'],
    2,
    "names the column 'store_id'.\nFix: Leave --store out, or add --column store_id=.",
  ],
  [
    'a format without a year',
    ['sales.csv', '-o', 'x.json', '--date-format', 'dd.MM.'],
    2,
    'Expected a format of times with a year, a month and a day, got "dd.MM.".',
  ],
  [
    'an offset amid a format',
    ['sales.csv', '-o', 'x.json', '--date-format', 'MMM dd HH:mm X yyyy'],
    2,
    'Expected an offset at the end of --date-format, got MMM dd HH:mm X yyyy.',
  ],
  [
    'days that are none',
    ['sales.csv', '-o', 'x.json', '--hold-out', '1.5'],
    2,
    'Expected a whole number from 0 to 3,650',
  ],
  [
    'a world file that is not there',
    ['sales.csv', '-o', 'x.json', '--world', 'none.json'],
    2,
    'The world file none.json cannot be read',
  ],
  ['a folder that is not there', ['sales.csv', '-o', 'none/x.json'], 2, 'There is no folder'],
  ['a full disk', ['sales.csv', '-o', '/dev/full'], 1, 'No space left on the disk'],
  [
    'a full disk for the page',
    ['sales.csv', '-o', 'x.json', '--report', '/dev/full'],
    1,
    'No space left on the disk',
  ],
] as const)('%s ends the command', async (_name, args, code, message) => {
  await mkdir(join(cwd, 'folder'), { recursive: true });
  await rm(join(cwd, 'link.csv'), { force: true });
  await symlink(join(cwd, 'sales.csv'), join(cwd, 'link.csv'));
  const outcome = await run(...args);
  expect(outcome.code).toBe(code);
  expect(outcome.stderr.toLowerCase()).toContain(message.toLowerCase());
  await expect(read('x.json')).rejects.toThrow('ENOENT');
});
