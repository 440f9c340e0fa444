import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { sqlFile, withDuckDb } from '../../src/local/duckdb.js';
import type { RowSink } from '../../src/query/lake.js';
import { download } from '../../src/up/sql-download.js';
import { plainValue } from '../../src/up/sql-streams.js';
import { temporaryFolder } from '../folder.js';

test('a Parquet file has the bytes of its statement, and columns whose names differ in their case alone', async () => {
  const folder = await temporaryFolder();
  const desk = {
    async stream(_request: unknown, sink: RowSink) {
      sink.columns([
        { name: 'n', type: 'INTEGER' },
        { name: 'N', type: 'INTEGER' },
        { name: 'some "bytes"', type: 'BLOB' },
      ]);
      await sink.rows([
        [1, 2, plainValue(Buffer.from('abc\0'))],
        [null, null, null],
      ]);
    },
  };
  const { signal } = new AbortController();
  const { bytes } = await download(desk, { sql: 'select' }, 'parquet', folder, signal);
  const path = join(folder, 'taken.parquet');
  await writeFile(path, await buffer(bytes));
  const rows = await withDuckDb(async (connection) => {
    const result = await connection.runAndReadAll(
      `select n, n_1, hex("some ""bytes""") from read_parquet(${sqlFile(path)})`,
    );
    return result.getRowsJson();
  });
  expect(rows).toEqual([
    [1, 2, '61626300'],
    [null, null, null],
  ]);
});
