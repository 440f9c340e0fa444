import { appendFile, copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type JournaledState, openJournal } from '../src/journal.js';

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

async function sizeOf(path: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(path)).map(async (name) => (await stat(join(path, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test('what was appended is there after opening again', async () => {
  const path = join(folder, 'a', 'journal');
  const journal = await openJournal({ path, state: new Counters() });
  await Promise.all([1, 2, 3].map((add) => journal.append({ key: 'é\n', add })));
  await journal.append({ key: 'b', add: 5 });
  await journal.close();
  expect(await readBack(path)).toEqual({ 'é\n': 6, b: 5 });
});

test('damage is an error, not a silent loss', async () => {
  const path = join(folder, 'journal');
  const journal = await openJournal({ path, state: new Counters() });
  for (const add of [1, 2, 3]) await journal.append({ key: 'n', add });
  await journal.close();
  const [name = ''] = await readdir(path);
  const file = join(path, name);
  const whole = await readFile(file);
  for (const at of [2, 70, 100, whole.length - 1]) {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8((damaged.at(at) ?? 0) ^ 1, at);
    await writeFile(file, damaged);
    await expect(readBack(path), `byte ${at}`).rejects.toMatchObject({
      code: 'CORRUPT_STATE',
      cause: { code: 'LOG_DAMAGED', path: file },
    });
  }
});

test('a journal that has grown is rewritten from its state', async () => {
  const path = join(folder, 'journal');
  const state = new Counters();
  const journal = await openJournal({ path, state, compactAtBytes: 4096 });
  for (let round = 0; round < 40; round += 1) {
    await Promise.all(Array.from({ length: 50 }, () => journal.append({ key: 'n', add: 1 })));
  }
  await journal.append({ key: 'last', add: 1 });
  await journal.close();
  expect(await sizeOf(path)).toBeLessThan(8192);
  expect(await readBack(path)).toEqual({ n: 2000, last: 1 });
});

test('a closed journal refuses', async () => {
  const journal = await openJournal({ path: join(folder, 'j'), state: new Counters() });
  await journal.close();
  await expect(journal.append({ key: 'n', add: 1 })).rejects.toMatchObject({ code: 'CLOSED' });
});

test('any appends, replacements and reopenings leave what was acknowledged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), { maxLength: 25 }),
      async (rounds) => {
        const path = join(folder, `p${Math.random()}`);
        let expected = 0;
        for (const adds of rounds) {
          const journal = await openJournal({ path, state: new Counters(), compactAtBytes: 200 });
          await Promise.all(adds.map((add) => journal.append({ key: 'n', add })));
          await journal.close();
          expected += adds.reduce((sum, add) => sum + add, 0);
        }
        expect((await readBack(path)).n ?? 0).toBe(expected);
      },
    ),
    { numRuns: 15 },
  );
});

test('a journal of an earlier release is taken over, and its file stays', async () => {
  const path = join(folder, 'older.journal');
  await copyFile(join(import.meta.dirname, 'fixtures/older/counters.journal'), path);
  // What its last process was writing when it was killed.
  await appendFile(path, '0000001e deadbeef\n{"key');
  expect(await readBack(path)).toEqual({ 'é\n': 6, b: 5 });
  const journal = await openJournal({ path, state: new Counters() });
  await journal.append({ key: 'b', add: 1 });
  await journal.close();
  expect(await readBack(path)).toEqual({ 'é\n': 6, b: 6 });
  expect(await readdir(folder)).toEqual(['older.journal', 'older.journal.converted']);
});

test('a damaged journal of an earlier release is refused and stays as it is', async () => {
  const path = join(folder, 'older.journal');
  const bytes = await readFile(join(import.meta.dirname, 'fixtures/older/counters.journal'));
  bytes.writeUInt8(bytes.readUInt8(25) ^ 1, 25);
  await writeFile(path, bytes);
  await expect(readBack(path)).rejects.toMatchObject({ code: 'CORRUPT_STATE' });
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

test('a write that fails keeps nothing of its group, and the next one continues', async () => {
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
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'WRITE_FAILED' } });
  }
  expect(Object.fromEntries(state.values)).toEqual({ n: 1 });
  full = false;
  await journal.append({ key: 'n', add: 100 });
  await journal.close();
  expect(await readBack(path)).toEqual({ n: 101 });
});
