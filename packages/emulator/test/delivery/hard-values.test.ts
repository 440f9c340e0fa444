import { expect, test } from 'vitest';
import { temporaryFolder } from '../clients.js';
import { checkHardValues } from './hard-values-check.js';

// A share with a fresh seed; bench/campaign-hard-values.ts takes twenty thousand.
const seed = Math.floor(Math.random() * 2 ** 31);

test(`hard values are read back equal by DuckDB and by hyparquet, or are in the error output (seed ${seed})`, async () => {
  const { rows, errors } = await checkHardValues(await temporaryFolder(), { documents: 600, seed });
  expect(rows).toBeGreaterThan(100);
  expect(errors).toBeGreaterThan(100);
});
