import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';
import { builtIns } from './scripts/built-ins.js';
import { plainWorld } from './scripts/plain-world.js';
import { noSpool } from './scripts/no-spool.js';

// Whole paths: who builds may stand anywhere.
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** One self-contained, minified bundle for each function, in a folder of its own: the folder is what is deployed. */
const config: Options = {
  entry: Object.fromEntries(
    ['generate', 'ingest', 'plan', 'dispatch'].map((name) => [`${name}/index`, at(`src/${name}.ts`)]),
  ),
  format: 'esm',
  outExtension: () => ({ js: '.mjs' }),
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  minify: true,
  splitting: false,
  silent: true,
  clean: ['dist/generate', 'dist/ingest', 'dist/plan', 'dist/dispatch'],
  noExternal: [/.*/],
  esbuildPlugins: [noSpool, plainWorld, builtIns],
  esbuildOptions(options) {
    // Naming a condition drops esbuild's own `module`, and with it the builds that can be tree-shaken.
    options.conditions = ['@store/source', 'module'];
    // Licences of what is bundled lie beside the packages; in a bundle they are dead weight at each cold start.
    options.legalComments = 'none';
    // Only the producer's own transport would load it, and the functions give theirs: 60 KB less each, compressed.
    options.external = ['@aws-sdk/client-firehose'];
  },
};

export default config;
