import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type JournaledState, openJournal } from '../src/journal.js';
import { JournalError } from '../src/journal-error.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A map of counters: enough to see order, loss and doubling. */
class Counters implements JournaledState<{ readonly key: string; readonly add: number }> {
  readonly values = new Map<string, number>();
  apply(entry: { readonly key: string; readonly add: number }): void {
    this.values.set(entry.key, (this.values.get(entry.key) ?? 0) + entry.add);
  }
  *snapshot(): Iterable<{ readonly key: string; readonly add: number }> {
    for (const [key, add] of this.values) yield { key, add };
  }
}

async function readBack(path: string): Promise<Record<string, number>> {
  const state = new Counters();
  const journal = await openJournal({ path, state });
  await journal.close();
  return Object.fromEntries(state.values);
}

test('what was appended is there after opening again', async () => {
  const path = join(folder, 'a', 'journal');
  const journal = await openJournal({ path, state: new Counters() });
  await Promise.all([1, 2, 3].map((add) => journal.append({ key: 'é\n', add })));
  await journal.append({ key: 'b', add: 5 });
  await journal.close();
  expect(await readBack(path)).toEqual({ 'é\n': 6, b: 5 });
});

test('a file cut at any byte keeps every group that was whole, and goes on from there', async () => {
  const path = join(folder, 'journal');
  const journal = await openJournal({ path, state: new Counters() });
  const sizes: number[] = [];
  for (const add of [1, 10, 100]) {
    await journal.append({ key: 'n', add });
    sizes.push((await stat(path)).size);
  }
  await journal.close();
  const whole = await readFile(path);
  for (let cut = 0; cut <= whole.length; cut += 1) {
    await writeFile(path, whole.subarray(0, cut));
    const groups = sizes.filter((size) => size <= cut).length;
    const expected = [0, 1, 11, 111][groups];
    const again = await openJournal({ path, state: new Counters() });
    await again.append({ key: 'n', add: 1000 });
    await again.close();
    expect(await readBack(path), `cut at ${cut}`).toEqual({ n: (expected ?? 0) + 1000 });
  }
});

test('garbage behind the last group is cut off', async () => {
  const path = join(folder, 'journal');
  const journal = await openJournal({ path, state: new Counters() });
  await journal.append({ key: 'n', add: 1 });
  await journal.close();
  await appendFile(path, Buffer.alloc(5000));
  expect(await readBack(path)).toEqual({ n: 1 });
});

test('damage before sound groups is an error, not a silent loss', async () => {
  const path = join(folder, 'journal');
  const journal = await openJournal({ path, state: new Counters() });
  for (const add of [1, 2, 3]) await journal.append({ key: 'n', add });
  await journal.close();
  const whole = await readFile(path);
  for (const at of [2, 12, 25]) {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8((damaged.at(at) ?? 0) ^ 1, at);
    await writeFile(path, damaged);
    await expect(readBack(path), `byte ${at}`).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
  }
});

test('a journal that has grown is written afresh from its state', async () => {
  const path = join(folder, 'journal');
  const state = new Counters();
  const journal = await openJournal({ path, state, compactAtBytes: 4096 });
  for (let round = 0; round < 40; round += 1) {
    await Promise.all(Array.from({ length: 50 }, () => journal.append({ key: 'n', add: 1 })));
  }
  await journal.append({ key: 'last', add: 1 });
  await journal.close();
  expect((await stat(path)).size).toBeLessThan(8192);
  expect(await readBack(path)).toEqual({ n: 2000, last: 1 });
});

test('a closed journal refuses', async () => {
  const journal = await openJournal({ path: join(folder, 'j'), state: new Counters() });
  await journal.close();
  await expect(journal.append({ key: 'n', add: 1 })).rejects.toThrow(JournalError);
});

test('any appends, cuts and reopenings leave what was acknowledged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ adds: fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), torn: fc.nat(30) }), {
        maxLength: 6,
      }),
      async (rounds) => {
        const path = join(folder, `p${Math.random()}`);
        let expected = 0;
        for (const { adds, torn } of rounds) {
          const state = new Counters();
          const journal = await openJournal({ path, state, compactAtBytes: 200 });
          await Promise.all(adds.map((add) => journal.append({ key: 'n', add })));
          await journal.close();
          expected += adds.reduce((sum, add) => sum + add, 0);
          const { size } = await stat(path);
          // What a crash leaves of a group that was never acknowledged: its beginning.
          await appendFile(path, `0000001e deadbeef\n${'{'.repeat(30)}`.slice(0, torn));
          if (torn === 0) await truncate(path, size);
        }
        expect((await readBack(path)).n ?? 0).toBe(expected);
      },
    ),
    { numRuns: 30 },
  );
});

test('a write that fails keeps nothing of its group, and the next one goes on', async () => {
  const path = join(folder, 'journal');
  const state = new Counters();
  let full = false;
  const beforeWrite = (): void => {
    if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  };
  const journal = await openJournal({ path, state, beforeWrite });
  await journal.append({ key: 'n', add: 1 });
  full = true;
  const refused = await Promise.allSettled([10, 20].map((add) => journal.append({ key: 'n', add })));
  for (const outcome of refused) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'JOURNAL_WRITE_FAILED' } });
  }
  expect(Object.fromEntries(state.values)).toEqual({ n: 1 });
  full = false;
  await journal.append({ key: 'n', add: 100 });
  await journal.close();
  expect(await readBack(path)).toEqual({ n: 101 });
});
