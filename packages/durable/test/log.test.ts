import fs, {
  appendFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DurableError, openLog, type LogDamage } from '../src/index.js';
import { commitAll, contentsOf, logFiles, temporaryFolder } from './log-files.js';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const one = (): string => join(folder, '000000001.log');
const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `entry ${index}`);

test('what was committed is there after opening again, in order, over many segments', async () => {
  const log = openLog(folder, { segmentBytes: 200 });
  await Promise.all(texts(20).map((text) => log.commit(7, Buffer.from(text))));
  await commitAll(log, texts(5));
  await log.close();
  expect(readdirSync(folder).length).toBeGreaterThan(1);
  const { texts: found, recovery } = await contentsOf(folder);
  expect(found).toEqual([...texts(20), ...texts(5)]);
  expect(recovery).toEqual({ entries: 25, damages: [], torn: undefined });
});

test('a log that nobody wrote to leaves no file', async () => {
  await openLog(folder).close();
  expect(readdirSync(folder)).toEqual([]);
});

test('entries appended at the same time are read back from their places, and each segment goes by itself', async () => {
  const log = openLog(folder, { segmentBytes: 150, gaps: true });
  const places = texts(12).map((text) => log.append(3, Buffer.from(text)));
  await Promise.all([log.sync(), log.sync()]);
  const into = Buffer.alloc(100);
  for (const [index, place] of places.entries()) {
    log.read(place, into, 2);
    expect(into.toString('utf8', 2, 2 + place.length)).toBe(`entry ${index}`);
  }
  const middle = places[5]?.segment ?? 0;
  log.drop(middle);
  await log.close();
  const { texts: found } = await contentsOf(folder, { gaps: true });
  expect(found).toEqual(texts(12).filter((_, index) => places[index]?.segment !== middle));
  await expect(contentsOf(folder)).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
});

test('a file cut at any byte keeps every entry that was complete, says that it was cut, and the log continues from there', async () => {
  const log = openLog(folder);
  const ends: number[] = [];
  for (const text of texts(4)) {
    await log.commit(1, Buffer.from(text));
    ends.push(log.bytes);
  }
  await log.close();
  const whole = readFileSync(one());
  for (let cut = 0; cut < whole.length; cut += 1) {
    rmSync(folder, { recursive: true });
    fs.mkdirSync(folder);
    writeFileSync(one(), whole.subarray(0, cut));
    const expected = texts(ends.filter((end) => end <= cut).length);
    const again = openLog(folder);
    const tornBytes = cut < 80 ? cut : cut - Math.max(80, ...ends.filter((end) => end <= cut));
    const { torn } = again.recovery;
    expect(torn?.bytes, `cut at ${cut}`).toBe(tornBytes);
    expect(torn?.keptAt, `cut at ${cut}`).toBe(tornBytes === 0 ? undefined : `${one()}.torn`);
    if (torn?.keptAt !== undefined) {
      expect(readFileSync(torn.keptAt).equals(whole.subarray(torn.offset, cut))).toBe(true);
    }
    await again.commit(1, Buffer.from('later'));
    await again.close();
    const { texts: found, recovery } = await contentsOf(folder);
    expect(found, `cut at ${cut}`).toEqual([...expected, 'later']);
    expect(recovery.torn).toBeUndefined();
  }
});

test('a newest file that is missing, or cut off before its first entry, is damage', async () => {
  for (const name of ['one', 'many']) {
    const log = openLog(join(folder, name), { segmentBytes: name === 'one' ? 10_000 : 100 });
    await commitAll(log, texts(4));
    await log.close();
    const newest = logFiles(join(folder, name)).at(-1) ?? '';
    const path = join(folder, name, newest);
    for (const bytes of [10, 0, undefined]) {
      if (bytes === undefined) rmSync(path);
      else truncateSync(path, bytes);
      const before = readdirSync(join(folder, name));
      await expect(contentsOf(join(folder, name))).rejects.toMatchObject({ code: 'LOG_DAMAGED', path });
      expect(readdirSync(join(folder, name))).toEqual(before);
    }
    const { recovery } = await contentsOf(join(folder, name), { onDamage: 'salvage' });
    expect(recovery.damages).toEqual([expect.objectContaining({ path, missing: undefined })]);
    expect((await contentsOf(join(folder, name))).recovery.damages).toEqual([]);
  }
});

test('files that have each other\u2019s names are read in their order by those who salvage, and a copy only once', async () => {
  const log = openLog(folder, { segmentBytes: 100 });
  await commitAll(log, texts(8));
  await log.close();
  const file = (number: number): string => join(folder, `00000000${number}.log`);
  renameSync(file(2), file(9));
  renameSync(file(3), file(2));
  renameSync(file(9), file(3));
  fs.copyFileSync(file(1), file(9));
  await expect(contentsOf(folder)).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
  const { texts: found, recovery } = await contentsOf(folder, { onDamage: 'salvage' });
  expect(found).toEqual(texts(8));
  expect(recovery.damages.map(({ missing }) => missing)).toEqual([0, 0, 0]);
  expect(logFiles(folder)).toContain('000000009.log.damaged');
  expect((await contentsOf(folder)).texts).toEqual(texts(8));
});

test('a log in the first format is read, counted by what is there, and used', async () => {
  const fixture = join(import.meta.dirname, 'fixtures', 'first-format');
  fs.cpSync(fixture, folder, { recursive: true });
  const log = openLog(folder);
  expect(log.recovery).toMatchObject({ entries: 5, damages: [], torn: undefined });
  await commitAll(log, ['new']);
  await log.close();
  expect((await contentsOf(folder)).texts).toEqual([...texts(5), 'new']);
  const second = join(folder, '000000002.log');
  const bytes = readFileSync(second);
  bytes.writeUInt8(bytes.readUInt8(70) ^ 4, 70);
  writeFileSync(second, bytes);
  await expect(contentsOf(folder)).rejects.toMatchObject({ code: 'LOG_DAMAGED', path: second });
});

test('a bit flipped anywhere is refused with its place, or salvaged without what it hit, never passed over in silence', async () => {
  const log = openLog(folder);
  await commitAll(log, texts(4));
  await log.close();
  const whole = readFileSync(one());
  for (let at = 0; at < whole.length; at += 1) {
    const flipped = Buffer.from(whole);
    flipped[at] = (whole[at] ?? 0) ^ (1 << (at % 8));
    writeFileSync(one(), flipped);
    const refused: unknown = await contentsOf(folder).catch((error: unknown) => error);
    expect(refused, `byte ${at}`).toBeInstanceOf(DurableError);
    expect(refused).toMatchObject({ code: 'LOG_DAMAGED', path: one() });
    expect(readFileSync(one()).equals(flipped)).toBe(true);
    const { texts: found, recovery } = await contentsOf(folder, { onDamage: 'salvage' });
    expect(found.length, `byte ${at}`).toBeGreaterThanOrEqual(3);
    expect(texts(4)).toEqual(expect.arrayContaining([...found]));
    expect(recovery.damages.length).toBeGreaterThan(0);
    expect(recovery.torn).toBeUndefined();
    const missing = recovery.damages.reduce((sum, damage) => sum + (damage.missing ?? 0), 0);
    expect(missing, `byte ${at}`).toBe(4 - found.length);
  }
});

test('zeros behind the last entry, as a power failure leaves them, are cut', async () => {
  const log = openLog(folder);
  await commitAll(log, texts(2));
  await log.close();
  appendFileSync(one(), Buffer.alloc(5000));
  const { texts: found, recovery } = await contentsOf(folder);
  expect(found).toEqual(texts(2));
  expect(recovery.torn).toMatchObject({ path: one(), bytes: 5000, keptAt: undefined });
});

test('a group of which one sector was never written is torn; with a later group behind it, it is damage', async () => {
  const log = openLog(folder);
  await log.commit(1, Buffer.from('first'));
  const big = Buffer.alloc(2000, 'x');
  await Promise.all([log.commit(1, big), log.commit(1, Buffer.from('same group'))]);
  const torn = readFileSync(one());
  await log.commit(1, Buffer.from('later group'));
  await log.close();
  const damaged = readFileSync(one());
  for (const bytes of [torn, damaged]) bytes.fill(0, 1024, 1536);
  writeFileSync(one(), damaged);
  await expect(contentsOf(folder)).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
  writeFileSync(one(), torn);
  const { texts: found, recovery } = await contentsOf(folder);
  expect(found).toEqual(['first']);
  expect(recovery.torn?.bytes).toBeGreaterThan(2000);
});

test('a payload that holds frames of a log is never taken for entries', async () => {
  const inner = openLog(join(folder, 'inner'));
  await commitAll(inner, ['a', 'b']);
  await inner.close();
  const bytes = readFileSync(join(folder, 'inner', '000000001.log'));
  const outer = join(folder, 'outer');
  const log = openLog(outer);
  await log.commit(1, bytes);
  await log.close();
  const path = join(outer, '000000001.log');
  const whole = readFileSync(path);
  for (let cut = 80; cut < whole.length - 28; cut += 1) {
    truncateSync(path, cut);
    expect((await contentsOf(outer)).texts, `cut at ${cut}`).toEqual([]);
    writeFileSync(path, whole);
  }
});

test.each(['a file that is missing', 'a file of another log', 'a file swapped with another'])(
  '%s in the middle is damage',
  async (what) => {
    for (const name of ['mine', 'other']) {
      const log = openLog(join(folder, name), { segmentBytes: 100 });
      await commitAll(log, name === 'mine' ? texts(8) : texts(9).reverse());
      await log.close();
    }
    const file = (number: number, name = 'mine'): string => join(folder, name, `00000000${number}.log`);
    if (what === 'a file that is missing') rmSync(file(2));
    else if (what === 'a file of another log') fs.copyFileSync(file(2, 'other'), file(2));
    else {
      renameSync(file(2), file(9));
      renameSync(file(3), file(2));
      renameSync(file(9), file(3));
    }
    await expect(contentsOf(join(folder, 'mine'))).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
  },
);

test('the only segment of another log, number and all alike, is damage', async () => {
  for (const name of ['mine', 'other']) {
    const log = openLog(join(folder, name));
    await commitAll(log, [`of ${name}`]);
    await log.close();
  }
  const path = join(folder, 'mine', '000000001.log');
  fs.copyFileSync(join(folder, 'other', '000000001.log'), path);
  await expect(contentsOf(join(folder, 'mine'))).rejects.toMatchObject({ code: 'LOG_DAMAGED', path });
});

test('segments before `from` go, and the first one that counts must be there', async () => {
  const log = openLog(folder, { segmentBytes: 100 });
  await commitAll(log, texts(8));
  log.dropBefore(3);
  await log.close();
  expect((await contentsOf(folder, { from: 3 })).texts.at(-1)).toBe('entry 7');
  rmSync(join(folder, '000000003.log'));
  await expect(contentsOf(folder, { from: 3 })).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
});

test('a log that is refused loses no file, not even one that its owner would remove', async () => {
  const log = openLog(folder, { owner: 'mine' });
  for (const text of texts(3)) {
    await log.commit(1, Buffer.from(text));
    log.roll();
  }
  await log.close();
  writeFileSync(join(folder, '000000009.log.draft'), 'unfinished');
  const before = readdirSync(folder);
  expect(() => openLog(folder, { owner: 'yours', from: 3 })).toThrow(DurableError);
  expect(readdirSync(folder)).toEqual(before);
  await openLog(folder, { owner: 'mine', from: 3 }).close();
  expect(logFiles(folder)).toEqual(['000000003.log']);
});

test('a log of another owner, and a file of another format, are refused and stay as they are', async () => {
  const log = openLog(folder, { owner: 'mine' });
  await commitAll(log, texts(1));
  await log.close();
  await expect(contentsOf(folder, { owner: 'yours' })).rejects.toMatchObject({ code: 'LOG_OWNER' });
  expect((await contentsOf(folder, { owner: 'mine' })).texts).toEqual(texts(1));
  writeFileSync(one(), 'something else entirely, and longer than a header is, which is sixty-four bytes');
  await expect(contentsOf(folder)).rejects.toMatchObject({ code: 'LOG_FORMAT', path: one() });
  expect(readFileSync(one(), 'utf8')).toContain('something else');
});

test('a damaged file is kept under another name when its segment is dropped', async () => {
  const log = openLog(folder, { gaps: true });
  await commitAll(log, texts(3));
  await log.close();
  const bytes = readFileSync(one());
  bytes.writeUInt8(bytes.readUInt8(90) ^ 1, 90);
  writeFileSync(one(), bytes);
  const again = openLog(folder, { gaps: true, onDamage: 'salvage' });
  const damages: readonly LogDamage[] = again.recovery.damages;
  expect(damages).toEqual([expect.objectContaining({ path: one(), offset: 80, segment: 1, missing: 1 })]);
  again.drop(1);
  await again.close();
  expect(readdirSync(folder)).toEqual(['000000001.log.damaged']);
});

test('a log that has grown is replaced by what it adds up to', async () => {
  let sum = 0;
  const open = (): ReturnType<typeof openLog> =>
    openLog(folder, {
      onEntry: ({ payload }) => (sum += Number(payload.toString())),
      compact: { atBytes: 4096, segments: 8, snapshot: () => [[1, Buffer.from(String(sum))]] },
    });
  const log = open();
  for (let index = 0; index < 300; index += 1) {
    sum += index;
    await log.commit(1, Buffer.from(String(index)));
  }
  expect(log.bytes).toBeLessThan(4096);
  await log.close();
  const expected = sum;
  sum = 0;
  await open().close();
  expect(sum).toBe(expected);
});

test('any groups, reopenings and torn ends leave exactly what was acknowledged', async () => {
  const group = fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 5 });
  const round = fc.record({ groups: fc.array(group, { maxLength: 4 }), torn: fc.nat(23) });
  await fc.assert(
    fc.asyncProperty(fc.array(round, { maxLength: 5 }), async (rounds) => {
      const one = join(folder, Math.random().toString(36).slice(2));
      const expected: string[] = [];
      for (const { groups, torn } of rounds) {
        const log = openLog(one, { segmentBytes: 300 });
        for (const entries of groups) {
          await Promise.all(entries.map((text) => log.commit(2, Buffer.from(text))));
          expected.push(...entries);
        }
        const { segment } = log;
        await log.close();
        const newest = join(one, `${String(segment).padStart(9, '0')}.log`);
        // What a crash leaves of an entry that nobody was told of: its beginning.
        if (fs.existsSync(newest)) appendFileSync(newest, readFileSync(newest).subarray(80, 80 + torn));
      }
      expect((await contentsOf(one)).texts).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

/** Makes a function of `node:fs` fail as often as `failure` says so; returns what undoes it. */
function failing(name: 'fdatasync' | 'writev', failure: () => Error | null): () => void {
  const real: unknown = Reflect.get(fs, name);
  if (typeof real !== 'function') throw new TypeError(`No function ${name}`);
  Reflect.set(fs, name, (...args: unknown[]) => {
    const error = failure();
    const callback = args.at(-1);
    if (error === null || typeof callback !== 'function') Reflect.apply(real, fs, args);
    else setImmediate(() => void Reflect.apply(callback, undefined, [error]));
  });
  syncBuiltinESMExports();
  return () => {
    Reflect.set(fs, name, real);
    syncBuiltinESMExports();
  };
}

const systemError = (code: string): Error => Object.assign(new Error(`${code}: injected`), { code });

test('a full disk keeps nothing of the call, and the next one continues', async () => {
  const log = openLog(folder);
  await commitAll(log, ['first']);
  let full = true;
  const undo = failing('writev', () => (full ? systemError('ENOSPC') : null));
  try {
    const refused = await Promise.allSettled(['a', 'b'].map((text) => log.commit(1, Buffer.from(text))));
    for (const outcome of refused) {
      expect(outcome).toMatchObject({ reason: { code: 'WRITE_FAILED', cause: { code: 'ENOSPC' } } });
    }
    full = false;
    await commitAll(log, ['second']);
  } finally {
    undo();
  }
  await log.close();
  expect((await contentsOf(folder)).texts).toEqual(['first', 'second']);
});

test('after a failed sync nothing is acknowledged any more, even if the disk says that all is well', async () => {
  const log = openLog(folder);
  await commitAll(log, ['first']);
  let failed = false;
  const undo = failing('fdatasync', () => {
    const now = !failed;
    failed = true;
    return now ? systemError('EIO') : null;
  });
  try {
    await expect(log.commit(1, Buffer.from('a'))).rejects.toMatchObject({ code: 'SYNC_FAILED', path: one() });
    await expect(log.commit(1, Buffer.from('b'))).rejects.toMatchObject({ code: 'SYNC_FAILED' });
    await expect(log.sync()).rejects.toMatchObject({ code: 'SYNC_FAILED' });
  } finally {
    undo();
  }
  await log.close();
  const { texts: found } = await contentsOf(folder);
  expect(found[0]).toBe('first');
  expect(found).not.toContain('b');
});

test('a log whose folder was removed under it refuses', async () => {
  const log = openLog(folder);
  await commitAll(log, ['first']);
  rmSync(one());
  await expect(log.commit(1, Buffer.from('a'))).rejects.toMatchObject({ code: 'WRITE_FAILED' });
  await log.close();
});

test.each([-1, 0.5, 2 ** 31, Number.NaN])(
  'the tag %d fits into no entry: it is refused, and the log continues',
  async (tag) => {
    const log = openLog(join(folder, 'tags'));
    await expect(log.commit(tag, Buffer.from('lost'))).rejects.toMatchObject({ code: 'INVALID_OPTION' });
    await log.commit(2, Buffer.from('kept'));
    await log.close();
    const appended = openLog(join(folder, 'tags'));
    expect(() => appended.append(tag, Buffer.from('lost'))).toThrow('Expected `tag` to be 0 to 2147483647');
    await appended.close();
    expect((await contentsOf(join(folder, 'tags'))).texts).toEqual(['kept']);
  },
);

test('a closed log refuses, and a misspelt option is named', async () => {
  const log = openLog(folder);
  await log.close();
  await expect(log.commit(1, Buffer.from('a'))).rejects.toMatchObject({ code: 'CLOSED' });
  const misspelt = { ondamage: 'salvage' };
  // @ts-expect-error -- the typo is what is tested
  expect(() => openLog(folder, misspelt)).toThrow('Did you mean `onDamage`?');
});
