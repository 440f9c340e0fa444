import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'tsup';
import configs from '../tsup.config.js';

/** The functions. */
export const functionNames = ['generate', 'ingest', 'plan', 'dispatch', 'door'] as const;

let shared: Promise<string> | undefined;

/** The bundles of this process, built at the first call: a build takes 4 s of CPU, and nobody changes what it wrote. */
export function sharedBundles(): Promise<string> {
  return (shared ??= buildBundles());
}

/** Builds the bundles as they are deployed, into a folder of this test run, so that no test meets a stale one. */
export async function buildBundles(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'store-lambda-'));
  for (const config of configs) {
    const outDir = join(folder, basename(config.outDir ?? ''));
    await build({ ...config, config: false, outDir, clean: false, sourcemap: false });
  }
  return folder;
}

/** The files of a function that are loaded with its entry: what it imports, not what it may import later. */
export function loadedAtStart(folder: string): readonly string[] {
  const loaded = new Set(['index.mjs']);
  for (const file of loaded) {
    const code = readFileSync(join(folder, file), 'utf8');
    for (const [, path = ''] of code.matchAll(/\b(?:from|import)\s*"\.\/([\w.-]+\.mjs)"/g)) loaded.add(path);
  }
  return [...loaded];
}
