import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLog, type LogOptions } from '../src/index.js';
import { contentsOf, temporaryFolder } from './log-files.js';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const fails = (): never => {
  throw new Error('the owner failed');
};

const owners: readonly (readonly [string, LogOptions])[] = [
  ['onCommitted', { onCommitted: fails }],
  ['onSegmentStart', { onSegmentStart: fails, segmentBytes: 100 }],
  ['compact.snapshot', { compact: { atBytes: 1, segments: 9, snapshot: fails } }],
];

test.each(owners)('where %s throws, nobody waits forever', async (_, options) => {
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
  const log = openLog(folder, options);
  const texts = ['a', 'b', 'c'].map((text) => text.repeat(30));
  await Promise.all(texts.map((text) => log.commit(1, Buffer.from(text))));
  const refused = { code: 'CALLBACK_FAILED', cause: { message: 'the owner failed' } };
  await expect(log.commit(1, Buffer.from('later'))).rejects.toMatchObject(refused);
  await expect(log.commit(1, Buffer.from('later'))).rejects.toMatchObject(refused);
  await log.close();
  expect(warned).toHaveBeenCalledOnce();
  expect((await contentsOf(folder)).texts).toEqual(texts);
});

test('where the answer to one entry throws, the others are answered and let go of all the same', async () => {
  vi.spyOn(process, 'emitWarning').mockReturnValue();
  const log = openLog(folder);
  const released: string[] = [];
  const answered = new Promise<unknown>((resolve) => {
    log.enqueue(1, Buffer.from('a'), fails, () => released.push('a'));
    log.enqueue(1, Buffer.from('b'), resolve, () => released.push('b'));
  });
  expect(await answered).toBeUndefined();
  await log.close();
  expect(released).toEqual(['a', 'b']);
});
