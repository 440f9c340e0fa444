/** Do jq 1.6, the emulator's jq and a TypeScript partitioner give the same partition key, on 100,000 fuzzed events? */
import fc from 'fast-check';
import { disagreements, hasJq16, partitionQueries, records } from '../test/partition-query.js';

if (!hasJq16()) {
  console.log('Skipped: this machine has no jq 1.6, the version that Firehose runs.');
} else {
  const seed = Number(process.argv[2] ?? Date.now() & 0x7fffffff);
  console.log(`Seed ${seed}`);
  for (const query of partitionQueries) {
    let found = 0;
    for (let round = 0; round < 10; round++) {
      const wrong = disagreements(query, fc.sample(records, { numRuns: 10_000, seed: seed + round }));
      for (const record of wrong.slice(0, 3)) console.log(JSON.stringify(record));
      found += wrong.length;
    }
    console.log(`100000 events, ${found} differences: ${query}`);
    if (found > 0) process.exitCode = 1;
  }
}
