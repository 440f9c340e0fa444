import { expect, test } from 'vitest';
import { lakeTables } from '../../src/query/lake-folder.js';

test('a lake of more files than a call takes arguments has the events of its newest run, and all', () => {
  const files = Array.from({ length: 200_000 }, (_, n) => ({
    path: `/lake/inventory/date=2026-01-05/run=${n % 3}/${n}.parquet`,
    bytes: 1,
    changedAtMs: 0,
  }));
  const { events, more } = lakeTables(files);
  // Run 0 is none: its events belong to each.
  expect(events).toHaveLength(133_333);
  expect(more.map(({ files: all }) => all.length)).toEqual([200_000]);
});
