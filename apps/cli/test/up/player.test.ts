import type { InventoryEvent } from '@store/schema';
import { expect, test } from 'vitest';
import { Player, type PlayerSource } from '../../src/up/player.js';
import { eventWith } from '../query/pretend-lake.js';

const fromMs = Date.parse('2026-01-05T00:00:00.000Z');

/** One event each world minute of an hour. */
const source: PlayerSource = {
  fromMs,
  toMs: fromMs + 3_600_000,
  *open(at): Iterator<InventoryEvent> {
    for (let minute = Math.ceil((at - fromMs) / 60_000); minute < 60; minute++) {
      yield eventWith({ sequence: minute, event_time: new Date(fromMs + minute * 60_000).toISOString() });
    }
  },
};
const minutes = (events: readonly InventoryEvent[]): number[] => events.map(({ sequence }) => sequence);

test('a minute a second: events come when their time has come, each once', () => {
  const player = new Player(source, 60, 0);
  expect(minutes(player.due(0, 100))).toEqual([0]);
  expect(minutes(player.due(2500, 100))).toEqual([1, 2]);
  expect(minutes(player.due(2600, 100))).toEqual([]);
});

test('a paused world stands still, however long', () => {
  const player = new Player(source, 60, 0);
  player.due(1000, 100);
  player.pause(1000);
  expect(player.due(50_000, 100)).toEqual([]);
  player.resume(50_000);
  expect(minutes(player.due(51_000, 100))).toEqual([2]);
});

test('a change of speed neither repeats nor skips', () => {
  const player = new Player(source, 60, 0);
  player.due(1000, 100);
  player.setSpeed(600, 1000);
  expect(minutes(player.due(1300, 100))).toEqual([2, 3, 4]);
});

test('seek goes to an instant, and from the end starts again', () => {
  const player = new Player(source, 60, 0);
  player.seek(fromMs + 30 * 60_000, 0);
  expect(minutes(player.due(0, 100))).toEqual([30]);
  player.due(60_000, 100);
  expect(player.state).toBe('ended');
  player.seek(fromMs, 60_000);
  expect(player.state).toBe('running');
  expect(minutes(player.due(60_000, 100))).toEqual([0]);
});

test('a world that is faster than the machine slows down instead of piling up', () => {
  const player = new Player(source, 3600, 0);
  expect(player.due(1000, 10)).toHaveLength(10);
  expect(player.worldMs(1000)).toBe(fromMs + 10 * 60_000);
});
