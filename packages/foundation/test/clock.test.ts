import { expect, test, vi } from 'vitest';
import { createVirtualClock, systemClock, wait } from '../src/index.js';

test('timers run in the order of their time, those that a timer sets too', () => {
  const clock = createVirtualClock(1000);
  const seen: string[] = [];
  const note = (name: string) => () => seen.push(`${name} ${clock.now()}`);
  clock.schedule(note('late'), 20);
  clock.schedule(() => {
    note('first')();
    clock.schedule(note('within'), 5);
  }, 10);
  const cancel = clock.schedule(note('cancelled'), 12);
  cancel();
  clock.advance(19);
  expect(seen).toEqual(['first 1010', 'within 1015']);
  expect(clock.step()).toBe(true);
  expect(seen.at(-1)).toBe('late 1020');
  expect(clock.step()).toBe(false);
});

test('the calendar clock can be moved alone', () => {
  const clock = createVirtualClock(1000);
  clock.shiftWall(-600);
  clock.advance(5);
  expect([clock.now(), clock.wallNow()]).toEqual([1005, 405]);
});

test('a wait ends when its time is over or its signal aborts, and leaves no timer behind', async () => {
  const clock = createVirtualClock();
  const abort = new AbortController();
  const waits = Promise.all([wait(clock, 50), wait(clock, 1e6, abort.signal)]);
  clock.advance(50);
  abort.abort();
  await waits;
  await wait(clock, 1e6, abort.signal);
  expect(clock.step()).toBe(false);
});

test("the machine's clock rises, and its timers fire", async () => {
  const before = systemClock.now();
  await wait(systemClock, 2);
  expect(systemClock.now()).toBeGreaterThan(before);
  expect(Math.abs(systemClock.wallNow() - Date.now())).toBeLessThan(60_000);
});

test('a timer for longer than the machine has timers rings when it is due, and can be cancelled all the way', () => {
  vi.useFakeTimers();
  try {
    const rung: string[] = [];
    systemClock.schedule(() => rung.push('due'), 2 ** 32);
    const cancel = systemClock.schedule(() => rung.push('cancelled'), 2 ** 32);
    systemClock.schedule(() => rung.push('never'), Infinity);
    vi.advanceTimersByTime(2 ** 32 - 1);
    expect(rung).toEqual([]);
    cancel();
    vi.advanceTimersByTime(1);
    expect(rung).toEqual(['due']);
  } finally {
    vi.useRealTimers();
  }
});
