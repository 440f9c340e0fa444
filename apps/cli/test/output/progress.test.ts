import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress, type Progress } from '../../src/output/progress.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** The lines that a terminal of this width shows, one after the other. */
function drawn(columns: number, use: (progress: Progress) => void): readonly string[] {
  const stderr = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns });
  use(
    createProgress({
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr,
      env: { NO_COLOR: '1' },
      cwd: '/',
      signal: new AbortController().signal,
    }),
  );
  return String(stderr.read()).split('\r\u001b[2K').slice(1);
}

test('a figure that the line has no room for is left out, and none is cut', () => {
  const lines = drawn(56, (progress) => {
    progress.step('Sending to inventory-events');
    vi.advanceTimersByTime(1000);
    progress.update(1000, '456 B, billed 5.00 KiB · 1 retry');
    progress.end();
  });
  expect(lines).toEqual([
    '  Sending to inventory-events ',
    '  Sending to inventory-events 1K · 1K/s █',
    '✓ Sending to inventory-events 1K in 1.0 s · 456 B, billed 5.00 KiB · 1 retry\n',
  ]);
});

test('a title that is longer than the line is shortened, by what characters take of the line', () => {
  const lines = drawn(20, (progress) => {
    progress.step('/一二三四五六七八九十');
    vi.advanceTimersByTime(1000);
    progress.update(7);
  });
  expect(lines).toEqual(['  /一二三四五六七…', '  /一二三四五六七…']);
});
