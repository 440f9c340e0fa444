import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { IntakeError } from '../../src/index.js';
import { readAll } from './read.js';

const read = (text: string, options: object = {}): unknown[] =>
  readAll(text, { format: 'csv', ...options }).map(({ value, problem }) => value ?? problem?.code);
const fieldsOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];
const caught = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test.each([
  ['plain', 'id,name\n1,Milk\n2,Tea\n', ['Milk', 'Tea']],
  ['without a last line end', 'id,name\n1,Milk\n2,Tea', ['Milk', 'Tea']],
  [
    'inch marks',
    'id,name\n1,15" tray\n2,"15" tray"\n3,"15"" tray"\n',
    ['15" tray', '"15" tray"', '15" tray'],
  ],
  [
    'an inch mark in two rows',
    'id,name\n1,"5 inch\n2,"6 inch\n3,Tea\n',
    ['QUOTE_NOT_CLOSED', 'QUOTE_NOT_CLOSED', 'Tea'],
  ],
  ['quotes, commas and lines in quotes', 'id,name\r\n1,"a,""b""\r\nc"\r\n2,""\r\n', ['a,"b"\r\nc', '']],
  ['old Mac line ends', 'id,name\r1,Milk\r2,"T\rea"\r', ['Milk', 'T\rea']],
  ['old Mac lines in a file of feeds', 'id,name\n1,Mi\rlk\n', ['Mi\rlk']],
  ['semicolons', 'id;name\n1;Milk, fresh\n', ['Milk, fresh']],
  ['tabs', 'id\tname\n1\tMilk\n', ['Milk']],
  ['pipes', 'id|name\n1|Milk\n', ['Milk']],
  ['a line for Excel', 'sep=;\nid;name\n1;Milk\n', ['Milk']],
  ['a delimiter in a quoted name', '"id, or; number; or;";name\n1;Milk\n', ['Milk']],
  ['rows too short and too long', 'id,name\n1\n2,Tea\n3,a,b\n', ['FIELD_COUNT', 'Tea', 'FIELD_COUNT']],
  ['empty lines', '\n\nid,name\n\n1,Milk\n  \n', ['Milk']],
  ['a byte order mark', '\ufeffid,name\n1,Milk\n', ['Milk']],
])('CSV with %s', (_, text, expected) => {
  const found = readAll(text, { format: 'csv' }).map(({ value, problem }) =>
    value === undefined ? problem?.code : fieldsOf(value)[1],
  );
  expect(found).toEqual(expected);
});

test('lines above the header are skipped, and a delimiter may be named', () => {
  const text = 'Stock report\nfrom 5 May, "final\n\nid~name\n1~Milk\n';
  expect(read(text, { skip: 3, delimiter: '~' })).toEqual([{ id: '1', name: 'Milk' }]);
});

test('a quote that is never closed costs its line alone, which is kept', () => {
  const items = readAll('id,name\n1,"a\nb"\n2,"Milk\n3,Tea\n4,"last\nx', { format: 'csv' });
  expect(items.map(({ line, raw, problem }) => [line, raw, problem?.code])).toEqual([
    [2, '1,"a\nb"\n', undefined],
    [4, '2,"Milk\n', 'QUOTE_NOT_CLOSED'],
    [5, '3,Tea\n', undefined],
    [6, '4,"last\n', 'QUOTE_NOT_CLOSED'],
    [7, 'x', 'FIELD_COUNT'],
  ]);
});

test('a row of empty fields, as spreadsheets write them, is known as such', () => {
  expect(readAll('id,name\n,\n1,a\n', { format: 'csv' }).map(({ empty }) => empty)).toEqual([
    true,
    undefined,
  ]);
});

test('a header that names a column twice is refused with both places', () => {
  const error = caught(() => read('id,name,stock,name\n1,a,2,b\n'));
  expect(error).toBeInstanceOf(IntakeError);
  expect(error).toMatchObject({ code: 'DUPLICATE_COLUMN' });
  expect(String(error)).toContain('columns 2 and 4 are both named name');
});

test('a file of nothing but empty lines has no header; an empty file has nothing', () => {
  expect(caught(() => read('\n\n'))).toMatchObject({ code: 'NO_HEADER' });
  expect(read('')).toEqual([]);
  expect(caught(() => read('a\n', { delimiter: ';;' }))).toMatchObject({ code: 'INVALID_DELIMITER' });
});

test('a record that is too long is refused in parts that are the record', () => {
  const long = `1,${'é'.repeat(2_500_000)}\n`;
  const items = readAll(`id,name\n${long}2,Tea\n`, { format: 'csv' }, [70_001]);
  expect(items.map(({ line, continues, problem }) => [line, continues ?? false, problem?.code])).toEqual([
    [2, false, 'RECORD_TOO_LONG'],
    [2, true, 'RECORD_TOO_LONG'],
    [2, true, 'RECORD_TOO_LONG'],
    [3, false, undefined],
  ]);
  expect(
    items
      .slice(0, 3)
      .map(({ raw }) => raw)
      .join(''),
  ).toBe(long);
  const open = readAll(`id,name\n1,"${'x'.repeat(1_030_000)}\n2\n`, { format: 'csv' }, [65_536]);
  expect(open.slice(0, 2).map(({ problem }) => problem?.code)).toEqual([
    'RECORD_TOO_LONG',
    'RECORD_TOO_LONG',
  ]);
  const lines = readAll(`id,name\n1,"${`${'x'.repeat(9999)}\n`.repeat(110)}`, { format: 'csv' }, [65_536]);
  expect(lines.slice(0, 2).map(({ problem }) => problem?.code)).toEqual(['QUOTE_NOT_CLOSED', 'FIELD_COUNT']);
});

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', ' ', '1'), maxLength: 6 });
const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 });
const quoteOf = (text: string, all: boolean): string =>
  all || /[",;\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

test('what is written by the rules is read as csv-parse and Papa Parse read it, in pieces of any length', () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom(',', ';'),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
      (rows, delimiter, end, all, sizes) => {
        const lines = rows.map((row) => row.map((field) => quoteOf(field, all)).join(delimiter));
        const text = `${['k1', 'k2', 'k3'].join(delimiter)}${end}${lines.join(end)}${end}`;
        const kept = rows.filter((row) => row.some((field) => field !== ''));
        const found = readAll(text, { format: 'csv' }, sizes).filter(({ empty }) => empty !== true);
        expect(found.map(({ value }) => fieldsOf(value))).toEqual(kept);
        const body: string[][] = parse(text, { delimiter, from_line: 2 });
        expect(kept).toEqual(body.filter((row) => row.some((field) => field !== '')));
        const papa = Papa.parse(text, { delimiter, newline: end }).data.slice(1, -1);
        expect(kept).toEqual(papa.filter((row) => row.some((field) => field !== '')));
      },
    ),
    { numRuns: 300 },
  );
});

test('random files are read as DuckDB reads them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'store-intake-'));
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (rows, end) => {
        const lines = [['k1', 'k2', 'k3'], ...rows].map((row) =>
          row.map((field) => quoteOf(field, true)).join(','),
        );
        const text = `${lines.join(end)}${end}`;
        const path = join(folder, 'random.csv');
        await writeFile(path, text);
        const from = `read_csv('${path}', header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {k1: 'VARCHAR', k2: 'VARCHAR', k3: 'VARCHAR'}, force_not_null = ['k1', 'k2', 'k3'])`;
        const theirs = (await connection.runAndReadAll(`select * from ${from}`)).getRows();
        const ours = readAll(text, { format: 'csv' });
        expect(ours.map(({ value }) => (value === undefined ? ['', '', ''] : fieldsOf(value)))).toEqual(
          theirs,
        );
      }),
      { numRuns: 25 },
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
});
