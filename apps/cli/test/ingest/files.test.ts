import { encodeText } from '@store/intake';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findSources } from '../../src/ingest/find-sources.js';
import { openSource } from '../../src/ingest/open-source.js';
import { checkZip } from '../../src/ingest/sources/zip-bound.js';
import { withDuckDb } from '../../src/local/duckdb.js';
import { temporaryFolder } from '../folder.js';
import { runInOwnProcess } from '../own-process.js';
import { eventWith } from '../query/pretend-lake.js';
import { runStore, type Outcome } from '../terminal.js';
import { workbook, zip } from './workbook.js';

/** The columns of an event, as a CSV has them. */
const columns = Object.entries(eventWith({})).flatMap(([name, value]: [string, unknown]) =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).map((field) => `${name}.${field}`)
    : [name],
);
const fieldsOf = (changes: object = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...eventWith({}), ...changes }).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([field, one]) => [`${name}.${field}`, String(one)])
        : [[name, String(value)]],
    ),
  );
const rowOf = (changes: object = {}, delimiter = ','): string => {
  const fields = fieldsOf(changes);
  return columns.map((name) => fields[name] ?? '').join(delimiter);
};
const header = columns.join(',');
const three = [1, 2, 3].map((sequence) => rowOf({ sequence, event_id: `e-${sequence}` }));

interface Ran extends Outcome {
  readonly cwd: string;
  /** What the command printed as JSON. */
  readonly summary: Readonly<Record<string, unknown>>;
  readonly rejects: readonly Readonly<Record<string, unknown>>[];
}

const parsed = (text: string): Readonly<Record<string, unknown>> =>
  // The command wrote it as JSON.
  JSON.parse(text) as Readonly<Record<string, unknown>>;

/** The error that a command with --json printed. */
function errorOf(stderr: string): { readonly message: string; readonly fix: string } {
  const { error } = parsed(stderr);
  return { message: '', fix: '', ...(typeof error === 'object' ? error : {}) };
}

async function dryRun(name: string, content: string | Uint8Array, ...args: string[]): Promise<Ran> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, name), content);
  const outcome = await runStore(['ingest', name, '--dry-run', '--json', ...args], { cwd });
  const text = await readFile(join(cwd, `${name}.rejects`), 'utf8').catch(() => '');
  return {
    ...outcome,
    cwd,
    summary: outcome.stdout === '' ? {} : parsed(outcome.stdout),
    rejects: text
      .split('\n')
      .filter((line) => line !== '')
      .map(parsed),
  };
}

const latin = (text: string, encoding = 'windows-1252'): Uint8Array =>
  encodeText(text, encoding) ?? Buffer.of();
const crlf = [header, ...three].join('\r\n');

test.each<[string, string, string | Uint8Array, string[]]>([
  ['commas', 'a.csv', `${header}\n${three.join('\n')}\n`, []],
  [
    'names in capitals and with blanks',
    'a.csv',
    `${header.toUpperCase().replaceAll('_', ' ')}\n${three.join('\n')}`,
    [],
  ],
  ['old Mac line ends', 'a.csv', [header, ...three].join('\r'), []],
  ['semicolons', 'a.txt', crlf.replaceAll(',', ';'), []],
  ['tabs', 'a.tsv', crlf.replaceAll(',', '\t'), []],
  ['a line for Excel', 'a.csv', `sep=|\r\n${crlf.replaceAll(',', '|')}`, []],
  ['a preamble', 'a.csv', `Stock\n\n"as of 5 May\n${crlf}`, ['--skip', '3']],
  ['a delimiter of its own', 'a.csv', crlf.replaceAll(',', '~'), ['--delimiter', '~']],
  ['UTF-16', 'a.csv', Buffer.from(`\ufeff${crlf}`, 'utf16le'), []],
  ['gzip', 'a.csv.gz', gzipSync(crlf), []],
  ['gzip without saying so', 'a.csv', gzipSync(crlf), []],
  [
    'a workbook in gzip',
    'a.xlsx.gz',
    gzipSync(workbook({ Stock: [header, ...three].map((line) => line.split(',')) })),
    [],
  ],
  ['windows-1252', 'a.csv', latin(crlf.replaceAll('Oslo', 'Malmö €')), ['--encoding', 'windows-1252']],
  ['Shift JIS', 'a.csv', latin(crlf.replaceAll('Oslo', '牛乳'), 'shift_jis'), ['--encoding', 'shift_jis']],
  [
    'JSON in a .txt',
    'a.txt',
    JSON.stringify(
      [1, 2, 3].map((sequence) => eventWith({ sequence })),
      null,
      2,
    ),
    [],
  ],
])('a file with %s goes in whole', async (_, name, content, args) => {
  const { code, summary, stderr } = await dryRun(name, content, ...args);
  expect(stderr).toBe('');
  expect(summary).toMatchObject({ records: 3, accepted: 3, rejected: 0 });
  expect(code).toBe(0);
});

test.each<[string, string, string | Uint8Array, string[]]>([
  [
    'bytes that are no UTF-8',
    'a.csv',
    latin(`${header}\n${three.join('\n').replaceAll('Oslo', 'Malmö')}`),
    ['line 2', '--encoding windows-1252'],
  ],
  ['a NUL', 'a.csv', `${header}\n${rowOf()}\0\n`, ['Line 2 has a NUL']],
  [
    'a column twice',
    'a.csv',
    `${header},current_stock\n${rowOf()},999\n`,
    ['columns 18 and 21 are both named current_stock'],
  ],
  [
    'two names of one column',
    'a.csv',
    `${header.replace('current_stock', 'CURRENT_STOCK')},Current Stock\n${rowOf()},9\n`,
    ['both mean current_stock'],
  ],
  [
    'columns that nobody knows',
    'a.csv',
    'Lager;Bestand\nA;1\n',
    ['Missing: "event_type"', 'Not known: "Lager", "Bestand"', '--map'],
  ],
  ['gzip that is not whole', 'a.csv.gz', gzipSync(crlf).subarray(0, 60), ['cannot be unpacked']],
  ['a workbook of 2003', 'a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), ['form of 2003']],
  ['a zip that is no workbook', 'a.xlsx', zip({ 'a.txt': 'no sheet' }), ['cannot be read as a workbook']],
])('a file with %s is refused as a whole', async (_, name, content, said) => {
  const { code, stderr, stdout, cwd } = await dryRun(name, content);
  const { message, fix } = errorOf(stderr);
  for (const one of said) expect(`${message} ${fix}`).toContain(one);
  expect(stdout).toBe('');
  expect(code).toBeGreaterThan(0);
  expect(await readdir(cwd)).toEqual([name]);
});

test.each<[string, Uint8Array, string]>([
  ['twice.csv', gzipSync(gzipSync('a,b\n')), 'compressed by gzip twice'],
  ['picture.csv', Buffer.from('89504e470d0a1a0a', 'hex'), 'a picture (PNG)'],
  ['report.csv', Buffer.from('%PDF-1.7'), 'a PDF'],
  ['till.ndjson', Buffer.from('28b52ffd04', 'hex'), 'compressed by Zstandard'],
  ['till.csv', Buffer.from('SQLite format 3\0'), 'a database of SQLite'],
  ['stock.csv', Buffer.from('<html><body><table><tr><td>SKU</td></tr></table>'), 'a web page'],
  ['events.txt', Buffer.from('\ufeff<?xml version="1.0"?>\n<list/>\n'), 'events.txt is XML'],
])('%s is named for what it is, with what to do', async (name, bytes, form) => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, name), bytes);
  const { code, stderr } = await runStore(['ingest', name, '--dry-run'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(form);
  expect(stderr).toContain('Fix:');
});

test('rows that cannot be read are kept in full with line and reason, and the others go in', async () => {
  const inch = rowOf({ product_name: '15" tray' });
  const content = [
    header,
    inch,
    'short,row',
    rowOf({ current_stock: '0x10' }),
    rowOf({ current_stock: '1e3' }),
    `${rowOf()}",`,
    rowOf({ product_name: '"never closed' }),
    rowOf(),
  ];
  const { summary, rejects, code } = await dryRun('a.csv', content.join('\r\n'));
  expect(summary).toMatchObject({ records: 7, accepted: 2, rejected: 5 });
  expect(rejects.map(({ line, code: why, raw }) => [line, why, raw])).toEqual([
    [3, 'FIELD_COUNT', 'short,row\r\n'],
    [4, expect.any(String), `${content[3] ?? ''}\r\n`],
    [5, expect.any(String), `${content[4] ?? ''}\r\n`],
    [6, 'FIELD_COUNT', `${content[5] ?? ''}\r\n`],
    [7, 'QUOTE_NOT_CLOSED', `${content[6] ?? ''}\r\n`],
  ]);
  expect(rejects[0]).toMatchObject({ format: 'csv', columns, delimiter: ',', encoding: 'utf-8' });
  expect(code).toBe(3);
});

test.each([
  ['0', 3],
  ['2', 0],
  ['50%', 0],
  ['49.9%', 3],
])('--max-rejects %s of two refused records in four ends with %d', async (most, expected) => {
  const content = [header, ...three.slice(0, 2), 'short', 'short'].join('\n');
  expect((await dryRun('a.csv', content, '--max-rejects', most)).code).toBe(expected);
});

test('a run of which every record is refused has failed', async () => {
  const { code, stderr, summary } = await dryRun('a.ndjson', '{}\n{}\n');
  expect(summary).toMatchObject({ records: 2, accepted: 0, rejected: 2 });
  expect(stderr).toContain('All 2 records were refused.');
  expect(code).toBe(3);
  expect((await dryRun('b.ndjson', '{}\n', '--max-rejects', 'many')).code).toBe(2);
});

test('the last line of a run is a sum: read = good + kept + skipped', async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'in'));
  await writeFile(
    join(cwd, 'in', 'a.csv'),
    [header, ...three, 'short', columns.map(() => '').join(',')].join('\n'),
  );
  await writeFile(join(cwd, 'in', 'b.ndjson'), `${JSON.stringify(eventWith({}))}\n{\n`);
  await writeFile(join(cwd, 'in', 'c.csv'), 'x,y\n1,2\n');
  const { stdout, stderr, code } = await runStore(['ingest', 'in', '--dry-run'], { cwd });
  expect(stdout).toContain('a.csv: 5 records read = 3 good + 1 kept + 1 skipped');
  expect(stdout).toContain('7 records read = 4 good + 2 kept + 1 skipped');
  expect(stdout).toContain('every byte accounted for');
  expect(stdout).toContain('A file was refused as a whole.');
  expect(stderr).toContain('c.csv');
  expect(code).toBe(1);
});

test('of a folder, links to files are read, and those that are not are named', async () => {
  const cwd = await temporaryFolder();
  const outside = await temporaryFolder();
  await mkdir(join(cwd, 'in'));
  await writeFile(join(outside, 'a.csv'), [header, ...three].join('\n'));
  await symlink(join(outside, 'a.csv'), join(cwd, 'in', 'a.csv'));
  await symlink(join(outside, 'gone.csv'), join(cwd, 'in', 'gone.csv'));
  await symlink(outside, join(cwd, 'in', 'folder'));
  const { code, stdout, stderr } = await runStore(['ingest', 'in', '--dry-run', '--json'], { cwd });
  expect(code).toBe(0);
  expect(parsed(stdout)).toMatchObject({ records: 3 });
  expect(stderr.split('\n').sort()).toEqual([
    '',
    `Not read: ${join(cwd, 'in', 'folder')}, a link to a folder. Name it by itself.`,
    `Not read: ${join(cwd, 'in', 'gone.csv')}, a link to what is not there.`,
  ]);
});

test('of a folder, what is damaged is named, the others are read, and one copy at a time is unpacked', async () => {
  const cwd = await temporaryFolder();
  const [folder, copies] = [join(cwd, 'in'), join(cwd, 'tmp')];
  await mkdir(folder);
  await mkdir(copies);
  vi.stubEnv('TMPDIR', copies);
  onTestFinished(() => void vi.unstubAllEnvs());
  const rows = [header, ...three].map((line) => line.split(','));
  const packed = gzipSync(workbook({ Stock: rows }));
  const good = { 'a.xlsx.gz': packed, 'g.csv': crlf, 'h.csv.gz': gzipSync(crlf) };
  const bad = {
    'b.xlsx.gz': packed.subarray(0, packed.length >> 1),
    'c.parquet.gz': gzipSync(randomBytes(100_000)).subarray(0, 60_000),
    'd.csv': Buffer.from('89504e470d0a1a0a', 'hex'),
    'e.csv.gz': gzipSync(randomBytes(1000)).subarray(0, 11),
    'f.parquet': Buffer.from('PAR1 and no more'),
  };
  for (const [name, content] of Object.entries({ ...good, ...bad }))
    await writeFile(join(folder, name), content);
  const { code, stdout, stderr } = await runStore(['ingest', 'in', '--dry-run', '--json'], { cwd });
  const { records, refused } = parsed(stdout);
  expect(records).toBe(9);
  expect(refused).toMatchObject(Object.keys(bad).map((name) => ({ path: join(folder, name) })));
  for (const name of Object.keys(bad))
    expect(JSON.stringify(refused)).toContain(`"message":"${join(folder, name)}`);
  expect(errorOf(stderr).message).toContain('So were 4 others.');
  expect(code).toBe(1);
  expect(await readdir(copies)).toEqual([]);

  const terminal = { cwd, env: {}, signal: new AbortController().signal, stdin: new PassThrough() };
  const outputs = { stdout: new PassThrough(), stderr: new PassThrough() };
  const { sources } = await findSources('in', undefined, { ...terminal, ...outputs });
  const [first] = sources;
  if (first === undefined) throw new Error('There are files.');
  expect(await readdir(copies)).toEqual([]);
  const opened = await openSource(first, {}, { ...terminal, ...outputs });
  expect(await readdir(copies)).toHaveLength(1);
  await opened.close();
  expect(await readdir(copies)).toEqual([]);
});

test('Parquet that is damaged far behind its first row is refused, and never taken for shorter', async () => {
  const cwd = await temporaryFolder();
  const path = join(cwd, 'a.parquet');
  await withDuckDb(async (connection) => {
    const fields = columns.map((name) => `md5(r::varchar) as "${name}"`);
    await connection.run(
      `copy (select ${fields.join(', ')} from range(80000) t(r)) to '${path}' (format parquet, row_group_size 2048)`,
    );
  });
  const bytes = await readFile(path);
  // Values; the directory at the end stays sound.
  const at = Math.floor(bytes.length * 0.9);
  await writeFile(path, bytes.fill(0xff, at, at + 10_000));
  const { code, stderr } = await runStore(['ingest', path, '--dry-run', '--max-rejects', '100%'], { cwd });
  expect(stderr).toContain('a.parquet cannot be read as Parquet: Invalid Input Error: ');
  expect(code).toBe(1);
});

test('of a pipe that ends in damage, what came before is accounted for', async () => {
  const cwd = await temporaryFolder();
  const rows = Array.from({ length: 3000 }, (_, n) => rowOf({ event_id: `e-${n}-${randomUUID()}` }));
  const stdin = gzipSync([header, ...rows].join('\n')).subarray(0, -4000);
  const { code, stdout, stderr } = await runStore(['ingest', '-', '--format', 'csv', '--dry-run', '--json'], {
    cwd,
    stdin,
  });
  const { records, accepted, complete } = parsed(stdout);
  expect([accepted, complete]).toEqual([records, false]);
  expect(records).toBeGreaterThan(1000);
  expect(errorOf(stderr).message).toMatch(
    /^A file was refused behind 2,\d{3} records\. Standard input cannot be unpacked/,
  );
  expect(code).toBe(1);
});

test('Ctrl-C while a pipe is idle ends the command, and what came before is accounted for', async () => {
  const cwd = await temporaryFolder();
  const [stdin, stop] = [new PassThrough(), new AbortController()];
  const { signal } = stop;
  const outcome = runStore(['ingest', '-', '--format', 'csv', '--dry-run', '--json'], { cwd, stdin, signal });
  stdin.write(`${header}\n${three.join('\n')}\n${rowOf().repeat(100)}`);
  await expect.poll(() => stdin.readableLength).toBe(0);
  stop.abort();
  const { code, stdout, stderr } = await outcome;
  expect(code).toBe(130);
  expect(parsed(stdout)).toMatchObject({ complete: false });
  expect(stderr).toContain('INTERRUPTED');
});

test('Parquet has the same instants wherever the machine stands, and noon for a date', async () => {
  const cwd = await temporaryFolder();
  await withDuckDb(async (connection) => {
    const fields = Object.entries(fieldsOf({ is_low_stock: false }))
      .filter(([name]) => name !== 'event_time' && !name.startsWith('location'))
      .map(([name, value]) => `'${value}' as "${name}"`);
    const location = `{'city': 'Oslo', 'region': 'Oslo', 'country': 'NO', 'latitude': 59.9, 'longitude': 10.7} as location`;
    for (const [file, instant] of [
      ['zoned', `timestamptz '2026-01-05 08:00:00+00'`],
      ['naive', `timestamp '2026-01-05 08:00:00'`],
      ['day', `date '2026-01-05'`],
      ['old', `timestamp '2011-01-29 08:00:00'`],
    ] as const)
      await connection.run(
        `copy (select ${fields.join(', ')}, ${location}, ${instant} as event_time, 1 as extra) to '${join(cwd, `${file}.parquet`)}' (format parquet)`,
      );
    await connection.run(`copy (select 1 as lager) to '${join(cwd, 'foreign.parquet')}' (format parquet)`);
  });
  const elsewhere = { cwd, env: { TZ: 'Asia/Kolkata' } };
  const times: unknown[] = [];
  for (const file of ['zoned', 'naive', 'day']) {
    const { stdout } = await runInOwnProcess(
      ['ingest', `${file}.parquet`, '--dry-run', '--json', '--table-range', '2026-01-05-08,NOW'],
      elsewhere,
    );
    times.push([parsed(stdout).accepted, parsed(stdout).outside]);
  }
  expect(times).toEqual([
    [1, 0],
    [1, 0],
    [1, 0],
  ]);
  const late = await runInOwnProcess(
    ['ingest', 'zoned.parquet', '--dry-run', '--json', '--table-range', '2026-01-05-09,NOW'],
    elsewhere,
  );
  expect(parsed(late.stdout)).toMatchObject({ accepted: 1, outside: 1 });
  const foreign = await runInOwnProcess(['ingest', 'foreign.parquet', '--dry-run'], elsewhere);
  expect(foreign.stderr).toContain('Not known: "lager"');
  expect(foreign.code).toBe(1);
});

test.each([500, 501])(
  'events of %d hours are said to be too many for the partitions of a stream, or not',
  async (hours) => {
    const rows = Array.from({ length: hours }, (_, hour) =>
      rowOf({ event_id: `e-${hour}`, event_time: new Date(Date.UTC(2026, 0, 5, hour)).toISOString() }),
    );
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'a.csv'), [header, ...rows, ''].join('\n'));
    const { code, stdout } = await runStore(['ingest', 'a.csv', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout.includes('The events are of more than 500 hours.')).toBe(hours > 500);
    const json = await runStore(['ingest', 'a.csv', '--dry-run', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({ tooManyHours: hours > 500 });
  },
);

test('a sheet of Excel is read: numbers as they are kept, dates without a zone', async () => {
  const fields = fieldsOf();
  const cells = columns.map((name) => {
    if (name === 'event_time') return { days: 46_027 };
    return /stock$|sequence|threshold|delta|price|on_order|tude$/.test(name) && name !== 'is_low_stock'
      ? Number(fields[name])
      : (fields[name] ?? '');
  });
  const sheet = [
    ['Stock report'],
    [],
    columns,
    cells,
    cells.map((cell, n) => (columns[n] === 'current_stock' ? 1.5 : cell)),
    columns.map(() => ''),
  ];
  const { summary, rejects, stderr } = await dryRun(
    'a.xlsx',
    workbook({ Stock: sheet, Empty: [] }),
    '--skip',
    '1',
    '--max-rejects',
    '1',
  );
  expect(stderr).toBe('');
  expect(summary).toMatchObject({ accepted: 1, rejected: 1 });
  expect(rejects[0]).toMatchObject({ line: 5, format: 'json' });
  expect(JSON.parse(String(rejects[0]?.raw))).toMatchObject({ event_time: '2026-01-05', current_stock: 1.5 });
  const two = await dryRun('b.xlsx', workbook({ Stock: [columns, cells], Old: [columns, cells] }));
  expect(errorOf(two.stderr).message).toContain('has 2 sheets: "Stock", "Old"');
  expect(
    (await dryRun('b.xlsx', workbook({ Stock: [columns, cells], Old: [columns, cells] }), '--sheet', 'Old'))
      .summary,
  ).toMatchObject({ accepted: 1 });
  const bomb = zip({ 'xl/worksheets/sheet1.xml': Buffer.alloc(1 << 20) });
  expect(() => {
    checkZip(bomb, 'bomb.xlsx', 1 << 19);
  }).toThrow('bomb.xlsx unpacks to more than 524,288 bytes');
});

test('of a pipe, what is before the first byte that is no text is taken, and every byte from there on is kept', async () => {
  const cwd = await temporaryFolder();
  const good = `${header}\n${three.join('\n')}\n`.repeat(1);
  const rows = Array.from({ length: 1500 }, () => `${rowOf()}\n`).join('');
  const bytes = Buffer.concat([Buffer.from(good + rows), Buffer.of(0xff), Buffer.from(`,x\n${rowOf()}\n`)]);
  const stdin = new PassThrough();
  const outcome = runStore(['ingest', '-', '--format', 'csv', '--dry-run', '--json'], { cwd, stdin });
  const pieces = [
    bytes.subarray(0, 60_000),
    bytes.subarray(60_000, bytes.length - 5),
    bytes.subarray(bytes.length - 5),
  ];
  for (const piece of pieces) {
    stdin.write(piece);
    // A pipe hands out all that it holds: each piece must have been taken before the next comes.
    await expect.poll(() => stdin.readableLength).toBe(0);
  }
  stdin.end();
  const { code, stdout, stderr } = await outcome;
  expect(stderr).toContain('nothing could be read');
  expect(code).toBe(1);
  const { accepted, records, rejected } = parsed(stdout);
  expect(Number(accepted) + Number(rejected)).toBe(records);
  expect(Number(accepted)).toBeGreaterThan(200);
  const text = await readFile(join(cwd, 'stdin.rejects'), 'utf8');
  const kept = text.trim().split('\n').map(parsed);
  const raws = kept.map(({ raw, base64 }) => Buffer.from(String(raw), base64 === true ? 'base64' : 'utf8'));
  const end = Buffer.concat(raws);
  expect(bytes.subarray(bytes.length - end.length)).toEqual(end);
  const before = bytes.subarray(0, bytes.length - end.length).toString('utf8');
  expect(before.trimEnd().split('\n')).toHaveLength(Number(accepted) + 1);
});

test('files that were joined by cat are one source, and of a line without end its beginning is kept', async () => {
  const file = `\ufeff${header}\n${three.join('\n')}\n`;
  const long = 'x'.repeat(40_000_000);
  const joined = `${file}${file}${long}\n${header}\n${rowOf({ event_id: 'last' })}\n`;
  const { summary, rejects } = await dryRun('till.csv.gz', gzipSync(joined));
  expect(summary).toMatchObject({ records: 8, rejected: 1 });
  expect(rejects).toMatchObject([
    { line: 9, code: 'RECORD_TOO_LONG', cut: true, raw: long.slice(0, 10_000) },
  ]);
});
