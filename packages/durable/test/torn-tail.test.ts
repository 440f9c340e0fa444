import fs, { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../src/index.js';
import { commitAll, contentsOf, logFiles, temporaryFolder } from './log-files.js';

const { writeFileSync: write } = fs;
let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  fs.writeFileSync = write;
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true });
});

const one = (): string => join(folder, '000000001.log');

/** A log whose last entry has one bit turned over inside its zeros: just what an unwritten sector looks like. */
async function flippedInZeros(): Promise<Buffer> {
  const log = openLog(folder);
  await log.commit(1, Buffer.from('first'));
  await log.commit(1, Buffer.alloc(3000));
  await log.close();
  const bytes = readFileSync(one());
  bytes.writeUInt8(1, bytes.length - 700);
  writeFileSync(one(), bytes);
  return bytes;
}

test('damage that looks like a torn write destroys nothing: the bytes are kept and named', async () => {
  const before = await flippedInZeros();
  const { texts, recovery } = await contentsOf(folder);
  expect(texts).toEqual(['first']);
  const keptAt = `${one()}.torn`;
  expect(recovery.torn).toMatchObject({ path: one(), keptAt });
  const cut = readFileSync(one()).subarray(0, recovery.torn?.offset);
  expect(Buffer.concat([cut, readFileSync(keptAt)]).equals(before)).toBe(true);
  expect((await contentsOf(folder)).recovery.torn).toBeUndefined();
});

test('bytes that were kept before are not replaced by others', async () => {
  await flippedInZeros();
  writeFileSync(`${one()}.torn`, 'earlier');
  expect((await contentsOf(folder)).recovery.torn?.keptAt).toBe(`${one()}.torn.2`);
  expect(readFileSync(`${one()}.torn`, 'utf8')).toBe('earlier');
});

test('on a full disk the bytes stay where they are, and the log continues behind them', async () => {
  const before = await flippedInZeros();
  fs.writeFileSync = () => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  syncBuiltinESMExports();
  const log = openLog(folder);
  expect(log.recovery.torn?.keptAt).toBe(one());
  await commitAll(log, ['second']);
  await log.close();
  expect(readFileSync(one()).equals(before)).toBe(true);
  expect((await contentsOf(folder)).texts).toEqual(['first', 'second']);
});

test.each([
  ['nothing', Buffer.alloc(0), undefined],
  ['zeros', Buffer.alloc(4096), undefined],
  ['the beginning of a header', Buffer.from('STORELOG\u0001'), '000000002.log.torn'],
])('a newest segment that holds %s is told of', async (_, bytes, kept) => {
  const log = openLog(folder);
  await commitAll(log, ['first']);
  await log.close();
  const path = join(folder, '000000002.log');
  writeFileSync(path, bytes);
  const { texts, recovery } = await contentsOf(folder);
  expect(texts).toEqual(['first']);
  const keptAt = kept === undefined ? undefined : join(folder, kept);
  expect(recovery.torn).toEqual({ path, offset: 0, bytes: bytes.length, keptAt });
  expect(logFiles(folder)).toEqual(['000000001.log', ...(kept === undefined ? [] : [kept])]);
});

test('a write that stopped within the mark that it overwrites is torn, whatever part of the mark is left', async () => {
  // This many bytes of the mark are before the border of a sector (header 80, frame 28, mark 28); a frame has the first two, too.
  for (let before = 3; before < 28; before += 1) {
    const log = openLog(folder);
    await log.commit(1, Buffer.alloc(512 - 80 - 28 - before, 'a'));
    const old = readFileSync(one());
    await log.commit(1, Buffer.from('never ended'));
    await log.close();
    const whole = readFileSync(one());
    // A kill: what is behind the border is old. A power failure: what is before it is.
    const killed = Buffer.concat([whole.subarray(0, 512), old.subarray(512)]);
    const failed = Buffer.concat([old.subarray(0, 512), whole.subarray(512)]);
    for (const bytes of [killed, failed]) {
      writeFileSync(one(), bytes);
      const { texts, recovery } = await contentsOf(folder);
      expect(recovery.damages).toEqual([]);
      expect(texts).toEqual(['a'.repeat(512 - 80 - 28 - before)]);
      expect(recovery.torn?.offset, `${before} bytes`).toBe(512 - before);
    }
    for (const name of logFiles(folder)) rmSync(join(folder, name));
    for (const name of ['segments-0', 'segments-1']) rmSync(join(folder, name), { force: true });
  }
});
