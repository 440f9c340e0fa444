/**
 * Are hard values (numbers of 19 to 38 digits, -0, 1e400, emoji, U+2028, halves of surrogate pairs, doubled keys, deep
 * and wide documents, bytes that are no UTF-8) read back equal by DuckDB and by hyparquet, or found in the error
 * output, each by itself? Exits 1 at the first that is not, and names it.
 * Usage: campaign-hard-values.ts [documents] [seed]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkHardValues } from '../test/delivery/hard-values-check.js';

const PER_ENDPOINT = 2_000;
const documents = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
console.log(`campaign-hard-values: ${documents} documents, seed ${seed}`);
const startedAt = performance.now();
let rows = 0;
let errors = 0;
for (let done = 0; done < documents; done += PER_ENDPOINT) {
  const root = await mkdtemp(join(tmpdir(), 'campaign-'));
  const share = { documents: Math.min(PER_ENDPOINT, documents - done), seed: seed + done };
  const outcome = await checkHardValues(root, share);
  rows += outcome.rows;
  errors += outcome.errors;
  await rm(root, { recursive: true, force: true });
}
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(`${rows} read back equal, ${errors} in the error output, none elsewhere; ${seconds} s`);
