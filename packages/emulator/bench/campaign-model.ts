/**
 * Does any interleaving of puts, flushes, crashes, restarts and queries give exactly what was sent, on each query and
 * in the files at the end? Exits 1, with the shortest interleaving that does not, where one is found.
 * Usage: campaign-model.ts [interleavings] [seed]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkModel } from '../test/crash/model-property.js';

const runs = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
console.log(`campaign-model: ${runs} interleavings, seed ${seed}`);
const root = await mkdtemp(join(tmpdir(), 'campaign-'));
const startedAt = performance.now();
await checkModel(root, { runs, seed });
await rm(root, { recursive: true, force: true });
console.log(`${runs} interleavings equal the model, ${Math.round((performance.now() - startedAt) / 1000)} s`);
