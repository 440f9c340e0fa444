import fc from 'fast-check';
import { expect, test } from 'vitest';
import { disagreements, hasJq16, partitionQueries, records } from './partition-query.js';

const seed = Date.now() & 0x7fffffff;

test.skipIf(!hasJq16()).each(partitionQueries)(
  `jq 1.6, the emulator and TypeScript agree on every record (seed ${seed}): %s`,
  (query) => {
    expect(disagreements(query, fc.sample(records, { numRuns: 3000, seed }))).toEqual([]);
  },
);
