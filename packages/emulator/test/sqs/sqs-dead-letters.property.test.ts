import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'vitest';
import { DeadLetterPlay, type Place, type Step } from './dead-letter-play.js';

const place = fc.constantFrom<Place>('main', 'main', 'main', 'dead');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      groups: fc.array(fc.nat(2), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('receive' as const),
      place,
      most: fc.integer({ min: 1, max: 10 }),
      seconds: fc.constantFrom(0, 0, 1, 5, 30),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: fc.nat(30) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      which: fc.nat(30),
      seconds: fc.constantFrom(0, 2, 20),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 10 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('move' as const), rate: fc.constantFrom(undefined, 1, 3) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'restart' as const) }) },
);

async function playAll(steps: readonly Step[], fifo: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sqs-dead-letters-'));
  try {
    const play = new DeadLetterPlay(fifo, join(folder, 'journal'));
    await play.open();
    await play.create();
    for (const now of steps) await play.step(now);
    await play.drain();
    await play.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test.each([
  ['standard', false],
  ['FIFO', true],
])(
  'whatever is sent to a %s queue with dead letters is delivered or deleted, once, through restarts and move tasks',
  async (_kind, fifo) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => playAll(steps, fifo)),
      { numRuns: 40 },
    );
  },
);
