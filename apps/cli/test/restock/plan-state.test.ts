import { readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RestockPlan } from '@store/restock';
import { expect, test } from 'vitest';
import { lakeFiles } from '../../src/query/lake-folder.js';
import { findState, keepState } from '../../src/restock/stock-state.js';
import { temporaryFolder } from '../folder.js';
import { eventWith, writeLake } from '../query/pretend-lake.js';
import { runStore } from '../terminal.js';

const shelf = (sequence: number, current_stock: number): ReturnType<typeof eventWith> =>
  eventWith({
    sequence,
    current_stock,
    event_time: new Date(Date.UTC(2026, 0, 5, 8, sequence)).toISOString(),
  });

interface Planned {
  readonly requests: readonly string[];
  readonly stderr: string;
}

async function plan(folder: string, ...flags: readonly string[]): Promise<Planned> {
  const args = ['restock', 'plan', '--data', folder, '--json', ...flags];
  const { code, stdout, stderr } = await runStore(args, { cwd: folder });
  expect(code, stderr).toBe(0);
  // The parse boundary: what the command prints.
  const { loads } = JSON.parse(stdout) as Pick<RestockPlan, 'loads'>;
  const requests = loads.flatMap(({ stops }) =>
    stops.flatMap(({ items }) => items.map(({ request_id }) => request_id)),
  );
  return { requests, stderr };
}

/** Fills a file with noise of the same size and time: whoever reads it fails, whoever looks at it sees no change. */
async function spoil(path: string): Promise<void> {
  const { size, atime, mtime } = await stat(path);
  await writeFile(path, Buffer.alloc(size, 7));
  await utimes(path, atime, mtime);
}

test('a plan of a folder reads what was written since the last one, and settles what comes late', async () => {
  const folder = await temporaryFolder();
  const first = await writeLake(folder, [shelf(1, 9), shelf(3, 4), shelf(6, 2)], 'first');
  const before = await stat(first);
  // A whole number of milliseconds, which `utimes` can give back.
  await utimes(first, before.atime, new Date(Math.trunc(before.mtimeMs)));
  const made = await plan(folder);
  expect(made.requests).toEqual(['S1/P1/3']);
  expect(made.stderr).toContain('.stock-now is missing: it is made from 1 object.');

  // The late recovery lies within the episode, so the events behind it are read again.
  await writeLake(folder, [shelf(4, 9)], 'second');
  expect(await plan(folder)).toEqual({ requests: ['S1/P1/6'], stderr: '' });

  await spoil(first);
  await writeLake(folder, [shelf(7, 9), shelf(8, 1)], 'third');
  expect(await plan(folder)).toEqual({ requests: ['S1/P1/8'], stderr: '' });
});

test('a state that is damaged, or no longer that of the lake, is rebuilt with a word', async () => {
  const folder = await temporaryFolder();
  const state = join(folder, '.stock-now');
  await writeLake(folder, [shelf(1, 9), shelf(3, 4)], 'first');
  const second = await writeLake(folder, [shelf(4, 9)], 'second');
  expect(await plan(folder, '--quiet')).toEqual({ requests: [], stderr: '' });
  const [file = ''] = (await readdir(state)).filter((name) => name.endsWith('.parquet'));
  await truncate(join(state, file), 100);
  await rm(second);
  const damaged = await plan(folder);
  expect(damaged).toMatchObject({ requests: ['S1/P1/3'] });
  expect(damaged.stderr).toContain('is damaged: it is made from 1 object.');
  expect((await plan(folder, '--rebuild')).stderr).toContain('is to be rebuilt');
  expect((await readdir(state)).sort()).toEqual([expect.stringMatching(/^stock-now-/), 'stock-now.json']);

  const source = { lake: folder, objects: await lakeFiles(folder, folder), rules: 'of this run' };
  expect(await findState(state, source)).toMatchObject({ why: 'was made by other rules' });
  const written = join(state, 'writing.parquet');
  await writeFile(written, 'rows');
  const kept = await keepState(state, written, source);
  expect(await findState(state, source)).toEqual({ file: kept, lacks: [] });
  const emptied = await findState(state, { ...source, objects: [] });
  expect('why' in emptied ? emptied.why : '').toMatch(
    /^holds objects that are gone or changed \(1, such as .*first\.parquet\)/,
  );
  await writeFile(join(state, 'stock-now.json'), '{"format":0}');
  expect(await findState(state, source)).toMatchObject({ why: 'is damaged or of another release' });
});

test('a plan that is stopped while it reads the lake ends with 130', async () => {
  const folder = await temporaryFolder();
  await writeLake(folder, [shelf(1, 4)]);
  const args = ['restock', 'plan', '--data', folder];
  const { code, stdout, stderr } = await runStore(args, { cwd: folder, signal: AbortSignal.abort() });
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toMatch(/Stopped\. The work was not finished\.\n$/);
});
