import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { sayTroubles } from '../../src/local/say-troubles.js';

test('a trouble that comes again and again is said once a minute, in plain words, and another one immediately', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const stderr = new PassThrough({ encoding: 'utf8' });
  const say = sayTroubles(stderr);
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  for (let times = 0; times < 1000; times++) say(full);
  say(new Error('IO Error: Could not write file "/lake/x": No space left on device'));
  say(new Error('Something else.'));
  clock.mockReturnValue(60_000);
  say(full);
  expect(stderr.read()).toBe(
    'No space left on the disk.\nSomething else.\nNo space left on the disk. (1000 times more since then)\n',
  );
  clock.mockRestore();
});
