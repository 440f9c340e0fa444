import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'tsup';
import config from '../tsup.config.js';

/** The four functions. */
export const functionNames = ['generate', 'ingest', 'plan', 'dispatch'] as const;

/** Builds the bundles as they are deployed, into a folder of this test run, so that no test meets a stale one. */
export async function buildBundles(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'store-lambda-'));
  await build({ ...config, config: false, outDir, clean: false, sourcemap: false });
  return outDir;
}
