import type { ChainStatus, StatusMessage } from '@store/page-protocol';
import { expect, test } from 'vitest';
import { partsInWords, verdictOf } from '../src/live/words.js';

const part = { state: 'well', since: 0, lastGood: 10_000, everyMs: 1000, value: 7 } as const;
const chain: ChainStatus = {
  world: { ...part, cause: 'running', value: 642 },
  producer: { ...part, cause: 'sending', value: 3 },
  endpoint: { ...part, cause: 'answers', value: 3 },
  lake: { ...part, cause: 'fresh', value: 83_904 },
  planner: { ...part, cause: 'ran', everyMs: 2000, value: 12 },
  trucks: { ...part, cause: 'driving', value: 48 },
};
const status: StatusMessage = {
  now: 10_000,
  at: '2026-01-06T14:20:00.000Z',
  state: 'running',
  run: 2,
  speed: 600,
  generated: 90_000,
  chain,
  freshAt: 9_617,
  producer: {
    accepted: 89_997,
    inFlight: 1,
    pending: 3,
    retries: 0,
    ambiguous: 0,
    failed: 0,
    eventBytes: 1,
    billedBytes: 1,
    dollars: 0,
    sentAt: 9_900,
  },
  lake: { rows: 83_904, distinctEvents: 83_904, files: 4, bytes: 1 },
  low: 1549,
  empty: 211,
  shelves: 10_000,
  trucksOnTheWay: 48,
  trucksArrived: 9,
  nextTruckAt: '2026-01-06T15:30:00.000Z',
  faults: [],
  bands: [],
};

test('all well: each part has its number and its age', () => {
  expect(verdictOf(status, 10_000, true)).toMatchObject({
    mark: 'ok',
    title: 'All well',
    more: 'Events can be queried after 383 ms, 0 lost',
  });
  expect(partsInWords(status, 10_000).map(({ title, value, age }) => `${title}: ${value}, ${age}`)).toEqual([
    'World: 642 events/s, running',
    'Producer: 3 waiting, sent 0.1 s ago',
    'Endpoint: 3.0 ms a call, answered 0.0 s ago',
    'Lake: 83,904 rows, newest 383 ms old',
    'Planner: 12 requests/min, ran 0.0 s ago',
    'Trucks: 48 on the road, next in 1 h 10',
  ]);
});

test('green is earned: what has been silent for three of its intervals is not well, whatever it said last', () => {
  const marks = partsInWords(status, 13_500).map(({ mark }) => mark);
  expect(marks).toEqual(['warn', 'warn', 'warn', 'warn', 'ok', 'warn']);
  expect(partsInWords(status, 60_000).every(({ mark, stale }) => mark === 'warn' && stale)).toBe(true);
  const heard = { ...status, now: 13_500, chain: { ...chain, world: { ...chain.world, lastGood: 13_500 } } };
  expect(verdictOf(heard, 13_500, true)).toMatchObject({ mark: 'warn', title: 'Endpoint silent for 3.5 s' });
  // The world has news with each message of the server: all are silent because the page hears nothing.
  expect(verdictOf(status, 13_500, true)).toMatchObject({
    mark: 'warn',
    title: 'Server silent for 3.5 s',
  });
  expect(verdictOf(status, 60_000, false)).toMatchObject({
    mark: 'bad',
    title: 'The server does not answer',
  });
});

test('the verdict is that of the worst part, and what is spoken does not change by the second', () => {
  const down: StatusMessage = {
    ...status,
    chain: { ...chain, endpoint: { ...chain.endpoint, state: 'dead', cause: 'down', since: 6000 } },
    producer: { ...status.producer, pending: 3965 },
  };
  expect(verdictOf(down, 12_000, true)).toEqual({
    mark: 'bad',
    title: 'Endpoint down for 6.0 s',
    more: '3,965 events wait, 0 lost',
    spoken: 'Endpoint down, 0 lost',
  });
  expect(verdictOf(down, 12_900, true).spoken).toBe(verdictOf(down, 12_000, true).spoken);
});

test('nothing is said of what was not there yet', () => {
  const { producer, lake, endpoint } = chain;
  const begun: StatusMessage = {
    ...status,
    generated: 0,
    chain: {
      ...chain,
      producer: { ...producer, value: 0 },
      endpoint: { ...endpoint, value: 0 },
      lake: { ...lake, value: 0 },
    },
    producer: { ...status.producer, accepted: 0, pending: 0 },
  };
  expect(verdictOf(begun, 10_000, true).more).toBe('No event yet, 0 lost');
  const said = partsInWords(begun, 10_000).map(({ title, value, age }) => `${title}: ${value}, ${age}`);
  expect(said.slice(1, 4)).toEqual([
    'Producer: 0 waiting, nothing sent yet',
    'Endpoint: no call yet, answered 0.0 s ago',
    'Lake: 0 rows, none yet',
  ]);
});

test('trucks that look at no queue are silent, and their queue is no older for it', () => {
  const behind = (lastGood: number): StatusMessage => ({
    ...status,
    queueSince: 9_500,
    chain: { ...chain, trucks: { ...chain.trucks, state: 'slow', cause: 'behind', lastGood } },
  });
  const trucks = (of: StatusMessage): string | undefined => partsInWords(of, 10_000).at(-1)?.age;
  expect(trucks(behind(4_000))).toBe('silent for 6.0 s');
  expect(trucks({ ...behind(10_000), queueSince: -5_000 })).toBe('queue 15 s old');
});
