import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Bundles the text of a module with what it imports of ours, as an application's build does. */
export async function bundleText(source: string, minify: boolean): Promise<string> {
  const result = await build({
    stdin: { contents: source, loader: 'ts', resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify,
    conditions: ['@store/source'],
  });
  return result.outputFiles[0]?.text ?? '';
}

/** Loads the text of a module as plain JavaScript, with no loader's wrapping in the way of the JIT. */
export async function importText(source: string): Promise<Readonly<Record<string, unknown>>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'generated-'));
  try {
    const file = path.join(folder, 'module.mjs');
    writeFileSync(file, await bundleText(source, false));
    // What a dynamic import gives is any; the callers know the names.
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
