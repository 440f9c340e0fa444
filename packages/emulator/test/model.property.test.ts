import { test } from 'vitest';
import { temporaryFolder } from './clients.js';
import { checkModel } from './crash/model-property.js';

// A share with a fresh seed; bench/campaign-model.ts takes hundreds.
const seed = Math.floor(Math.random() * 2 ** 31);

test(`any interleaving of puts, flushes, crashes, restarts and queries equals a list of what was sent (seed ${seed})`, async () => {
  await checkModel(await temporaryFolder(), { runs: 12, seed });
});
